"""The script that Streamlit runs for every visitor and every change: language, pages, header, page."""

import sys
from pathlib import Path

import streamlit as st

ROOT = str(Path(__file__).parent.parent.parent)
if ROOT not in sys.path:  # where only the folder of the script that was started is on the path
    sys.path.insert(0, ROOT)

from lib.locale import ask, use  # noqa: E402
from lib.ui import page as html  # noqa: E402
from lib.ui import state  # noqa: E402
from lib.ui.header import header, page_asked_for, visitor_language  # noqa: E402
from lib.ui.navigation import PAGES  # noqa: E402


def main() -> None:
    """One run."""
    st.set_page_config(page_title="Nabla", page_icon=html.ICON, layout="wide")
    ask(visitor_language)
    use(visitor_language())
    routes = {page: page.route() for page in PAGES}
    chosen = st.navigation(list(routes.values()), position="top")
    asked = page_asked_for()
    if asked and routes[asked].url_path != chosen.url_path:
        st.switch_page(routes[asked], query_params={})
    html.style()
    html.page_links(routes.values())
    page = next(page for page, route in routes.items() if route.url_path == chosen.url_path)
    state.start_run(page.path)
    st.set_page_config(page_title=f"{chosen.title} · Nabla")
    header(page)
    chosen.run()
    html.finish(stale=state.stale())


main()
