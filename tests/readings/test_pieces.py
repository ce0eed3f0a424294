"""Where a function has no zero, though it is undefined on a part of the ball or goes to −∞ there."""

import pytest

from lib.expression import parse
from lib.readings.ball.pieces import Pieces
from lib.readings.ball.values import ball

BESIDE_0 = ball(0.0, 0.1)


@pytest.mark.parametrize("text", [
    "log(x) + sqrt(x) - 1", "1 - 2log(x)", "sqrt(x) - log10(x)", "log(x)/(x - 1) + x", "3log(x) + log(2x)", "-log2(x)",
])  # fmt: skip
def test_a_logarithm_beside_its_pole_excludes_a_zero_by_its_end_alone(text):
    assert Pieces(parse(text)).excludes(BESIDE_0)


@pytest.mark.parametrize("text", [
    "log(x) + 5", "log(x) - log(2x)", "x*log(x)", "1/log(x)", "log(x)^2", "exp(log(x)) - 0.05",
    "where(x<1, log(x)+3, 1)",
])  # fmt: skip
def test_what_may_be_zero_or_is_not_followed_from_there_is_not_excluded(text):
    assert not Pieces(parse(text)).excludes(BESIDE_0)
