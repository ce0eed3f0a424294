"""A Streamlit server started on a free port, and its visitors over their WebSockets."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE = 30.0  # seconds
QUIET = 0.05  # seconds without a message: nothing more comes by itself


class Server:
    """Use as a context manager, which stops it."""

    def __init__(self, script: Path, folder: Path, extra: Mapping[str, str] = os.environ) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(self.port)]
        command += ["--server.headless", "true", "--server.address", "127.0.0.1"]
        command += ["--browser.gatherUsageStats", "false"]
        self.process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **extra}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> "Server":
        end = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > end:
                self._stop()
                raise RuntimeError("the server doesn't answer")
            time.sleep(0.1)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def _answers(self) -> bool:
        try:
            urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=2).close()
        except OSError:
            return False
        return True

    def _stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)


class Visitor:
    """One visitor of a page, with what its address says after the question mark. Use as a context manager."""

    def __init__(self, server: Server, page: str = "", query: str = "") -> None:
        self.widgets: dict[str, str] = {}
        self.parts: dict[str, str] = {}  # the fragment that a widget's change runs alone, by key
        self.state: dict[str, str | float] = {}
        self.fragment, self.interval = "", 0.0  # that asks to be run again by itself, and after how many seconds
        self._page, self._query = page, query
        self._hash = ""  # by which the server knows the page, also where a part of it asks for the whole
        self.socket = connect(
            f"ws://127.0.0.1:{server.port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            origin=f"http://127.0.0.1:{server.port}",  # type: ignore[arg-type]
            legacy=True,
        )
        self.change()
        self.wait(1.0)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.socket.close()

    def change(self, **values: str | float) -> tuple[float, list[ForwardMsg]]:
        """Seconds from sending the values of widgets, by key, to the last message of the run; and its messages."""
        self._drain()
        self.state |= values
        message = self._message()
        alone = {self.parts.get(key, "") for key in values}
        message.rerun_script.fragment_id = alone.pop() if len(alone) == 1 else ""
        return self._run(message)

    def press(self, key: str) -> None:
        """Press a button."""
        self._drain()
        message = self._message()
        button = message.rerun_script.widget_states.widgets.add()
        button.id, button.trigger_value = self.widgets[key], True
        self._run(message)

    def poll(self) -> list[ForwardMsg]:
        """The messages of a run of the fragment that asked for it, as a browser makes one by itself."""
        self._drain()
        message = self._message()
        message.rerun_script.fragment_id, message.rerun_script.is_auto_rerun = self.fragment, True
        return self._run(message)[1]

    def wait(self, seconds: float) -> None:
        """Let the app go on by itself, taking what it sends."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._drain()

    def _message(self) -> BackMsg:
        """A wish for a run, with all that was chosen so far."""
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = self._page, self._query
        message.rerun_script.page_script_hash = self._hash
        for key, value in self.state.items():
            widget = message.rerun_script.widget_states.widgets.add()
            widget.id = self.widgets[key]
            if isinstance(value, str):
                widget.string_value = value
            else:
                widget.double_array_value.data.append(value)
        return message

    def _run(self, message: BackMsg) -> tuple[float, list[ForwardMsg]]:
        start = time.perf_counter()
        self.socket.send(message.SerializeToString())
        raw = []
        while True:
            raw.append(self.socket.recv(timeout=PATIENCE))
            if len(raw[-1]) < 400 and self._ended(raw[-1]):
                seconds = time.perf_counter() - start
                break
        messages = [_read(data) for data in raw]
        asked = [found.auto_rerun for found in messages if found.auto_rerun.fragment_id]
        if asked:  # a quicker one waits for a job, and is soon gone
            slowest = max(asked, key=lambda one: one.interval)
            self.fragment, self.interval = slowest.fragment_id, slowest.interval
        for found in messages:
            self._hash = found.navigation.page_script_hash or self._hash
            element = found.delta.new_element
            kind = element.WhichOneof("type")
            if kind in ("text_input", "slider", "button"):
                widget_id = getattr(element, kind).id
                key = widget_id.rsplit("-", 1)[-1]
                self.widgets[key], self.parts[key] = widget_id, found.delta.fragment_id
        return seconds, messages

    def _drain(self) -> None:
        try:
            for _ in range(1000):
                self.socket.recv(timeout=QUIET)
        except TimeoutError:
            return

    @staticmethod
    def _ended(data: str | bytes) -> bool:
        found = _read(data)
        if found.WhichOneof("type") != "script_finished":
            return False
        if found.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            raise RuntimeError("the app can't be compiled")
        return found.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


def _read(data: str | bytes) -> ForwardMsg:
    found = ForwardMsg()
    found.ParseFromString(data)  # type: ignore[arg-type]
    return found
