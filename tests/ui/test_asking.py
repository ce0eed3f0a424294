"""Jobs that visitors share."""

from collections.abc import Hashable

import pytest

from lib.jobs import Job, Status
from lib.ui import asking
from lib.ui.asking import Shared


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Hashable, ...]]:
    """What was asked, and by whom, of a request that `shared` makes."""
    monkeypatch.setattr(asking, "owner", lambda: "me")
    return []


def _shared(begun: list[tuple[Hashable, ...]], most: int = 2) -> Shared:
    def request(*asked: Hashable) -> Job:
        begun.append(asked)
        return Job((), 1.0, asked[-1], lambda job: job.end(Status.CANCELLED))

    return Shared(request, most)


def test_what_was_asked_before_is_not_begun_again(begun: list[tuple[Hashable, ...]]) -> None:
    shared = _shared(begun)
    assert shared("a", 1) is shared("a", 1)
    assert begun == [("a", 1, "me")]


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.BUSY])
def test_what_was_refused_or_cancelled_is_begun_anew(begun: list[tuple[Hashable, ...]], status: Status) -> None:
    shared = _shared(begun)
    first = shared("a")
    first.end(status)
    assert shared("a") is not first


def test_what_ended_stays(begun: list[tuple[Hashable, ...]]) -> None:
    shared = _shared(begun)
    first = shared("a")
    first.end(Status.TOO_LONG)
    assert shared("a") is first


def test_the_job_asked_for_longest_ago_is_forgotten_first(begun: list[tuple[Hashable, ...]]) -> None:
    shared = _shared(begun)
    for asked in "abac":
        shared(asked)
    shared("a")
    assert begun == [("a", "me"), ("b", "me"), ("c", "me")]
    shared("b")
    assert begun[-1] == ("b", "me")
    assert len(begun) == 4
