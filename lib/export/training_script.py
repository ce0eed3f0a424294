"""A PyTorch script that trains the network of the screen: the same losses, to the last bit."""

from itertools import pairwise

from lib.export.literals import assignments
from lib.learning.data import Sampling
from lib.learning.experiment import Experiment
from lib.learning.network import ACTIVATIONS, INITIALISATIONS, Sine
from lib.learning.optimisers import LOSSES, OPTIMISERS, SCHEDULES
from lib.readings.code import code

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
# Mean 0 and deviation 1, as far as the rows for training know
for columns in (inputs, targets):
    deviation, mean = torch.std_mean(columns[training], 0)
    columns -= mean
    columns /= torch.where(deviation > 0, deviation, 1.0)
"""

_LOOP = """
generator = torch.Generator().manual_seed({seed})
for epoch in range(1, {epochs} + 1):
    order = training[torch.randperm(len(training), generator=generator)]
    total = 0.0
    for batch in order.split({batch}):

        def closure():
            optimizer.zero_grad()
            loss = criterion(model(inputs[batch]), targets[batch])
            loss.backward()
            return loss.item()

        total += len(batch) * optimizer.step(closure)
{schedule}    with torch.no_grad():
        held_out = criterion(model(inputs[validation]), targets[validation]).item()
    print(epoch, total / len(training), held_out)
"""


def training_script(experiment: Experiment) -> str:
    """Source that prints a line for each epoch: its number, the loss for training, and that for validation."""
    parts = [_HEAD, _function(experiment), _data(experiment), _network(experiment), _training(experiment)]
    script = "".join(parts)
    return "import math\n\n" + script if "math." in script else script


def _function(experiment: Experiment) -> str:
    expression, at = experiment.expression, dict(experiment.at)
    source = code(expression, "torch", seed=int(at.get("seed", 0)), variable=experiment.variables[0])
    values = "".join(f"{line}\n" for line in assignments(expression, experiment.variables, at))
    return f"{values}\ndef f({', '.join(experiment.variables)}):\n    return {source}\n\n\n"


def _data(experiment: Experiment) -> str:
    sampling = experiment.sampling
    lines = ["# The data", f"generator = torch.Generator().manual_seed({sampling.seed})"]
    if sampling.rows:
        lines += [f"table = torch.tensor({[list(row) for row in sampling.rows]})", "x, y = table[:, :-1], table[:, -1]"]
    else:
        lines += [_places(sampling), "y = f(*x.unbind(1)).expand(len(x))"]
        if sampling.noise != "none":
            draw = {"uniform": "rand", "normal": "randn"}[sampling.noise]
            lines += [f"y = y + {sampling.size!r} * torch.{draw}(len(x), generator=generator)"]
    lines += ["known = y.isfinite()", "x, y = x[known], y[known]"]
    split = _SPLIT.format(share=sampling.validation)
    pairs = "inputs, targets = x, y[:, None]\n"
    return "\n".join(lines) + "\n" + split + pairs + (_STANDARDISE if experiment.network.standardised else "")


def _places(sampling: Sampling) -> str:
    count, dimensions = sampling.count, len(sampling.ranges)
    if sampling.spacing == "even":
        axes = [f"torch.linspace({low!r}, {high!r}, {sampling.side})" for low, high in sampling.ranges]
        return f"x = torch.cartesian_prod({', '.join(axes)}).reshape(-1, {dimensions})"
    low, high = ([ends[k] for ends in sampling.ranges] for k in (0, 1))
    ends = f"low, high = torch.tensor({low}), torch.tensor({high})"
    return f"{ends}\nx = low + (high - low) * torch.rand({count}, {dimensions}, generator=generator)"


def _network(experiment: Experiment) -> str:
    network = experiment.network
    module, start = ACTIVATIONS[network.activation].module, INITIALISATIONS[network.initialisation]
    activation = f"nn.{module.__name__}()" if module is not Sine else "Sine()"
    layers = [f"nn.Linear({a}, {b})" for a, b in pairwise(network.sizes(len(experiment.variables), 1))]
    lines = "".join(f"    {layer},\n    {activation},\n" for layer in layers[:-1])
    text = "\n\n# The network\n"
    if module is Sine:
        text += "class Sine(nn.Module):\n    def forward(self, x):\n        return torch.sin(x)\n\n\n"
    text += f"torch.manual_seed({experiment.training.seed})\nmodel = nn.Sequential(\n{lines}    {layers[-1]},\n)\n"
    if start.fill:
        options = "".join(f", {name}={value!r}" for name, value in start.options.items())
        text += (
            "for layer in model:\n    if isinstance(layer, nn.Linear):\n"
            f"        nn.init.{start.fill.__name__}(layer.weight{options})\n        nn.init.zeros_(layer.bias)\n"
        )
    return text


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
    text += f"criterion = nn.{LOSSES[training.loss].kind.__name__}()\n"
    whole = optimiser.whole or not training.batch
    return text + _LOOP.format(
        seed=training.seed,
        epochs=training.epochs,
        batch="len(training)" if whole else training.batch,
        schedule="    scheduler.step()\n" if schedule.kind else "",
    )


def _keywords(options: dict[str, object]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in options.items())
