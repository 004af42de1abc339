"""The twelve questions and the chart that every page of the comparison shows."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.figure import Figure


@dataclass(frozen=True)
class Asked:
    """One question: the kind of its field, its words, and what there is to choose from."""

    kind: str
    label: str
    options: tuple[str, ...] = ()


KNOWN = ("Yes", "No", "I do not know")
COUNTERS = ("Google Analytics", "Matomo", "Plausible", "Umami", "Another", "None", "I do not know")

QUESTIONS = {
    "name": Asked("text", "What is your business called?"),
    "hours": Asked("number", "How many hours a week are there for social media?"),
    "sells": Asked("long", "What do you sell or offer?"),
    "customers": Asked("choice", "Who do you sell to?", ("People", "Businesses", "Both")),
    "clients": Asked("long", "Who are your best customers?"),
    "area": Asked("text", "Where do your customers come from?"),
    "people": Asked("number", "How many people work in the business?"),
    "who": Asked("text", "Who looks after social media?"),
    "route": Asked("choice", "How much time have you today?", ("40 minutes", "Six hours")),
    "has_website": Asked("choice", "Does the business have a website of its own?", KNOWN),
    "website": Asked("text", "What is its address?"),
    "analytics": Asked("several", "What counts the visits to your website?", COUNTERS),
}

SHARES = {"Answer": 0.3, "Read": 0.1, "Plan": 0.1, "Write": 0.25, "Pictures": 0.15, "Count": 0.1}


def greet(name: str) -> str:
    """What shows that the name has reached Python and come back."""
    return f"Known as: {name}"


def draw_week(hours: float, width: float = 6.5) -> Figure:
    """What the hours of a week go to, as bars; the width in inches."""
    figure = Figure(figsize=(width, 2.6), layout="constrained")
    axes = figure.subplots()
    axes.barh(list(SHARES), [share * hours for share in SHARES.values()])
    axes.set_xlabel("Hours a week")
    axes.invert_yaxis()
    return figure
