import ast
import re
from concurrent.futures import ThreadPoolExecutor
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from lib.locale import _, ask, catalogue, joined, translate, use
from lib.locale.catalogue import LANGUAGES
from lib.locale.extract import FOLDERS, PO, ROOT, templates
from lib.message import Message


@pytest.fixture(autouse=True)
def english_again():
    yield
    use("en")


def entries():
    with PO.open("rb") as file:
        return [entry for entry in read_po(file, locale="zh", ignore_obsolete=False) if entry.id]


def fields(template: str) -> list[tuple[str, str]]:
    return sorted(
        (name, spec or "") for _text, name, spec, _conversion in Formatter().parse(template) if name is not None
    )


def test_a_thread_that_was_told_no_language_asks_for_it():
    before = list(catalogue._how)
    try:
        ask(lambda: "zh")
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(_, "Points").result() == "各点"
    finally:
        catalogue._how[:] = before


def test_every_sentence_of_the_project_is_in_the_catalogue():
    assert sorted(set(templates()) - {entry.id for entry in entries()}) == []


def test_the_catalogue_has_no_stale_entry():
    assert sorted({entry.id for entry in entries()} - set(templates())) == []


def test_every_entry_is_translated_and_none_is_fuzzy():
    assert [entry.id for entry in entries() if not entry.string or entry.fuzzy] == []


def test_translations_have_the_same_placeholders():
    assert [entry.id for entry in entries() if fields(entry.id) != fields(str(entry.string))] == []


def test_translations_keep_the_code_between_backticks():
    def code(text):
        return sorted(re.findall(r"`[^`]*`", text))

    assert [entry.id for entry in entries() if code(entry.id) != code(str(entry.string))] == []


def test_extraction_sees_every_call():
    """Babel reads tokens and would miss a call inside an f-string; the syntax tree misses nothing."""
    said = {
        node.args[0].value
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "Message")
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert said == set(templates())


def test_a_message_is_said_in_the_language_in_use():
    message = Message("The Hessian is {verdict}.", verdict=Message("positive definite"))
    assert translate(message) == "The Hessian is positive definite."
    use("zh")
    assert "正定" in translate(message)
    assert _("Function") == "函数"


def test_sentences_are_joined_as_the_language_has_it():
    assert joined(["One.", "", "Two."]) == "One. Two."
    use("zh")
    assert joined(["一。", "", "二。"]) == "一。二。"


def test_braces_in_a_value_are_no_placeholders():
    assert _("Function {x}", x="{y}") == "Function {y}"


def test_an_unknown_language_means_english():
    use("xx")
    assert _("Function") == "Function"


def test_every_language_names_itself():
    assert LANGUAGES == {"en": "English", "zh": "中文"}
