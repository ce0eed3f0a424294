"""The server. Run it with `streamlit run app.py`; what visitors see begins in lib/ui/router.py."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from lib.ui.failure import show_failure
from lib.ui.server import CompressStatic, ResponseHeaders


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Before the first visitor: import what pages need, compute one gradient, keep the heap out of collections."""
    import torch

    from lib import jobs
    from lib.calculus import derivatives
    from lib.calculus.blocks import keep_memory
    from lib.calculus.formula import warm_up
    from lib.expression import parse
    from lib.learning.training import warm_up as warm_up_training

    # Streamlit imports pandas and its emojis with the first box and the first button of a page, torch its compiler with
    # the first optimizer.
    for module in ("lib.figures", "lib.inverse", "lib.locale", "pandas", "streamlit.emojis", "torch._dynamo"):
        import_module(module)
    torch.set_num_threads(1)  # inputs are small and visitors many: the threads of one would only get in another's way
    keep_memory()
    derivatives(parse("x^2"), torch.ones(1, dtype=torch.float64), mode="autograd")
    jobs.start(warm_up, warm_up_training)
    gc.collect()
    gc.freeze()
    yield
    jobs.shutdown()


app = st.App(
    Path(__file__).parent / "lib/ui/router.py",
    lifespan=lifespan,
    middleware=[Middleware(ResponseHeaders), Middleware(CompressStatic)],
    on_script_error=show_failure,
)
