"""How the tests of pages start the app and read what it shows."""

from __future__ import annotations

import json
from base64 import b64decode
from html import unescape
from pathlib import Path
from re import DOTALL, findall, sub

import numpy as np
from streamlit.testing.v1 import AppTest

ROUTER = str(Path(__file__).parent.parent.parent / "lib/ui/router.py")


def open_app(page: str = "derivatives", *, locale: str = "en-US", **query: str) -> AppTest:
    """The app as a visitor with this address, and a browser in this language, sees it."""
    app = AppTest.from_file(ROUTER, default_timeout=60)
    app.context["locale"] = locale
    app.query_params.update(query)
    if page != "derivatives":
        app.run()
        app.switch_page(f"../../pages/{page}.py")
        app.query_params.update(query)
    app.run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    """Everything written as HTML, style and script apart."""
    return "\n".join(
        element.value for element in app.get("html") if "<style" not in element.value and "<script" not in element.value
    )


def words(app: AppTest) -> str:
    """The same as plain text."""
    text = sub(r'<span class="nabla-number">([^<]*)</span>', r"\1", html(app))
    return unescape(sub(r"<[^>]*>", " ", text))


def rows(app: AppTest) -> list[list[float]]:
    """The numbers of the page's first table, row by row, in full."""
    return table_rows(app, 0)


def table_rows(app: AppTest, index: int) -> list[list[float]]:
    """The numbers of one of the page's tables, row by row, in full."""
    tables = findall(r"<table>(.*?)</table>", html(app), DOTALL)
    found = findall(r"<tr>(.*?)</tr>", tables[index], DOTALL) if tables else []
    return [[float(full) for full in findall(r'data-full="([^"]*)"', row)] for row in found][1:]


def figure(app: AppTest, index: int = 0) -> dict:
    """A plot's data and layout."""
    return json.loads(app.get("plotly_chart")[index].proto.spec)


def array(values: dict | list) -> np.ndarray:
    """A column of a plot."""
    if isinstance(values, list):
        return np.array(values, dtype=float)
    return np.frombuffer(b64decode(values["bdata"]), dtype=values["dtype"])
