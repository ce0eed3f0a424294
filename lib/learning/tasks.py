"""What can be learnt, by name."""

from lib.learning.inverse import LearnBranches, LearnInverse, LearnMixture, LearnThroughF
from lib.learning.task import LearnFunction, Task

TASKS: dict[str, type[Task]] = {
    "function": LearnFunction,
    "inverse": LearnInverse,
    "branches": LearnBranches,
    "mixture": LearnMixture,
    "through": LearnThroughF,
}
