"""A bare Streamlit app, with PyTorch imported if NABLA_STOCK is set; its page is in a module, which is read once."""

import os

if os.environ.get("NABLA_STOCK"):
    import torch  # noqa: F401

from tests.benchmarks.bare.page import main

main()
