"""PyTorch source of Γ and its kin, with the derivatives of lib/readings/special.py.

torch.polygamma(1, x), which is the second derivative of torch.lgamma, is wrong in the 10th digit; all others are right.
What it lacks is added as a term that is 0 and has this derivative. Below 0.5 torch reflects x, and its error with it.
"""

from functools import reduce

from lib.readings.code.written_out import WrittenOut
from lib.readings.special import FAR, STIRLING

_LACKING = {
    "z": "torch.where(x < 0.5, 1 - x, x)",
    "slip": "torch.nan_to_num(torch.special.zeta(2, z) - torch.polygamma(1, z)).detach()",
    "lacking": "torch.where(x < 0.5, -slip, slip)",
    "zero": "torch.nan_to_num(x - x.detach())",
}
_LOG = {**_LACKING, "log": "torch.lgamma(x) + lacking*zero**2/2"}
_VALUE = {
    **_LOG,
    # < 0 on (−1, 0), (−3, −2), …
    "value": "torch.exp(log)*torch.where(x > 0, 1.0, 1 - 2*torch.remainder(torch.floor(x), 2))",
    "far": f"torch.where(x.abs() > {FAR}, x.abs(), {FAR}).detach()",
    "half": "far**(far/2 - 0.25)",
    "series": reduce(lambda inner, term: f"({inner})/(far*far) + {term!r}", reversed(STIRLING), "0.0"),
    "above": "half*torch.exp(-far)*half*torch.exp((series)/far)*math.sqrt(2*math.pi)",
    "below": "torch.pi/(far*torch.sin(torch.pi*(x - torch.round(x)).abs())*above)",
    "near": "torch.exp(torch.lgamma(x + 1))/x.abs()",
    "size": "torch.where(x.abs() < 0.5, near, torch.where(x > 0, above, below)).detach()",
    "ratio": "torch.nan_to_num(size/value.detach().abs(), 1.0, 1.0, 1.0)",
}
_GAMMA = f"value*torch.where((x.abs() < 0.5) | (x.abs() > {FAR}), ratio, 1.0)"

GAMMA = {
    "lgamma": WrittenOut("x", (), _LOG, "log"),
    "gamma": WrittenOut("x", (), _VALUE, _GAMMA),
    "factorial": WrittenOut("n", (), {"x": "n + 1", **_VALUE}, _GAMMA),
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
