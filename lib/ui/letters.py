"""Sliders for the letters of a formula that are not the page's variables."""

from collections.abc import Collection, Iterable

import streamlit as st

from lib.expression.letters import GREEK
from lib.ui import state
from lib.ui.notice import inert

REAL = (-5.0, 5.0, 1.0, 0.1)  # least, greatest, at first, step
WHOLE = (1, 10, 4, 1)  # the ends of sums: 10 terms show where a series goes
IN_A_ROW = 6
NARROWEST = 140  # pixels: two in a row on a phone

_SYMBOLS = {name: symbol for symbol, name in GREEK.items()}
_SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def label_of(name: str) -> str:
    """The letter as a reader writes it: alpha as α, x_1 as x₁."""
    base, _, index = name.partition("_")
    return inert(_SYMBOLS.get(base, base) + index.translate(_SMALL))


def input_letters(names: Iterable[str], whole: Collection[str]) -> dict[str, float]:
    """The value of each letter from a slider, in steps of 1 for the whole numbers among them."""
    with st.grid(IN_A_ROW, min_column_width=NARROWEST):
        return {name: _slider(name, whole=name in whole) for name in names}


def _slider(name: str, *, whole: bool) -> float:
    label = label_of(name)
    return float(state.slider(label, f"k_{name}", *WHOLE)) if whole else state.slider(label, f"p_{name}", *REAL)
