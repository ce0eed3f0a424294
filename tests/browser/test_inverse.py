"""The method is watched: a click sets its start or an end of its bracket, the slider and the button go through it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_live import place

STEPS = "The steps of the method"


def click(page: Page, x: float, y: float) -> None:
    across, down = place(page, x, y)
    page.mouse.move(across - 2, down)
    page.mouse.move(across, down, steps=3)
    page.wait_for_timeout(200)  # plotly hovers before it clicks
    page.mouse.down()
    page.mouse.up()


def test_a_click_on_the_curve_or_on_the_level_sets_the_start(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/inverse?f=x^2&y=2&interval=-3:3&start=1")
    expect(page.locator(".js-plotly-plot .scatterlayer .trace").first).to_be_attached()
    click(page, -2.0, 4.0)
    start = page.get_by_label("Start", exact=True)
    expect(start).to_have_value(re.compile(r"^-(1\.9[89]|2)"))
    expect(page.get_by_role("region", name=STEPS).locator("tbody tr").first).to_contain_text("-")
    visitor.settled()
    click(page, 0.5, 2.0)
    expect(start).to_have_value(re.compile(r"^0\.(49|5)"))
    assert visitor.errors == []


def test_a_click_moves_the_nearer_end_of_the_bracket(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/inverse?f=x^2&y=2&interval=-3:3&method=bisection&bracket=0:3")
    expect(page.locator(".js-plotly-plot .scatterlayer .trace").first).to_be_attached()
    click(page, 1.0, 1.0)
    expect(page.get_by_label("Bracket", exact=True)).to_have_value(re.compile(r"^(0\.99\d*|1(\.0\d*)?):3$"))


def test_the_step_slider_and_play_go_through_the_steps(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/inverse?f=x^2&y=2&interval=-3:3&start=3")
    rows = page.get_by_role("region", name=STEPS).locator("tbody tr")
    count = rows.count()
    thumb = page.get_by_role("slider", name="Step")
    thumb.focus()
    thumb.press("ArrowLeft")
    expect(rows).to_have_count(count - 1)
    page.wait_for_url(lambda url: f"iteration={count - 2}" in url)
    thumb.press("ArrowRight")
    expect(rows).to_have_count(count)
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(rows).not_to_have_count(count)  # on its way from the first step
    expect(page.get_by_role("button", name="Play")).to_be_visible(timeout=15000)  # at the end it stops by itself
    expect(rows).to_have_count(count)
    assert visitor.errors == []
