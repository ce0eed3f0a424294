"""The bare app served as Nabla is."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from lib.ui.server import CompressStatic, ResponseHeaders


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    gc.collect()
    gc.freeze()
    yield


app = st.App(
    Path(__file__).with_name("app.py"),
    lifespan=lifespan,
    middleware=[Middleware(ResponseHeaders), Middleware(CompressStatic)],
)
