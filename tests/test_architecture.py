"""The import rule of the design, the length of pages, and the navigation list."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# From the bottom up: a unit may import what is below it, itself, and what ALONGSIDE lists.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("lib.message",),
    ("lib.jobs",),
    ("lib.expression",),
    ("lib.readings",),
    ("lib.calculus", "lib.inverse", "lib.learning"),
    ("lib.figures", "lib.export", "lib.locale"),
    ("lib.ui",),
    ("pages",),
    ("app",),
)
RANK = {unit: rank for rank, units in enumerate(LAYERS) for unit in units}
ALONGSIDE = {
    ("lib.inverse", "lib.calculus"),
    ("lib.learning", "lib.calculus"),
    ("lib.learning", "lib.inverse"),
    ("lib.figures", "lib.locale"),
}
# Expression.latex() and .code() are doors to the readings, so these calls, and only they, look upwards.
DOORS = {("lib/expression/expression.py", "lib.readings")}
# Outside packages that only some units may use.
RESERVED = {"streamlit": ("app", "pages", "lib.ui"), "plotly": ("lib.figures",)}
PAGE_LINES = 80


def unit_of(module: str) -> str | None:
    """The unit of the design that a module belongs to, or None where it isn't ours."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "lib" else parts[0] if parts[0] in RANK else None


def imported(path: str, tree: ast.AST, inside: bool = False) -> Iterator[tuple[str, bool]]:
    """Each (module, whether inside a function) that the file imports, relative and dynamic imports included."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Import(names=names):
                yield from ((name.name, inside) for name in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                package = list(Path(path).parent.parts)[: 1 - level or None] if level else []
                base = ".".join([*package, *([module] if module else [])])
                # `from lib import figures` imports a unit; below that, the module is enough.
                yield from ((f"{base}.{name.name}" if base == "lib" else base, inside) for name in names)
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                yield module, inside
        deeper = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from imported(path, node, deeper)


def fault(path: str, module: str, inside: bool) -> str | None:
    """What is wrong with this file importing this module, or None."""
    here = unit_of(path.removesuffix(".py").replace("/", "."))
    there = unit_of(module)
    top = module.split(".")[0]
    if top in RESERVED and here not in RESERVED[top]:
        return f"{path}: {top} is for {', '.join(RESERVED[top])} only"
    if there is None or there == here:
        return None
    if here not in RANK or there not in RANK:
        return f"{path}: {here} -> {there} is not in the design"
    if RANK[there] < RANK[here] or (here, there) in ALONGSIDE or (inside and (path, there) in DOORS):
        return None
    return f"{path}: {here} -> {there} points the wrong way"


def import_faults(sources: Mapping[str, str]) -> list[str]:
    """Every breach of the import rule in files given as path -> source."""
    return [
        found
        for path, source in sources.items()
        for module, inside in imported(path, ast.parse(source, path))
        if (found := fault(path, module, inside))
    ]


def long_pages(sources: Mapping[str, str]) -> list[str]:
    """The pages over their length."""
    return [p for p, source in sources.items() if p.startswith("pages/") and len(source.splitlines()) > PAGE_LINES]


def project() -> dict[str, str]:
    """The project's own files as path -> source."""
    files = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "lib").rglob("*.py")]
    return {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in files}


def test_imports_point_one_way() -> None:
    assert import_faults(project()) == []


def test_pages_are_short() -> None:
    assert long_pages(project()) == []


def test_the_navigation_lists_every_page_once() -> None:
    from lib.ui.navigation import PAGES

    assert sorted(page.file for page in PAGES) == sorted(file.name for file in (ROOT / "pages").glob("*.py"))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("lib/calculus/taylor.py", "from lib.figures import line"),
        ("lib/expression/parser.py", "import lib.readings.tensor"),
        ("lib/expression/parser.py", "def f():\n    from lib.readings import tensor"),
        ("lib/expression/expression.py", "from lib.readings import latex"),
        ("lib/message.py", "from lib.locale import translate"),
        ("lib/calculus/taylor.py", "from lib.inverse import solve"),
        ("lib/locale/zh.py", "from lib import figures"),
        ("lib/readings/latex.py", "from ..calculus import curve"),
        ("lib/readings/latex.py", "from .. import calculus"),
        ("lib/readings/latex.py", "import importlib\ndef f():\n    importlib.import_module('lib.ui.state')"),
        ("lib/ui/router.py", "from pages import derivatives"),
        ("lib/ui/router.py", "import app"),
        ("lib/secret/way.py", "from lib.message import Message"),
        ("lib/figures/curve.py", "import streamlit as st"),
        ("lib/calculus/taylor.py", "def f():\n    if True:\n        from streamlit import write"),
        ("pages/learn.py", "import plotly.graph_objects as go"),
    ],
)
def test_an_arrow_outside_the_design_is_found(path: str, source: str) -> None:
    assert len(import_faults({path: source})) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("pages/inverse.py", "import streamlit as st\nfrom lib.inverse import solve\nfrom lib.ui import inputs"),
        ("lib/inverse/newton.py", "from lib.calculus import derivatives\nfrom . import trace\nimport torch"),
        ("lib/figures/curve.py", "import plotly.graph_objects as go\nfrom lib.locale import _"),
        ("lib/readings/latex.py", "from ..expression import Expression\nfrom .tensor import evaluate"),
        ("lib/expression/expression.py", "def latex():\n    from lib.readings.latex import latex"),
    ],
)
def test_an_arrow_of_the_design_is_allowed(path: str, source: str) -> None:
    assert import_faults({path: source}) == []


def test_a_long_page_is_found() -> None:
    assert long_pages({"pages/learn.py": "x = 1\n" * (PAGE_LINES + 1)}) == ["pages/learn.py"]
    assert long_pages({"pages/learn.py": "x = 1\n" * PAGE_LINES, "lib/a.py": "x = 1\n" * 200}) == []
