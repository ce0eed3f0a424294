import pytest

from lib.expression import ExpressionError
from lib.readings.data_table import read_table, read_widths


def test_rows_by_lines_semicolons_tabs_and_commas():
    assert read_table("0, 1\n\n 1/2\t-3 ; 2 4\n", 2, 9) == ((0, 1), (0.5, -3), (2, 4))
    assert read_table(" \n", 2, 9) == ()


@pytest.mark.parametrize(
    "text",
    ["0；1\n2；3", "0;1\r\n2;3", "x, y\n0,1\n2,3", '"x1";"y1"\n0;1\n2;3', "# x y\n0 1\n2 3", "[[0, 1], [2, 3]]",
     "[(0, 1),\n (2, 3)]", "x\ty\n0\t1\n2\t3", "时间，数值\n0，1\n2，3", "(0, 1)\n(2, 3)"],
)  # fmt: skip
def test_what_is_pasted_from_elsewhere(text):
    assert read_table(text, 2, 9) == ((0, 1), (2, 3))


def test_a_first_line_of_numbers_is_no_heading():
    assert read_table("e, pi\n1, 2", 2, 9)[0] == pytest.approx((2.71828, 3.14159), rel=1e-5)
    for text in ("x, y", "a, 2\n1, 2", "1, 2\nx, y"):
        with pytest.raises(ExpressionError):
            read_table(text, 2, 9)


@pytest.mark.parametrize("text, span", [("0, 1\n2", (5, 6)), ("0, 1; 2, a", (9, 10)), ("0, 1\n1, 2\n2, 3", (10, 14))])
def test_a_bad_row_is_told_with_its_place(text, span):
    with pytest.raises(ExpressionError) as caught:
        read_table(text, 2, 2)
    assert caught.value.span == span


@pytest.mark.parametrize(
    "text",
    ["1,5; 2,25\n-3; 4,125", "1,5;2,25;\n-3;4,125;", "1,5\t2,25\n-3\t4,125", "x;y\n1,5;2,25\n-3;4,125",
     "1.5; 2.25\n-3; 4.125", "x, m; y, s\n1,5; 2,25\n-3; 4,125"],
)  # fmt: skip
def test_decimal_commas_between_semicolons_and_tabs(text):
    assert read_table(text, 2, 9) == ((1.5, 2.25), (-3, 4.125))


def test_decimal_commas_of_one_line_where_they_cannot_be_rows():
    assert read_table("1; 2,25", 2, 9) == ((1, 2.25),)
    assert read_table("1,5; 2,5; 3,5", 3, 9) == ((1.5, 2.5, 3.5),)
    assert read_table("0,1; 1,2; 2,5", 2, 9) == ((0, 1), (1, 2), (2, 5))


@pytest.mark.parametrize("text", ["1,5; 2,25", "1,250; 2,125\n3,500; 4,000", "1,000\t2,000\n3\t4"])
def test_commas_that_may_mean_two_things_are_refused(text):
    with pytest.raises(ExpressionError) as caught:
        read_table(text, 2, 9)
    assert "decimal" in caught.value.message and caught.value.span == (0, len(text.split("\n")[0]))


def test_widths():
    assert read_widths("64, 64", 6, 128) == (64, 64)
    for text in ("0", "1.5", "129", "1,1,1", "x"):
        with pytest.raises(ExpressionError):
            read_widths(text, 2, 128)
