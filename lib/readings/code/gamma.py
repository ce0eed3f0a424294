"""PyTorch source of Γ and its kin, with the derivatives of lib/readings/special.py.

torch.polygamma(1, x), which is the second derivative of torch.lgamma, is wrong in the 10th digit; all others are right.
What it lacks is added as a term that is 0 and has this derivative. Below 0.5 torch reflects x, and its error with it.
"""

from lib.readings.code.written_out import WrittenOut

_LACKING = {
    "z": "torch.where(x < 0.5, 1 - x, x)",
    "slip": "torch.nan_to_num(torch.special.zeta(2, z) - torch.polygamma(1, z)).detach()",
    "lacking": "torch.where(x < 0.5, -slip, slip)",
    "zero": "torch.nan_to_num(x - x.detach())",
}
_LOG = {**_LACKING, "log": "torch.lgamma(x) + lacking*zero**2/2"}
_GAMMA = (
    "torch.exp(log)*torch.where(x > 0, 1.0, 1 - 2*torch.remainder(torch.floor(x), 2))"  # < 0 on (−1, 0), (−3, −2), …
)

GAMMA = {
    "lgamma": WrittenOut("x", (), _LOG, "log"),
    "gamma": WrittenOut("x", (), _LOG, _GAMMA),
    "factorial": WrittenOut("n", (), {"x": "n + 1", **_LOG}, _GAMMA),
    "digamma": WrittenOut(
        "x",
        (),
        {
            **_LACKING,
            "cotangent": "torch.pi/torch.tan(torch.pi*torch.where(x < 0, x - torch.round(x), 0.5))",
            "reflected": "torch.digamma(torch.where(x < 0, 1 - x, x)) - torch.where(x < 0, cotangent, 0.0)",
        },
        "reflected + lacking*zero",
    ),
}
