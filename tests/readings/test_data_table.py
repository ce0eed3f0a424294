import pytest

from lib.expression import ExpressionError
from lib.readings.data_table import read_table, read_widths


def test_rows_by_lines_semicolons_tabs_and_commas():
    assert read_table("0, 1\n\n 1/2\t-3 ; 2 4\n", 2, 9) == ((0, 1), (0.5, -3), (2, 4))
    assert read_table(" \n", 2, 9) == ()


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
