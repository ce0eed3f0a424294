"""The elements of a recorded page, sent again as they were. Nothing is computed.

NABLA_RECORDING: a JSON file with pages, each a list of [delta path, kind, content]; the slider `turn` says which one.
"""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure
from streamlit.delta_generator import DeltaGenerator


class Drawn(BaseFigure):  # type: ignore[misc]
    """A figure made beforehand."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self._spec = spec

    def to_dict(self) -> dict[str, Any]:
        return self._spec


@lru_cache(maxsize=1)
def pages() -> list[list[tuple[tuple[int, ...], str, Any]]]:
    read = json.loads(Path(os.environ["NABLA_RECORDING"]).read_text("utf-8"))
    return [[(tuple(path), kind, _made(kind, it)) for path, kind, it in p] for p in read]


def _made(kind: str, it: Any) -> Any:
    return it | {"spec": Drawn(it["spec"])} if kind == "plotly_chart" else it


def element(at: DeltaGenerator, key: str, kind: str, it: Any) -> None:
    """Send it as a widget or a text of the same kind, and of the same size."""
    match kind:
        case "html":
            at.html(it["body"], unsafe_allow_javascript=it["script"])
        case "markdown":
            at.markdown(it)
        case "slider":
            at.slider("value", it["low"], it["high"], it["value"], it["step"], key=key)
        case "text_input":
            at.text_input("text", it, key=key, live=True)
        case "checkbox":
            at.toggle("on", it, key=key)
        case "button_group":
            at.segmented_control("one of", it, key=key)
        case "selectbox":
            at.selectbox("one of", it, key=key)
        case "menu_button":
            at.menu_button("one of", it, key=key)
        case "button":
            at.button(it, key=key)
        case "page_link":
            at.page_link("https://example.org", label=it)
        case "download_button":
            at.download_button("CSV", "0,1,2,3\n" * 4, "numbers.csv", key=key, on_click="ignore")
        case "plotly_chart":
            at.plotly_chart(it["spec"], key=key, on_select="rerun" if it["live"] else "ignore")
        case "graphviz_chart":
            at.graphviz_chart(it)
        case "empty":
            at.empty()
        case _:
            raise ValueError(f"the bare app can't send {kind}")


def block(at: DeltaGenerator, key: str, it: dict[str, Any]) -> DeltaGenerator:
    """Open it; columns, grids and rows are containers here."""
    if it["popover"]:
        menu: DeltaGenerator = at.popover("menu", key=key, on_change="rerun" if it["named"] else "ignore")
        return menu
    return at.container(key=key if it["named"] else None)


def main() -> None:
    """One run."""
    st.set_page_config(page_title="Bare", layout="wide")
    turn = int(st.slider("turn", 0.0, 1e6, 0.0, 1.0, key="turn"))
    every = pages()
    blocks: dict[tuple[int, ...], DeltaGenerator] = {}
    for path, kind, it in every[turn % len(every)]:
        at = next((blocks[path[:k]] for k in range(len(path) - 1, 0, -1) if path[:k] in blocks), None) or st._main
        if kind == "block":
            blocks[path] = block(at, f"{kind}{path}", it)
        else:
            element(at, f"{kind}{path}", kind, it)
