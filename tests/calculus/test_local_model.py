"""Gradient, Hessian and what they say: known values, sympy-free oracles worked out by hand or by mpmath."""

import json
from math import isnan, nan
from pathlib import Path

import mpmath
import pytest
import torch

from lib.calculus import Definiteness, SecondDerivativeTest, gradient_field, grid, local_model
from lib.calculus.definiteness import definiteness, eigenvalues
from lib.expression import parse

QUESTIONS = {
    q["id"]: q for q in json.loads((Path(__file__).parents[1] / "cases" / "questions.json").read_text("utf-8"))
}
ROSENBROCK = "(1 - x)^2 + 100 (y - x^2)^2"
HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"


def points(*rows):
    return torch.tensor(rows, dtype=torch.float64)


@pytest.mark.parametrize("text", QUESTIONS["hessian"]["typed"])
def test_answers_the_hessian_question(text):
    question = QUESTIONS["hessian"]
    model = local_model(parse(text), points(question["point"]))
    assert model.value.tolist() == [question["value"]]
    assert model.gradient.tolist() == [question["gradient"]]
    assert model.hessian.tolist() == [question["hessian"]]
    torch.testing.assert_close(model.eigenvalues, points(question["eigenvalues"]))
    assert model.verdict[0].value == question["verdict"]
    assert model.test == (None,)


def test_answers_the_questions_about_products():
    dot, form = (parse(text) for text in QUESTIONS["matrix-product"]["typed"])
    assert local_model(dot, points([1, 2])).value.tolist() == [QUESTIONS["matrix-product"]["value"]]
    model = local_model(form, points([1, 2]))
    assert model.gradient.tolist() == [[8, 14]]
    assert model.hessian.tolist() == [[[4, 2], [2, 6]]]


@pytest.mark.parametrize(
    "text, function",
    [
        ("x^2 y + sin(x y) + exp(z - x)", lambda x, y, z: x**2 * y + mpmath.sin(x * y) + mpmath.exp(z - x)),
        ("log(1 + x^2 + y^2) / z", lambda x, y, z: mpmath.log(1 + x**2 + y**2) / z),
        ("sqrt(x^2 + y^2 + z^2)", lambda x, y, z: mpmath.sqrt(x**2 + y**2 + z**2)),
        ("x^y + atan(z)", lambda x, y, z: x**y + mpmath.atan(z)),
    ],
)
def test_agrees_with_mpmath_in_three_variables(text, function):
    where = [(0.5, 1.2, 2.0), (1.7, -0.4, 0.3)]
    model = local_model(parse(text), points(*where), variables=("x", "y", "z"))
    for row, point in enumerate(where):
        with mpmath.workdps(40):
            exact = [mpmath.mpf(c) for c in point]
            unit = [tuple(int(i == j) for j in range(3)) for i in range(3)]
            gradient = [float(mpmath.diff(function, exact, u)) for u in unit]
            hessian = [
                [float(mpmath.diff(function, exact, tuple(a + b for a, b in zip(u, v, strict=True)))) for v in unit]
                for u in unit
            ]
        torch.testing.assert_close(model.gradient[row], points(*gradient), rtol=1e-10, atol=1e-12)
        torch.testing.assert_close(model.hessian[row], points(*hessian), rtol=1e-9, atol=1e-11)
    assert torch.equal(model.hessian, model.hessian.mT)
    torch.testing.assert_close(model.eigenvalues.sum(1), model.hessian.diagonal(dim1=1, dim2=2).sum(1))


@pytest.mark.parametrize(
    "text, point, verdict, conclusion",
    [
        ("x^2 + y^2", (0, 0), "POSITIVE_DEFINITE", "MINIMUM"),
        ("-x^2 - 3y^2", (0, 0), "NEGATIVE_DEFINITE", "MAXIMUM"),
        ("x^2 - y^2", (0, 0), "INDEFINITE", "SADDLE"),
        ("x y", (0, 0), "INDEFINITE", "SADDLE"),
        ("x^2", (0, 5), "POSITIVE_SEMIDEFINITE", "UNDECIDED"),
        ("-(x + y)^2", (1, -1), "NEGATIVE_SEMIDEFINITE", "UNDECIDED"),
        ("x^4 + y^4", (0, 0), "ZERO", "FLAT"),
        ("x^3 - 3x y^2", (0, 0), "ZERO", "FLAT"),
        ("5", (1, 1), "ZERO", "FLAT"),
        ("2x + 1", (1, 1), "ZERO", None),
        ("exp(x + y)", (1, 1), "POSITIVE_SEMIDEFINITE", None),
        ("log(x + y)", (-1, -1), "UNDEFINED", None),
        ("sqrt(x^2 + y^2)", (0, 0), "UNDEFINED", None),
        (ROSENBROCK, (1, 1), "POSITIVE_DEFINITE", "MINIMUM"),
        (ROSENBROCK, (1.001, 1), "POSITIVE_DEFINITE", None),
        (HIMMELBLAU, (3, 2), "POSITIVE_DEFINITE", "MINIMUM"),
        ("sin(x) cos(y)", (1.5707963267948966, 3.141592653589793), "POSITIVE_DEFINITE", "MINIMUM"),
        ("1e-200 (x^2 + 2y^2)", (0, 0), "POSITIVE_DEFINITE", "MINIMUM"),
        ("1e200 (x^2 - 2y^2)", (0, 0), "INDEFINITE", "SADDLE"),
        ("1e150 x y + 1e-150 x^2", (0, 0), "INDEFINITE", "SADDLE"),
    ],
)
def test_the_verdict(text, point, verdict, conclusion):
    model = local_model(parse(text), points(point))
    assert model.verdict == (Definiteness[verdict],)
    assert model.test == (conclusion and SecondDerivativeTest[conclusion],)


@pytest.mark.parametrize("d", [1, 3, 6])
def test_any_number_of_variables(d):
    names = ("x", "y", "z", "u", "v", "w")[:d]
    model = local_model(
        parse("+".join(f"{k + 1}*{n}^2" for k, n in enumerate(names))), torch.ones(2, d), variables=names
    )
    assert model.gradient.shape == (2, d)
    assert model.hessian.shape == (2, d, d)
    assert model.eigenvalues[1].tolist() == pytest.approx([2.0 * (k + 1) for k in range(d)])


def test_points_in_one_batch_do_not_spoil_each_other():
    model = local_model(parse("log(x) + y^2"), points((1, 1), (-1, 1), (2, 3)))
    assert model.value[0] == 1
    assert model.gradient[[0, 2]].tolist() == [[1, 2], [0.5, 6]]
    for part in (model.value, model.gradient, model.hessian, model.eigenvalues):
        assert part[1].isnan().all()
        assert part[[0, 2]].isfinite().all()
    assert [v.name for v in model.verdict] == ["INDEFINITE", "UNDEFINED", "INDEFINITE"]


def test_a_variable_that_does_not_occur_has_slope_zero():
    model = local_model(parse("a x^2"), points((3, 4)), at={"a": 2})
    assert model.gradient.tolist() == [[12, 0]]
    assert model.hessian.tolist() == [[[4, 0], [0, 0]]]


@pytest.mark.parametrize("text, where, words", [("x + y", (1, 2, 3), "2 coordinates"), ("[x, y]", (1, 2), "vector")])
def test_a_bad_argument_is_refused(text, where, words):
    with pytest.raises(ValueError, match=words):
        local_model(parse(text), points(where))


def test_zero_eigenvalues_are_judged_on_the_matrix_scale():
    assert definiteness(points(1e-13, 1.0)) is Definiteness.POSITIVE_SEMIDEFINITE
    assert definiteness(points(1e-11, 1.0)) is Definiteness.POSITIVE_DEFINITE
    assert definiteness(points(-1e-220, 1e-200)) is Definiteness.POSITIVE_SEMIDEFINITE
    assert definiteness(points(nan, 1.0)) is Definiteness.UNDEFINED
    assert definiteness(points(-1.0, 0.0, 1.0)) is Definiteness.INDEFINITE


def test_eigenvalues_of_huge_and_undefined_matrices():
    found = eigenvalues(points([[1e200, 0.0], [0.0, -1e200]], [[nan, 0.0], [0.0, 1.0]], [[0.0, 0.0], [0.0, 0.0]]))
    assert found[0].tolist() == [-1e200, 1e200]
    assert found[1].isnan().all()
    assert found[2].tolist() == [0, 0]


def test_a_grid_has_a_row_for_each_y_and_nan_outside_the_domain():
    sampled = grid(parse("sqrt(x) + 10 b y"), (-1, 3), (0, 2), at={"b": 10}, count=5)
    assert sampled.x.tolist() == [-1, 0, 1, 2, 3]
    assert sampled.y.tolist() == [0, 0.5, 1, 1.5, 2]
    assert sampled.z[2].tolist()[1:3] == [100, 101]
    assert all(isnan(row[0]) for row in sampled.z.tolist())
    assert sampled.z[:, 1:].isfinite().all()


def test_a_grid_of_a_constant_and_of_a_pole():
    assert grid(parse("3"), (0, 1), (0, 1), count=3).z.tolist() == [[3] * 3] * 3
    z = grid(parse("1/(u v)"), (-1, 1), (-1, 1), variables=("u", "v"), count=3).z
    assert z.isnan().sum() == 5
    with pytest.raises(ValueError, match="vector"):
        grid(parse("[x, y]"), (0, 1), (0, 1))


def test_what_is_read_off_the_hessian():
    model = local_model(parse("x^2 + 4x y + 5y^2/2"), points((1, 2), (0, 0)))  # H = [[2, 4], [4, 5]]
    assert model.determinant.tolist() == pytest.approx([-6, -6])
    assert model.trace.tolist() == [7, 7]
    assert model.norm.tolist() == pytest.approx([(10**2 + 14**2) ** 0.5, 0])
    assert model.condition.tolist() == [pytest.approx(float(model.eigenvalues[0, 1] / -model.eigenvalues[0, 0]))] * 2
    vectors = model.eigenvectors
    torch.testing.assert_close(model.hessian @ vectors, vectors * model.eigenvalues[:, None, :])
    first, second = model.along(torch.tensor([3.0, 4.0]))
    assert first.tolist() == pytest.approx([17.2, 0])
    assert second.tolist() == pytest.approx([0.36 * 2 + 0.96 * 4 + 0.64 * 5] * 2)


def test_a_zero_hessian_has_no_condition_number():
    model = local_model(parse("2x + 1"), points((1, 1)))
    assert model.condition.isnan().all()
    assert model.eigenvectors.isfinite().all()
    assert local_model(parse("log(x + y)"), points((-1, -1))).eigenvectors.isnan().all()


def test_a_field_has_a_row_for_each_y_and_fewer_samples_of_a_long_formula():
    found = gradient_field(parse("x^2 y + log(x)"), (-1, 3), (0, 2), count=5)
    assert found.x.tolist() == [-1, 0, 1, 2, 3]
    assert found.gradient[1, 3].tolist() == [2 * 2 * 0.5 + 0.5, 4]
    assert found.hessian[1, 3].tolist() == [[1 - 0.25, 4], [4, 0]]
    assert found.norm[1, 3] == pytest.approx((2.5**2 + 16) ** 0.5)
    assert found.determinant[1, 3] == -16
    assert found.gradient[:, :2].isnan().all()
    assert len(gradient_field(parse("+".join(["sin(x y)"] * 100)), (-1, 3), (0, 2)).x) < 101
    assert gradient_field(parse("2x + 1"), (-1, 3), (0, 2), count=3).gradient.tolist() == [[[2, 0]] * 3] * 3


def test_newtons_step_leads_to_the_critical_point_of_the_quadratic_model():
    model = local_model(parse("x^2 + 3y^2 + x y - 4x"), points((5, 7), (0, 0)))
    torch.testing.assert_close(model.newton, points((24 / 11, -4 / 11), (24 / 11, -4 / 11)))
    assert local_model(parse("x^2 + y"), points((1, 1))).newton.isnan().all()
    assert local_model(parse("2x + 1"), points((1, 1))).newton.isnan().all()
    assert local_model(parse("log(x) + y"), points((-1, 1))).newton.isnan().all()
    torch.testing.assert_close(local_model(parse("1e-200 (x^2 + y^2)"), points((3, 4))).newton, points((0, 0)))
