"""A Streamlit server started on a free port, and one visitor of it over its WebSocket."""

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


class Visitor:
    """Use as a context manager, which stops the server."""

    def __init__(self, script: Path, folder: Path, extra: Mapping[str, str] = os.environ) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.widgets: dict[str, str] = {}
        self.state: dict[str, str | float] = {}
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
        command += ["--server.headless", "true", "--server.address", "127.0.0.1"]
        command += ["--browser.gatherUsageStats", "false"]
        self.server = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **extra}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            self._answering(port)
            self.socket = connect(
                f"ws://127.0.0.1:{port}/_stcore/stream",
                subprotocols=["streamlit"],  # type: ignore[list-item]
                max_size=None,
                origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
                legacy=True,
            )
            self.change()
            self.wait(1.0)
        except BaseException:
            self._stop()
            raise

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.socket.close()
        self._stop()

    def _stop(self) -> None:
        self.server.terminate()
        self.server.wait(PATIENCE)

    def _answering(self, port: int) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
                return
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def change(self, **values: str | float) -> tuple[float, list[ForwardMsg]]:
        """Seconds from sending the values of widgets, by key, to the last message of the run; and its messages."""
        self._drain()
        self.state |= values
        message = BackMsg()
        message.rerun_script.query_string = ""
        for key, value in self.state.items():
            widget = message.rerun_script.widget_states.widgets.add()
            widget.id = self.widgets[key]
            if isinstance(value, str):
                widget.string_value = value
            else:
                widget.double_array_value.data.append(value)
        start = time.perf_counter()
        self.socket.send(message.SerializeToString())
        raw = []
        while True:
            raw.append(self.socket.recv(timeout=PATIENCE))
            if len(raw[-1]) < 400 and self._ended(raw[-1]):
                seconds = time.perf_counter() - start
                break
        messages = [_read(data) for data in raw]
        for found in messages:
            element = found.delta.new_element
            kind = element.WhichOneof("type")
            if kind in ("text_input", "slider"):
                widget_id = getattr(element, kind).id
                self.widgets[widget_id.rsplit("-", 1)[-1]] = widget_id
        return seconds, messages

    def wait(self, seconds: float) -> None:
        """Let the app go on by itself, taking what it sends."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._drain()

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
        return found.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def _read(data: str | bytes) -> ForwardMsg:
    found = ForwardMsg()
    found.ParseFromString(data)  # type: ignore[arg-type]
    return found
