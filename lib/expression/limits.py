"""Every limit on what a visitor may ask for, as one named number with its reason."""

# A formula typed by hand or pasted from a notebook has some 20 to 200 characters; the longest question seen had 310.
MAX_CHARACTERS = 1000

# Operations of the formula after sums are unrolled and vectors taken apart. A 400-operation formula at 1000 points
# takes about 1 ms for values and 10 ms for the second derivative on two cores.
MAX_OPERATIONS = 400

# Steps of the tree's postfix program, leaves included: as many as 1000 characters and 400 operations can need.
MAX_STEPS = 2000

# Brackets, exponents and calls inside one another. The parser recurses a few Python frames a level, so 60 levels stay
# far below the interpreter's limit of 1000 frames; hand-written formulas have fewer than 10.
MAX_NESTING = 60

# Notes on how a formula was read: the first few say it all, and more would hide the formula.
MAX_NOTES = 8

# Digits of one number: a double holds 17, and reading a longer one costs time that grows with its length.
MAX_DIGITS = 40

# Components of a vector, and rows or columns of a matrix: one colour each on a plot, and 10 variables at the most.
MAX_COMPONENTS = 10

# Letters in one formula: up to 10 variables and as many sliders are more than a screen can hold.
MAX_LETTERS = 20

# Orders of derivatives: beyond 20, factorials and cancellation leave few correct digits in double precision.
MAX_ORDER = 20

# Orders by nested autograd: its graph grows 1.7 to 3.8 times an order, with no closed form (10 orders of a product of
# eight sines took 42 s and 13.8 GB).
MAX_AUTOGRAD_ORDER = 3

# Orders by nested autograd in a script that a reader runs: the sixth of a product of eight sines takes 0.1 s, that of
# gamma(x)·beta(x, 2.5) 1.7 s and 0.3 GB.
MAX_SCRIPT_ORDER = 6

# Points in one table: what a visitor can read, and 0.1 s of table in the browser.
MAX_POINTS = 200

# Coordinates, targets and window ends: beyond, x ± 1e-3 is x, and squares of squares overflow.
MAX_MAGNITUDE = 1e12

# Nodes of a formula given to SymPy, with what is used twice written twice: chained matrix products double it each
# time. Without them 400 operations make at most some 1000; how long SymPy takes for them only a deadline bounds.
MAX_SYMBOLIC_SIZE = 4000

# Bits of a whole number that SymPy may work out, such as 9^9: 3000 digits are a page, and 9^9^9 has 370 million.
MAX_EXACT_BITS = 10_000

# Digits of a decimal that becomes a fraction (0.2 is 1/5): more come from measurements, and make formulas unreadable.
MAX_EXACT_DIGITS = 12

# Cost of one call = operations × points × (orders + 1)²: 4.7e6 took 55 ms of one core (290 operations at 1001 points,
# Taylor arithmetic of order 3), and 50 ms is the most that one visitor's thread may hold the others up.
BUDGET = 4e6


def points_within_budget(operations: int, points: int, orders: int) -> int:
    """The number of points, at most `points`, for which a call of so many operations and orders stays in the budget."""
    return max(1, min(points, int(BUDGET / (max(1, operations) * (orders + 1) ** 2))))


# Time that a call takes however few the points are: about effort·(orders + 1)·(orders + 10) µs, where an operation has
# an effort of 1, a usual function 2, the beta function 60. So much takes 50 ms at order 3, which pages need.
MAX_EFFORT = 960
