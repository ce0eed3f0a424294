"""Where a curve (f₁(t), f₂(t)) meets the axes, turns and breaks."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch

from lib.calculus.curve.feature import Kind
from lib.calculus.curve.sketch import sketch
from lib.calculus.derivatives import NOTHING, derivatives
from lib.expression import Expression
from lib.message import Message

STILL = 1e-7  # of the larger coordinate's size over the window's width: slower is standing still
_EXTREMA = (Kind.MINIMUM, Kind.MAXIMUM)
_ROOTS = (Kind.ROOT, Kind.TOUCHING_ROOT)
_BREAKS = (Kind.KINK, Kind.CUSP, Kind.JUMP, Kind.GAP, Kind.POLE, Kind.VERTICAL_ASYMPTOTE, Kind.NO_LIMIT,
           Kind.DOMAIN_END)  # fmt: skip
_ON_AXIS = (Message("on the vertical axis"), Message("on the horizontal axis"))
_TANGENT = (Message("vertical tangent"), Message("horizontal tangent"))
_AT_REST = Message("speed 0: no tangent by f′ alone")


@dataclass(frozen=True)
class PlaneFeature:
    """What the curve does at t; its coordinates are NaN where it has no point there."""

    kind: Message
    t: float
    place: tuple[float, float]


def plane_features(
    expression: Expression, window: tuple[float, float], *, variable: str = "x", at: Mapping[str, float] = NOTHING
) -> tuple[tuple[PlaneFeature, ...], bool]:
    """Those for t in the window, by t, and whether they are all: found numerically, not proved."""
    seen = [sketch(expression, window, variable=variable, at=at, component=k) for k in range(2)]
    events: dict[tuple[float, str], Message] = {}
    for k, both in enumerate(seen):
        for feature in both.features.of(*_ROOTS, *_EXTREMA, *_BREAKS):
            kind = _ON_AXIS[k] if feature.kind in _ROOTS else _TANGENT[k] if feature.kind in _EXTREMA else None
            events[feature.x, str(kind or feature.kind.value)] = kind or feature.kind.value
    t = torch.tensor([t for t, _name in events], dtype=torch.float64)
    rows = derivatives(expression, t, order=1, variable=variable, at=at)
    values = seen[0].curve.values[0]
    size = float(values.abs().masked_fill(~torch.isfinite(values), 0.0).max())
    still = (torch.hypot(*rows[1]) <= STILL * size / (window[1] - window[0])).tolist()
    found = {
        (t, str(kind)): PlaneFeature(kind, t, (0.0 if kind is _ON_AXIS[0] else x, 0.0 if kind is _ON_AXIS[1] else y))
        for (t, _name), named, (x, y), rest in zip(events, events.values(), rows[0].T.tolist(), still, strict=True)
        for kind in [_AT_REST if rest and named in _TANGENT else named]
    }
    complete = all(both.features.resolved and not both.features.more for both in seen)
    return tuple(sorted(found.values(), key=lambda feature: feature.t)), complete
