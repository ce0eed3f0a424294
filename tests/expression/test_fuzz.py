"""A hundred thousand hostile inputs: each is read or refused with a way out, soon, and nothing else happens.

The seed is fixed, so the inputs are the same each time; NABLA_FUZZ_SEED sets another, NABLA_FUZZ_INPUTS their number.
"""

import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor

from lib.expression import Expression, ExpressionError, parse
from lib.expression.limits import MAX_CHARACTERS
from lib.readings.jet import taylor
from lib.readings.tensor import evaluate
from tests.expression.strategies import DIALECTS, Grower, Printer

SEED = int(os.environ.get("NABLA_FUZZ_SEED", "2"))
INPUTS = int(os.environ.get("NABLA_FUZZ_INPUTS", "100000"))
PARTS = 10
SLOW = 2.0  # seconds of process time, the scorecard's limit; inputs take about a millisecond

X = torch.tensor([0.3, -1.7, 2.0], dtype=torch.float64)

# Pieces of every dialect, for soup and for insertions.
TOKENS = r"""
x y a n i 2 3 0.5 1e5 ( ) [ ] { } | || , : ; = == < <= > >= != + - * / // % ^ ** @ ! & ~ . _ \ ? ' " # ² ³
⁻¹ ₁ ½ √ ∛ π · × − ‖ ⌊ ⌋ ⌈ ⌉ ∧ ∨ ¬ ≤ （ ） ， 。 sin cos exp log log_ ln sqrt max min where sum prod mean
norm dot rand() randn() for in range if else and or not lambda def return torch. np. math. F. .pow( .sin()
.sum() e pi inf nan gamma beta alpha \frac \sqrt \left \right \left| \right| \| \cdot \odot \sum_{i=1}^{n}
\prod \begin{cases} \end{cases} \begin{pmatrix} \end{pmatrix} & \\ \binom \operatorname{ \text{ $ x_1 x_{1}
xy piecewise( True) factorial clamp(x,min= otherwise j0 lgamma erfinv import __class__ sum([ sum(x^i,i,1, x<
{x<0: 9**9 1e308 -1e308 10^{-7} import torch y= u= f(x)= f(x): elif x.backward() x.grad print( nn.ELU()( selu(
requires_grad=True \left\{\begin{array}{ll} \begin{aligned} \end{aligned} := => @(x) .^ zeros_like( ,x>0 Σ_{i=1}^ "a"
Sum_{i=1}^{n}
""".split()  # noqa: SIM905
ALPHABETS = ("x1()+-*/^|.,=_{}[]!\\ ", "".join(map(chr, range(0x20, 0x250))))


def corpus() -> list[str]:
    lines = (Path(__file__).parents[1] / "cases" / "hostile.jsonl").read_text(encoding="utf-8").splitlines()
    texts = []
    for line in lines:
        given = json.loads(line)["input"]
        if not isinstance(given, str):
            given = given["prefix"] * given["n"] + given["core"] + given["suffix"] * given["n"]
        texts.append(given[: MAX_CHARACTERS + 50])
    return [text for text in texts if text]


class Fuzzer:
    """Inputs of five kinds: changed rows of the corpus, soups of tokens, formulas, changed formulas, repetitions."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.corpus = corpus()
        self.kinds: tuple[Callable[[], str], ...] = (
            lambda: self.changed(self.rng.choice(self.corpus)),
            self.soup,
            self.formula,
            lambda: self.changed(self.formula()),
            lambda: self.changed(self.soup()) * self.rng.choice((1, 2, 30)),
        )

    def text(self) -> str:
        return self.rng.choice(self.kinds)()[: MAX_CHARACTERS + 50]

    def soup(self) -> str:
        gap = self.rng.choice(("", " "))
        return gap.join(self.rng.choice(TOKENS) for _ in range(self.rng.randrange(1, 12)))

    def formula(self) -> str:
        grower = Grower(self.rng.choice, size=self.rng.choice((2, 3, 5)), noise=True)
        return Printer(self.rng.choice(DIALECTS), self.rng.choice).text(grower.formula())

    def changed(self, text: str) -> str:
        characters = list(text)
        for _ in range(self.rng.choice((1, 1, 2, 3, 6))):
            self.change(characters)
        return "".join(characters)

    def change(self, characters: list[str]) -> None:
        """Insert, delete, swap, duplicate, splice, or nest."""
        rng, length = self.rng, len(characters)
        place, other = sorted((rng.randrange(length + 1), rng.randrange(length + 1)))
        other = min(other, place + 40)
        kind = rng.randrange(7)
        if kind == 0:
            characters.insert(place, rng.choice((rng.choice(rng.choice(ALPHABETS)), chr(rng.randrange(0x110000)))))
        elif kind == 1:
            del characters[place:other]
        elif kind == 2 and other < length:
            characters[place], characters[other] = characters[other], characters[place]
        elif kind == 3:
            characters[place:place] = characters[place:other]
        elif kind == 4:
            splice = rng.choice(self.corpus)
            start = rng.randrange(len(splice))
            characters[place:place] = splice[start : start + rng.randrange(20)]
        elif kind == 5:
            characters[place:place] = rng.choice(TOKENS) * rng.choice((1, 1, 2, 70))
        else:
            count = rng.choice((1, 2, 30, 61))
            opening, closing = rng.choice(
                (("(", ")"), ("sum([", "])"), ("gelu(", ")"), ("x<(", ")<x"), ("|", "|"), ("-", ""))
            )
            characters[place:other] = [opening * count, *characters[place:other], closing * count]


def _values(formula: Expression) -> dict[str, Tensor | float]:
    values = {name: 2.0 if name in formula.bounds else X + 0.25 * i for i, name in enumerate(formula.names)}
    return {"x": X, **values}


def read_everything(formula: Expression, turn: int) -> None:
    """Every reading of a formula; the dearer ones of some."""
    text = formula.canonical()
    formula.latex()
    if turn % 2 == 0:
        if len(text) <= MAX_CHARACTERS:
            assert parse(text) == formula
        formula.code("torch")
        formula.code("numpy")
    try:
        if turn % 2 == 1:
            evaluate(formula, _values(formula))
        if turn % 8 == 2:
            taylor(formula, X, 2, at=_values(formula))
    except ExpressionError:  # a letter's value makes a sum too long: said when it is known
        pass
    except ValueError as error:
        assert "bounds a sum" in str(error) or "Taylor" in str(error), error


def refusal_faults(error: ExpressionError, text: str) -> list[str]:
    faults = []
    if not error.message or not error.hint:
        faults.append("no way out")
    if not 0 <= error.span[0] <= error.span[1] <= len(text):
        faults.append(f"a span {error.span} outside the text")
    if len(str(error)) > 500:
        faults.append("a long sentence")
    return faults


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_any_input_is_read_or_refused_with_a_way_out(part: int) -> None:
    fuzzer = Fuzzer(SEED * PARTS + part)
    read = 0
    for turn in range(INPUTS // PARTS):
        text = fuzzer.text()
        started = time.process_time()
        try:
            formula = parse(text)
        except ExpressionError as error:
            assert not refusal_faults(error, text), text
        else:
            read += 1
            try:
                read_everything(formula, turn)
            except Exception as error:
                error.add_note(f"input: {text!r}")
                raise
        assert time.process_time() - started < SLOW, text
    assert read > INPUTS // PARTS // 10, "too few inputs are formulas: the readings are hardly tested"
