"""The plot answers: a click adds a point, a zoom is sampled anew and kept, a slider moves, a letter plays."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

TABLE = "Values and derivatives at the points"
PLACE = """([x, y]) => {
    const plot = document.querySelector(".js-plotly-plot"), box = plot.getBoundingClientRect();
    const { xaxis, yaxis } = plot._fullLayout;
    return [box.x + xaxis._offset + xaxis.d2p(x), box.y + yaxis._offset + yaxis.d2p(y)];
}"""


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where the plot shows (x, y), in pixels of the page."""
    across, down = page.evaluate(PLACE, [x, y])
    return across, down


def test_a_click_on_the_curve_adds_a_point(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=x^2&window=-2:2&points=1")
    expect(page.locator(".js-plotly-plot .scatterlayer .trace").first).to_be_attached()
    across, down = place(page, -1.0, 1.0)
    page.mouse.move(across - 2, down)
    page.mouse.move(across, down, steps=3)
    page.wait_for_timeout(200)  # plotly hovers before it clicks
    page.mouse.down()
    page.mouse.up()
    rows = page.get_by_role("region", name=TABLE).locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(page.get_by_label("Points", exact=True)).to_have_value(re.compile(r"^1, -(0\.9[89]|1\.0[01])\d*$|^1, -1$"))


def test_a_tap_on_the_curve_adds_a_point_and_a_finger_across_the_plot_moves_nothing_in_it(
    visitors: Callable[..., Visitor], server: str
) -> None:
    visitor = visitors(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = visitor.open(f"{server}/?f=x^2&window=-2:2&points=1")
    expect(page.locator(".js-plotly-plot .scatterlayer .trace").first).to_be_attached()
    expect(page.locator(".modebar-btn[data-attr=dragmode]").first).to_be_hidden()
    across, down = place(page, -1.0, 1.0)
    page.touchscreen.tap(across, down)
    expect(page.get_by_role("region", name=TABLE).locator("tbody tr")).to_have_count(2)
    visitor.settled()
    held = page.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.yaxis.range")
    across, down = place(page, 0.0, 1.0)
    finger = {"x": across, "y": down, "yDistance": -200, "gestureSourceType": "touch"}
    page.context.new_cdp_session(page).send("Input.synthesizeScrollGesture", finger)
    assert page.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.yaxis.range") == held
    assert "view=" not in page.url


def test_a_zoom_is_sampled_anew_and_kept(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=sin(1/x)&window=-1:1&points=1")
    expect(page.locator(".js-plotly-plot .scatterlayer .trace").first).to_be_attached()
    page.locator(".modebar-btn[data-title='Zoom']").click()
    page.mouse.move(*place(page, 0.05, 0.8))
    page.mouse.down()
    page.mouse.move(*place(page, 0.15, -0.8), steps=6)
    page.mouse.up()
    page.wait_for_url(lambda url: "view=" in url)
    visitor.settled()
    shown = page.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.xaxis.range")
    assert 0.03 < shown[0] < 0.07
    assert 0.13 < shown[1] < 0.17
    page.wait_for_function(
        "() => { const plot = document.querySelector('.js-plotly-plot');"  # none while it is drawn anew
        " const f = plot?._fullData?.find(t => t.name === 'f' && t.mode === 'lines'); return f && f.x[0] > 0.03; }"
    )
    before = page.url
    page.reload()
    visitor.settled()
    assert page.url == before
    expect(page.locator(".js-plotly-plot .scatterlayer .trace").first).to_be_attached()
    again = page.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.xaxis.range")
    assert abs(again[0] - shown[0]) < 1e-6


def test_a_slider_moves_the_point(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=x^2&points=0&window=-2:2")
    thumb = page.get_by_role("slider", name="Move x")
    thumb.focus()
    for moved in ("0.004", "0.008", "0.012"):
        thumb.press("ArrowRight")
        expect(page.get_by_label("Points", exact=True)).to_have_value(moved)


def test_a_dragged_slider_is_followed_and_rests_in_the_address(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=a*x&points=1&order=1")
    table = page.get_by_role("region", name=TABLE)
    expect(table).to_contain_text("1")
    thumb = page.locator("[data-testid=stSliderThumbValue]").first.bounding_box()
    assert thumb is not None
    across, down = thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] + 9
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across + 30, down, steps=4)
    row = table.locator("tbody")
    expect(row).not_to_have_text(re.compile(r"^111$"))
    assert "p_a=" not in page.url
    page.mouse.up()
    page.wait_for_url(lambda url: "p_a=" in url)
    value = page.url.partition("p_a=")[2].partition("&")[0]
    expect(row).to_have_text(f"1{value}{value}".replace(".0", ""))


def test_a_letter_plays_and_stops(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=a*x&points=1")
    table = page.get_by_role("region", name=TABLE)
    expect(table).to_contain_text("1")
    page.get_by_role("button", name="Ranges, play").click()
    group = page.get_by_test_id("stPopoverBody")
    group.get_by_text("a", exact=True).last.click()
    for _ in range(3):
        before = table.inner_text()
        expect(table).not_to_have_text(before, use_inner_text=True)
    group.get_by_text("none", exact=True).click()
    page.wait_for_timeout(1000)
    visitor.settled()
    rest = table.inner_text()
    page.wait_for_timeout(1500)
    assert table.inner_text() == rest


def test_the_formula_of_the_derivative_arrives(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=x^3*sin(x)&points=1")
    expect(page.locator(".st-key-formulas .katex").first).to_be_visible(timeout=20000)
    expect(page.locator(".st-key-formulas annotation").first).to_contain_text("\\cos")


def test_the_button_copies_the_table_with_all_digits(visitors: Callable[..., Visitor], server: str) -> None:
    visitor = visitors(permissions=["clipboard-read", "clipboard-write"])
    page = visitor.open(f"{server}/?f=exp(x)&points=1&order=1")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".nabla-copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").split() == [
        "x", "f", "f", "′", "1", "2.718281828459045", "2.718281828459045",
    ]  # fmt: skip


def test_a_zoom_is_left_by_the_button_that_resets_the_axes(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=x^2&window=-2:2&points=1&view=0.5:1.5;0:2")
    expect(page.locator(".js-plotly-plot .scatterlayer .trace").first).to_be_attached()
    assert page.evaluate("document.querySelector('.js-plotly-plot')._fullLayout.xaxis.range") == [0.5, 1.5]
    page.locator(".modebar-btn[data-val=reset]").click()
    page.wait_for_url(lambda url: "view=" not in url)
    page.wait_for_function("() => document.querySelector('.js-plotly-plot')?._fullLayout?.xaxis.range[0] === -2")


def test_a_click_on_a_curve_in_the_plane_adds_its_parameter(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=[cos(t), 2*sin(t)]&component=plane&window=0:3&points=0")
    expect(page.locator(".js-plotly-plot .scatterlayer .trace").first).to_be_attached()
    across, down = place(page, 0.0, 2.0)
    page.mouse.move(across - 2, down)
    page.mouse.move(across, down, steps=3)
    page.wait_for_timeout(200)  # plotly hovers before it clicks
    page.mouse.down()
    page.mouse.up()
    expect(page.get_by_label("Points", exact=True)).to_have_value(re.compile(r"^0, 1\.5[4-9]\d*$"))


def test_two_components_become_a_curve_in_the_plane(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=[cos(t), sin(t)]&points=0")
    page.get_by_role("radio", name="curve in the plane").or_(
        page.get_by_role("button", name="curve in the plane")
    ).first.click()
    expect(page.get_by_role("region", name="The parametric curve at the points")).to_contain_text("speed")
    page.wait_for_url(lambda url: "component=plane" in url)
