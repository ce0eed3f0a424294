"""Sentences for the visitor, said in English by the core and in the visitor's language by lib.locale."""

from typing import Any, Self


class Message(str):
    """The English sentence, with the template and values it was made from, so that it can be translated later.

    `Message("I don't know {name}.", name="sine")` is the str "I don't know sine.". A value may be a Message itself.
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, **values: Any) -> Self:
        self = super().__new__(cls, template.format(**values))
        self.template = template
        self.values = values
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.template, self.values)


def _restore(template: str, values: dict[str, Any]) -> Message:
    return Message(template, **values)
