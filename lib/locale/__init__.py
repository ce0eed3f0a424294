"""The visitor's language: English sentences in, sentences in the language of this visit out."""

from lib.locale.catalogue import LANGUAGES, _, ask, joined, language, translate, use

__all__ = ["LANGUAGES", "_", "ask", "joined", "language", "translate", "use"]
