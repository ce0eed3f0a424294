import pytest

from lib.ui.examples import EXAMPLES
from lib.ui.navigation import PAGES
from tests.pages.app import html, open_app, rows, words

PAGE_NAMES = [page.file.removesuffix(".py") for page in PAGES]
HOSTILE = [
    "<script>alert(1)</script>",
    "![p](https://evil.example/p.png)",
    "[x](javascript:alert(1))",
    "</pre><img src=x onerror=alert(1)>",
    "`<b>x</b>`",
    "$\\href{https://evil.example}{x}$",
    ":material/home: :red[x]",
    "x\u202e+1",
]


def stale(app) -> bool:
    return any("grayscale" in element.value for element in app.get("html"))


def live_text(app) -> list[str]:
    """Everything that Streamlit reads as Markdown or HTML."""
    elements = [*app.markdown, *app.caption, *app.error, *app.warning, *app.info, *app.get("html")]
    return [element.value for element in elements]


@pytest.mark.parametrize("page", PAGE_NAMES)
@pytest.mark.parametrize("language, box", [("en", "Function"), ("zh", "函数")])
def test_every_page_opens_in_both_languages(page, language, box):
    app = open_app(page, lang=language)
    assert app.text_input(key="f").label == box
    assert not stale(app)
    if page == "learn":  # an untrained network has no numbers to show
        assert not app.button(key="train_start").disabled
    else:
        assert rows(app) or app.table


@pytest.mark.parametrize(
    "locale, box", [("zh-CN", "函数"), ("zh-TW", "函数"), ("en-GB", "Function"), ("fr", "Function")]
)
def test_the_browsers_language_is_the_default(locale, box):
    app = open_app(locale=locale)
    assert app.text_input(key="f").label == box


def test_an_unknown_language_is_ignored():
    assert open_app(lang="<b>").text_input(key="f").label == "Function"


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_answered_on_its_page(name):
    app = open_app()
    app.menu_button(key="examples").click(name).run()
    assert not app.exception
    example = EXAMPLES[name]
    for key, value in example.fields().items():
        assert app.session_state[key] == value
    assert ('role="alert"' in html(app)) == ("mistake" in example.inputs)
    assert app.get("graphviz_chart" if example.page == "backprop.py" else "plotly_chart")
    assert not stale(app)


def test_nonsense_is_explained_and_the_last_result_stays_greyed():
    app = open_app(f="x^2")
    before = rows(app)
    app.text_input(key="f").set_value("x^2 + @").run()
    assert rows(app) == before
    assert stale(app)
    assert "<mark>@</mark>" in html(app)
    app.text_input(key="f").set_value("x^3").run()
    assert not stale(app)
    assert rows(app) == [[2, 8, 12, 12]]


def test_nonsense_in_the_address_is_explained_over_the_greyed_example():
    app = open_app(f="hello world (")
    assert stale(app)
    assert 'role="alert"' in html(app)
    assert rows(app)[0][0] == 2


@pytest.mark.parametrize("key", ["points", "window"])
def test_nonsense_in_a_small_box_keeps_the_last_result(key):
    app = open_app(f="x^2")
    app.text_input(key=key).set_value("1;;2 apples").run()
    assert stale(app)
    assert rows(app) == [[2, 4, 4, 2]]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("key", ["f", "points"])
def test_hostile_text_is_shown_inert(text, key):
    app = open_app()
    app.text_input(key=key).set_value(text).run()
    assert not app.exception
    for written in live_text(app):
        assert "<img" not in written
        assert "alert(1)</script>" not in written
        assert "<b>" not in written
        assert "\u202e" not in written
    assert not app.markdown
    assert not app.error


def test_a_letter_that_is_not_a_variable_can_be_forged_only_within_its_slider():
    app = open_app(f="a*x", p_a="1e300")
    assert abs(rows(app)[0][1]) <= 10


def test_the_message_is_in_the_visitors_language():
    app = open_app(lang="zh", f="x^2 + @")
    assert any("一" <= letter <= "鿿" for letter in words(app).split("@")[0])


def test_beside_a_text_that_cannot_be_read_stands_what_is_still_shown():
    app = open_app(f="sin(x")
    assert any("Still shown: $f(x) = " in caption.value for caption in app.caption)
    app.text_input(key="f").set_value("sin(x)").run()
    assert not any("Still shown" in caption.value for caption in app.caption)


def test_the_last_piece_is_headed_in_the_language_of_the_page():
    shown = [element.value for element in open_app(lang="zh", f="where(x>0, x, -x)").get("latex")]
    assert any(r"\text{其他}" in formula for formula in shown)
    assert not any("otherwise" in formula for formula in shown)
