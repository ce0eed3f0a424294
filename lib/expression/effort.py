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
    efforts = []
    for operation in operations:
        constant.append(
            all(constant[k] for k in operation.operands)
            if operation.operands
            else operation.name == "number" or operation.value in known
        )
        effort = _effort(operation, [operations[k] for k in operation.operands])
        efforts.append(-(-effort // 5) if constant[-1] else effort)
    return efforts


def _effort(operation: Operation, operands: Sequence[Operation]) -> int:
    if not operands:
        return 0
    row = FUNCTIONS.get(operation.name)
    if row is None:
        return 1
    for value in (operands[i].value for i in row.products):
        if isinstance(value, float) and value in range(row.factors + 1):
            return 2 + int(value) // 4
    return row.effort
