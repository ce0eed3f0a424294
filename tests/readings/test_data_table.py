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


def test_widths():
    assert read_widths("64, 64", 6, 128) == (64, 64)
    for text in ("0", "1.5", "129", "1,1,1", "x"):
        with pytest.raises(ExpressionError):
            read_widths(text, 2, 128)
