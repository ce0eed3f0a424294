"""What can be typed: ways to write, functions, conventions, limits."""

import streamlit as st

from lib.locale import _
from lib.ui import guide

st.subheader(_("Write it as you like"))
for column, (name, samples) in zip(st.columns(3), guide.SAMPLES.items(), strict=True):
    with column:
        title = {"maths": _("Plain maths"), "Python": "Python, NumPy, PyTorch", "LaTeX": "LaTeX"}[name]
        st.markdown(f"**{title}**")
        st.table(guide.sample_rows(samples), hide_index=True, border="horizontal", alt=title)

st.subheader(_("How it is read"))
st.markdown("\n".join(f"- {sentence}" for sentence in [*guide.conventions(), guide.limit_sentence()]))

st.subheader(_("Functions"))
wanted = st.text_input(_("Find"), placeholder=_("a name or a meaning, such as tangent"), live="300ms", key="find")
st.table(guide.function_rows(wanted or ""), hide_index=True, border="horizontal", alt=_("Functions"))
