"""What is said of work that is not finished."""

from lib.ui.slices import percent


def test_unfinished_work_is_never_said_to_be_all_done():
    assert [percent(done) for done in (0.0, 0.5, 0.999, 1.0)] == [0, 50, 99, 99]
