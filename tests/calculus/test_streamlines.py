"""Streamlines against curves known in closed form, where they end, and how far apart they are."""

import numpy as np
import pytest

from lib.calculus import gradient_field
from lib.calculus.streamlines import CELLS, streamlines
from lib.expression import parse


def lines_of(text, across=(-3, 3), up=(-3, 3)):
    return streamlines(gradient_field(parse(text), across, up))


@pytest.mark.parametrize("up", [(-3, 3), (-1, 2)])
def test_of_a_saddle_they_are_hyperbolas_along_which_f_rises(up):
    lines = lines_of("x^2 - y^2", up=up)
    assert len(lines) > 30
    for line in lines:
        x, y = line.T
        assert np.ptp(x * y) < 0.01
        assert (np.diff(x**2 - y**2) > 0).all()


def test_they_lead_to_the_maximum_and_end_there():
    lines = lines_of("-(x - 1)^2 - 2(y + 1)^2")
    ends = np.array([line[-1] for line in lines])
    assert (np.hypot(*(ends - [1, -1]).T) < 0.1).any()
    assert all(np.hypot(*(line[1:] - line[:-1]).T).min() > 0 for line in lines)


def test_they_stay_where_f_is_defined():
    lines = lines_of("sqrt(x) + log(y)")
    assert lines
    assert min(line.min() for line in lines) >= 0


def test_no_two_go_through_one_cell():
    seen = set()
    for line in lines_of("sin(2x) cos(2y)"):
        own = {tuple(cell) for cell in ((line + 3) / 6 * CELLS).astype(int).clip(0, CELLS - 1).tolist()}
        assert not own & seen
        seen |= own


@pytest.mark.parametrize("text", ["5", "0x y", "sqrt(-1 - x^2 - y^2)", "nan x y"])
def test_there_are_none_where_there_is_no_direction(text):
    assert lines_of(text) == []
