"""Results in, plotly figures out. Nothing here computes a result, draws on a page or knows of Streamlit."""

from lib.figures.figure import Figure
from lib.figures.theme import CONFIG, ZOOMING

__all__ = ["CONFIG", "ZOOMING", "Figure"]
