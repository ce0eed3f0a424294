"""What stands between the web server and Streamlit: compressed static files and response headers."""

from __future__ import annotations

import gzip
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from re import findall

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from lib.ui.page import SCRIPT

STATIC = Path(get_static_dir())
TEXT = {".js": "text/javascript", ".css": "text/css"}
A_YEAR = "public, immutable, max-age=31536000"  # the names of these files hold a hash of their contents


@cache  # bounded: the 320 files that Streamlit ships are 7 MB compressed
def compressed(file: Path) -> bytes:
    """The file, gzipped at level 6: 0.2 s once for the largest, and as small as level 9 makes it to 0.3 %."""
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)


class CompressStatic:
    """Middleware: Streamlit's own JavaScript and CSS, compressed once each; everything else passes untouched.

    Streamlit serves these files as they are, since compressing them anew for every visitor costs too much.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # A closed list of addresses, so that no typed path ever reaches the disk.
        self.files = {
            f"/{file.relative_to(STATIC).as_posix()}": file for file in STATIC.rglob("*") if file.suffix in TEXT
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self.files.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if file is None or "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            await self.app(scope, receive, send)
            return
        headers = {"Content-Encoding": "gzip", "Cache-Control": A_YEAR, "Vary": "Accept-Encoding"}
        body = await run_in_threadpool(compressed, file)
        await Response(body, media_type=TEXT[file.suffix], headers=headers)(scope, receive, send)


def allowed_scripts() -> str:
    """The hashes, as a policy wants them, of the only inline scripts: those of Streamlit's front page, and our own."""
    scripts = [*findall(r"(?s)<script>(.*?)</script>", (STATIC / "index.html").read_text("utf-8")), SCRIPT]
    return " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)


POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' 'wasm-unsafe-eval' {allowed_scripts()}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
# 'wasm-unsafe-eval' is for st.graphviz_chart. Plotly's WebGL scatter would need 'unsafe-eval': use its SVG lines.
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # an address holds what the visitor typed
}


class ResponseHeaders:
    """Middleware: HEADERS on every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
