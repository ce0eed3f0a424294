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

HALF = 3.0  # half the width of the window where nothing speaks for another one
ONE_SIDED = 5.0  # the same of a window from one end of the domain on
DECADES = (-5, 4)  # of |x|, in which events are looked for
PER_DECADE = 200  # probes
PROBE = 0.012  # of |x|: how far apart they are
APART = 3  # probes between two events; where they are closer, a wave is too fine for the probes
MANY = 8  # events of a wave that a window shows; so many are what there is to see of a curve
SMALL = 0.25  # of the window: three or more events on so small a part ask for a narrower one
FULL = 0.8  # of the window that events may take up
GROWTH = 10.0  # times the height between the outermost events: as far as f may go beyond them within the window
BESIDE = 0.1  # of the distance between them: as far as the window goes beyond them all the same
FILLED = 0.4  # of the window: f is undefined on no more than the rest of it, where it has values farther out
TALL = 100.0  # times its height in three quarters of the window: what f reaches at an end if the rest looks level
READABLE = 1000.0  # times max(1, |f|) of most of the window: a height at which such a function is cut
ROUNDING = 1e-14  # of f: what changes less over |x| is rounding error
NARROW = 0.1  # of the window: what f does on so small a part asks for a window of its own
NARROWEST = 1e-4  # half a window, in which there still are probes
MODEST = 1.0  # the same as GROWTH where there are many events
ROUND = 30  # steps, of 1, 2 or 5 times a power of ten, that a window is about wide
FINE = 100  # the same where there are many events, beyond which f may grow fast


def automatic_window(
    expression: Expression,
    points: Iterable[float] = (),
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
) -> tuple[float, float]:
    """A window (a, b) with round ends that shows what is interesting about f, and all points.

    Events are 0, roots, extrema and ends of the domain with |x| from 1e-5 to 1e4, as changes of sign of f and f'
    between some 3600 probes show them; of a wave, 8 events, where it is widest. The rule: the window is −3 to 3. If
    events lie farther out, or three and more are on the middle quarter, it is scaled by powers of 10, 2 and 5 to hold
    them. Where f is level but for a narrow peak or step, or one out of sight, the window is about that. If f is
    undefined from some end on, that end comes a tenth of the window from its side; if on both sides, the window is the
    domain with a quarter more on each. A side on which f grows far beyond what it does between the outermost events, as
    x² exp(−x) on the left, is cut; so is the window of a function that looks level but for its ends, as x^100.
    """
    (low, high), steps = _reach(expression, variable, by_name(at))
    return _holding(low, high, [float(p) for p in points], steps)


@lru_cache(maxsize=128)
@torch.inference_mode()  # many small calls, and only numbers leave
def _reach(expression: Expression, variable: str, at: Values) -> tuple[tuple[float, float], int]:
    """The window before its ends are rounded, whatever the points, and how many steps it is to be wide."""
    if expression.random:
        return (-HALF, HALF), ROUND
    f = sampler(expression, variable, dict(at))
    x, values, rows = _probed(f)
    defined = _defined(values)
    events, wave = _events(x, rows, defined)
    low, high = _domain(x, defined)
    if low is not None and high is not None and not wave:
        return (low - (high - low) / 4, high + (high - low) / 4), ROUND
    end = None if wave else _end(f, x, low if low is not None else high)
    base = end or 0.0
    events = [end if end is not None and abs(event - end) <= PROBE * abs(end) else event for event in events]
    half = _half([event - base for event in events] or [0.0], HALF if end is None else ONE_SIDED)
    if len(set(events)) < 2:
        half = _readable(x - base, values, half)
    elif end is None:
        half = _filled(x, defined, half)
    steps = ROUND if len(events) < MANY else FINE
    if end is None:
        return _cut(_about(concentration(f, x, rows[0]), half), x, values, events, base), steps
    if low is not None:
        b = _cut((end, end + 9 / 5 * half), x, values, events, base)[1]
        return (end - (b - end) / 9, b), steps
    a = _cut((end - 9 / 5 * half, end), x, values, events, base)[0]
    return (a, end + (end - a) / 9), steps


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


def _half(events: list[float], plain: float) -> float:
    """Half the width of a window about 0 for these events, `plain` where nothing speaks for another one."""
    reach = max(abs(event) for event in events)
    if reach > FULL * plain or (len(events) > 2 and reach <= SMALL * plain):
        return _nice(reach / FULL)
    return plain


def _filled(x: Tensor, defined: Tensor, half: float) -> float:
    """Half the width, made larger until f is defined in a good part of the window, as log(x² − 4) isn't at first."""
    if defined.all():
        return half
    weights = _weights(x)
    while half < x[-1] and defined.any():
        inside = x.abs() <= half
        if weights[inside & defined].sum() >= FILLED * weights[inside].sum():
            break
        half = _nice(1.1 * half)
    return half


def _readable(x: Tensor, f: Tensor, half: float) -> float:
    """Half the width, made smaller until f (components, n) is no taller than READABLE, where it looks level but for the
    ends of the window."""
    while half > NARROWEST:
        first, last = torch.searchsorted(x, torch.tensor([-half, half], dtype=torch.float64)).tolist()
        inside, last = slice(first, last + 1), min(last, len(x) - 1)
        if last - first < PER_DECADE or (f[:, [first, last]].abs() < READABLE / 2).all():
            break
        size, weights = f[:, inside], _weights(x[inside])
        middle = _quantile(size, weights, 0.4)
        away = (size - middle).abs()
        ends = torch.maximum(away[:, 0], away[:, -1]).nan_to_num(0.0, torch.inf)
        level = _quantile(away, weights, 0.75).masked_fill(ends[:, None].isinf(), 0.0)
        if not ((ends > TALL * level[:, 0]) & (ends > READABLE * middle[:, 0].abs().clamp(min=1.0))).any():
            break
        half = _nice(0.4 * half)
    return half


def _cut(window: tuple[float, float], x: Tensor, f: Tensor, events: list[float], base: float) -> tuple[float, float]:
    """The window without what of its sides is far higher or lower than f (components, n) between its outermost events,
    for every component."""
    if len(events) == 1 and abs(events[0] - base) > HALF:  # the window was made wide for it: it shows the way there
        events = [*events, base]
    inner = [event for event in events if window[0] <= event <= window[1]]
    if len(inner) < 2:
        return window
    first, last = min(inner), max(inner)
    a, b, c, d = torch.searchsorted(x, torch.tensor([window[0], first, last, window[1]], dtype=torch.float64)).tolist()
    between = f[:, b : c + 1]
    bottom, top = between.amin(-1, keepdim=True), between.amax(-1, keepdim=True)
    growth, beside = (GROWTH, BESIDE) if len(inner) < MANY else (MODEST, 0.5 / len(inner))
    room = growth * (top - bottom)
    if not (torch.isfinite(room) & (room > 0)).all():
        return window
    left, right = (
        side[((f[:, part] < bottom - room) | (f[:, part] > top + room)).all(0)]
        for part, side in ((slice(a, b), x[a:b]), (slice(c + 1, d), x[c + 1 : d]))
    )
    beside *= last - first
    return (
        min(float(left[-1]), first - beside) if len(left) else window[0],
        max(float(right[0]), last + beside) if len(right) else window[1],
    )


def _weights(x: Tensor) -> Tensor:
    """The part of the axis that each of the ascending x (n,) stands for."""
    step = x.diff()
    return torch.cat([step[:1], step[1:] + step[:-1], step[-1:]])


def _quantile(values: Tensor, weights: Tensor, part: float) -> Tensor:
    """The weighted quantile of each row of values (components, n), as (components, 1); NaN counts as the largest."""
    ascending, order = values.nan_to_num(torch.inf, torch.inf).sort(-1)
    share = weights[order].cumsum(-1) / weights.sum()
    place = (share < part).sum(-1, keepdim=True).clamp(max=values.shape[-1] - 1)
    return ascending.gather(-1, place)


def _probed(f: Sampler) -> tuple[Tensor, Tensor, Tensor]:
    """x (n,), f (components, n), infinite where it is too large for a double, and f and f' (2, components, n)."""
    count = PER_DECADE * (DECADES[1] - DECADES[0])
    count = f.affordable(2 * count, 1, 0.5) // 2
    x = torch.logspace(*DECADES, max(count, 2) + 1, dtype=torch.float64)
    x = torch.cat([-x.flip(0), torch.zeros(1, dtype=torch.float64), x])
    return x, f.probe(x)[0], f.rows(x, 1)


def _defined(f: Tensor) -> Tensor:
    """Where some component of f (components, n) has a value; beyond where f is too large for a double, too."""
    defined, large = ~f.isnan().all(0), f.isinf().any(0)
    beside = torch.zeros_like(defined)
    beside[:-1] |= defined[1:]
    beside[1:] |= defined[:-1]
    defined &= beside  # whole numbers alone are no domain of x^x
    places = defined.nonzero()[:, 0].tolist()
    for end, next_one, beyond in (
        ((0, 1, slice(places[0])), (-1, -2, slice(places[-1], None))) if len(places) > 1 else ()
    ):
        if large[places[end]] and large[places[next_one]]:  # at two probes: at one it may be a pole
            defined[beyond] = True
    return defined


def _events(x: Tensor, rows: Tensor, defined: Tensor) -> tuple[list[float], bool]:
    """The events, of a wave the MANY that are farthest apart, and whether f is one."""
    level = (rows[1].abs() * x.abs() < ROUNDING * rows[0].abs()) & (x != 0) & (rows[1] != 0)
    side = signs(torch.cat([rows[0], rows[1].masked_fill(level, torch.nan)]))
    defined = defined.clone()
    defined[1:-1] |= defined[2:] & defined[:-2]  # a single gap is no end of the domain
    changes = torch.zeros(side.shape[0] + 1, len(x), dtype=torch.bool)
    changes[:-1, 1:] = side[:, 1:] * side[:, :-1] == -1
    changes[:-1, 1:-1] |= ~(side[:, 1:-1].abs() == 1) & ((side[:, 2:] * side[:, :-2]).abs() == 1)
    changes[-1, 1:] = defined[1:] != defined[:-1]
    kind, index = changes.nonzero(as_tuple=True)
    close = ((index.diff() < APART) & (kind.diff() == 0)).nonzero()[:, 0]
    nearest = x[x > 0].min()  # what changes between 0 and there is at 0, as f′ of where(x > 0, x, −x) is −1 at 0
    events = torch.unique(x[index].where(x[index].abs() > nearest, 0.0))
    if len(close):
        unclear = x[torch.cat([index[close], index[close + 1]])].abs()
        inner, outer = events[events.abs() < unclear.min()], events[events.abs() > unclear.max()]
        # A wave that gets finer outwards shows its first events, one that gets finer inwards (sin(1/x)) its last.
        events = inner[inner.abs().argsort()][:MANY] if len(inner) > 1 else outer[outer.abs().argsort()][-MANY:]
    return [float(event) for event in events], bool((kind[close] < len(side)).any())


def _domain(x: Tensor, defined: Tensor) -> tuple[float | None, float | None]:
    """From where to where f is defined; None where it has values at all sizes."""
    inside = (defined[1:] & defined[:-1]).nonzero()[:, 0]  # whole numbers alone are no domain of x^x
    if not len(inside):
        return None, None
    first, last = int(inside[0]), int(inside[-1]) + 1
    low = float(x[first]) if first > PER_DECADE // 2 else None
    return low, float(x[last]) if last < len(x) - 2 - PER_DECADE // 2 else None


def _end(f: Sampler, x: Tensor, end: float | None) -> float | None:
    """The end of the domain, from the probe (of x) that comes next to it inside, closely enough for round numbers."""
    if end is None:
        return None
    k = int(torch.searchsorted(x, end))
    outside = float(x[k - 1] if f.probe(x[k - 1 : k])[0].isnan().all() else x[k + 1])
    while abs(outside - end) > HALF * 1e-8:
        closer = torch.linspace(end, outside, PER_DECADE, dtype=torch.float64)
        undefined = f.probe(closer)[0].isnan().all(0).to(torch.int8)
        place = max(int(undefined.argmax()), 1)
        end, outside = float(closer[place - 1]), float(closer[place])
    return end


def _nice(number: float) -> float:
    """The next of 1, 2 or 5 times a power of ten that isn't smaller."""
    power = 10.0 ** floor(log10(number))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= number * (1 - 1e-9))


def _holding(low: float, high: float, points: list[float], steps: int) -> tuple[float, float]:
    """The window widened to hold the points with some room, its ends rounded outwards."""
    reach = [low, high, *points]
    room = (max(reach) - min(reach)) / 20
    low, high = (min([low, *(p - room for p in points)]), max([high, *(p + room for p in points)]))
    step = _nice((high - low) / steps)
    places = 1 - floor(log10(step))
    return round(floor(low / step + 1e-6) * step, places), round(ceil(high / step - 1e-6) * step, places)
