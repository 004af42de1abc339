"""The page in ipywidgets, as Voila comes."""

from __future__ import annotations

from io import BytesIO

import ipywidgets as widgets
from IPython.display import display
from questions import QUESTIONS, draw_week, greet

WIDE = {"layout": widgets.Layout(width="40rem"), "style": {"description_width": "initial"}}


def ask(asked):
    """The field of a question."""
    if asked.kind == "number":
        return widgets.BoundedFloatText(description=asked.label, min=0, max=200, **WIDE)
    if asked.kind == "long":
        return widgets.Textarea(description=asked.label, **WIDE)
    if asked.kind == "choice":
        return widgets.RadioButtons(description=asked.label, options=asked.options, **WIDE)
    if asked.kind == "several":
        boxes = [widgets.Checkbox(description=option, indent=False) for option in asked.options]
        return widgets.VBox([widgets.Label(asked.label), *boxes])
    return widgets.Text(description=asked.label, **WIDE)


fields = {name: ask(asked) for name, asked in QUESTIONS.items()}
greeting, chart = widgets.HTML(greet("")), widgets.Image(format="png")


def show(_=None):
    """Draw the chart."""
    drawn = BytesIO()
    draw_week(fields["hours"].value).savefig(drawn, format="png")
    chart.value = drawn.getvalue()


def follow(change):
    """Show the name."""
    greeting.value = greet(change["new"])


fields["name"].observe(follow, "value")
fields["hours"].observe(show, "value")
show()
display(widgets.VBox([*fields.values(), greeting, chart]))
