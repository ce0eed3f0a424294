"""The window to open a function with."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import ceil, floor, log10

import torch
from torch import Tensor

from lib.calculus.curve.bracketing import signs
from lib.calculus.curve.concentration import concentration
from lib.calculus.curve.mesh import Values, by_name
from lib.calculus.curve.sampler import Sampler, sampler
from lib.calculus.derivatives import NOTHING
from lib.expression import Expression

HALF = 5.0  # half the width of the window where nothing speaks for another one
DECADES = (-5, 4)  # of |x|, in which events are looked for
PER_DECADE = 200  # probes
APART = 3  # probes between two events; where they are closer, a wave is too fine for the probes
MANY = 8  # events of a wave that a window shows
SMALL = 0.25  # of the window: three or more events on so small a part ask for a narrower one
FULL = 0.8  # of the window that events may take up
STEEP = 50.0  # e-foldings over the window from which on an exponential function asks for a narrower one
NARROW = 0.1  # of the window: what f does on so small a part asks for a window of its own
ROUND = 30  # steps, of 1, 2 or 5 times a power of ten, that a window is about wide


def automatic_window(
    expression: Expression,
    points: Iterable[float] = (),
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
) -> tuple[float, float]:
    """A window (a, b) with round ends that shows what is interesting about f, and all points.

    Events are 0, roots, extrema and ends of the domain with |x| from 1e-5 to 1e4, as changes of sign of f and f'
    between some 3600 probes show them; of a wave, 8 events, where it is widest. The rule: the window is −5 to 5. If
    events lie farther out, or three and more are on the middle quarter, it is scaled by powers of 10, 2 and 5 to hold
    them. Where f is level but for a narrow peak or step, or one out of sight, the window is about that. A function
    without roots and extrema that grows by more than e^50 gets a window of 10 e-foldings. If f is undefined from some
    end on, that end comes a tenth of the window from its side; if on both sides, the window is the domain with a
    quarter more on each.
    """
    return _holding(*_reach(expression, variable, by_name(at)), [float(p) for p in points])


@lru_cache(maxsize=128)
def _reach(expression: Expression, variable: str, at: Values) -> tuple[float, float]:
    """The window before its ends are rounded, whatever the points."""
    if expression.random:
        return -HALF, HALF
    f = sampler(expression, variable, dict(at))
    x, rows, defined = _probed(f)
    events = _events(x, rows, defined)
    low, high = _domain(x, defined)
    if low is not None and high is not None:
        return low - (high - low) / 4, high + (high - low) / 4
    end = low if low is not None else high
    half = _half([event - (end or 0.0) for event in events] or [0.0], _folding(rows))
    if end is None:
        return _about(concentration(f, x, rows[0]), half)
    a, b = end - half / 5, end + half * 9 / 5
    return (a, b) if low is not None else (2 * end - b, 2 * end - a)


def _about(core: tuple[float, float] | None, half: float) -> tuple[float, float]:
    """The window about 0; about the place where f does all that it does, if that is out of sight or hardly seen."""
    if core is None:
        return -half, half
    low, high = core
    width, middle = high - low, (low + high) / 2
    if width == 0:  # a jump shows at any scale
        half = half if abs(middle) <= half else _nice(abs(middle) / FULL)
        return -half, half
    if abs(middle) <= half and width > NARROW * 2 * half:
        half = max(half, min(HALF, _nice(max(-low, high))))  # its events alone may lie far inside
        return -half, half
    around = _nice(width)
    middle = round(middle / around * 5) * around / 5
    return middle - around, middle + around


def _half(events: list[float], folding: float) -> float:
    """Half the width of a window about 0 for these events, and for an exponential function's length of folding."""
    reach = max(abs(event) for event in events)
    if reach == 0 and 2 * HALF / folding > STEEP:
        return _nice(HALF * folding)
    if reach > FULL * HALF or (len(events) > 2 and reach <= SMALL * HALF):
        return _nice(reach / FULL)
    return HALF


def _folding(rows: Tensor) -> float:
    """|f/f'| at 0, the middle probe, over which an exponential function grows by e; inf where that says nothing."""
    value, slope = rows[:, :, rows.shape[-1] // 2]
    length = float((value / slope).abs().nan_to_num(torch.inf).amin())
    return length if length > 0 else torch.inf


def _probed(f: Sampler) -> tuple[Tensor, Tensor, Tensor]:
    """x (n,), f and f' (2, components, n), and where f has values (n,): numbers too large for a double count."""
    count = PER_DECADE * (DECADES[1] - DECADES[0])
    count = f.affordable(2 * count, 1, 0.5) // 2
    x = torch.logspace(*DECADES, max(count, 2) + 1, dtype=torch.float64)
    x = torch.cat([-x.flip(0), torch.zeros(1, dtype=torch.float64), x])
    return x, f.rows(x, 1), ~f.probe(x)[0].isnan().all(0)


def _events(x: Tensor, rows: Tensor, defined: Tensor) -> list[float]:
    """The events, of a wave the MANY that are farthest apart."""
    side = signs(rows.flatten(0, 1))
    changes = torch.zeros(side.shape[0] + 1, len(x), dtype=torch.bool)
    changes[:-1, 1:] = side[:, 1:] * side[:, :-1] == -1
    changes[:-1, 1:-1] |= ~(side[:, 1:-1].abs() == 1) & ((side[:, 2:] * side[:, :-2]).abs() == 1)
    changes[-1, 1:] = defined[1:] != defined[:-1]
    kind, index = changes.nonzero(as_tuple=True)
    close = ((index.diff() < APART) & (kind.diff() == 0)).nonzero()[:, 0]
    events = torch.unique(x[index])
    if len(close):
        unclear = x[torch.cat([index[close], index[close + 1]])].abs()
        inner, outer = events[events.abs() < unclear.min()], events[events.abs() > unclear.max()]
        # A wave that gets finer outwards shows its first events, one that gets finer inwards (sin(1/x)) its last.
        events = inner[inner.abs().argsort()][:MANY] if len(inner) > 1 else outer[outer.abs().argsort()][-MANY:]
    return [float(event) for event in events]


def _domain(x: Tensor, defined: Tensor) -> tuple[float | None, float | None]:
    """From where to where f is defined; None where it has values at all sizes."""
    inside = (defined[1:] & defined[:-1]).nonzero()[:, 0]  # whole numbers alone are no domain of x^x
    if not len(inside):
        return None, None
    first, last = int(inside[0]), int(inside[-1]) + 1
    low = float(x[first]) if first > PER_DECADE // 2 else None
    return low, float(x[last]) if last < len(x) - 2 - PER_DECADE // 2 else None


def _nice(number: float) -> float:
    """The next of 1, 2 or 5 times a power of ten that isn't smaller."""
    power = 10.0 ** floor(log10(number))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= number * (1 - 1e-9))


def _holding(low: float, high: float, points: list[float]) -> tuple[float, float]:
    """The window widened to hold the points with some room, its ends rounded outwards."""
    reach = [low, high, *points]
    room = (max(reach) - min(reach)) / 20
    low, high = (min([low, *(p - room for p in points)]), max([high, *(p + room for p in points)]))
    step = _nice((high - low) / ROUND)
    places = 1 - floor(log10(step))
    return round(floor(low / step + 1e-6) * step, places), round(ceil(high / step - 1e-6) * step, places)
