"""A page as the bare app sends it again: what there was at each place, with its content."""

import json
from collections.abc import Iterable
from typing import Any

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Sent = tuple[list[int], str, Any]  # delta path, kind, content


def recorded(messages: Iterable[ForwardMsg]) -> list[Sent]:
    """The blocks and elements of a run, in the order in which they were sent."""
    page: list[Sent] = []
    for message in messages:
        path = list(message.metadata.delta_path)
        match message.delta.WhichOneof("type"):
            case "add_block":
                page.append((path, "block", None))
            case "new_element":
                page.append((path, *_content(message.delta.new_element)))
    return page


def _content(element: Element) -> tuple[str, Any]:
    kind = element.WhichOneof("type") or ""
    it = getattr(element, kind)
    match kind:
        case "html":
            return kind, {"body": it.body, "script": it.unsafe_allow_javascript}
        case "markdown":
            return kind, it.body
        case "slider":
            return kind, {"low": it.min, "high": it.max, "step": it.step, "value": it.default[0]}
        case "text_input":
            return kind, it.default
        case "button_group":
            return kind, [option.content for option in it.options]
        case "selectbox" | "menu_button":
            return kind, list(it.options)
        case "plotly_chart":
            return kind, json.loads(it.spec)
    return kind, None


def drawn(messages: Iterable[ForwardMsg]) -> str:
    """The figure of a run."""
    specs = [m.delta.new_element.plotly_chart.spec for m in messages if m.delta.new_element.HasField("plotly_chart")]
    if not specs:
        raise RuntimeError("the run drew no figure")
    return str(specs[-1])


def weight(messages: Iterable[ForwardMsg]) -> tuple[int, int]:
    """The number of elements and blocks, and the bytes of all of a run."""
    messages = list(messages)
    return sum(m.HasField("delta") for m in messages), sum(m.ByteSize() for m in messages)
