"""Streamlit's own copy of the address. What it corrects it sends to the browser with all the rest of this copy, which
lacks the change that caused the run: an address with an older function would come back."""

from streamlit.runtime.state import get_session_state


def hold(key: str, text: str, default: str) -> None:
    """Let the copy hold what the browser's address does by now: the text of a box, nothing for its default."""
    with get_session_state().query_params() as copy:
        if text == default:
            copy.discard_param_no_forward_msg(key)
        elif key not in copy or copy[key] != text:
            copy.set_with_no_forward_msg(key, text)


def read_as(key: str, text: str) -> None:
    """Let a widget that is about to be made read this in place of what it could not take, which it would delete; and
    the address say it."""
    with get_session_state().query_params() as copy:
        copy.set_corrected_value(key, text, "string_value")
        copy.set_initial_query_params_from_current()
