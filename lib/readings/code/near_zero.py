"""PyTorch source of functions whose derivatives torch's own rules spoil near 0: there a series has the derivatives.

Their values are those of lib/readings/special.py, bit by bit: what the series lacks is added as a constant.
"""

from lib.readings.code.written_out import WrittenOut

_RESULT = "torch.where(near, series + (value - series).detach(), value)"

NEAR_ZERO = {
    "sinc": WrittenOut(
        "x",
        (),
        {
            "n": "torch.round(x)",
            "sine": "torch.sin(torch.pi*(x - n))*(1 - 2*torch.remainder(n, 2))",
            "value": "torch.where(x == 0, 1.0, sine/(torch.pi*torch.where(x == 0, 1.0, x)))",
            "near": "torch.abs(x) < 0.75",
            "u": "(torch.pi*torch.where(near, x, 0.0))**2",
            "series": "sum((-1)**m*u**m/math.gamma(2*m + 2) for m in range(18))",
        },
        _RESULT,
    ),
    **{
        f"i{order}": WrittenOut(
            "x",
            (),
            {
                "value": f"torch.special.i{order}(x)",
                "near": "torch.abs(x) < 2",
                "u": "torch.where(near, x, 0.0)",
                "series": f"sum({factor}(u/2)**(2*m)/math.gamma(m + 1)/math.gamma(m + {order + 1}) for m in range(16))",
            },
            _RESULT,
        )
        for order, factor in enumerate(("", "u/2*"))
    },
}
