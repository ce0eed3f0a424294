import numpy as np
import pytest

from lib.figures.span import robust, span

NOTHING = np.empty(0)


@pytest.mark.parametrize(
    "f, low, high",
    [
        (lambda x: x**100, 0, 1),
        (lambda x: -(x**40), -1, 0),
        (lambda x: np.exp(-1e4 * (x - 0.3) ** 2), 0, 1),
        (lambda x: np.exp(7 * x), 0, np.exp(7)),
    ],
)
def test_what_is_wide_enough_to_be_seen_rising_is_shown_whole(f, low, high):
    x = np.linspace(-1, 1, 2001)
    shown = span(f(x), NOTHING, NOTHING, x=x)
    assert low - 0.06 * (high - low) <= shown[0] <= low
    assert high <= shown[1] <= high + 0.06 * (high - low)


@pytest.mark.parametrize("power", [1, 2, 10])
def test_a_pole_is_cut_however_its_samples_lie(power):
    x = np.concatenate([np.linspace(-1, 1, 600), np.logspace(-9, -1, 300), -np.logspace(-9, -1, 300)])
    x = np.unique(x[x != 0])
    assert max(map(abs, span(x**-power, NOTHING, NOTHING, x=x))) < 1e3**power


def test_all_values_of_a_tame_curve_are_shown():
    low, high = span(np.linspace(-1, 3, 50), NOTHING, NOTHING)
    assert low < -1
    assert high > 3
    assert high - low == pytest.approx(4.4)


def test_a_pole_does_not_flatten_the_rest():
    x = np.linspace(-3, 3, 1000)
    low, high = span(1 / x, NOTHING, NOTHING)
    assert high < 50
    assert low > -50


def test_derivatives_are_shown_as_far_as_they_leave_f_visible():
    low, high = span(np.array([0.0, 1.0]), np.array([-100.0, 100.0]), NOTHING)
    assert high - low == pytest.approx(1.1 * 2.5)


def test_points_are_always_shown():
    assert span(np.array([0.0, 1.0]), NOTHING, np.array([7.0]))[1] > 7


def test_the_range_of_float32_may_exceed_the_largest_float32():
    values = np.repeat(np.float32([-3e38, 3e38]), 5)
    assert robust(values) == pytest.approx((-3e38, 3e38))
    assert all(map(np.isfinite, span(values, NOTHING, NOTHING)))


def test_a_constant_has_room():
    low, high = span(np.full(5, 2.0), NOTHING, NOTHING)
    assert low < 2 < high


def test_nothing_defined_still_has_a_range():
    assert span(np.full(3, np.nan), NOTHING, NOTHING) == (-1.0, 1.0)
    assert robust(np.array([np.nan, np.inf])) is None


def test_a_point_at_a_pole_does_not_scale_the_plot():
    low, high = span(np.array([0.0, 1.0]), NOTHING, np.array([0.5, 1.6e16]))
    assert (low, high) == pytest.approx((-0.05, 1.05))


def test_samples_that_crowd_at_a_pole_count_by_the_room_they_take():
    x = np.concatenate([np.linspace(0.01, 3, 300), 0.01 * 0.9 ** np.arange(1, 300)[::-1]])
    x.sort()
    low, high = span(1 / x, NOTHING, NOTHING, x=x)
    assert low < 1 / 3
    assert 3 < high < 10
    assert span(1 / x, NOTHING, NOTHING)[1] > 1000
