from math import inf, nan

import pytest

from lib.ui.results import cell, columns_of_words, number


@pytest.mark.parametrize(
    "value, shown",
    [(66.3343365935839, "66.3343"), (2.0, "2"), (-0.0, "0"), (1e-20, "1e-20"), (nan, "—"), (inf, "—"), (-inf, "—")],
)
def test_numbers_have_6_significant_digits_and_undefined_is_a_dash(value, shown):
    assert number(value) == shown


def test_a_cell_keeps_all_digits_for_copying():
    assert cell(2 / 3) == '<td data-full="0.6666666666666666" title="0.6666666666666666">0.666667</td>'
    assert cell(169.0) == '<td data-full="169" title="169">169</td>'


def test_text_in_a_cell_is_escaped():
    assert cell("<b>") == "<td>&lt;b&gt;</td>"


def test_a_column_of_words_starts_at_the_left_and_a_column_with_numbers_does_not():
    rows = [["autograd", 1.0, "1e-20", "None"], ["SymPy's formula at 30 digits", 2.0, "—", ""], ["", nan, "inf", "a"]]
    assert columns_of_words(rows) == {0, 3}
    assert columns_of_words([["none", 1.0], [2.0, 3.0]]) == set()
    assert columns_of_words([["None", "None"], ["None", "PowBackward0"]]) == {1}
    assert cell("AddBackward0", words=True) == '<td class="nabla-words">AddBackward0</td>'
