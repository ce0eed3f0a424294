"""How each function is written in PyTorch and in NumPy, where its name alone doesn't do: templates of its arguments."""

_SHARED = {
    "cot": "({m}.cos({0})/{m}.sin({0}))",
    "sec": "(1/{m}.cos({0}))",
    "csc": "(1/{m}.sin({0}))",
    "coth": "(1/{m}.tanh({0}))",
    "sech": "(1/{m}.cosh({0}))",
    "csch": "(1/{m}.sinh({0}))",
    "acoth": "{m}.copysign({m}.log1p(2/({m}.abs({0}) - 1))/2, {0})",
    "asech": "{m}.log1p((1 - {0} + {m}.sqrt((1 - {0})*(1 + {0})))/{0})",
}
_SINES = "torch.sin(torch.pi*((torch.arange(64, dtype=torch.float64) + 0.5)/128))"


TORCH = {
    **{name: text.replace("{m}", "torch") for name, text in _SHARED.items()},
    "acot": "torch.atan2(torch.ones_like({0}), {0})",
    "asec": "torch.atan2(torch.sqrt(torch.abs({0}) - 1)*torch.sqrt(torch.abs({0}) + 1), torch.sign({0}))",
    "acsc": "torch.atan2(torch.sign({0}), torch.sqrt(torch.abs({0}) - 1)*torch.sqrt(torch.abs({0}) + 1))",
    "acsch": "torch.asinh(1/{0})",
    "cbrt": "(torch.sign({0})*torch.abs({0})**(1/3))",
    "mod": "torch.remainder({})",
    "min": "torch.minimum({})",
    "max": "torch.maximum({})",
    "softplus": "torch.nn.functional.softplus({0}, 1, 40)",
    "softsign": "torch.nn.functional.softsign({0})",
    "leaky_relu": "torch.nn.functional.leaky_relu({})",
    "elu": "torch.nn.functional.elu({})",
    "gelu": "({0}*torch.erfc(-{0}/2**0.5)/2)",
    "silu": "torch.nn.functional.silu({0})",
    "mish": "torch.nn.functional.mish({0})",
    "sign": "torch.where({0} == {0}, torch.sign({0}), torch.nan)",
    "heaviside": "torch.where({0} < 0, 0.0, torch.where({0} > 0, 1.0, {1} + 0*{0}))",
    # The integrals of lib/readings/special.py.
    "j0": f"torch.where(torch.abs({{0}}) <= 180, torch.cos({{0}}[..., None]*{_SINES}).mean(-1), torch.nan)",
    "j1": f"torch.where(torch.abs({{0}}) <= 180, ({_SINES}*torch.sin({{0}}[..., None]*{_SINES})).mean(-1), torch.nan)",
}
NUMPY = {
    **{name: text.replace("{m}", "np") for name, text in _SHARED.items()},
    "asin": "np.arcsin({0})",
    "acos": "np.arccos({0})",
    "atan": "np.arctan({0})",
    "acot": "np.arctan2(1, {0})",
    "asec": "np.arctan2(np.sqrt(np.abs({0}) - 1)*np.sqrt(np.abs({0}) + 1), np.sign({0}))",
    "acsc": "np.arctan2(np.sign({0}), np.sqrt(np.abs({0}) - 1)*np.sqrt(np.abs({0}) + 1))",
    "atan2": "np.arctan2({})",
    "asinh": "np.arcsinh({0})",
    "acosh": "np.arccosh({0})",
    "atanh": "np.arctanh({0})",
    "acsch": "np.arcsinh(1/{0})",
    "mod": "np.mod({})",
    "min": "np.minimum({})",
    "max": "np.maximum({})",
    "frac": "({0} - np.trunc({0}))",
    "clamp": "np.clip({})",
    "sigmoid": "(1/(1 + np.exp(-{0})))",
    "logit": "np.log({0}/(1 - {0}))",
    "softplus": "np.logaddexp({0}, 0)",
    "softsign": "({0}/(1 + np.abs({0})))",
    "relu": "np.maximum({0}, 0)",
    "leaky_relu": "np.where({0} > 0, {0}, {1}*{0})",
    "elu": "np.where({0} > 0, {0}, {1}*np.expm1({0}))",
    "erf": "np.vectorize(math.erf)({0})",
    "erfc": "np.vectorize(math.erfc)({0})",
    "gelu": "({0}*np.vectorize(math.erfc)(-{0}/math.sqrt(2))/2)",
    "silu": "({0}/(1 + np.exp(-{0})))",
    "mish": "({0}*np.tanh(np.logaddexp({0}, 0)))",
    "factorial": "scipy.special.gamma({0} + 1)",
    # NumPy has no special functions of its own but i0: SciPy's are the usual ones beside it.
    **{
        name: f"scipy.special.{scipy}({{}})"
        for name, scipy in (
            ("erfinv", "erfinv"),
            ("gamma", "gamma"),
            ("lgamma", "gammaln"),
            ("digamma", "digamma"),
            ("beta", "beta"),
            ("binomial", "binom"),
            ("j0", "j0"),
            ("j1", "j1"),
            ("i0", "i0"),
            ("i1", "i1"),
        )
    },
}
