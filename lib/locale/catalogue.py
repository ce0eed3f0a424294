"""The gettext catalogues and the language of the running visit."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from lib.message import Message

# Code -> the language's own name. English needs no catalogue: the templates are English.
LANGUAGES = {"en": "English", "zh": "中文"}

_language: ContextVar[str] = ContextVar("language", default="")
_how: list[Callable[[], str]] = []


def _catalogue(code: str) -> dict[str, str]:
    """English template -> translation, from the .po file beside this module."""
    with (Path(__file__).parent / f"{code}.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file, locale=code) if entry.id and entry.string}


_CATALOGUES: dict[str, dict[str, str]] = {code: _catalogue(code) for code in LANGUAGES if code != "en"}


def use(code: str) -> None:
    """Make `code` the language of this thread of work; a code that is not in LANGUAGES means English."""
    _language.set(code if code in LANGUAGES else "en")


def ask(how: Callable[[], str]) -> None:
    """Have a thread of work that was told no language find it so: a part of a page may run alone, in a new thread."""
    _how[:] = [how]


def language() -> str:
    """The code of the language in use."""
    if not _language.get():
        use(_how[0]() if _how else "en")
    return _language.get()


def translate(text: str) -> str:
    """A Message in the language in use, with the Messages among its values; any other text as it is."""
    return _(text.template, **text.values) if isinstance(text, Message) else text


def joined(sentences: Iterable[str]) -> str:
    """Sentences one after the other: Chinese has no spaces between them."""
    return ("" if language() == "zh" else " ").join(filter(None, sentences))


def _value(value: Any) -> Any:
    return translate(value) if isinstance(value, Message) else value


def _(template: str, **values: Any) -> str:
    """The template in the language in use, its `{names}` filled in. gettext's extractor looks for this name."""
    translation = _CATALOGUES.get(language(), {}).get(template, template)
    return translation.format(**{name: _value(value) for name, value in values.items()})
