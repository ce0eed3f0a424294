"""What a table of points makes of edits."""

from lib.expression.limits import MAX_POINTS
from lib.ui.editor import edited


def _edits(changed=None, added=(), deleted=()):
    return {"edited_rows": changed or {}, "added_rows": list(added), "deleted_rows": list(deleted)}


def test_rows_are_changed_added_and_deleted():
    edits = _edits({1: {"y": 7}}, [{"x": 5, "y": 6}], [0])
    assert edited([(1.0, 2.0), (3.0, 4.0)], ["x", "y"], edits) == ([[3, 7], [5, 6]], [])


def test_rows_that_cannot_be_kept_are_told_by_their_numbers():
    added = [
        {"x": 5, "y": None},
        {"x": 1, "y": 1},
        {"x": "a", "y": 1},
        {"x": 1, "y": 1e13},
        {"x": float("nan"), "y": 1},
    ]
    assert edited([(1.0, 2.0)], ["x", "y"], _edits(added=added)) == ([[1, 2], [1, 1]], [2, 4, 5, 6])
    assert edited([(1.0,)], ["x"], _edits({0: {"x": None}})) == ([], [1])


def test_rows_beyond_the_most_are_told_too():
    kept, left_out = edited([(1.0,)], ["x"], _edits(added=[{"x": k} for k in range(MAX_POINTS + 1)]))
    assert len(kept) == MAX_POINTS
    assert left_out == [MAX_POINTS + 1, MAX_POINTS + 2]
