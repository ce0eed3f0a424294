"""No request to any other host, no error in the console, on any page, in either theme or language."""

from __future__ import annotations

from collections.abc import Callable
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from lib.locale import _, use
from lib.ui.navigation import PAGES
from tests.browser.conftest import Visitor


@pytest.mark.parametrize(("scheme", "locale"), [("light", "en-GB"), ("dark", "zh-CN")])
@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_is_quiet(visitors: Callable[..., Visitor], server: str, path: str, scheme: str, locale: str) -> None:
    visitor = visitors(color_scheme=scheme, locale=locale)
    page = visitor.open(f"{server}/{path}")
    expect(
        page.locator(".js-plotly-plot, [data-testid=stTable] td, [data-testid=stGraphVizChart] svg").first
    ).to_be_visible()
    expect(page.get_by_text("WebGL is not supported")).to_have_count(0)
    visitor.settled()
    assert visitor.foreign(server) == []
    assert visitor.errors == []


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_language_in_the_address_is_spoken(visitor: Visitor, server: str, path: str) -> None:
    use("zh")
    label = _("Function")
    use("en")
    assert label == "函数"
    page = visitor.open(f"{server}/{path}?lang=zh")
    expect(page.get_by_label(label, exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_the_language_is_the_browser_s_by_default(visitors: Callable[..., Visitor], server: str) -> None:
    page = visitors(locale="zh-CN").open(server)
    expect(page.get_by_label("函数", exact=True)).to_be_visible()


def test_scripts_are_small_and_a_served_page_has_the_policy(server: str) -> None:
    with urlopen(server) as answer:
        page = answer.read().decode()
        assert "frame-ancestors" in answer.headers["Content-Security-Policy"]
    script = page.split('src="./static/js/')[1].split('"')[0]
    with urlopen(Request(f"{server}/static/js/{script}", headers={"Accept-Encoding": "gzip"})) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
