"""Limits of values that approach a place."""

from math import inf, isnan, log, nan, sin

import pytest
import torch

from lib.calculus.curve.one_sided import NEARER, limits


def limit(f, reach=0.01):
    found = limits(torch.tensor([f(reach * part) for part in NEARER.tolist()], dtype=torch.float64))
    return bool(found.finite), float(found.value)


@pytest.mark.parametrize(
    ("f", "value"),
    [
        (lambda x: 1 / log(x), 0),
        (lambda x: 1 / log(x) ** 2, 0),
        (lambda x: log(x) / (1 + log(x)), 1),
        (lambda x: 2 + 1 / (3 + log(x)), 2),
        (lambda x: x * log(x), 0),
        (lambda x: 3 + x**0.3, 3),
        (lambda x: x**0.05, 0),
        (lambda x: log(1 + x) / x, 1),
    ],
)
def test_a_limit_that_is_found_is_the_true_one(f, value):
    finite, found = limit(f)
    assert finite
    assert found == pytest.approx(value, abs=1e-8)


@pytest.mark.parametrize(
    "f", [lambda x: x**0.2 * log(x), lambda x: 1 / log(-log(x)), lambda x: 1 / (1 + (-log(x)) ** 0.5)]
)
def test_a_limit_that_is_approached_too_slowly_has_no_number(f):
    finite, found = limit(f)
    assert finite
    assert isnan(found)


@pytest.mark.parametrize(
    ("f", "value"),
    [
        (log, -inf),
        (lambda x: -50 - log(x), inf),
        (lambda x: -(x**-0.1), -inf),
        (lambda x: (-log(x)) ** 0.5, inf),
        (lambda x: sin(1 / x), nan),
    ],
)
def test_what_grows_or_sways_has_no_finite_one(f, value):
    finite, found = limit(f)
    assert not finite
    assert found == value or isnan(value)
