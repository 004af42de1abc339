"""The page in Solara."""

from __future__ import annotations

import solara
from questions import QUESTIONS, draw_week, greet


@solara.component
def Several(asked):  # noqa: N802 - a component's name is that of a class
    """Boxes to tick."""
    chosen, choose = solara.use_state(frozenset())
    solara.Text(asked.label)
    for option in asked.options:
        solara.Checkbox(
            label=option,
            value=option in chosen,
            on_value=lambda on, o=option: choose(chosen | {o} if on else chosen - {o}),
        )


@solara.component
def Choice(asked):  # noqa: N802 - same reason
    """One of a few."""
    chosen, choose = solara.use_state(asked.options[0])
    solara.Text(asked.label)
    with solara.Column():
        solara.ToggleButtonsSingle(value=chosen, values=list(asked.options), on_value=choose)


@solara.component
def Text(asked):  # noqa: N802 - same reason
    """Words."""
    value, put = solara.use_state("")
    field = solara.InputTextArea if asked.kind == "long" else solara.InputText
    field(asked.label, value=value, on_value=put)


@solara.component
def Number(asked):  # noqa: N802 - same reason
    """A number."""
    value, put = solara.use_state(0.0)
    solara.InputFloat(asked.label, value=value, on_value=put)


KINDS = {"several": Several, "choice": Choice, "number": Number, "text": Text, "long": Text}


@solara.component
def Page():  # noqa: N802 - the name Solara looks for
    """The whole page."""
    name, call = solara.use_state("")
    hours, give = solara.use_state(0.0)
    with solara.Column():
        for key, asked in QUESTIONS.items():
            if key == "name":
                solara.InputText(asked.label, value=name, on_value=call)
            elif key == "hours":
                solara.InputFloat(asked.label, value=hours, on_value=give)
            else:
                KINDS[asked.kind](asked)
        solara.Text(greet(name))
        figure = solara.use_memo(lambda: draw_week(hours), [hours])
        solara.FigureMatplotlib(figure, dependencies=[hours])
