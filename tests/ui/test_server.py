from __future__ import annotations

import asyncio
import gzip
from typing import Any

import pytest

from lib.ui.server import HEADERS, CompressStatic, ResponseHeaders, allowed_scripts


async def plain(scope: Any, receive: Any, send: Any) -> None:
    """The application underneath: answers anything with one word."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"underneath"})


def get(app: Any, path: str, *, method: str = "GET", accept: str = "gzip") -> tuple[dict[str, str], bytes]:
    """Headers and body of the answer."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": [(b"accept-encoding", accept.encode())]}
    asyncio.run(app(scope, None, send))
    headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return headers, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.fixture(scope="module")
def compress() -> CompressStatic:
    return CompressStatic(plain)


def test_every_script_and_style_sheet_is_served_compressed_with_its_own_contents(compress: CompressStatic) -> None:
    smallest = sorted(compress.files, key=lambda path: compress.files[path].stat().st_size)[:20]
    for path in smallest:
        headers, body = get(compress, path)
        assert gzip.decompress(body) == compress.files[path].read_bytes()
        assert headers["content-encoding"] == "gzip"
        assert "immutable" in headers["cache-control"]
        assert headers["content-type"].split(";")[0] in ("text/javascript", "text/css")


@pytest.mark.parametrize(
    "path", ["/", "/_stcore/health", "/static/js/../../index.html", "/static/js/none.js", "/etc/passwd"]
)
def test_every_other_address_passes_untouched(compress: CompressStatic, path: str) -> None:
    assert get(compress, path) == ({"content-type": "text/plain"}, b"underneath")


def test_a_client_without_gzip_and_another_method_pass_untouched(compress: CompressStatic) -> None:
    path = next(iter(compress.files))
    assert get(compress, path, accept="br")[1] == b"underneath"
    assert get(compress, path, method="HEAD")[1] == b"underneath"


def test_every_answer_has_the_headers() -> None:
    headers, body = get(ResponseHeaders(plain), "/")
    assert {name.lower(): value for name, value in HEADERS.items()}.items() <= headers.items()
    assert body == b"underneath"


def test_a_web_socket_passes_untouched() -> None:
    seen = []

    async def socket(*arguments: Any) -> None:
        seen.append(arguments)

    scope, receive, send = {"type": "websocket", "path": "/_stcore/stream"}, object(), object()
    asyncio.run(ResponseHeaders(CompressStatic(socket))(scope, receive, send))
    assert seen == [(scope, receive, send)]


def test_the_policy_allows_no_script_but_known_ones() -> None:
    [script] = [part for part in HEADERS["Content-Security-Policy"].split("; ") if part.startswith("script-src")]
    assert allowed_scripts().count("sha256-") == 2
    assert allowed_scripts() in script
    assert "'unsafe-inline'" not in script
    assert "'unsafe-eval'" not in script
