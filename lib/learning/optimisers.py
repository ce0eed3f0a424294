"""Optimisers, schedules and losses of PyTorch, by name: one row to add one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from torch import nn, optim

from lib.message import Message


@dataclass(frozen=True)
class Optimiser:
    """Its name, its class in torch.optim and the options that make it this one.

    whole: it takes all rows at once. calls: how often a step evaluates the loss. rate: a good first one.
    """

    title: Message
    kind: type[optim.Optimizer]
    options: dict[str, Any] = field(default_factory=dict)
    rate: str = "0.01"
    decays: bool = True
    whole: bool = False
    calls: int = 1


# fused: one kernel for all weights, a quarter faster on these small networks.
OPTIMISERS = {
    "sgd": Optimiser(Message("SGD"), optim.SGD, {"fused": True}),
    "momentum": Optimiser(Message("SGD with momentum"), optim.SGD, {"momentum": 0.9, "fused": True}),
    "rmsprop": Optimiser(Message("RMSprop"), optim.RMSprop),
    "adam": Optimiser(Message("Adam"), optim.Adam, {"fused": True}),
    "adamw": Optimiser(Message("AdamW"), optim.AdamW, {"fused": True}),
    "lbfgs": Optimiser(
        Message("L-BFGS"), optim.LBFGS, {"line_search_fn": "strong_wolfe"}, "1", decays=False, whole=True, calls=25
    ),
}


@dataclass(frozen=True)
class Schedule:
    """Its name, its class in torch.optim.lr_scheduler (None: the rate stays), and its options for so many epochs."""

    title: Message
    kind: Callable[..., optim.lr_scheduler.LRScheduler] | None = None
    options: Callable[[int], dict[str, Any]] = lambda _epochs: {}


SCHEDULES = {
    "constant": Schedule(Message("constant")),
    "cosine": Schedule(Message("cosine to 0"), optim.lr_scheduler.CosineAnnealingLR, lambda epochs: {"T_max": epochs}),
    "steps": Schedule(
        Message("a tenth after each third"),
        optim.lr_scheduler.StepLR,
        lambda epochs: {"step_size": max(1, epochs // 3), "gamma": 0.1},
    ),
    "exponential": Schedule(
        Message("exponential to a hundredth"),
        optim.lr_scheduler.ExponentialLR,
        lambda epochs: {"gamma": 0.01 ** (1 / max(1, epochs))},
    ),
}


@dataclass(frozen=True)
class Loss:
    """Its name and its class in torch.nn."""

    title: Message
    kind: type[nn.Module]


LOSSES = {
    "mse": Loss(Message("squared error (MSE)"), nn.MSELoss),
    "mae": Loss(Message("absolute error (MAE)"), nn.L1Loss),
    "huber": Loss(Message("Huber"), nn.HuberLoss),
}
