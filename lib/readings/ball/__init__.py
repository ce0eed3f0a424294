"""The ball reading: enclosures of f and of its derivatives over an interval, for proofs."""

from lib.readings.ball.enclosure import Enclosure, enclose, enclose_series, provable, rounded

__all__ = ["Enclosure", "enclose", "enclose_series", "provable", "rounded"]
