"""Hessians at many points and a field of them, against torch.func and JAX; all critical points of Rastrigin's function
by a worker."""

import time

import jax
import jax.numpy as jnp
import numpy as np
import torch
from timing import bar, in_turn, ms, title

from lib import jobs
from lib.calculus import local_model
from lib.calculus.blocks import keep_memory
from lib.calculus.critical import Search
from lib.calculus.critical.slices import request_slice
from lib.expression import parse

POINTS = 10**4
SIDE = 200
TEXT = "sin(x y) + exp(-x^2 - y^2) + x^3 y"
RASTRIGIN = "20 + x^2 + y^2 - 10 cos(2 pi x) - 10 cos(2 pi y)"


def run() -> None:
    title(f"Hessians of {TEXT}")
    torch.set_num_threads(1)  # as the app does, and keeps memory
    keep_memory()
    jax.config.update("jax_enable_x64", True)
    points = torch.rand(POINTS, 2, dtype=torch.float64)
    array, expression = jnp.asarray(points.numpy()), parse(TEXT)
    with_torch = torch.func.vmap(torch.func.hessian(lambda p: _formula(torch, p[0], p[1])))
    with_jax = jax.jit(jax.vmap(jax.hessian(lambda p: _formula(jnp, p[0], p[1]))))
    assert np.allclose(local_model(expression, points).hessian, with_jax(array))
    times = in_turn(
        {
            "Nabla": lambda _: local_model(expression, points).hessian,
            "torch.func": lambda _: with_torch(points),
            "JAX": lambda _: jax.block_until_ready(with_jax(array)),
        },
        lambda: None,
        rounds=21,
        warm_up=3,
    )
    print(f"  {POINTS} points: " + ", ".join(f"{name} {ms(t)}" for name, t in times.items()))
    bar(times["Nabla"] <= 0.5 * times["torch.func"], "at most 0.5 times torch.func's vmap(hessian)")
    bar(times["Nabla"] <= times["JAX"], "at most 1.0 times JAX's vmap(hessian), compiled")
    axis = torch.linspace(-3, 3, SIDE, dtype=torch.float64)
    field = torch.cartesian_prod(axis, axis)
    took = in_turn({"field": lambda _: local_model(expression, field)}, lambda: None, rounds=11)["field"]
    print(f"  field of {SIDE} × {SIDE}, gradient and Hessian: {ms(took)}")
    bar(took < 0.05, "a field of 200 × 200 in less than 50 ms")
    _rastrigin()


def _formula(library, x, y):
    return library.sin(x * y) + library.exp(-(x**2) - y**2) + x**3 * y


def _rastrigin() -> None:
    expression = parse(RASTRIGIN)
    jobs.start()
    request_slice(parse("x y"), Search.of(((-1.0, 1.0), (-1.0, 1.0))), ("x", "y"), {}).result()
    state, start = Search.of(((-5.0, 6.0), (-5.0, 6.0))), time.perf_counter()
    while not state.done:
        state = request_slice(expression, state, ("x", "y"), {}).result()
    took = time.perf_counter() - start
    print(f"  Rastrigin's {len(state.proved)} critical points, all proved: {took:.2f} s in a worker")
    bar(len(state.proved) == 529 and not state.undecided and took < 10, "529 proved in less than 10 s")
    jobs.shutdown()
