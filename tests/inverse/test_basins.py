"""Which start leads Newton's method where, in real and in complex numbers."""

import numpy as np
import pytest
import torch

from lib.expression import parse
from lib.inverse import solve
from lib.inverse.basins import Plane, check_plane, newton_strip, request_slice
from lib.readings.analytic import ANALYTIC, complex_slopes, not_analytic

UNLIKE = {"add": "x+1", "sub": "x-1", "mul": "x*x", "div": "1/x", "neg": "-x", "pow": "x^2.5"}


@pytest.mark.parametrize("name", sorted(ANALYTIC))
def test_the_complex_slope_is_the_limit_in_every_direction(name):
    f = parse(UNLIKE.get(name, f"{name}(x)"))
    assert not_analytic(f) is None
    z = torch.tensor([0.3 + 0.4j, -0.5 + 1.2j, 1.7 - 0.3j], dtype=torch.complex128)
    _value, slope = complex_slopes(f, z, "x", {})
    for way in (1, 1j):
        h = 1e-6 * way
        above, below = (complex_slopes(f, z + side * h, "x", {})[0] for side in (1, -1))
        torch.testing.assert_close(slope, (above - below) / (2 * h), rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("text", ["|x|", "floor(x)", "relu(x)", "gamma(x)", "x if x > 0 else 0"])
def test_what_does_not_extend_is_named(text):
    assert "does not extend" in not_analytic(parse(text))
    with pytest.raises(ValueError, match="does not extend"):
        check_plane(parse(text), 0, ((-1, 1), (-1, 1)), "x", {})


def test_the_strip_agrees_with_single_runs():
    f, window = parse("x^3 - 3x"), (-3.0, 3.0)
    found = newton_strip(f, 1, window)
    assert sorted(r.real for r in found.roots) == pytest.approx(
        [-1.5320888862379562, -0.34729635533386066, 1.8793852415718169]
    )
    for place in range(0, 600, 37):
        start = float(np.linspace(*window, 600)[place])
        trace = solve(f, 1, "newton", start=start)
        assert trace.status.found == (found.root[place] >= 0)
        assert found.roots[found.root[place]].real == pytest.approx(trace.x)


def test_starts_that_cycle_or_run_away_reach_none():
    cycling = newton_strip(parse("x^3 - 2x + 2"), 0, (-0.02, 0.02))
    assert (cycling.root == -1).all()
    away = newton_strip(parse("x*exp(-x)"), 0, (2.0, 5.0))
    assert (away.root == -1).all()


def test_the_plane_of_the_cube_roots_of_1_has_three_parts_alike():
    f, plane = parse("x^3"), Plane.of(((-2.0, 2.0), (-2.0, 2.0)))
    plane = plane.advance(lambda z: complex_slopes(f, z, "x", {}), 1)
    assert 0 < plane.progress < 1
    assert (plane.basins.root[plane.rows :] == -1).all()
    while not plane.over:
        plane = request_slice(f, plane, 1, "x", {}).result()
    found = plane.basins
    assert found.root.shape == (160, 160)
    assert sorted(found.roots, key=lambda r: (r.real, r.imag)) == pytest.approx(
        [-0.5 - 3**0.5 / 2 * 1j, -0.5 + 3**0.5 / 2 * 1j, 1]
    )
    up, down = (next(k for k, r in enumerate(found.roots) if r.imag * side > 0.5) for side in (1, -1))
    real = next(k for k, r in enumerate(found.roots) if r.imag == 0)
    mirrored = np.array([{up: down, down: up, real: real}.get(k, k) for k in range(-1, 3)])[found.root + 1]
    assert (found.root[::-1] == mirrored).mean() > 0.999
    assert found.root[0, 0] == down
    assert found.root[80, 150] == real


def test_a_start_that_is_a_solution_where_f_is_level_leads_to_itself():
    found = newton_strip(parse("relu(x)"), 0, (-1.0, 1.0))
    assert (found.root >= 0).all()
    assert found.steps[0] == 1
