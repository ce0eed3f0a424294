"""The picture in the README: `make picture` takes it again, any other run only checks that it can be taken."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Visitor


def size(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG, from its header."""
    head = picture.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


def test_the_picture_in_the_readme_shows_the_first_page(visitor: Visitor, server: str, tmp_path: Path) -> None:
    target = Path(os.environ.get("NABLA_PICTURE", tmp_path / "picture.png"))
    page = visitor.open(server)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    visitor.settled()
    page.screenshot(path=target, animations="disabled")
    assert size(target) == (1280, 800)
    assert "(docs/picture.png)" in (ROOT / "README.md").read_text("utf-8")
    assert size(ROOT / "docs/picture.png") == (1280, 800)
