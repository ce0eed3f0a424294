import pytest

from lib.readings.numbers import read_window
from lib.ui.inputs import automatic
from lib.ui.letters import label_of


@pytest.mark.parametrize(
    "points, window",
    [([2.0], "-3:3"), ([0.0], "-3:3"), ([1, 2, 3], "-4:4"), ([5], "-7:7"), ([100], "97:103"), ([0, 100], "-25:125")],
)
def test_the_automatic_window(points, window):
    assert automatic(points) == window


@pytest.mark.parametrize("points", [[1e12], [-1e12, 1e12], [0.1], [-9.99], [11, 12]])
def test_the_automatic_window_is_one_that_can_be_read_and_holds_the_points(points):
    low, high = read_window(automatic(points))
    assert low <= min(points)
    assert max(points) <= high


@pytest.mark.parametrize(
    "name, shown",
    [
        ("a", "a"),
        ("alpha", "α"),
        ("x_1", "x₁"),
        ("lamda", "λ"),
        ("x_12", "x₁₂"),
        ("x_k", "xₖ"),
        ("x_b", "x_b"),
        ("x_max", "xₘₐₓ"),
    ],
)
def test_letters_are_labelled_as_readers_write_them(name, shown):
    assert label_of(name) == shown
