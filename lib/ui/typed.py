"""The function box and the sliders of its letters, which every page shares."""

from dataclasses import dataclass, replace

import streamlit as st

from lib.expression import Expression, parse
from lib.expression.components import component
from lib.expression.letters import split
from lib.figures.vector import component_name
from lib.locale import _
from lib.ui import state
from lib.ui.letters import input_letters
from lib.ui.navigation import Page

FUNCTION = "f"
_TYPED = "_typed"


@dataclass(frozen=True)
class Typed:
    """What was typed: the function, the letters that are the page's variables, and the values of the others."""

    function: Expression
    variables: tuple[str, ...]
    at: dict[str, float]
    name: str = "f"

    @property
    def variable(self) -> str:
        """The variable of a page that has one."""
        return self.variables[0]


def of_component(it: Typed, k: int | None) -> Typed:
    """The same with component k of the vector, from 0, as the function; or as it is."""
    return it if k is None else replace(it, function=component(it.function, k), name=component_name(k))


def input_text(page: Page) -> str:
    """The text in the function box."""
    return state.text(_("Function"), FUNCTION, page.function, placeholder="x^2 + sin(x)")


def read_function(text: str, page: Page) -> Expression:
    """The function that the text means, or, after a message, the last good one."""
    return state.read(text, parse, page.function, FUNCTION)


def variables_of(function: Expression, page: Page) -> tuple[str, ...]:
    """The letters that are the page's variables."""
    count = (function.shape or 1) if page.systems else 1
    least = count if page.one_variable else page.least
    variables = split(function.names, least, function.bounds)[0] or ("x",)
    return variables[:count] if page.one_variable else variables


def input_typed(function: Expression, page: Page) -> None:
    """The sliders; remembers everything for the page.

    They belong to the router's run and not to the page's, since Streamlit takes a value that came with the address from
    the widgets of a page when the page changes.
    """
    variables = variables_of(function, page)
    rest = [name for name in function.names if name not in variables]
    # The container is there without sliders too: where elements below it move, what is half typed in them is lost.
    with st.container(key="letters"):
        at = {}
        if rest or function.random:
            at = input_letters(rest, function.whole_numbers, random=function.random)
    st.session_state[_TYPED] = Typed(function, variables, at)


def typed() -> Typed:
    """What was typed, for the page that is running."""
    kept: Typed = st.session_state[_TYPED]
    return kept
