"""The constant parts of the document: style, script, and the links that replace the folded menu on a phone."""

from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from lib.locale import language

# As an address of its own: Streamlit would read and decode a file in every run.
ICON = "data:image/png;base64," + b64encode(Path(__file__).with_name("icon.png").read_bytes()).decode("ascii")
STYLE = (Path(__file__).parent / "page.css").read_text("utf-8")
SCRIPT = (Path(__file__).parent / "page.js").read_text("utf-8")
# Over what no longer answers the text in the boxes.
STALE = '[class*="st-key-result"] { opacity: 0.45; filter: grayscale(1); transition: opacity 0.15s; }'
HTML_LANGUAGE = {"en": "en", "zh": "zh-CN"}


def style() -> None:
    """Nabla's own style; it needs no space on the page."""
    st.html(f"<style>{STYLE}</style>")


def page_links(routes: Iterable[st.Page]) -> None:
    """The pages in a row. The style shows it only where Streamlit folds its own menu away."""
    with st.container(horizontal=True, key="pages", gap="small"):
        for route in routes:
            st.page_link(route)


def finish(*, stale: bool) -> None:
    """Name the language of the document, and grey the results if they are stale."""
    marker = f'<i hidden id="nabla-language" data-language="{HTML_LANGUAGE[language()]}"></i>'
    with st.container(key="script"):
        st.html(f"{marker}<script>{SCRIPT}</script>", unsafe_allow_javascript=True)
    if stale:
        st.html(f"<style>{STALE}</style>")
