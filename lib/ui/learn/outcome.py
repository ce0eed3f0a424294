"""The errors of a network in numbers."""

from collections.abc import Sequence

from lib.learning.learner import Learner
from lib.learning.learnt import errors
from lib.locale import _
from lib.ui.results import table


def show_errors(learner: Learner) -> None:
    """On the data, with the weights that are shown."""
    found = errors(learner)
    rows: list[Sequence[float | str]] = [[_("training"), *found.training]]
    if len(learner.data.validation):
        rows.append([_("validation"), *found.validation])
    head = ["", _("RMS error"), _("mean error"), _("worst error")]
    table(head, rows, _("Errors of the network on the data"), named_rows=True)
