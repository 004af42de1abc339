"""How long the choice of places takes, and where that time goes.

Run as ``python -m tests.benchmarks.benchmark_fit [ROUNDS]``. It prints the median and the 95th
percentile in milliseconds for five audiences: their shares, how they use the places together, and
the best sets among all that fit, with figures on the twelve places that the survey asked about and
with the clients' answers on all eighteen. The budget for shares and best sets is 150 ms. Below
stand what would change the choice, and the same audiences as the groups of a plan.
"""

from __future__ import annotations

import sys
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from workbook.evidence.clients import Counted, Question
from workbook.evidence.profiles import Profile, estimate_reach
from workbook.evidence.unions import join_shares
from workbook.fit.audiences import Audience, list_places
from workbook.fit.changes import find_changes
from workbook.fit.choice import Wish, choose
from workbook.fit.planned import _choose, choose_for
from workbook.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 40
HOURS = {"an hour for each of a few places": 6.0, "hours for every place": 60.0}
PEOPLE = (
    Profile("US", {"age": ("30-49",), "gender": ("Women",), "education": ("College graduate",)}),
    Profile("US", {"age": ("18-29",), "community": ("Urban", "Suburban")}),
    Profile("US", {"age": ("65+",), "income": ("<$30K",)}),
    Profile("US", {"gender": ("Men",), "community": ("Rural",)}),
    Profile("US"),
)

Times = dict[str, tuple[float, float]]


def wish(hours: float, *, clients: int = 0) -> Wish:
    """Five audiences; with clients, each audience is known by what so many of them said."""
    chance = Random(20261122)
    return Wish(tuple(Audience(p, 20.0, clients=_ask(clients, chance)) for p in PEOPLE), hours)


def _ask(clients: int, chance: Random) -> tuple[Counted, ...]:
    if not clients:
        return ()
    places = list_places()
    said = [frozenset(chance.sample(places, chance.randint(0, 6))) for _ in range(clients)]
    counts = {name: sum(name in each for each in said) for name in places}
    together = {each: said.count(each) for each in said}
    return (Counted(Question.USE, clients, counts, together),)


def time_it(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median and 95th percentile of a piece of work, in milliseconds."""
    work()
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        taken.append((perf_counter() - start) * 1000)
    parts = quantiles(taken, n=20)
    return parts[9], parts[18]


def measure(rounds: int = ROUNDS) -> Times:
    """Each piece of the work, and the whole of it."""
    shares = [estimate_reach(profile).shares for profile in PEOPLE]
    places = [name for name in list_places() if name in shares[0]]
    groups = [{name: each[name] for name in places} for each in shares]
    found: Times = {
        "shares of five audiences": time_it(
            lambda: [estimate_reach(profile) for profile in PEOPLE], rounds
        ),
        "use of twelve places together": time_it(lambda: join_shares(groups), rounds),
    }
    for name, hours in HOURS.items():
        for told, clients in (("survey", 0), ("30 clients, all places", 30)):
            asked = wish(hours, clients=clients)
            found[f"all: {told}, {name}"] = time_it(lambda asked=asked: choose(asked), rounds)
    for told, clients in (("survey", 0), ("30 clients", 30)):
        choice = choose(wish(6.0, clients=clients))
        anew = find_changes.__wrapped__
        name = f"what would change it: {told}"
        found[name] = time_it(lambda choice=choice, anew=anew: anew(choice), rounds)
    plan = make_plan()
    found["a plan after an answer that it reads"] = time_it(lambda: _choose_anew(plan), rounds)
    found["a plan after any other answer"] = time_it(lambda: choose_for(plan), rounds)
    return found


def make_plan() -> Plan:
    """The five audiences as the groups of a plan."""
    groups = [
        {
            "id": f"grp{at}",
            "country": "US",
            "ages": profile.levels.get("age", ()),
            "sexes": profile.levels.get("gender", ()),
            "education": profile.levels.get("education", ()),
            "income": profile.levels.get("income", ()),
            "community": profile.levels.get("community", ()),
        }
        for at, profile in enumerate(PEOPLE)
    ]
    start = {"hours_per_week": HOURS["an hour for each of a few places"]}
    return Plan.model_validate({"start": start, "audience": {"groups": groups}})


def _choose_anew(plan: Plan) -> None:
    """A choice that nothing is kept of."""
    _choose.cache_clear()
    choose_for(plan)


def main() -> None:
    """Print the figures."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    for name, (middle, slow) in measure(rounds).items():
        print(f"{name:58} {middle:7.1f} {slow:7.1f}")  # noqa: T201 - a command prints


if __name__ == "__main__":
    main()
