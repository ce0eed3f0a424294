"""Every x with f(x) = y in a window, each with what is proved of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan

from lib.inverse.proof.label import Label
from lib.inverse.proof.zeros import roundest
from lib.message import Message


@dataclass(frozen=True)
class Root:
    """A solution x, to the last digit. It unpacks as (x, status, low, high).

    status: "unique", the only one in [low, high]; "touching", a multiple one or one where f turns round; "stretch",
    every x of [low, high]; "undecided", perhaps none, perhaps several in [low, high]. multiplicity: 1, 2, …; of what is
    undecided at the most so many, 0 if that is not known. exact: f(x) = y holds for this very x. closed: whether low
    and high belong to a stretch. everywhere: what is undecided is likely a stretch, as f is y at all x that were tried.
    """

    x: float
    status: Label
    low: float
    high: float
    multiplicity: int = 1
    exact: bool = False
    closed: tuple[bool, bool] = (True, True)
    everywhere: bool = False

    def __iter__(self) -> Iterator[float | Label]:
        return iter((self.x, self.status, self.low, self.high))

    @property
    def certain(self) -> bool:
        """Whether x is a solution."""
        return self.exact or self.status in (Label.UNIQUE, Label.TOUCHING)

    @property
    def room(self) -> float:
        """How far low or high is from x."""
        return max(self.high - self.x, self.x - self.low)

    @property
    def message(self) -> Message:
        """What is known of it."""
        if self.everywhere:
            return Message(
                "likely every x from {low:.6g} to {high:.6g}: f is y to 150 digits wherever it was tried; not proved",
                low=self.low,
                high=self.high,
            )
        if self.status is Label.UNDECIDED and self.exact:
            return Message("a solution; undecided whether there are others within {room:.1g} of it", room=self.room)
        if self.status is Label.UNDECIDED and self.multiplicity == 1:
            return Message("undecided: a pole within {room:.1g} of it can't be told from it", room=self.room)
        if self.status is Label.UNDECIDED and self.multiplicity:
            most, room = self.multiplicity, self.room
            return Message("undecided: at most {most} solutions within {room:.1g} of it", most=most, room=room)
        if self.status is Label.UNDECIDED and f"{self.low:.6g}" == f"{self.high:.6g}":
            return Message("undecided: within {room:.1g} of it there may be none, one or more", room=self.room)
        if self.status is Label.TOUCHING and self.multiplicity > 1:
            return Message("touching: a solution of multiplicity {order}, f ′ is 0 there", order=self.multiplicity)
        return self.status.message(x=self.x, low=self.low, high=self.high, closed=self.closed)


@dataclass(frozen=True)
class Break:
    """Where f passes y without taking it, or could be thought to: a pole, a jump or a hole at x."""

    x: float
    kind: Label
    before: float = nan
    after: float = nan

    @property
    def message(self) -> Message:
        return self.kind.message(x=self.x, before=self.before, after=self.after)


@dataclass(frozen=True)
class Solutions:
    """The roots, ascending, and the breaks. complete: proved that there are no others in the window.

    unresolved: the stretches where a proof is missing. unproved: why there is no proof at all, else None. more_breaks:
    whether there may be more breaks than these.
    """

    roots: tuple[Root, ...]
    breaks: tuple[Break, ...]
    unresolved: tuple[tuple[float, float], ...]
    window: tuple[float, float]
    unproved: Message | None = None
    exhausted: bool = False  # the budget of boxes ran out
    more_breaks: bool = False

    @property
    def complete(self) -> bool:
        return not self.unresolved and self.unproved is None

    @property
    def message(self) -> Message:
        """Whether there are others."""
        low, high = self.window
        if self.unproved is not None:
            return self.unproved
        if self.complete and not self.roots:
            return Message("No solution in [{low:.6g}, {high:.6g}]: proved.", low=low, high=high)
        if self.complete:
            return Message("No others in [{low:.6g}, {high:.6g}]: proved.", low=low, high=high)
        if any(root.everywhere for root in self.roots):
            return Message("f seems to be y over a whole stretch: likely an identity, which can't be proved here.")
        if self.exhausted:
            return Message("A part of the window is still undecided: it may hold more solutions.")
        near = ", ".join(f"{roundest(a, b):.6g}" for a, b in self.unresolved[:4])
        return Message(
            "No others in [{low:.6g}, {high:.6g}]: proved, except near {near}.",
            low=low,
            high=high,
            near=near + (", …" if len(self.unresolved) > 4 else ""),
        )
