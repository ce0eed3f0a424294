"""A page as the bare app sends it again: what there was at each place, with its content."""

import json
from collections.abc import Iterable
from typing import Any

from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Sent = tuple[list[int], str, Any]  # delta path, kind, content


def recording(page: Iterable[ForwardMsg], runs: Iterable[Iterable[ForwardMsg]], changed: str) -> dict[str, Any]:
    """Runs as the bare app sends them again, and what of the page is around them, if they are of a part of it alone.

    changed: the key of the widget whose change is the cause of the runs."""
    page = list(page)
    sent = [[message for message in run if message.HasField("delta")] for run in runs]
    found = {"around": [], "runs": [recorded(run) for run in sent], "bound": _is_bound(page, changed)}
    if not all(message.delta.fragment_id for run in sent for message in run):
        return found
    around = recorded(message for message in page if not message.delta.fragment_id)
    return found | {"around": around, "runs": list(map(_part, found["runs"]))}


def _is_bound(page: Iterable[ForwardMsg], key: str) -> bool:
    """Whether the address tells of a widget."""
    elements = [message.delta.new_element for message in page]
    widgets = [getattr(one, one.WhichOneof("type") or "empty") for one in elements]
    return any(one.query_param_key == key for one in widgets if hasattr(one, "query_param_key"))


def _part(run: list[Sent]) -> list[Sent]:
    """But for its own container, which Streamlit adds, and its slider, for which the bare app has one of its own."""
    return [(path, kind, it) for path, kind, it in run if len(path) > 2 and kind != "slider"]


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
