"""Typing into the boxes: new numbers appear; what can't be read is explained and the last result stays."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

TABLE = "Values and derivatives at the points"


def numbers(page: Page) -> list[list[str]]:
    """The cells of the table of derivatives, row by row, as they are shown."""
    rows = page.get_by_role("region", name=TABLE).locator("tbody tr")
    return [row.locator("td").all_inner_texts() for row in rows.all()]


def test_the_first_page_answers_the_second_derivative_question_without_a_click(visitor: Visitor, server: str) -> None:
    page = visitor.open(server)
    expect(page.get_by_label("Function", exact=True)).to_have_value("3*x**2 + 5*x + 6*torch.exp(x)")
    assert numbers(page) == [["2", "66.3343", "61.3343", "50.3343"]]


def test_typing_a_function_shows_its_numbers(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?points=2.0")
    page.get_by_label("Function", exact=True).fill("x^3 - x")
    expect(page.get_by_role("region", name=TABLE)).to_contain_text("11")
    visitor.settled()
    assert numbers(page) == [["2", "6", "11", "12"]]


def test_typing_points_adds_rows(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=x^2")
    page.get_by_label("Points", exact=True).fill("0:1.5:0.5")
    expect(page.get_by_role("region", name=TABLE).locator("tbody tr")).to_have_count(4)
    visitor.settled()
    assert [row[1] for row in numbers(page)] == ["0", "0.25", "1", "2.25"]


def test_nonsense_is_explained_and_the_last_result_stays_greyed(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=x^3")
    before = numbers(page)
    box, results = page.get_by_label("Function", exact=True), page.locator(".st-key-result_numbers")
    expect(results).to_have_css("opacity", "1")
    box.fill("x^3 +* 2")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("alert").locator("mark")).not_to_be_empty()
    expect(results).not_to_have_css("opacity", "1")
    visitor.settled()
    assert numbers(page) == before
    box.fill("x^4")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(results).to_have_css("opacity", "1")
    assert visitor.errors == []


def test_markup_in_an_address_stays_text(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/?f=<img src=x onerror=alert(1)>")
    expect(page.get_by_role("alert")).to_contain_text("<img")
    assert page.locator("img[src=x]").count() == 0
    assert visitor.errors == []


def test_an_example_is_answered_on_its_page(visitor: Visitor, server: str) -> None:
    page = visitor.open(server)
    page.get_by_role("button", name="Examples").click()
    page.get_by_text("The Hessian of a function of two variables").click()
    expect(page.get_by_text("positive definite")).to_be_visible()
    visitor.settled()
    table = page.get_by_role("region", name="Gradient ∇f, Hessian H row by row")
    assert [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()][1:3] == [
        ["84", "48"],
        ["48", "124"],
    ]
    assert "/gradient" in page.url
