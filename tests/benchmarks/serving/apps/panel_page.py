"""The page in Panel."""

from __future__ import annotations

import panel as pn
from questions import QUESTIONS, draw_week, greet

pn.extension()


def ask(asked):
    """The field of a question."""
    if asked.kind == "number":
        return pn.widgets.FloatInput(name=asked.label, start=0, end=200, value=0)
    if asked.kind == "long":
        return pn.widgets.TextAreaInput(name=asked.label)
    if asked.kind == "choice":
        return pn.widgets.RadioBoxGroup(name=asked.label, options=list(asked.options))
    if asked.kind == "several":
        return pn.widgets.CheckBoxGroup(name=asked.label, options=list(asked.options))
    return pn.widgets.TextInput(name=asked.label)


def label(asked):
    """A field that does not show its question gets it above."""
    field = fields[asked]
    kind = QUESTIONS[asked].kind
    return [field.name, field] if kind in ("choice", "several") else [field]


fields = {name: ask(asked) for name, asked in QUESTIONS.items()}
pn.Column(
    *[part for name in QUESTIONS for part in label(name)],
    pn.pane.Str(pn.bind(greet, fields["name"])),
    pn.pane.Matplotlib(pn.bind(draw_week, fields["hours"]), tight=False),
).servable()
