"""What the eigenvalues of a Hessian say."""

from enum import Enum

import torch
from torch import Tensor

from lib.message import Message

# An eigenvalue counts as 0 when it is at most this fraction of the largest: a Hessian's entries carry rounding errors
# of some hundred units in the last place.
ZERO_EIGENVALUE = 1e-12
# A gradient counts as 0 when moving the point by this fraction of its size would explain it.
ZERO_STEP = 1e-12


class Definiteness(Enum):
    """The signs of a symmetric matrix's eigenvalues, in words."""

    POSITIVE_DEFINITE = Message("positive definite")
    NEGATIVE_DEFINITE = Message("negative definite")
    INDEFINITE = Message("indefinite")
    POSITIVE_SEMIDEFINITE = Message("positive semidefinite (an eigenvalue is 0)")
    NEGATIVE_SEMIDEFINITE = Message("negative semidefinite (an eigenvalue is 0)")
    ZERO = Message("zero")
    UNDEFINED = Message("undefined")


class SecondDerivativeTest(Enum):
    """What the second-derivative test concludes at a point where the gradient is 0."""

    MINIMUM = Message("local minimum")
    MAXIMUM = Message("local maximum")
    SADDLE = Message("saddle point")
    UNDECIDED = Message("the test can't tell: an eigenvalue is 0")
    FLAT = Message("the test can't tell: the Hessian is 0")
    UNKNOWN = Message("not known")  # where it isn't certain that the gradient is 0, or that there is one


CONCLUSIONS = {
    Definiteness.POSITIVE_DEFINITE: SecondDerivativeTest.MINIMUM,
    Definiteness.NEGATIVE_DEFINITE: SecondDerivativeTest.MAXIMUM,
    Definiteness.INDEFINITE: SecondDerivativeTest.SADDLE,
    Definiteness.POSITIVE_SEMIDEFINITE: SecondDerivativeTest.UNDECIDED,
    Definiteness.NEGATIVE_SEMIDEFINITE: SecondDerivativeTest.UNDECIDED,
    Definiteness.ZERO: SecondDerivativeTest.FLAT,
}

# (has a negative, a zero, a positive eigenvalue) -> verdict
SIGNS = {
    (False, False, True): Definiteness.POSITIVE_DEFINITE,
    (True, False, False): Definiteness.NEGATIVE_DEFINITE,
    (True, False, True): Definiteness.INDEFINITE,
    (True, True, True): Definiteness.INDEFINITE,
    (False, True, True): Definiteness.POSITIVE_SEMIDEFINITE,
    (True, True, False): Definiteness.NEGATIVE_SEMIDEFINITE,
    (False, True, False): Definiteness.ZERO,
}


def eigenvalues(matrices: Tensor) -> Tensor:
    """The eigenvalues (m, d), ascending, of symmetric matrices (m, d, d); NaN where a matrix isn't finite."""
    finite = torch.isfinite(matrices).all(-1).all(-1)
    # Scaled to entries of at most 1, so that squares of large entries don't overflow.
    scale = matrices.abs().amax((-1, -2)).where(finite, 1.0).clamp(min=torch.finfo(torch.float64).tiny)[:, None]
    scaled = torch.where(finite[:, None, None], matrices / scale[:, :, None], 0.0)
    values: Tensor = torch.linalg.eigvalsh(scaled) * scale
    return values.masked_fill(~finite[:, None], torch.nan)


def definiteness(values: Tensor) -> Definiteness:
    """The verdict on the eigenvalues (d,) of one matrix, where |λ| <= 1e-12 · max |λ| counts as 0."""
    if not bool(torch.isfinite(values).all()):
        return Definiteness.UNDEFINED
    zero = ZERO_EIGENVALUE * values.abs().max()
    return SIGNS[bool((values < -zero).any()), bool((values.abs() <= zero).any()), bool((values > zero).any())]


def second_derivative_test(
    point: Tensor, gradient: Tensor, values: Tensor, verdict: Definiteness
) -> SecondDerivativeTest | None:
    """The test's conclusion at a point (d,), or None where the gradient (d,) isn't 0 or something is undefined.

    The gradient counts as 0 when |g| <= 1e-12 · max |λ| · max(1, |point|), norms being largest components: rounding
    the point alone would explain it. So a point typed to a few digits is no critical point.
    """
    reach = ZERO_STEP * values.abs().max() * point.abs().max().clamp(min=1.0)
    vanishes = bool(gradient.abs().max() <= reach)
    return CONCLUSIONS.get(verdict) if vanishes else None
