"""Every guard bears load: without any one of them an input listed here is accepted, crashes, or takes too long.

A test copies the language, takes one guard out of the source, and lets a process of its own judge the guard's inputs.
So a guard that is lost in a change makes the first test red, and one that guards nothing makes its own test red.
"""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from lib.expression import limits

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0  # seconds, for a process that a missing guard lets hang


@dataclass(frozen=True)
class Guard:
    """file, and in it the text `old` that is replaced by `new` to take the guard out.

    inputs: texts to be refused, each with words of the refusal; a text to be read has None. numbers: run the readings
    that need torch too.
    """

    file: str
    old: str
    new: str
    inputs: dict[str, str | None]
    numbers: bool = False


def _limit(name: str, inputs: dict[str, str | None], *, at: str = "1e18") -> Guard:
    value = getattr(limits, name)
    return Guard("expression/limits.py", f"{name} = {value}", f"{name} = {at}", inputs)


def _nested(opening: str, closing: str, count: int) -> str:
    return opening * count + "x" + closing * count


E, R = "expression/", "readings/"
GUARDS = {
    # limits
    "MAX_CHARACTERS": _limit("MAX_CHARACTERS", {"x" + " " * 1000: "more than 1000"}),
    "MAX_OPERATIONS": _limit("MAX_OPERATIONS", {"sum(sum(x^i*k, i, 1, 30), k, 1, 30)": "more than 400"}),
    "MAX_EFFORT": _limit("MAX_EFFORT", {"+".join(f"beta(x,.{k})" for k in range(20, 40)): "takes long"}),
    "MAX_STEPS": _limit("MAX_STEPS", {_nested("x<(", ")<x", 17): "more than 400"}),
    "MAX_NESTING": _limit("MAX_NESTING", {_nested("(", ")", 61): "more than 60 deep"}),
    "MAX_DIGITS": _limit("MAX_DIGITS", {"9" * 41: "too long"}),
    "MAX_COMPONENTS": _limit("MAX_COMPONENTS", {f"[{','.join('x' * 11)}]": "at most 10"}),
    "MAX_LETTERS": _limit("MAX_LETTERS", {"+".join("abcdfghijklmnopqrstuv"): "more than 20"}),
    "MAX_NOTES": _limit("MAX_NOTES", {"+".join(f"{a}(x+{a})" for a in "abcdijklmnopqr"): None}),
    # limits, at each place where one is checked
    "operators are counted while parsing": Guard(
        E + "parser.py", "if self.operations > MAX_OPERATIONS", "if False",
        {f"sum({'-x' * 402}, i, 1, 0)": "more than 400"}
    ),
    "operations are counted while unrolling": Guard(
        E + "unroll.py", "if self.computing > MAX_OPERATIONS", "if False",
        {"sum(sum(x^i*k, i, 1, 30), k, 1, 30)": "more than 400"},
    ),
    "the length of a sum is known first": Guard(
        E + "unroll.py", "if last - first + 1 > MAX_OPERATIONS", "if False", {"sum(x^i, i, 1, 10^12)": "400 terms"}
    ),
    "brackets are counted while parsing": Guard(
        E + "parser.py", "if self.depth > MAX_NESTING", "if False", {_nested("(", ")", 400): "more than 60 deep"}
    ),
    "the tree's depth is known": Guard(
        E + "expression.py", "1 + nesting(expression.program) > MAX_NESTING", "False",
        {"x" + ".sin()" * 70: "more than 60 deep", f"max({','.join('x' * 100)})": "more than 60 deep"},
    ),
    # characters and numbers
    "characters are listed": Guard(
        E + "characters.py",
        "raise ExpressionError(_refusal(character), (place, place + 1), _way_out(character, text))",
        "return character",
        {"х+1": "cyrillic", "x\u200b+1": "invisible", "x\u202e+1": "invisible", "x\x00": "invisible"},
    ),
    "numbers are finite": Guard(E + "tokens.py", 'float(match[0]) == float("inf")', "False", {"1e999": "too large"}),
    "numbers are decimal": Guard(E + "tokens.py", "_NOT_DECIMAL.match(self.plain, self.place)", "None",
                                 {"0x1f": "not a decimal"}),
    "factorials are finite": Guard(E + "build.py", 'operation == "factorial" and', "False and",
                                   {"factorial(1000000000)": "double holds", "171!": "double holds"}),
    "division by 0 in whole numbers": Guard(E + "parser.py", 'operation == "floordiv" and right', "False and right",
                                            {"x//0": "divides by 0"}),
    # words
    "words of Python's": Guard(E + "vocabulary.py", "if word in REFUSED:", "if False:",
                               {"class A": "word of Python's"}),
    "functions called f": Guard(E + "products.py", 'before.text in ("f", "g", "h") or', "", {"f(x)": "function `f`"}),
    "letters are no functions of two": Guard(E + "products.py", 'or any(t.text == ","', 'or any(t.text == "" ',
                                             {"B(x, y)": "function `B`"}),
    "words are parted in one way": Guard(E + "glued.py", "len(ways) == 1", "ways",
                                         {"asinx": "don't know", "log2x": "don't know"}),
    "percentages are no remainders": Guard(E + "products.py", "operator.spaced or", "True or",
                                           {"10% + x": "remainder"}),
    # programs
    "modules are of mathematics": Guard(E + "program.py", "if module.text not in _MODULES:", "if False:",
                                        {"import os; x": "module `os`", "y = x; from os import system": "module `os`"}),
    "branches are counted": Guard(E + "program.py", "    p.depth += 1", "    p.depth += 0",
                                  {f"def f(x): {'if x>1:' * 100}": "more than 60 deep"}),
    "branches return": Guard(E + "program.py", 'if p.at("else", "elif") or p.token.kind == "end":',
                             'if p.token.kind == "end":', {"def f(x): if x>0: y = x else: y = 2": "return a value"}),
    "what has no effect is a plain value": Guard(E + "arguments.py", "p.token.text in _THEIR_VALUES",
                                                 'p.token.kind == "word"',
                                                 {"mean([x, y], dim=__import__)": "don't understand"}),
    "modules are listed": Guard(E + "words.py", '".".join(parts) in MODULES', "True",
                                {"os.sin(x)": "module `os`", "np.torch.sin(x)": "I don't know"}),
    "names in modules are functions": Guard(
        E + "words.py", 'look_up(last.text).kind not in ("function", "written", "constant")', "False",
        {"torch.load(x)": "I don't know `load`", "np.x": "I don't know `x`"},
    ),
    "methods are functions": Guard(
        E + "calls.py", 'word.kind not in ("function", "written")', "False", {"x.backward()": "method `backward`"}
    ),
    "some functions are no methods": Guard(
        E + "calls.py", "or word.name in _NO_METHODS", "",
        {"x.rand()": "method `rand`", "x.piecewise(1)": "method `piecewise`"},
    ),
    "keywords are parameters": Guard(
        E + "calls.py", "if place < 0 or", "if", {"clamp(x, out=3)": "no argument `out`"}
    ),
    "written functions take no keywords": Guard(E + "written.py", "if keywords:", "if False:",
                                                {"torch.pow(x, 2, out=x)": "no argument `out`"}),
    "arguments are counted": Guard(E + "calls.py", "if len(arguments) > row.most or", "if",
                                   {"sin(x, x, x)": "one argument"}),
    "written functions' arguments are counted": Guard(
        E + "written.py", "if not least <= len(arguments) <= most:", "if False:", {"pow(x)": "2 arguments"}
    ),
    "values are not called": Guard(E + "products.py", "_refuse_call_of_call(p, left)\n", "pass\n",
                                   {"sin(x)(x)": "called again"}),
    "products are not guessed": Guard(E + "arguments.py", "raise _ambiguous(p, token, node)", "break",
                                      {"sin x y": "does it mean"}),
    "equations": Guard(E + "expression.py", 'root.operation == "indicator" and root', "False and root",
                       {"x == 1": "equation"}),
    "noise takes a size only": Guard(E + "sized.py", "if not (known or", "if False and not (known or",
                                     {"rand(sin(x))": "size"}),
    "a size is short": Guard(E + "sized.py", "or p.place - first > 40", "", {f"rand({'x,' * 30})": "size"}),
    "definitions are no equations": Guard(E + "preamble.py", "_refuse_equation(p, behind)\n", "pass\n",
                                          {"sin(x) = 1/2": "equation"}),
    "limits": Guard(E + "preamble.py", "_refuse_limit(p, arrow.start)\n", "pass\n", {"x -> 0": "limit"}),
    "rows of cases have conditions": Guard(E + "latex_syntax.py", "if last and not _at_end(p):", "if False:",
                                           {r"\begin{cases} x \\ -x & x<0 \end{cases}": "Only the last row"}),
    "accents stand over letters": Guard(E + "commands.py", "len(letter) == 1 or letter in GREEK_NAMES", "True",
                                        {r"\hat\sin": "one letter only"}),
    "sums name no equation": Guard(E + "series.py", 'if p.token.kind == "word" and p.peek().text == "=":', "if False:",
                                   {"sum(i=1 to n) x^i": "don't understand"}),
    "ranges have two ends": Guard(E + "series.py", "if keywords or not 1 <= len(arguments) <= 2:", "if False:",
                                  {"sum(x*i for i in range(1, 9, 2))": "first and a last-plus-one"}),
    "commands have names": Guard(E + "commands.py", "    if not match:\n        raise ExpressionError",
                                 "    if False:\n        raise ExpressionError", {"x + \\": "starts a LaTeX command"}),
    "extrema are of two": Guard(E + "calls.py", "if len(arguments) < 2:", "if False:", {"max(x)": "two or more"}),
    # shapes
    "shapes go together": Guard(E + "build.py", "operand.shape and shape and", "False and",
                                {"[x, y] + [1, 2, 3]": "don't go together"}),
    "products have fitting shapes": Guard(E + "build.py", "if a[-1] != b[0]:", "if False:",
                                          {"[x, y] @ [1, 2, 3]": "don't go together"}),
    "numbers are no matrices": Guard(E + "build.py", "if not a or not b:", "if False:", {"x @ x": "not numbers"}),
    "conditions are comparisons": Guard(E + "build.py", "if node.shape is not None:", "if False:",
                                        {"where(x, 1, 2)": "condition"}),
    "comparisons are of numbers": Guard(E + "build.py", "    if node.shape:\n        raise",
                                        "    if False:\n        raise", {"[x, y] > 0": "single number"}),
    "rows have one length": Guard(E + "build.py", "if len(first) > 1 or any(item.shape != first for item in items):",
                                  "if False:", {"[[1, 2], [3]] @ [x, y]": "of one length"}),
    "a value is no matrix": Guard(E + "expression.py", "if len(root.shape or ()) > 1:", "if False:",
                                  {"[[1, 2], [3, 4]]": "matrix"}),
    "components are of vectors": Guard(E + "build.py", 'if node.operation != "vector":', "if False:",
                                       {"(x+1)[2]": "picks a component"}),
    "components exist": Guard(E + "build.py", "if not 0 <= index < len(node.operands):", "if False:",
                              {"[x, y][2]": "no component"}),
    "an index is short": Guard(E + "calls.py", "or len(token.text) > 2", "", {"x[12345]": "whole number"}),
    # bounds of sums
    "bounds are whole": Guard(E + "unroll.py", "value is None or value != int(value)", "value is None",
                              {"sum(x, i, 1, 2.5)": "whole numbers"}),
    "bounds are finite": Guard(E + "unroll.py", "stack[0] if abs(stack[0]) < 1e15 else None", "stack[0]",
                               {"sum(x, i, 1, 1e300*1e300)": "whole numbers", "sum(x, i, 1, 1/0)": "whole numbers"}),
    "powers in bounds are small": Guard(E + "unroll.py", "abs(a) <= 1e3 and 0 <= b <= 50", "True",
                                        {"sum(x, i, 1, 10^400)": "whole numbers"}),
    "powers in bounds are real": Guard(E + "unroll.py", " and b == int(b)", "",
                                       {"sum(x, i, 1, (-2)^0.5)": "whole numbers"}),
    "bounds divide by no 0": Guard(E + "unroll.py", "a / b if b else", "a / b if True else",
                                   {"sum(x, i, 1, 1/0)": "whole numbers"}),
    "running letters are few": Guard(E + "indexed.py", "if not 0 <= first <= last < first + MAX_LETTERS", "if False",
                                     {"sum(x_i, i, 1, 10^5)": "more than 20", "sum(x_i, i, 2, 1)": "not known"}),
    "written-out sums are short": Guard(E + "indexed.py", "if len(program) > MAX_STEPS:", "if False:",
                                        {f"{'sum(' * 4}x_i x_j x_k x_l{''.join(f', {i}, 1, 20)' for i in 'ijkl')}":
                                         "more than 400"}),
    # readings
    "powers of constants overflow to inf": Guard(
        R + "power.py", "except OverflowError:", "except KeyError:", {"9**9**9**9 + x": None}, numbers=True
    ),
    "powers of constants have poles": Guard(
        R + "power.py", "except ZeroDivisionError:", "except KeyError:", {"0^-1 + x": None}, numbers=True
    ),
    "powers of constants are real": Guard(
        R + "power.py", "if isinstance(result, float) else float(\"nan\")", "", {"(-8)^(1/3) + x": None}, numbers=True
    ),
    "source names what it repeats": Guard(R + "code/numbers.py", "_LONG = 24", "_LONG = 10**9",
                                          {_nested("gelu(", ")", 17): None},
                                          numbers=True),
    "zeta is not summed term by term": Guard(
        R + "special.py", "torch.where(negative, 1 - x, x)", "x", {"lgamma(1e9*x + 0.5)": None}, numbers=True
    ),
}  # fmt: skip

JUDGE = """
import json, resource, sys, time

resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
from lib.expression import ExpressionError, parse

order = json.load(sys.stdin)
if order["numbers"]:
    import torch
    from lib.readings.jet import taylor
    from lib.readings.tensor import evaluate
    X = torch.tensor([-1.7, 0.3], dtype=torch.float64)


def fault(text, words):
    started = time.process_time()
    try:
        formula = parse(text)
        if words is not None:
            return "accepted"
        if len(formula.notes) > 10 or len(formula.latex()) > 10_000 or parse(formula.canonical()) != formula:
            return "too much text"
        if order["numbers"]:
            values = dict.fromkeys(formula.names, X) | {"x": X}
            if len(formula.code()) > 10_000:
                return "too much source"
            evaluate(formula, values)
            taylor(formula, X, 2, at=values)
    except ExpressionError as error:
        if words is None or words not in str(error):
            return f"refused: {error}"
    return "slow" if time.process_time() - started > 2 else None


faults = {text: fault(text, words) for text, words in order["inputs"].items()}
json.dump({text: fault for text, fault in faults.items() if fault}, sys.stdout)
"""


def _faults(place: Path, guard: Guard) -> dict[str, str]:
    """What goes wrong with the guard's inputs when the language at `place` reads them."""
    order = json.dumps({"inputs": guard.inputs, "numbers": guard.numbers})
    try:
        run = subprocess.run(
            [sys.executable, "-B", "-c", JUDGE],
            input=order,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            cwd=place,
        )
    except subprocess.TimeoutExpired:
        return {"": "hangs"}
    if run.returncode:
        return {"": f"crashes: {run.stderr.strip().splitlines()[-1]}"}
    faults: dict[str, str] = json.loads(run.stdout)
    return faults


@pytest.mark.parametrize("numbers", [False, True], ids=["text", "numbers"])
def test_with_all_guards_in_place_every_input_is_answered_well(numbers: bool) -> None:
    inputs = {text: words for g in GUARDS.values() if g.numbers == numbers for text, words in g.inputs.items()}
    assert _faults(ROOT, Guard("", "", "", inputs, numbers)) == {}


@pytest.mark.parametrize("name", GUARDS)
def test_without_the_guard_something_goes_wrong(name: str, tmp_path: Path) -> None:
    guard = GUARDS[name]
    for part in ("expression", "readings", "message.py"):
        source, copy = ROOT / "lib" / part, tmp_path / "lib" / part
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy)
    file = tmp_path / "lib" / guard.file
    text = file.read_text(encoding="utf-8")
    assert text.count(guard.old), f"{guard.file} no longer has {guard.old!r}: say here how to take this guard out"
    file.write_text(text.replace(guard.old, guard.new), encoding="utf-8")
    assert _faults(tmp_path, guard), "the guard guards nothing that is listed here"


def test_every_limit_of_the_language_is_among_the_guards() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "lib" / "expression").glob("*.py"))
    used = {name for name in re.findall(r"\bMAX_[A-Z_]+\b", source) if source.count(name) > 1}
    assert {name for name in used if hasattr(limits, name)} <= GUARDS.keys()
