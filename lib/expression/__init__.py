"""Text -> Expression."""

from lib.expression.errors import ExpressionError
from lib.expression.expression import Expression, parse

__all__ = ["Expression", "ExpressionError", "parse"]
