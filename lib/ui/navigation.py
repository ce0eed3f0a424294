"""The list of pages: the only place to add one."""

from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st

from lib.locale import translate
from lib.message import Message

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Page:
    """A page: its file in pages/, its address, its name and picture, the function it opens with, whether it takes one
    letter as its variable, however many could be, and else how many at least; systems: a vector of k components has k
    letters as its variables; live: it follows a slider that is dragged."""

    file: str
    path: str
    title: Message
    icon: str
    function: str
    one_variable: bool = True
    least: int = 2
    systems: bool = False
    live: bool = False

    def route(self) -> st.Page:
        """The page as Streamlit knows it, named in the visitor's language: an object of its own for every run."""
        return copy(self._made(translate(self.title)))

    @lru_cache(maxsize=32)  # noqa: B019 (the pages live as long as the process)
    def _made(self, title: str) -> st.Page:
        """Made once: Streamlit looks for the file each time."""
        file = ROOT / "pages" / self.file
        return st.Page(file, title=title, icon=self.icon, url_path=self.path, default=not self.path)


PAGES = (
    Page(
        "derivatives.py",
        "",
        Message("Derivatives"),
        ":material/show_chart:",
        "3*x**2 + 5*x + 6*torch.exp(x)",
        live=True,
    ),
    Page(
        "gradient.py",
        "gradient",
        Message("Gradient & Hessian"),
        ":material/landscape:",
        "x**4 + 2*x**2*y**2 + y**4",
        one_variable=False,
    ),
    Page(
        "backprop.py",
        "backprop",
        Message("Backprop"),
        ":material/account_tree:",
        "x**2 + x**3 + x**4",
        one_variable=False,
        least=1,
    ),
    Page(
        "inverse.py",
        "inverse",
        Message("Inverse"),
        ":material/swap_vert:",
        "x^2 + x^3 + x^4",
        systems=True,
    ),
    Page(
        "learn.py",
        "learn",
        Message("Learn"),
        ":material/hub:",
        "x^2 + x^3 + x^4",
        one_variable=False,
        least=1,
    ),
    Page(
        "help.py",
        "help",
        Message("Help"),
        ":material/help:",
        "3*x**2 + 5*x + 6*torch.exp(x)",
    ),
)
