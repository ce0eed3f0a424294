import pytest

from lib.ui.notice import AROUND, inert, inline, place


def test_markup_is_shown_as_text():
    assert inert("<b>&\"'</b>") == "&lt;b&gt;&amp;&quot;&#x27;&lt;/b&gt;"


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\x00", "\x1b", "\ufeff", "\ue000", "\ud800"])
def test_what_can_not_be_seen_becomes_a_box(character):
    assert inert(f"a{character}b") == "a�b"


def test_a_number_is_not_broken_at_the_sign_of_its_exponent():
    assert inline("about 5e-16.") == 'about <span class="nabla-number">5e-16</span>.'


def test_backticks_set_code():
    assert inline("Type `<x>` or `y`.") == "Type <code>&lt;x&gt;</code> or <code>y</code>."


def test_the_place_is_marked():
    assert place("x + @ + 1", (4, 5)) == "x + <mark>@</mark> + 1"


def test_a_place_between_two_characters_is_a_caret():
    assert place("sin(x", (5, 5)) == "sin(x<mark>‸</mark>"


@pytest.mark.parametrize("span", [(-5, 2), (3, 99), (99, 120), (4, 1)])
def test_a_span_outside_the_text_is_cut_to_it(span):
    assert place("abcd", span).replace("<mark>", "").replace("</mark>", "").replace("‸", "") == "abcd"


def test_a_long_text_is_cut_around_the_place():
    shown = place("x" * 500 + "@" + "y" * 500, (500, 501))
    assert shown == f"…{'x' * AROUND}<mark>@</mark>{'y' * AROUND}…"
