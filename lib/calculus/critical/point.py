"""What is known of a critical point."""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from lib.calculus.definiteness import SecondDerivativeTest
from lib.message import Message


class Certificate(Enum):
    """How sure a critical point is."""

    PROVED = Message("proved")
    LIKELY = Message("likely")
    UNDECIDED = Message("undecided")


class CriticalPoint(NamedTuple):
    """A point where the gradient vanishes, what the second-derivative test says of it, and how sure it is.

    The kind of what is proved is proved too.
    """

    point: tuple[float, ...]
    kind: SecondDerivativeTest
    certificate: Certificate


@dataclass(frozen=True)
class CriticalPoints:
    """The critical points of a box. complete: proved that there are no others; rough: something undecided
    lies where derivatives have no bound, as at an edge of the domain, a pole or a kink."""

    points: tuple[CriticalPoint, ...]
    complete: bool
    boxes: int  # looked at
    rough: bool = False
