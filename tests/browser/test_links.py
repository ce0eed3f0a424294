"""The address holds everything: on a server just started, after a reload, in another browser."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor


def tables(page: Page) -> list[str]:
    """All tables of the page as text."""
    return page.locator(".nabla-table").all_inner_texts()


LINKS = {
    "derivatives": ("", {"f": "x^3", "points": "1, 3", "window": "-4:4", "reduction": "mean"}, "13.5"),
    "gradient": ("gradient", {"f": "x**4 + 2*x**2*y**2 + y**4", "point": "2, 3", "xwindow": "-5:5"}, "124"),
    "newton": ("inverse", {"f": "x^2+x^3+x^4", "y": "1", "start": "1.5", "interval": "-1:2"}, "0.682328"),
    "bisection": ("inverse", {"f": "x^2+x^3+x^4", "y": "1", "method": "bisection", "bracket": "0:1"}, "0.682328"),
}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_opens_on_a_server_nobody_has_visited(visitor: Visitor, fresh_server: str, link: str) -> None:
    path, inputs, answer = LINKS[link]
    page = visitor.open(f"{fresh_server}/{path}?{urlencode(inputs)}")
    expect(page.locator(".st-key-result_numbers")).to_contain_text(answer)
    expect(page.get_by_label("Function", exact=True)).to_have_value(inputs["f"])
    visitor.settled()
    shown = [box.input_value() for box in page.get_by_role("textbox").all()]
    assert {value for key, value in inputs.items() if key not in ("method", "reduction")} <= set(shown)
    assert page.get_by_role("alert").count() == 0
    assert visitor.errors == []


def test_a_reload_and_another_browser_show_the_same(visitors: Callable[..., Visitor], server: str) -> None:
    first, second = visitors(), visitors()
    page = first.open(f"{server}/inverse")
    page.get_by_label("Function", exact=True).fill("x^3 + a*x")
    page.get_by_label("Target y").fill("10")
    page.get_by_test_id("stSelectbox").filter(has_text="Method").get_by_role("combobox").click()
    page.get_by_role("option", name="Bisection", exact=True).click()
    page.get_by_label("Bracket", exact=True).fill("0:4")
    expect(page.get_by_label("Bracket", exact=True)).to_have_value("0:4")
    steps = page.get_by_role("region", name="The steps of the method")
    expect(steps.locator("thead")).to_have_text("kxf(x) − yaberrorratio")
    expect(steps.locator("tbody")).to_have_text("020040—")  # x³ + x = 10 at 2, halfway
    page.wait_for_url(lambda url: "bracket=" in url and "method=bisection" in url and "y=10" in url)
    first.settled()
    shown, boxes = tables(page), [box.input_value() for box in page.get_by_role("textbox").all()]

    page.reload()
    expect(page.get_by_label("Bracket", exact=True)).to_have_value("0:4")
    first.settled()
    assert tables(page) == shown
    assert [box.input_value() for box in page.get_by_role("textbox").all()] == boxes

    other = second.open(page.url)
    expect(other.get_by_label("Bracket", exact=True)).to_have_value("0:4")
    second.settled()
    assert tables(other) == shown
    assert first.errors == second.errors == []


def test_the_function_stays_from_page_to_page(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=x^2+*+y")
    page.get_by_role("link", name="Gradient").first.click()
    page.wait_for_url("**/gradient**")
    expect(page.locator(".st-key-result_numbers")).to_contain_text("H x")
    visitor.settled()
    expect(page.get_by_label("Function", exact=True)).to_have_value("x^2 * y")
    assert "f=x" in page.url


def test_a_letter_out_of_range_in_the_address_brings_no_older_function_back(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=x^2&p_a=77")
    page.get_by_label("Function", exact=True).fill("a*x + 5")
    expect(page.locator(".st-key-result_numbers tbody")).to_contain_text("15")  # at x = 2 with a = 5
    visitor.settled()
    page.reload()
    expect(page.get_by_label("Function", exact=True)).to_have_value("a*x + 5")
    expect(page.locator(".st-key-result_numbers tbody")).to_contain_text("15")
