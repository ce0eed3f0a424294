"""A server, a browser, and visitors whose requests and console errors are on record."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.browser.chromium import system_browser

ROOT = Path(__file__).parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Streamlit looks for its own base address on every deep link; these two answers are expected.
KNOWN_404 = ("/_stcore/health", "/_stcore/host-config")

expect.set_options(timeout=20_000)


@contextmanager
def serving() -> Iterator[str]:
    """The address of a freshly started server, which ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        try:
            if not healthy(address, process):
                log.seek(0)
                pytest.fail(f"the server didn't start:\n{log.read()}")
            yield address
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def healthy(address: str, process: subprocess.Popen[bytes], patience: float = 60) -> bool:
    """Whether the server answers within so many seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5):
                return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False


@pytest.fixture(scope="package")
def server() -> Iterator[str]:
    """The address of a server that the tests of this folder share."""
    with serving() as address:
        yield address


@pytest.fixture
def fresh_server() -> Iterator[str]:
    """The address of a server that nobody has visited yet."""
    with serving() as address:
        yield address


# Not for the whole session: Playwright's event loop would be in the way of other folders' tests.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_browser(), args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A visitor with an own browser context; `errors` and `requests` hold what the browser reported."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        where = urlsplit(message.location.get("url", "")).path
        if message.type == "error" and not ("404" in message.text and where.endswith(KNOWN_404)):
            self.errors.append(f"{message.text} ({where})")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)

    def foreign(self, address: str) -> list[str]:
        """The requests that went to any other host."""
        local = urlsplit(address).netloc
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != local
        ]

    def open(self, address: str) -> Page:
        """The page at this address, once its first run is over."""
        self.page.goto(address)
        self.settled()
        return self.page

    def settled(self) -> None:
        """Wait until no script runs. After an action, first expect content that only its result can show."""
        app = self.page.get_by_test_id("stApp")
        expect(self.page.locator("#nabla-language")).to_be_attached()  # the last thing that a run writes
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        expect(app).to_have_attribute("data-test-script-state", "notRunning")


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Make a visitor; options are those of a browser context (locale, color_scheme, viewport, ...)."""
    with ExitStack() as contexts:

        def make(**options: object) -> Visitor:
            settings = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **options}
            context = browser.new_context(**settings)
            contexts.callback(context.close)
            return Visitor(context.new_page())

        yield make


@pytest.fixture
def visitor(visitors: Callable[..., Visitor]) -> Visitor:
    return visitors()
