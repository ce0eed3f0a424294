"""A network is trained while one watches: progress, pause, scrubbing back, and the end of what is left behind."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visitor

EPOCH = re.compile(r"Epoch (\d+) of (\d+)")


def test_a_training_is_watched_paused_and_scrubbed_back(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/learn?f=x^2&epochs=500")
    progress = page.get_by_test_id("stProgress")
    expect(progress).to_contain_text("Epoch 0 of 500")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(progress).to_contain_text(re.compile(r"Epoch [1-9]\d* of 500 · \d+ s left"))
    before = progress.inner_text()
    expect(progress).not_to_have_text(before, use_inner_text=True)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    visitor.settled()
    reached = EPOCH.search(progress.inner_text())
    slider = page.get_by_role("slider", name="Epoch shown")
    expect(slider).to_be_visible()
    table = page.get_by_role("region", name="Errors of the network on the data")
    trained = table.inner_text()
    slider.focus()
    slider.press("Home")
    expect(table).not_to_have_text(trained, use_inner_text=True)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_visible()
    stopped = EPOCH.search(progress.inner_text())
    assert reached and stopped and int(stopped[1]) >= int(reached[1])
    assert not visitor.errors


def test_each_branch_of_the_inverse_is_learnt_and_answers(visitor: Visitor, server: str) -> None:
    page = visitor.open(f"{server}/learn?f=x^2&goal=inverse&way=branches&epochs=50&layers=16&targets=1")
    expect(page.get_by_text("f(x) = 1 at x = -1, 1.")).to_be_visible()
    expect(page.get_by_text("untrained")).to_be_visible()
    page.get_by_role("button", name="Train", exact=True).click()
    answers = page.get_by_role("region", name="Answers of the network")
    expect(answers.locator("tbody tr")).to_have_count(2, timeout=60_000)
    low, high = (float(cell.get_attribute("data-full") or "") for cell in answers.locator("td:nth-child(2)").all())
    assert abs(low + 1) < 0.1 and abs(high - 1) < 0.1
    assert not visitor.errors
