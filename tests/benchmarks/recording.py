"""A page as the bare app sends it again: what there was at each place, with its content."""

import json
from collections.abc import Iterable
from typing import Any

from streamlit.proto.Block_pb2 import Block
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
                page.append((path, "block", _shape(message.delta.add_block)))
            case "new_element":
                page.append((path, *_content(message.delta.new_element)))
    return page


def _shape(block: Block) -> dict[str, Any]:
    return {
        "kind": block.WhichOneof("type"),
        "named": bool(block.id or block.popover.id),
        "across": block.flex_container.direction == Block.FlexContainer.HORIZONTAL,
        "columns": block.grid_container.columns,
        "weight": block.column.weight,
    }


def _content(element: Element) -> tuple[str, Any]:
    kind = element.WhichOneof("type") or ""
    it = getattr(element, kind)
    match kind:
        case "html":
            return kind, {"body": it.body, "script": it.unsafe_allow_javascript}
        case "markdown":
            return kind, it.body
        case "slider":
            bound = bool(it.query_param_key)
            return kind, {"low": it.min, "high": it.max, "step": it.step, "value": it.default[0], "bound": bound}
        case "text_input" | "checkbox":
            return kind, {"value": it.default, "bound": bool(it.query_param_key)}
        case "button" | "page_link":
            return kind, it.label
        case "button_group":
            return kind, [option.content for option in it.options]
        case "selectbox" | "menu_button":
            return kind, list(it.options)
        case "plotly_chart":
            return kind, {"spec": json.loads(it.spec), "live": bool(it.selection_mode)}
        case "graphviz_chart":
            return kind, it.spec
    return kind, None


def drawn(messages: Iterable[ForwardMsg]) -> str:
    """The figures of a run; its texts, where a part of the page that has no figure ran alone."""
    elements = [message.delta.new_element for message in messages if message.delta.HasField("new_element")]
    specs = [element.plotly_chart.spec for element in elements if element.HasField("plotly_chart")]
    texts = [element.html.body for element in elements if element.HasField("html")]
    return "".join(specs or texts)


def weight(messages: Iterable[ForwardMsg]) -> tuple[int, int]:
    """The number of elements and blocks, and the bytes of all of a run."""
    messages = list(messages)
    return sum(m.HasField("delta") for m in messages), sum(m.ByteSize() for m in messages)
