"""The page in Streamlit."""

from __future__ import annotations

import streamlit as st
from questions import QUESTIONS, draw_week, greet


def ask(name, asked):
    """The field of a question; gives its answer."""
    if asked.kind == "number":
        return st.number_input(asked.label, min_value=0.0, max_value=200.0, key=name)
    if asked.kind == "long":
        return st.text_area(asked.label, key=name)
    if asked.kind == "choice":
        return st.radio(asked.label, asked.options, key=name)
    if asked.kind == "several":
        st.write(asked.label)
        return [o for o in asked.options if st.checkbox(o, key=f"{name}-{o}")]
    return st.text_input(asked.label, key=name)


answers = {name: ask(name, asked) for name, asked in QUESTIONS.items()}
st.text(greet(answers["name"]))
st.pyplot(draw_week(answers["hours"]))
