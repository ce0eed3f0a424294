"""What visitors type in the small boxes: read, or refused with cause, place and way out."""

from math import pi

import pytest

from lib.expression import ExpressionError
from lib.expression.limits import MAX_POINTS
from lib.message import Message
from lib.readings.numbers import read_number, read_point, read_points, read_window
from lib.readings.rows import read_direction, read_rows


@pytest.mark.parametrize(
    "text, points",
    [
        ("1, 2, 3", (1, 2, 3)),
        ("2", (2,)),
        ("1 2 3", (1, 2, 3)),
        ("1 -2 3", (1, -2, 3)),
        ("1 - 2", (-1,)),
        ("pi / 2", (pi / 2,)),
        ("1，2、3；4", (1, 2, 3, 4)),
        ("1;2\n3", (1, 2, 3)),
        ("[1, 2]", (1, 2)),
        ("（1，2）", (1, 2)),
        ("(1)+(2), 3", (3, 3)),
        ("1,", (1,)),
        ("2π, 1/3, -1e-3, ½, −4", (2 * pi, 1 / 3, -0.001, 0.5, -4)),
        ("max(1, 2), 3", (2, 3)),
        ("0:5:0.5", (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5)),
        ("0 : 2 : 1", (0, 1, 2)),
        ("0：1：0.1", (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)),
        ("0:3", (0, 1, 2, 3)),
        ("5:0:-2", (5, 3, 1)),
        ("0:1:0.4", (0, 0.4, 0.8)),
        ("2:2", (2,)),
        ("0:pi:pi/2, 7", (0, pi / 2, pi, 7)),
        ("1e3", (1000,)),
        ("linspace(0, 1, 5)", (0, 0.25, 0.5, 0.75, 1)),
        ("torch.linspace（0，1，11）", (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)),
        ("linspace(0, pi, 1), 3", (0, 3)),
        ("np.arange(0, 0.3, 0.1) 7", (0, 0.1, 0.2, 7)),
        ("arange(1, 0, -1/4)", (1, 0.75, 0.5, 0.25)),
        ("x = torch.tensor([1., 2., 3.], requires_grad=True)", (1, 2, 3)),
        ("np.array([1, -2])", (1, -2)),
        ("x = 1, pi", (1, pi)),
        ("t=[1;2]", (1, 2)),
        ("x = torch.linspace(0, 1, 3)", (0, 0.5, 1)),
    ],
)
def test_reads_points(text, points):
    assert read_points(text) == points


@pytest.mark.parametrize(
    "text, cause",
    [
        ("linspace(0, 1)", "three numbers"),
        ("linspace", "three numbers"),
        ("linspace(0, 1, 2.5)", "whole number"),
        ("linspace(0, 1, -1)", "whole number"),
        ("arange(0, 1, 0)", "step is 0"),
        ("arange(1, 0, 1)", "whole number"),
        ("linspace(0, 1, 1e9)", "more than"),
        ("arange(0, 1e12, 1e-9)", "more than"),
        ("linspace(0, 1, 5)*(2)", "never opened"),
    ],
)
def test_a_call_that_is_no_range_is_refused(text, cause):
    with pytest.raises(ExpressionError, match=cause):
        read_points(text)


def test_a_range_may_fill_the_table_but_not_more():
    assert len(read_points(f"1:{MAX_POINTS}")) == MAX_POINTS
    for text in (f"0:{MAX_POINTS}", f"1:{MAX_POINTS}, 1", "0:1e12:1e-9", "0:1:1e-300", "1," * (MAX_POINTS + 1)):
        with pytest.raises(ExpressionError, match="more than"):
            read_points(text)


# text, the part of it that is underlined, words of the cause
REFUSED = [
    ("", "", "no number"),
    ("   ", "   ", "no number"),
    ("()", "()", "no number"),
    ("1,,2", "", "missing"),
    (",1", "", "missing"),
    ("0::1", "", "missing"),
    ("1, a", "a", "a is a letter"),
    ("1, x+1", "x+1", "x is a letter"),
    ("sqrt(-1), 2", "sqrt(-1)", "no value"),
    ("1, nan", "nan", "no value"),
    ("1, inf", "inf", "infinite"),
    ("1/0", "1/0", "infinite"),
    ("1e400", "1e400", "too large"),
    ("2, 1e13", "1e13", "too large"),
    ("9" * 400, "9" * 400, "too large"),
    ("0:5:0", "0", "step is 0"),
    ("0:5:-1", "0:5:-1", "away"),
    ("0:1:2:3", "0:1:2:3", "start, a stop and a step"),
    ("rand()", "rand()", "random"),
    ("3, [1,2]+[3,4]", "[1,2]+[3,4]", "vector"),
    ("1, 2)", ")", "bracket"),
    ("1, 2 §", "§", "§"),
    ("x = ", "x = ", "no number"),
    ("torch.tensor([])", "torch.tensor([])", "no number"),
    ("torch.tensor([1, a])", "a", "a is a letter"),
    ("torch.tensor([1, 2", None, "."),
    ("__import__('os')", None, "."),
]


@pytest.mark.parametrize("text, underlined, words", REFUSED)
def test_refuses_with_cause_and_place_and_way_out(text, underlined, words):
    with pytest.raises(ExpressionError, match=words) as refusal:
        read_points(text)
    start, end = refusal.value.span
    assert 0 <= start <= end <= len(text)
    assert underlined in (None, text[start:end])
    assert isinstance(refusal.value.message, Message)
    assert isinstance(refusal.value.hint, Message)


@pytest.mark.parametrize(
    "text, window",
    [
        ("-3:3", (-3, 3)),
        ("-3, 3", (-3, 3)),
        ("-3 3", (-3, 3)),
        ("[-3, 3]", (-3, 3)),
        (" ( -3 ； 3 ) ", (-3, 3)),
        ("-pi：2π", (-pi, 2 * pi)),
        ("-1e12:1e12", (-1e12, 1e12)),
        ("0:1e-9", (0, 1e-9)),
    ],
)
def test_reads_a_window(text, window):
    assert read_window(text) == window


@pytest.mark.parametrize(
    "text, words",
    [
        ("", "no number"),
        ("1", "Two ends"),
        ("1:2:3", "Two ends"),
        ("1,2,3", "Two ends"),
        ("3:-3", "left end"),
        ("1:1", "left end"),
        ("1, 1+1e-15", "too close"),
        ("0:1e13", "too large"),
        ("-inf:0", "infinite"),
        ("a:b", "a is a letter"),
    ],
)
def test_refuses_a_window(text, words):
    with pytest.raises(ExpressionError, match=words) as refusal:
        read_window(text)
    assert isinstance(refusal.value.hint, Message)
    assert "window" not in str(refusal.value.message)  # it may be a bracket


def test_reads_a_point():
    assert read_point("2, 3", 2) == (2, 3)
    assert read_point("(pi, -1, 0)", 3) == (pi, -1, 0)
    with pytest.raises(ExpressionError, match="needs 2 numbers, and there are 3"):
        read_point("1, 2, 3", 2)


def test_reads_a_number():
    assert read_number("pi/2") == pi / 2
    assert read_number(" 28 ") == 28
    for text, words in (("1, 2", "needs one number"), ("0:5", "."), ("y", "letter"), ("", "no number")):
        with pytest.raises(ExpressionError, match=words):
            read_number(text)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("2, 3", ((2, 3),)),
        ("(2, 3), (1, 0)", ((2, 3), (1, 0))),
        ("[[2, 3], [1, 0]]", ((2, 3), (1, 0))),
        ("2 3; pi -1;", ((2, 3), (pi, -1))),
        ("2；3", ((2, 3),)),
        ("max(1, 2), (1+2)*3", ((2, 9),)),
    ],
)
def test_reads_points_of_two_coordinates(text, points):
    assert read_rows(text, 2) == points


def test_reads_points_of_one_coordinate_and_of_three():
    assert read_rows("1, 2", 1) == ((1,), (2,))
    assert read_rows("1,2,3; 4,5,6", 3) == ((1, 2, 3), (4, 5, 6))


@pytest.mark.parametrize(("text", "span"), [("1, 2; 3", (6, 7)), ("(1, 2, 3)", (1, 8)), ("1, 2; 3, y", (9, 10))])
def test_refuses_a_point_of_other_than_two_coordinates(text, span):
    with pytest.raises(ExpressionError) as refused:
        read_rows(text, 2)
    assert refused.value.span == span


@pytest.mark.parametrize(
    ("text", "vector"), [("30°", (3**0.5 / 2, 0.5)), ("pi/2", (0, 1)), ("-90 deg", (0, -1)), ("3, 4", (3, 4))]
)
def test_reads_a_direction(text, vector):
    assert read_direction(text, 2) == pytest.approx(vector, abs=1e-15)


@pytest.mark.parametrize(("text", "count"), [("0, 0", 2), ("30°", 3), ("1, 2", 3), ("a", 2)])
def test_refuses_what_is_no_direction(text, count):
    with pytest.raises(ExpressionError):
        read_direction(text, count)
