r"""How tightly operators bind, loosest first: shared by the parser and by every reading that prints."""

CONDITIONAL = 1  # a if c else b
OR = 2
AND = 3
NOT = 4
COMPARISON = 5
SUM = 10  # + −
TERM = 15  # the body of \sum ends before the next + or −
PRODUCT = 20  # * / % @ and juxtaposition: 1/2x is (1/2)·x
SIGN = 25  # −x² is −(x²)
POWER = 30  # right-associative; what binds tighter still is a single operand
ATOM = 100

OF_OPERATION = {
    "or": OR, "and": AND, "not": NOT, "lt": COMPARISON, "le": COMPARISON, "gt": COMPARISON, "ge": COMPARISON,
    "eq": COMPARISON, "ne": COMPARISON, "add": SUM, "sub": SUM, "mul": PRODUCT, "div": PRODUCT, "floordiv": PRODUCT,
    "matmul": PRODUCT, "neg": SIGN, "pow": POWER,
}  # fmt: skip
