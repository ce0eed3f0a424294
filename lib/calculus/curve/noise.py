"""Rounding errors of f and its derivatives, estimated from how far close values are from a straight line."""

import torch
from torch import Tensor

from lib.calculus.curve.sampler import Sampler
from lib.calculus.curve.samples import evenly

PLACES = 33  # in the window
REACH = 1e-9  # of the window: how far the points of a place lie apart, so that any smooth function is straight there
LEAST = 64 * 2.0**-52  # of |x|: the same where numbers are sparse
POINTS = torch.tensor([-1.0, -0.83, -0.71, -0.43, -0.29, -0.17, 0.13, 0.21, 0.37, 0.67, 0.79, 1.0], dtype=torch.float64)
NEIGHBOURS = 5  # places of which the second largest counts, as a pole or a kink beside one says nothing of rounding
TIMES = 8  # the largest distance from the line: what rounding errors hardly exceed

_BASIS = torch.linalg.qr(torch.stack([torch.ones_like(POINTS), POINTS], 1)).Q
_FROM_LINE = torch.eye(len(POINTS), dtype=torch.float64) - _BASIS @ _BASIS.T


def rounding_errors(f: Sampler, component: int, x: Tensor, order: int, *, close: bool = False) -> Tensor:
    """A bound that rounding errors of f, ..., f^(order) hardly exceed at ascending x (n,): (order + 1, n).

    Estimated at some 33 places; 0 where the formula is too costly for that. close: from numbers next to each other,
    between which a wave is smooth that is finer than REACH.
    """
    window = float(x[0]), float(x[-1])
    count = f.affordable(PLACES * len(POINTS), order, 0.05) // len(POINTS)
    if count < NEIGHBOURS:
        return torch.zeros(order + 1, len(x), dtype=torch.float64)
    places = evenly(window, count)
    reach = REACH * (window[1] - window[0])
    apart = (LEAST * places.abs()).clamp(min=min(reach, LEAST) if close else reach)
    points = places[:, None] + apart[:, None] * POINTS
    values = f.rows(points.flatten(), order)[:, component].reshape(-1, *points.shape)
    errors = (values @ _FROM_LINE).abs().amax(-1).nan_to_num(0.0)
    half = NEIGHBOURS // 2
    around = torch.nn.functional.pad(errors, (half, half), mode="replicate").unfold(-1, NEIGHBOURS, 1)
    second = around.topk(2).values[..., 1]
    nearest = ((x - window[0]) * ((count - 1) / (window[1] - window[0]))).round().long()
    bounds: Tensor = TIMES * second[:, nearest]
    return bounds
