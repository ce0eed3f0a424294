"""Recorded code repeated on other points, against the code itself."""

import pytest
import torch

from lib.calculus import derivatives
from lib.calculus.blocks import BLOCK
from lib.calculus.passes import recorded
from lib.expression import parse
from lib.expression.functions import FUNCTIONS
from lib.readings.jet import jets, taylor

ORDER = 5
ARGUMENTS = {
    **dict.fromkeys(("atan2", "hypot", "mod", "min", "max", "beta", "binomial"), "x, 1.25"),
    "where": "x > 0, x, x^2",
    "clamp": "x, -1.1, 1.1",
}
SPECIAL = [0.0, -0.0, 1.0, -1.0, 1e-8, 20.0, -20.0, 710.0, -710.0, 1e300, 1e-300, torch.inf, -torch.inf, torch.nan]
POINTS = torch.cat([torch.linspace(-3.1, 3.3, 40), torch.tensor(SPECIAL)]).double()
# Their branches depend on the points, or they are sums over rows.
OTHERS = ["sinc", "gamma", "lgamma", "digamma", "beta", "factorial", "binomial", "j0", "j1", "i0", "i1"]
FORMULAS = [
    *(f"{name}({ARGUMENTS.get(name, 'x')})" for name in FUNCTIONS if name not in OTHERS),
    *("x^x", "2^x", "x^-2", "x^0.3", "x/3", "3/x", "1/x/x", "-x", "x - 1e4", "1e4 - x", "0x", "0 x exp(1000x)", "x/0"),
    *("exp(1000x)", "tanh(800x)", "cosh(900x)", "1e300 x^2*1e10", "x*1e-200*x*1e-200", "abs(x)/x", "log(x)*0", "x - x"),
    *("x^5 - 3x^2 + 1", "exp(-x/3) sin(7x)", "(x + 1e4)(x - 1e4)/(x^2 + 1)", "7", "x", "where(x > 1, sin(x), x^3)"),
]


def _program(text):
    return recorded(lambda x: [(c, 1.0) for c in jets(parse(text), x, ORDER, "x", {})[0]], 1)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_program_gives_what_the_jets_give(text):
    program = _program(text)
    assert program is not None
    rows = torch.full((ORDER + 1, len(POINTS)), 99.0, dtype=torch.float64)
    program(POINTS[None], rows)
    expected = taylor(parse(text), POINTS, ORDER)
    rows.masked_fill_(rows[0].isnan(), torch.nan)
    assert torch.equal(rows[0].nan_to_num(0.5), expected[0].nan_to_num(0.5)), "the value has other bits"
    assert torch.equal(rows.isfinite(), expected.isfinite())
    finite = expected.isfinite()
    size = expected.masked_fill(~finite, 0).abs()
    assert ((rows - expected)[finite].abs() <= (1e-11 * size + 1e-290)[finite]).all()


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_the_same_for_all_points_has_no_program(name):
    assert _program(f"{name}({ARGUMENTS.get(name, 'x')})") is None


def test_nothing_is_computed_twice_and_factors_cost_no_pass_of_their_own():
    def names(text):
        return [function.__name__ for function, *_ in _program(text).steps]

    assert sum(name.startswith("exp") for name in names("exp(2x) + exp(2x) cos(x)^2 + x exp(2x)")) == 1
    # x², x³, 7x and the difference; 3x² − 7, 3x and the constant cost one each, what is 0 nothing
    assert len(names("x^3 - 7x")) == 6


def test_code_that_looks_at_its_points_or_is_not_elementwise_is_not_repeated():
    for work in (
        lambda x: x if bool((x > 0).all()) else -x,
        lambda x: x.cumsum(0),
        lambda x: x.clone().mul_(2.0),
        lambda x: x * torch.tensor([1.0, 2.0], dtype=torch.float64),
        lambda x: x.reshape(1, 2) + x,
    ):
        assert recorded(lambda x, work=work: [(work(x), 1.0)], 1) is None


@pytest.mark.parametrize(
    "text", ["a x^3 - x + 1", "[x, x, 2x, 3, sin(a x)]", "tanh(x)/(1 + exp(-a x))", "gamma(x^2 + a)"]
)
@pytest.mark.parametrize("a", [2.0, 3.0])
def test_many_points_have_the_derivatives_of_few(text, a):
    x = torch.linspace(-3, 3, BLOCK + 100, dtype=torch.float64)
    many = derivatives(parse(text), x, at={"a": a})
    here = torch.tensor([0, 1, 5000, BLOCK - 1, BLOCK, BLOCK + 99])
    few = derivatives(parse(text), x[here], at={"a": a})
    torch.testing.assert_close(many[..., here], few, rtol=1e-13, atol=1e-14)


def test_noise_is_drawn_anew_for_each_of_many_points():
    many = derivatives(parse("rand() + x"), torch.zeros(BLOCK + 100, dtype=torch.float64))
    assert len(many[0].unique()) > BLOCK
