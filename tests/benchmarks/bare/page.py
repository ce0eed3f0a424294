"""The elements of a recorded page, sent again as they were. Nothing is computed.

NABLA_RECORDING: a JSON file with `runs`, each a list of [delta path, kind, content]; the slider `turn` says which one,
and is in the address if the widget that it stands for is, which `bound` tells. Where only a part of the page runs
alone, `around` is what surrounds it.
"""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure
from streamlit.delta_generator import DeltaGenerator

Sent = tuple[tuple[int, ...], str, Any]  # path, kind, content


class Drawn(BaseFigure):  # type: ignore[misc]
    """A figure made beforehand."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self._spec = spec

    def to_dict(self) -> dict[str, Any]:
        return self._spec


Blocks = dict[tuple[int, ...], DeltaGenerator]


@lru_cache(maxsize=1)
def recording() -> tuple[list[Sent], list[list[Sent]], bool]:
    """What is around the part that runs alone, if one does, the runs, and whether `turn` is in the address."""
    read = json.loads(Path(os.environ["NABLA_RECORDING"]).read_text("utf-8"))
    around, *runs = [
        _with_columns([(tuple(path), kind, _made(kind, it)) for path, kind, it in page])
        for page in (read["around"], *read["runs"])
    ]
    return around, runs, read["bound"]


def _with_columns(page: list[Sent]) -> list[Sent]:
    """The page with the columns of a row told with the row, as `st.columns` makes them."""
    weights: dict[tuple[int, ...], list[float]] = {}
    for path, kind, it in page:
        if kind == "block" and it["kind"] == "column":
            weights.setdefault(path[:-1], []).append(it["weight"])
    kept = [(path, kind, it) for path, kind, it in page if kind != "block" or it["kind"] != "column"]
    return [(path, kind, it | {"weights": weights[path]} if path in weights else it) for path, kind, it in kept]


def _made(kind: str, it: Any) -> Any:
    return it | {"spec": Drawn(it["spec"])} if kind == "plotly_chart" else it


def element(at: DeltaGenerator, key: str, kind: str, it: Any) -> DeltaGenerator | None:
    """Send it as a widget or a text of the same kind, and of the same size; the place that it leaves empty."""
    match kind:
        case "html":
            at.html(it["body"], unsafe_allow_javascript=it["script"])
        case "markdown":
            at.markdown(it)
        case "slider":
            low, high = it["low"], it["high"]  # a bound slider keeps its value, which another range may not hold
            at.slider("value", low, high, it["value"], it["step"], key=f"{key}_{low:g}_{high:g}", bind=_bind(it))
        case "text_input":
            at.text_input("text", it["value"], key=key, live=True, bind=_bind(it))
        case "checkbox":
            at.toggle("on", it["value"], key=key, bind=_bind(it))
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
            return at.empty()
        case _:
            raise ValueError(f"the bare app can't send {kind}")
    return None


def _bind(it: dict[str, Any]) -> Any:
    return "query-params" if it["bound"] else None


def block(at: DeltaGenerator, key: str, it: dict[str, Any]) -> list[DeltaGenerator]:
    """Open it, and its columns."""
    if it.get("weights"):
        return [at, *at.columns(it["weights"])]
    if it["kind"] == "transparent":  # which Streamlit itself adds around what a part of the page sends elsewhere
        return [at]
    if it["kind"] == "popover":
        return [at.popover("menu", key=key, on_change="rerun" if it["named"] else "ignore")]
    if it["kind"] == "grid_container":
        return [at.grid(it["columns"])]
    return [at.container(key=key if it["named"] else None, horizontal=it["across"])]


def sent_again(page: list[Sent], blocks: Blocks) -> Blocks:
    """Send a page, or a part of one, into the blocks that are there; also those that it has opened itself."""
    blocks = dict(blocks)
    for path, kind, it in page:
        at = next((blocks[path[:k]] for k in range(len(path), 0, -1) if path[:k] in blocks), None) or st._main
        key = f"{kind}_{'_'.join(map(str, path))}"
        if kind == "block":
            opened, *columns = block(at, key, it)
            blocks |= {path: opened} | {(*path, k): column for k, column in enumerate(columns)}
        elif place := element(at, key, kind, it):
            blocks[path] = place
    return blocks


def turned(around: Blocks) -> None:
    """The run that the slider says."""
    _, runs, bound = recording()
    turn = int(st.slider("turn", 0.0, 1e6, 0.0, 1.0, key="turn", bind="query-params" if bound else None))
    sent_again(runs[turn % len(runs)], around)


def main() -> None:
    """One run."""
    st.set_page_config(page_title="Bare", layout="wide")
    around, _, _ = recording()
    if around:
        st.fragment(turned)(sent_again(around, {}))
    else:
        turned({})
