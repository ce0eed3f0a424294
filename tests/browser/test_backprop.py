"""The graph of the tape in a real browser: steps by keys, formula and graph lighting each other up, both themes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor

NODE = ".st-key-tape g.node"


def lines(page: Page, name: str) -> list[str]:
    """What a node says, line by line."""
    return page.locator(NODE).filter(has_text=name).first.locator("text").all_text_contents()


def test_keys_step_through_both_passes(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/backprop?f=sin(x)^2&points=0.5&stage=0")
    step = page.locator("#nabla-step")
    expect(step).to_have_attribute("data-step", "0")
    expect(page.locator(f"{NODE}.nabla-waiting")).to_have_count(2)
    assert lines(page, "AccumulateGrad")[-1] == "grad None"
    page.locator(".nabla-source").click()
    page.keyboard.press("ArrowRight")
    expect(step).to_have_attribute("data-step", "1")
    expect(page.locator(f"{NODE}.nabla-now")).to_contain_text("sin(x)")
    expect(page.locator(".nabla-source .nabla-now")).to_have_text("sin(x)")
    for place in range(2, 6):
        page.keyboard.press("ArrowRight")
        expect(step).to_have_attribute("data-step", str(place))
    assert lines(page, "AccumulateGrad")[-1] == "grad 0.841471"
    page.keyboard.press("ArrowLeft")
    expect(step).to_have_attribute("data-step", "4")
    expect(page.locator(NODE).filter(has_text="AccumulateGrad")).to_contain_text("grad None")
    page.get_by_label("Points", exact=True).press("ArrowLeft")  # moves the cursor only
    thumb = page.get_by_role("slider", name="Step")
    thumb.focus()
    thumb.press("ArrowLeft")
    expect(step).to_have_attribute("data-step", "3")
    assert visitor.errors == []
    assert visitor.foreign(server) == []


def test_a_key_that_comes_before_the_buttons_is_not_lost(visitor: Visitor, server: str) -> None:
    page = visitor.page
    held: list[Route] = []
    page.route("**/static/js/Button.*.js", lambda route: held.append(route))
    page.goto(f"{server}/backprop?f=sin(x)^2&points=0.5&stage=0")
    expect(page.locator("#nabla-step")).to_have_attribute("data-step", "0")
    visitor.settled()
    page.keyboard.press("ArrowRight")
    assert held and not page.locator(".st-key-stage_on button").count()
    held[0].continue_()
    expect(page.locator("#nabla-step")).to_have_attribute("data-step", "1")


def test_the_row_of_the_step_is_marked_in_a_table_that_is_opened_later(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/backprop?stage=3&below=code")
    expect(page.locator(f"{NODE}.nabla-now")).to_have_count(1)
    page.locator(".st-key-below").get_by_role("radio", name="Table").click()
    expect(page.locator(".st-key-nodes tr.nabla-now")).to_contain_text("v₁ + v₂")


def test_the_graph_follows_new_points(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/backprop?f=x^2&points=2&stage=1")
    leaf = page.locator(f"{NODE}.leaf")
    expect(leaf).to_contain_text("grad None")
    page.get_by_label("Points", exact=True).fill("3")
    expect(page.locator(f"{NODE}.operation")).to_contain_text("9")
    expect(leaf).to_contain_text("grad None")
    page.locator(".nabla-source").click()
    for place in ("2", "3"):
        page.keyboard.press("ArrowRight")
        expect(page.locator("#nabla-step")).to_have_attribute("data-step", place)
    expect(leaf).to_contain_text("grad 6")


def test_a_node_and_its_part_of_the_formula_light_each_other_up(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/backprop?f=sin(x)^2&points=0.5&stage=1")
    page.locator(NODE).filter(has_text="SinBackward0").hover()
    expect(page.locator(".nabla-source .nabla-lit")).to_have_text("sin(x)")
    page.locator(".nabla-source span", has_text="sin(x)").last.hover(position={"x": 3, "y": 5})
    expect(page.locator(f"{NODE}.nabla-lit")).to_contain_text("SinBackward0")
    derivative = page.locator(".st-key-tape g.edge text", has_text="cos(x)")
    expect(derivative).to_be_hidden()  # until the gradient comes along it, or a pointer does
    derivative.hover(force=True)
    expect(derivative).to_be_visible()
    expect(page.locator(f"{NODE}.nabla-lit title")).to_have_text(["x", "v₁"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_graph_can_be_read_in_both_themes(visitors: Callable[..., Visitor], server: str, scheme: str) -> None:
    page = visitors(color_scheme=scheme).open(f"{server}/backprop?points=2")
    name = page.locator(f"{NODE}.leaf text").first
    expect(name).to_have_text("x")
    color = name.evaluate("e => getComputedStyle(e).fill.match(/[0-9.]+/g).slice(0, 3).map(Number)")
    assert (sum(color) > 384) == (scheme == "dark")


def test_sixty_nodes_are_drawn_afresh_and_more_are_a_table(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/backprop?f=sum(sin(k x), k, 1, 19)&points=2")
    expect(page.locator(NODE)).to_have_count(57)
    before = page.locator(f"{NODE}.leaf").element_handle()
    page.get_by_label("Function", exact=True).fill("sum(sin(k x), k, 1, 20)")
    expect(page.locator(NODE)).to_have_count(60)
    assert not before.evaluate("node => node.isConnected")  # to blend one graph into another takes seconds
    page.get_by_label("Function", exact=True).fill("sum(sin(k x), k, 1, 40)")  # too many nodes: the table takes over
    expect(page.locator(".st-key-nodes tr")).to_have_count(121)
    page.locator(".nabla-source").click()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".st-key-nodes tr.nabla-now")).to_contain_text("v₁1x")
