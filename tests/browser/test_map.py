"""A click on the map of two variables moves the point there, and layers are drawn over it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_live import place


def test_a_click_on_the_map_moves_the_point(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/gradient?f=x y&point=1, 2&xwindow=-3:3&ywindow=-3:3")
    expect(page.locator(".st-key-clickable .scatterlayer .trace").first).to_be_attached()
    across, down = place(page, -1.5, 0.6)
    page.mouse.move(across - 2, down)
    page.mouse.move(across, down, steps=3)
    page.wait_for_timeout(200)  # plotly hovers before it clicks
    page.mouse.down()
    page.mouse.up()
    box = page.get_by_label("Point (x, y)", exact=True)
    expect(box).to_have_value(re.compile(r"^-1\.(4[789]|5)\d*, 0\.(59|6[0123]?)\d*$"))
    page.wait_for_url(lambda url: "point=-1." in url)
    visitor.settled()
    page.get_by_role("button", name="gradient field").click()
    expect(page.locator(".st-key-clickable .scatterlayer .trace")).to_have_count(3)
    page.wait_for_url(lambda url: "layers=field" in url)
    assert visitor.errors == []


SECOND_MAP = """([x, y]) => {
    const plot = document.querySelector("[class*='st-key-clickable'] .js-plotly-plot");
    const box = plot.getBoundingClientRect();
    const { xaxis2, yaxis2 } = plot._fullLayout;
    return [box.left + xaxis2._offset + xaxis2.d2p(x), box.top + yaxis2._offset + yaxis2.d2p(y)];
}"""


def test_a_click_on_any_map_of_a_vector_moves_the_point(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/gradient?f=[x y, x%2By]&point=1, 2&xwindow=-3:3&ywindow=-3:3")
    expect(page.locator("[class*='st-key-clickable'] .heatmaplayer image").nth(1)).to_be_attached()
    page.locator("[class*='st-key-clickable'] .js-plotly-plot").scroll_into_view_if_needed()
    across, down = page.evaluate(SECOND_MAP, [-1.5, 0.6])
    page.mouse.move(across - 2, down)
    page.mouse.move(across, down, steps=3)
    page.wait_for_timeout(200)  # plotly hovers before it clicks
    page.mouse.down()
    page.mouse.up()
    box = page.get_by_label("Point (x, y)", exact=True)
    expect(box).to_have_value(re.compile(r"^-1\.(4[5-9]|5)\d*, 0\.(5[5-9]|6[0-5]?)\d*$"))
    assert visitor.errors == []


def test_on_a_phone_the_heads_of_a_table_wrap_before_it_has_to_be_scrolled(
    visitors: Callable[..., Visitor], server: str
) -> None:
    visitor = visitors(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = visitor.open(f"{server}/gradient?f=(1-x)^2%2B100(y-x^2)^2&about=check")
    table = page.get_by_role("region", name="Gradient and Hessian by each method")
    expect(table.locator("th").nth(2)).to_have_text("SymPy's formula at 30 digits")
    expect(table.locator("tbody tr").nth(1).locator("td").nth(1)).to_have_text("802")
    assert table.evaluate("box => box.scrollWidth <= box.clientWidth")
