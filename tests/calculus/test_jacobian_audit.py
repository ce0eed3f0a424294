"""The check of a vector: every component's value and derivatives, and what is found where one has none."""

from math import isnan

import mpmath
import pytest

from lib.calculus.audit.gradient_audit import Agreement
from lib.calculus.audit.jacobian_audit import LOOKED_AT, jacobian_audit
from lib.expression import parse
from lib.expression.components import component
from lib.readings.symbolic.derivative import exact_partials


def audited(text, point, variables, *, exact):
    f = parse(text)
    formula = {}
    if exact:
        for k in range(f.shape):
            partials = exact_partials(component(f, k), point, variables, orders=1)
            formula |= {(k, *place): float(digits) for place, digits in partials.items()}
    return jacobian_audit(f, point, variables=variables, formula=formula)


@pytest.mark.parametrize("exact", [True, False])
def test_every_entry_against_mpmath(exact):
    found = audited("[x^2 sin(y), exp(x z)/y, y]", (0.7, 1.2, -0.4), ("x", "y", "z"), exact=exact)
    own = (
        lambda x, y, z: x**2 * mpmath.sin(y),
        lambda x, y, z: mpmath.exp(x * z) / y,
        lambda x, y, z: y,
    )
    assert len(found.entries) == 3 * 4
    for entry in found.entries:
        k, *by = entry.place
        at = (mpmath.mpf(0.7), mpmath.mpf(1.2), mpmath.mpf(-0.4))
        value = float(mpmath.diff(own[k], at, tuple(int(i in by) for i in range(3))) if by else own[k](*at))
        assert entry.autograd == pytest.approx(value, rel=1e-12, abs=1e-13)
        assert entry.formula == pytest.approx(value, rel=1e-12, abs=1e-13) if exact else isnan(entry.formula)
        if by:
            assert entry.differences == pytest.approx(value, rel=1e-7, abs=1e-7)
            assert entry.agreement is Agreement.AGREES
    assert set(found.along) == {(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 1)}
    assert all(finding.fine for finding in found.along.values())


def test_a_kink_of_one_component_is_found_there_only():
    found = audited("[x y, abs(x) + y]", (0.0, 3.0), ("x", "y"), exact=True)
    assert [place for place, finding in found.along.items() if not finding.fine] == [(1, 0)]
    entries = {entry.place: entry.agreement for entry in found.entries}
    assert entries[1, 0] is not Agreement.AGREES
    assert entries[0, 0] is entries[1, 1] is Agreement.AGREES
    assert [entry.place for entry in found.entries if len(entry.place) > 1 and isnan(entry.differences)] == [(1, 0)]


def test_a_formula_that_differs_is_told():
    found = jacobian_audit(parse("[x y, x + y]"), (2.0, 3.0), formula={(0, 1): 2.5, (1, 1): 1.0})
    entries = {entry.place: entry.agreement for entry in found.entries}
    assert entries[0, 1] is Agreement.DIFFERS
    assert entries[1, 1] is Agreement.AGREES


def test_a_large_vector_is_looked_at_in_part_and_says_so():
    letters = tuple(f"x_{k}" for k in range(1, 11))
    text = "[" + ", ".join(f"{name} + x_1 + x_2 x_3 x_4" for name in letters) + "]"
    found = jacobian_audit(parse(text), (1.0,) * 10, variables=letters)
    assert len(found.along) == LOOKED_AT
    assert not found.whole
    assert len(found.entries) == 10 * 11


def test_a_scalar_is_refused():
    with pytest.raises(ValueError, match="vector"):
        jacobian_audit(parse("x y"), (1.0, 2.0))
