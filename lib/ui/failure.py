"""What a visitor sees when the program itself fails: a sentence and an id, never a traceback."""

import logging
import secrets

import streamlit as st

from lib.locale import _

log = logging.getLogger("nabla")


def show_failure(error: Exception) -> bool:
    """Log the error under a new id and show only the id. True: Streamlit shows nothing of its own."""
    number = secrets.token_hex(4)
    log.error("error %s", number, exc_info=error)
    st.error(_("Something went wrong in Nabla. Reload the page; if it happens again, report error {id}.", id=number))
    return True
