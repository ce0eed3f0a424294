"""What the operations of a formula cost however few the points are, see limits.MAX_EFFORT."""

from collections.abc import Mapping, Sequence

from lib.expression.functions import FUNCTIONS
from lib.expression.straight_line import Operation


def efforts_of(operations: Sequence[Operation], known: Mapping[str, float]) -> list[int]:
    """The effort of each operation. `known` letters are numbers.

    What depends on no variable has no derivatives, so it costs a fifth. Where a function of a small whole number is a
    product, it costs as much as its factors.
    """
    constant: list[bool] = []
    efforts: list[int] = []
    for operation in operations:
        if not operation.operands:
            constant.append(operation.name == "number" or operation.value in known)
            efforts.append(0)
            continue
        constant.append(False not in [constant[k] for k in operation.operands])
        effort = _effort(operation, operations)
        efforts.append(-(-effort // 5) if constant[-1] else effort)
    return efforts


def _effort(operation: Operation, operations: Sequence[Operation]) -> int:
    row = FUNCTIONS.get(operation.name)
    if row is None:
        return 1
    for value in (operations[operation.operands[i]].value for i in row.products):
        if isinstance(value, float) and value in range(row.factors + 1):
            return 2 + int(value) // 4
    return row.effort
