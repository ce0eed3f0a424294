import pytest
import torch

from lib.calculus.curve.plane import plane_curve
from lib.calculus.curve.plane_features import plane_features
from lib.expression import parse


def test_a_view_is_sampled_finer_and_its_pieces_stay_apart() -> None:
    f = parse("[cos(t), sin(2t)]")
    whole = plane_curve(f, (0.0, 6.28), variable="t")
    drawn = plane_curve(f, (0.0, 6.28), ((-0.1, 0.1), (-0.1, 0.1)), variable="t")
    x, y = drawn.values[0]
    inside = (x.abs() < 0.1) & (y.abs() < 0.1)
    coarse = (whole.values[0].abs() < 0.1).all(0)
    assert inside.sum() > 5 * coarse.sum()
    [gap] = (x[1:-1].isnan()).nonzero()[:, 0].tolist()  # the curve comes by twice
    assert drawn.x[gap] < 2 < 4 < drawn.x[gap + 2]
    torch.testing.assert_close(x[inside], torch.cos(drawn.x[inside]))


def test_a_view_beside_the_curve_shows_the_whole() -> None:
    drawn = plane_curve(parse("[cos(t), sin(t)]"), (0.0, 6.0), ((5.0, 6.0), (5.0, 6.0)), variable="t")
    assert (drawn.x[0], drawn.x[-1]) == (0.0, 6.0)


@pytest.mark.parametrize(
    ("text", "window", "expected"),
    [
        (
            "[2cos(t), sin(t)]",
            (-0.5, 2.0),
            [
                ("vertical tangent", 0.0, (2.0, 0.0)),
                ("on the horizontal axis", 0.0, (2.0, 0.0)),
                ("on the vertical axis", 1.5707963267948966, (0.0, 1.0)),
                ("horizontal tangent", 1.5707963267948966, (0.0, 1.0)),
            ],
        ),
        (
            "[t^2 + 1, t^3 + 1]",
            (-0.5, 1.0),
            [("speed 0: no tangent by f′ alone", 0.0, (1.0, 1.0))],
        ),
        ("[t, floor(t + 0.5) + 2]", (0.1, 1.0), [("jump", 0.5, (0.5, 3.0))]),
    ],
)
def test_features_of_a_plane_curve(text, window, expected) -> None:
    found, complete = plane_features(parse(text), window, variable="t")
    assert complete
    assert [str(f.kind) for f in found] == [name for name, *_ in expected]
    for feature, (_name, t, place) in zip(found, expected, strict=True):
        assert (feature.t, *feature.place) == pytest.approx((t, *place), abs=1e-12)
