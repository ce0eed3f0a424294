"""What stands above every page: the function box, how it was read, the examples and the language."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib.expression import Expression, parse
from lib.locale import LANGUAGES, _, joined, translate, use
from lib.ui import notice, state
from lib.ui.drag import drag_box
from lib.ui.examples import EXAMPLES
from lib.ui.navigation import PAGES, Page
from lib.ui.typed import input_text, input_typed, read_function, variables_of
from lib.ui.typeset import typeset

NEXT = "_next_page"  # set by picking an example: the file of the page that answers it
SHORT = {"en": "EN", "zh": "中文"}


def visitor_language() -> str:
    """The language chosen before, else the one in the address, else the browser's."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return "en"
    chosen = st.session_state.get("lang") or st.query_params.get("lang")
    return chosen if chosen in LANGUAGES else browser_language()


def browser_language() -> str:
    """Chinese where the browser asks for any Chinese, else English."""
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def header(page: Page) -> None:
    """Draw the header and read the function."""
    with st.container(key="language"):
        _language_control()
    box, echo, menu = st.columns([5, 5, 2])
    with menu, st.container(key="menu"):
        _examples()
    with box:
        text = input_text(page)
    with echo:  # a message takes the place of the echo, so that the page below hardly moves
        function = read_function(text, page)
        variables = variables_of(function, page)
        if not state.stale():
            _echo(function, variables)
    if state.stale():  # below the box, which is lower than a message
        with box, st.container(key="kept"):
            st.caption(_("Still shown: {formula}", formula=f"${reading(function, variables)}$"))
    if page.live:
        drag_box()
    input_typed(function, page)


def _echo(function: Expression, variables: tuple[str, ...]) -> None:
    with st.container(key="echo"):
        st.latex(reading(function, variables))
        if function.notes:
            notice.hint(joined(map(translate, function.notes)))


def reading(function: Expression, variables: tuple[str, ...]) -> str:
    """The formula as it was read, in LaTeX, after f and its variables."""
    return rf"f({', '.join(map(_letter, variables))}) = {typeset(function.latex())}"


def _letter(name: str) -> str:
    return parse(name).latex()


def _language_control() -> None:
    use(
        state.choice(
            "Language · 语言", SHORT, "lang", browser_language(), label_visibility="collapsed", width="content"
        )
    )


def _examples() -> None:
    """The menu of questions; picking one fills in the boxes and asks for its page."""
    st.menu_button(
        _("Examples"),
        list(EXAMPLES),
        format_func=lambda name: translate(EXAMPLES[name].title),
        key="examples",
        on_click=pick_example,
        icon=":material/menu_book:",
        width="stretch",
    )


def pick_example() -> None:
    """Fill in the boxes with the example that was clicked, and remember which page answers it."""
    example = EXAMPLES.get(str(st.session_state.get("examples")))
    if example:
        state.apply(example.fields())
        st.session_state[NEXT] = example.page


def page_asked_for() -> Page | None:
    """The page of the example that was just picked."""
    file = st.session_state.pop(NEXT, None)
    return next((page for page in PAGES if page.file == file), None)
