"""A PyTorch script that trains the network of the screen: the same losses, to the last bit."""

from itertools import pairwise

from lib.export.function import function_source
from lib.export.training_loss import loss_source
from lib.learning.data import FIRST_SEED, Sampling
from lib.learning.experiment import Experiment
from lib.learning.limits import MAX_VALUE
from lib.learning.network import ACTIVATIONS, INITIALISATIONS, Sine
from lib.learning.optimisers import LOSSES, OPTIMISERS, SCHEDULES
from lib.learning.tasks import TASKS
from lib.readings.expected import expected

_HEAD = """import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # several threads would add in another order

"""

_SPLIT = """order = torch.randperm(len(y), generator=generator)
kept = int({share!r} * len(y))
training, validation = order[kept:], order[:kept]
"""

_STANDARDISE = """

def scaling(columns):  # to mean 0 and deviation 1, as far as the rows for training know
    deviation, mean = torch.std_mean(columns[training], 0)
    return mean, torch.where(deviation > 0, deviation, 1.0)


input_mean, input_deviation = scaling(inputs)
target_mean, target_deviation = scaling(targets)
inputs = (inputs - input_mean) / input_deviation
targets = (targets - target_mean) / target_deviation
"""

_LOOP = """
generator = torch.Generator().manual_seed({seed})
for epoch in range(1, {epochs} + 1):
    order = training[torch.randperm(len(training), generator=generator)]
    total = 0.0
    for batch in order.split({batch}):

        def closure():
            optimizer.zero_grad()
            loss = loss_on(batch)
            loss.backward()
            return loss.item()

        total += len(batch) * optimizer.step(closure)
{schedule}    with torch.no_grad():
        held_out = loss_on(validation).item()
    print(epoch, total / len(training), held_out)
"""


def training_script(experiment: Experiment) -> str:
    """Source that prints a line for each epoch: its number, the loss for training, and that for validation."""
    parts = [_HEAD, _function(experiment), _data(experiment), _network(experiment), _training(experiment)]
    script = "".join(parts)
    return "import math\n\n" + script if "math." in script else script


def _function(experiment: Experiment) -> str:
    expression, at = experiment.expression, dict(experiment.at)
    variables = experiment.variables
    definitions, function = function_source(expression, variables, at)
    text = f"{definitions}\n{function}\n\n"
    if expression.random and experiment.task == "through":
        _the_same, mean = function_source(expected(expression), variables, at, name="mean_f")
        text += f"# The noise at its mean\n{mean}\n\n"
    return text


def _data(experiment: Experiment) -> str:
    sampling = experiment.sampling
    lines = ["# The data", f"generator = torch.Generator().manual_seed({FIRST_SEED + sampling.seed})"]
    if sampling.rows:
        lines += [f"table = torch.tensor({[list(row) for row in sampling.rows]})", "x, y = table[:, :-1], table[:, -1]"]
    else:
        lines += [_places(sampling), "y = f(*x.unbind(1)).expand(len(x))"]
        if sampling.noise != "none":
            draw = {"uniform": "rand", "normal": "randn"}[sampling.noise]
            lines += [f"y = y + {sampling.size!r} * torch.{draw}(len(x), generator=generator)"]
    lines += [f"known = y.abs() <= {MAX_VALUE!r}  # where f is undefined, y is NaN", "x, y = x[known], y[known]"]
    split = _SPLIT.format(share=sampling.validation)
    pairs = "x, y[:, None]" if experiment.task == "function" else "y[:, None], x"
    text = "\n".join(lines) + f"\n{split}inputs, targets = {pairs}\n"
    return text + _STANDARDISE if experiment.network.standardised else text


def _places(sampling: Sampling) -> str:
    count, dimensions = sampling.count, len(sampling.ranges)
    if sampling.spacing == "even":
        axes = [f"torch.linspace({low!r}, {high!r}, {sampling.side})" for low, high in sampling.ranges]
        return f"x = torch.cartesian_prod({', '.join(axes)}).reshape(-1, {dimensions})"
    low, high = ([ends[k] for ends in sampling.ranges] for k in (0, 1))
    ends = f"low, high = torch.tensor({low}), torch.tensor({high})"
    return f"{ends}\nx = low + (high - low) * torch.rand({count}, {dimensions}, generator=generator)"


def _network(experiment: Experiment) -> str:
    network, task = experiment.network, TASKS[experiment.task]
    module, start = ACTIVATIONS[network.activation].module, INITIALISATIONS[network.initialisation]
    activation = f"nn.{module.__name__}()" if module is not Sine else "Sine()"
    inputs = len(experiment.variables)
    layers = [f"nn.Linear({a}, {b})" for a, b in pairwise(network.sizes(inputs, task.outputs))]
    lines = "".join(f"        {layer},\n        {activation},\n" for layer in layers[:-1])
    text = "\n\n# The network\n"
    if module is Sine:
        text += "class Sine(nn.Module):\n    def forward(self, x):\n        return torch.sin(x)\n\n\n"
    text += "def network(seed):\n    torch.manual_seed(seed)\n"
    text += f"    layers = nn.Sequential(\n{lines}        {layers[-1]},\n    )\n"
    if start.fill:
        options = "".join(f", {name}={value!r}" for name, value in start.options.items())
        text += (
            "    for layer in layers:\n        if isinstance(layer, nn.Linear):\n"
            f"            nn.init.{start.fill.__name__}(layer.weight{options})\n"
            "            nn.init.zeros_(layer.bias)\n"
        )
    text += "    return layers\n\n\n"
    seed, count = experiment.training.seed, len(experiment.branches)
    if experiment.task == "branches":
        return text + f"model = nn.ModuleList([network({seed} + branch) for branch in range({count})])\n"
    return text + f"model = network({seed})\n"


def _training(experiment: Experiment) -> str:
    training = experiment.training
    optimiser, schedule = OPTIMISERS[training.optimiser], SCHEDULES[training.schedule]
    decay = {"weight_decay": training.decay} if optimiser.decays and training.decay else {}
    options = {"lr": training.rate, **decay, **optimiser.options}
    text = f"\noptimizer = torch.optim.{optimiser.kind.__name__}(model.parameters(), {_keywords(options)})\n"
    if schedule.kind:
        options = schedule.options(training.epochs)
        name = getattr(schedule.kind, "__name__", "")
        text += f"scheduler = torch.optim.lr_scheduler.{name}(optimizer, {_keywords(options)})\n"
    if experiment.task != "mixture":
        text += f"criterion = nn.{LOSSES[training.loss].kind.__name__}()\n"
    text += loss_source(experiment)
    whole = optimiser.whole or not training.batch
    return text + _LOOP.format(
        seed=training.seed,
        epochs=training.epochs,
        batch="len(training)" if whole else training.batch,
        schedule="    scheduler.step()\n" if schedule.kind else "",
    )


def _keywords(options: dict[str, object]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in options.items())
