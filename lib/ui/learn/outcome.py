"""The errors of a network in numbers, and what to know before x is learnt from y."""

from collections.abc import Sequence

from lib.learning.experiment import Experiment
from lib.learning.inverse import LearnInverse
from lib.learning.learner import Learner
from lib.learning.learnt import errors
from lib.learning.sharing import Shared, branches_of, shared
from lib.locale import _
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import number, table


def show_errors(learner: Learner) -> None:
    """On the data, with the weights that are shown."""
    found = errors(learner)
    rows: list[Sequence[float | str]] = [[_("training"), *map(short, found.training)]]
    if len(learner.data.validation):
        rows.append([_("validation"), *map(short, found.validation)])
    name = label_of(learner.experiment.variables[0])
    inverse = isinstance(learner.task, LearnInverse)
    head = [f"|f({name}) − y|" if inverse else _("|network − data|"), _("RMS"), _("mean"), _("worst")]
    table(head, rows, _("Errors of the network on the data"), named_rows=True)


def short(error: float) -> float:
    """The error to the three digits that are worth reading."""
    return float(f"{error:.3g}")


def say_what_is_shared(experiment: Experiment, y: float) -> None:
    """Whether y tells which x is meant, and what the chosen way makes of it."""
    variable = experiment.variables[0]
    found = branches_of(experiment.expression, experiment.sampling.ranges[0], variable, experiment.at)
    if experiment.sampling.rows or found is None:
        hint(_("Whether several {name} share a y isn't known here.", name=label_of(variable)))
        return
    if found.constant and not found.branches:
        say(
            _(
                "f is constant in this range: every {name} has the same y, so it has no inverse.",
                name=label_of(variable),
            ),
            "warn",
        )
        return
    pair = shared(experiment.expression, found, y, variable, experiment.at)
    if pair is None and found.constant:
        say(_("f is constant in a part of this range: there it has no inverse."), "warn")
    elif pair is None:
        say(_("f takes no value twice in this range: it has one inverse."), "good")
    else:
        say(_consequence(experiment.task, label_of(variable), pair), "warn" if experiment.task == "inverse" else "info")


def _consequence(task: str, name: str, pair: Shared) -> str:
    xs = ", ".join(map(number, pair.xs[:4])) + (", …" if len(pair.xs) > 4 else "")
    cause = _("f({name}) = {y} at {name} = {xs}.", name=name, y=number(pair.y), xs=xs)
    mean, value = number(short(pair.mean)), number(short(pair.value))
    match task:
        case "branches":
            way = _("Each branch has a network of its own, and so an answer of its own.")
        case "mixture":
            way = _("The network learns how likely each {name} is for each y, and gives all likely ones.", name=name)
        case "through":
            way = _("Any of them is right: the loss is that of f(network(y)) and y, so the network settles for one.")
        case _way:
            way = _(
                "Least squares learns their mean, weighted by 1/|f′|: {name} = {mean}, where f is {value}.",
                name=name,
                mean=mean,
                value=value,
            )
    return f"{cause} {way}"
