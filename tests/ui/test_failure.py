from __future__ import annotations

import logging
import re

import pytest
from streamlit.testing.v1 import AppTest


def failing() -> None:
    from lib.ui.failure import show_failure

    try:
        raise ValueError("a secret")
    except ValueError as error:
        show_failure(error)


def test_the_visitor_sees_an_id_and_the_log_has_the_traceback_under_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="nabla"):
        [shown] = AppTest.from_function(failing).run().error
    number = re.search(r"\b[0-9a-f]{8}\b", shown.value)
    assert number is not None
    assert "secret" not in shown.value
    [record] = [record for record in caplog.records if record.name == "nabla"]
    assert number.group() in record.getMessage()
    assert record.exc_info is not None
    assert str(record.exc_info[1]) == "a secret"


def test_streamlit_shows_nothing_of_its_own() -> None:
    assert AppTest.from_function(failing).run().exception.len == 0
