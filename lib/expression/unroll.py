"""Tree -> straight-line program: sums unrolled, vectors taken apart, nothing left but operations on numbers."""

from collections.abc import Callable
from functools import lru_cache

from lib.expression.effort import efforts_of
from lib.expression.errors import ExpressionError, too_many_operations, too_much_effort
from lib.expression.functions import CONSTANTS
from lib.expression.limits import MAX_EFFORT, MAX_OPERATIONS
from lib.expression.straight_line import Operation, StraightLine
from lib.expression.tree import Program, Span, Step, extents, operands
from lib.message import Message

_Value = int | tuple["_Value", ...]


@lru_cache(maxsize=512)
def unroll(program: Program, whole: tuple[tuple[str, float], ...] = ()) -> StraightLine:
    """The straight-line program of a tree, where the letters that bound sums have the given values.

    Raises ExpressionError when a bound is no whole number, or for more than limits.MAX_OPERATIONS or MAX_EFFORT.
    """
    machine = _Machine(program, dict(whole))
    value = machine.run(0, len(program), {})
    efforts = efforts_of(machine.operations, machine.whole)
    if sum(efforts) > MAX_EFFORT:
        slowest = machine.operations[efforts.index(max(efforts))]
        raise too_much_effort(slowest.name, slowest.span)
    return StraightLine(tuple(machine.operations), tuple(machine.leaves(value)), sum(efforts))


class _Machine:
    def __init__(self, program: Program, whole: dict[str, float]) -> None:
        self.program = program
        self.whole = whole
        series = [index for index, step in enumerate(program) if step.operation in ("sum", "prod")]
        self.starts = extents(program) if series else ()
        self.series: dict[int, list[int]] = {}  # sums and products by their first step, innermost first
        for index in series:
            self.series.setdefault(self.starts[index], []).append(index)
        self.operations: list[Operation] = []
        self.computing = 0

    def run(self, start: int, end: int, bound: dict[str, float]) -> _Value:
        """Emit the operations of program[start:end] and return where its value is."""
        stack: list[_Value] = []
        index = start
        while index < end:
            inside = [i for i in self.series[index] if i < end] if index in self.series else []
            if inside:
                stack.append(self.unroll_series(inside[-1], bound))
                index = inside[-1] + 1
                continue
            step = self.program[index]
            index += 1
            if not step.arity:
                stack.append(self.emit(step, [], bound))
                continue
            arguments = stack[-step.arity :]
            del stack[-step.arity :]
            stack.append(self.emit(step, arguments, bound))
        return stack.pop()

    def emit(self, step: Step, arguments: list[_Value], bound: dict[str, float]) -> _Value:
        if step.operation == "letter" and step.value in bound:
            return self.add("number", (), bound[str(step.value)], step.span)
        if step.operation == "constant":
            name = str(step.value)
            return self.add("number", (), CONSTANTS[name], step.span, name)
        if step.operation == "vector":
            return tuple(arguments)
        if step.operation in _STRUCTURAL:
            return _STRUCTURAL[step.operation](self, arguments, step.span)
        return self.each(step, arguments)

    def each(self, step: Step, arguments: list[_Value]) -> _Value:
        """An elementwise operation, component by component."""
        vectors = [a for a in arguments if isinstance(a, tuple)] if step.shape else []
        if not vectors:
            numbers = tuple([_number(a) for a in arguments])
            if step.operation == "floordiv":
                quotient = self.add("div", numbers, None, step.span)
                return self.add("floor", (quotient,), None, step.span)
            return self.add(step.operation, numbers, step.value, step.span)
        count = len(vectors[0])
        return tuple(self.each(step, [a[i] if isinstance(a, tuple) else a for a in arguments]) for i in range(count))

    def add(
        self, name: str, arguments: tuple[int, ...], value: float | str | None, span: Span, constant: str | None = None
    ) -> int:
        self.computing += bool(arguments)
        if self.computing > MAX_OPERATIONS:
            raise too_many_operations(span)
        self.operations.append(Operation(name, arguments, value, span, constant))
        return len(self.operations) - 1

    def unroll_series(self, index: int, bound: dict[str, float]) -> int:
        step = self.program[index]
        body, low, high = operands(self.program, self.starts, index)
        first, last = self.bound(*low, bound), self.bound(*high, bound)
        if last - first + 1 > MAX_OPERATIONS:
            raise ExpressionError(
                Message("The sum has more than {limit} terms.", limit=MAX_OPERATIONS),
                step.span,
                Message("Let it run over fewer terms."),
            )
        total: int | None = None
        for k in range(first, last + 1):
            term = _number(self.run(*body, {**bound, str(step.value): float(k)}))
            joined = "add" if step.operation == "sum" else "mul"
            total = term if total is None else self.add(joined, (total, term), None, step.span)
        empty = 0.0 if step.operation == "sum" else 1.0
        return self.add("number", (), empty, step.span) if total is None else total

    def bound(self, start: int, end: int, bound: dict[str, float]) -> int:
        """The whole number that program[start:end] is."""
        value = constant(self.program[start:end], {**self.whole, **bound})
        span = self.program[end - 1].span
        if value is None or value != int(value):
            raise ExpressionError(
                Message("The bounds of a sum are whole numbers."), span, Message("Type one, or a letter such as `n`.")
            )
        return int(value)

    def leaves(self, value: _Value) -> list[int]:
        if isinstance(value, int):
            return [value]
        return [leaf for part in value for leaf in self.leaves(part)]


def _number(value: _Value) -> int:
    if not isinstance(value, int):
        raise TypeError("a vector where the parser saw a number")
    return value


_BOUND_OPERATIONS: dict[str, Callable[..., float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "neg": lambda a: -a,
    "div": lambda a, b: a / b if b else float("nan"),
    "pow": lambda a, b: a**b if abs(a) <= 1e3 and 0 <= b <= 50 and b == int(b) else float("nan"),
}


def constant(program: Program, values: dict[str, float]) -> float | None:
    """The finite value of a program of numbers, known letters and plain arithmetic, else None."""
    stack: list[float] = []
    for step in program:
        if step.operation == "number":
            stack.append(float(step.value or 0))
        elif step.operation == "letter" and step.value in values:
            stack.append(values[str(step.value)])
        elif step.operation in _BOUND_OPERATIONS:
            arguments = stack[len(stack) - step.arity :]
            del stack[len(stack) - step.arity :]
            stack.append(_BOUND_OPERATIONS[step.operation](*arguments))
        else:
            return None
    return stack[0] if abs(stack[0]) < 1e15 else None


# Operations on whole vectors, written out in operations on numbers.

_Structural = Callable[[_Machine, list[_Value], Span], _Value]


def _total(machine: _Machine, parts: list[int], joined: str, span: Span) -> int:
    total = parts[0]
    for part in parts[1:]:
        total = machine.add(joined, (total, part), None, span)
    return total


def _sum(machine: _Machine, arguments: list[_Value], span: Span) -> _Value:
    return _total(machine, machine.leaves(arguments[0]), "add", span)


def _product(machine: _Machine, arguments: list[_Value], span: Span) -> _Value:
    return _total(machine, machine.leaves(arguments[0]), "mul", span)


def _mean(machine: _Machine, arguments: list[_Value], span: Span) -> _Value:
    parts = machine.leaves(arguments[0])
    count = machine.add("number", (), float(len(parts)), span)
    return machine.add("div", (_total(machine, parts, "add", span), count), None, span)


def _norm(machine: _Machine, arguments: list[_Value], span: Span) -> _Value:
    squares = [machine.add("mul", (part, part), None, span) for part in machine.leaves(arguments[0])]
    return machine.add("sqrt", (_total(machine, squares, "add", span),), None, span)


def _dot(machine: _Machine, left: _Value, right: _Value, span: Span) -> int:
    pairs = zip(machine.leaves(left), machine.leaves(right), strict=True)
    return _total(machine, [machine.add("mul", pair, None, span) for pair in pairs], "add", span)


def _matmul(machine: _Machine, arguments: list[_Value], span: Span) -> _Value:
    left, right = _rows(arguments[0]), _rows(arguments[1])
    matrix = isinstance(right[0], tuple)
    columns = [tuple(_rows(row)[i] for row in right) for i in range(len(_rows(right[0])))] if matrix else [right]
    if not isinstance(left[0], tuple):
        entries = tuple(_dot(machine, left, column, span) for column in columns)
        return entries if matrix else entries[0]
    products = [tuple(_dot(machine, row, column, span) for column in columns) for row in left]
    return tuple(p if matrix else p[0] for p in products)


def _rows(value: _Value) -> tuple[_Value, ...]:
    return value if isinstance(value, tuple) else (value,)


_STRUCTURAL: dict[str, _Structural] = {
    "total": _sum,
    "product": _product,
    "mean": _mean,
    "norm": _norm,
    "matmul": _matmul,
}
