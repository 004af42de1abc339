"""Starts JupyterHub as the recipe says, with PostgreSQL, and sees whether it keeps its word.

``python -m tests.hub`` installs JupyterHub, this package and npm's configurable-http-proxy into a
folder of its own (``build/hub``, kept for the next time), starts the hub on free ports, logs two
people in through Chromium, lets each answer a question, stops and starts their servers and the hub,
and looks who can reach what. It prints what it found; the exit code is 0 when all of it holds.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, expect, sync_playwright

from tests.conftest import ARGUMENTS, CHROMIUM
from tests.hub.running import (
    HUB,
    Database,
    Hub,
    count_kernels,
    find_servers,
    install,
    run_hub,
    set_up,
    tell_versions,
    use_database,
)
from tests.serving_fixtures import ROOT, wait_until

if TYPE_CHECKING:
    import psutil

NAMES = {"ada": "Ada Ada's Bakery Daughters", "ben": "Ben Ben's Bicycles Sons"}
QUESTION = "What is your business called?"
APP = "/voila/render/notebooks/00_start.ipynb"
PATIENCE = 60_000


class Report:
    """What was found, said as it is found."""

    def __init__(self) -> None:
        """Nothing was looked at yet."""
        self.began = time.monotonic()
        self.failed: list[str] = []

    def note(self, what: str, more: object = "", *, holds: bool = True) -> None:
        """Say whether something holds, and how long it took to get there."""
        sign, shown = ("ok" if holds else "NO"), f" ({more})" if more != "" else ""
        self.say(f"{sign}  {time.monotonic() - self.began:6.1f} s  {what}{shown}")
        if not holds:
            self.failed.append(what)

    def say(self, text: str) -> None:
        """A line for whoever runs the trial."""
        print(text, flush=True)  # noqa: T201 - the report of this command


class Person:
    """Somebody with a browser of their own, who logs in to the hub."""

    def __init__(self, browser: Browser, name: str, password: str) -> None:
        """Nobody who is logged in yet."""
        self.name = name
        self._password = password
        self._context = browser.new_context()
        self.page = self._context.new_page()
        self.page.set_default_timeout(PATIENCE)

    def log_in(self, hub: Hub) -> None:
        """Log in, which starts the server and leads to the guided app."""
        self.page.goto(f"{hub.address}/hub/login")
        self.page.get_by_label("Username").fill(self.name)
        self.page.get_by_label("Password").fill(self._password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"**/user/{self.name}{APP}*", timeout=2 * PATIENCE)

    def name_business(self, answer: str) -> None:
        """Go to the first questions and answer one; the page says that it is saved."""
        page = self.page
        page.get_by_role("button", name="Start now").click()
        expect(page.get_by_role("heading", name="How much time have you?")).to_be_visible()
        page.get_by_role("button", name="Continue", exact=True).click()
        field = page.get_by_label(QUESTION)
        field.fill(answer)
        field.press("Tab")
        expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()

    def read_name(self, hub: Hub) -> str:
        """What the app shows as the answer; going there starts the server if it is not there."""
        self.page.goto("about:blank")
        self.page.goto(f"{hub.address}/hub/spawn/{self.name}?next=/user/{self.name}{APP}")
        self.page.wait_for_url(f"**/user/{self.name}{APP}*", timeout=2 * PATIENCE)
        field = self.page.get_by_label(QUESTION)
        expect(field).not_to_have_value("")
        return field.input_value()

    def ask(self, address: str) -> int:
        """The status of an address, asked for with all this browser is known by."""
        return self._context.request.get(address).status

    def server(self) -> psutil.Process:
        """The one process that is this person's server."""
        (found,) = find_servers(self.name)
        return found


def try_first_visit(report: Report, hub: Hub, database: Database, people: list[Person]) -> None:
    """Two people log in, and each answers a question in the guided app."""
    for person in people:
        person.log_in(hub)
        person.name_business(NAMES[person.name])
        report.note(f"{person.name} logged in, and an answer was saved")
    servers = {person.server().pid for person in people}
    report.note("each has a server of their own", holds=len(servers) == len(people))
    counted = sorted(database.count_plans().values())
    report.note("each plan lies in a part of PostgreSQL of its own", holds=counted == [1, 1])


def try_walls(report: Report, hub: Hub, mine: Person, theirs: Person) -> None:
    """One person reaches neither the other's server nor the other's part of the database."""
    their_port = min(
        line.laddr.port for line in theirs.server().net_connections() if line.status == "LISTEN"
    )
    for path in (APP, "/lab", "/api/kernels", "/api/contents/notebooks"):
        status = mine.ask(f"{hub.address}/user/{theirs.name}{path}")
        report.note(f"{mine.name} is refused {theirs.name}'s {path}", status, holds=status == 403)
    own = mine.ask(f"{hub.address}/user/{mine.name}/api/kernels")
    report.note(f"{mine.name} is let in at home", own, holds=own == 200)
    status, _ = hub.ask(f"/user/{theirs.name}/api/kernels", port=their_port)
    report.note("whoever goes past the hub is refused", status, holds=status == 403)
    store = mine.server().environ()["WORKBOOK_STORE"]
    part = theirs.server().environ()["WORKBOOK_STORE"].partition("//")[2].partition(":")[0]
    report.note(
        f"{mine.name}'s address of the database does not open {theirs.name}'s part",
        holds=not can_read(store, part),
    )


def can_read(store: str, part: str) -> bool:
    """Whether a part of the database can be read with an address."""
    import psycopg

    with psycopg.connect(store) as connection, suppress(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"SELECT * FROM {part}.plans")
        return True
    return False


def try_leaving(report: Report, person: Person) -> None:
    """A page that is left takes its kernel along, as in the app without a hub."""
    server = person.server()
    before = count_kernels(server)
    person.page.goto("about:blank")
    seconds = wait_until(lambda: count_kernels(server) < before, 30)
    report.note("a page that was left ended its kernel", f"after {seconds:.1f} s")


def try_again(report: Report, hub: Hub, people: list[Person], when: str) -> None:
    """Everybody's answer is there again."""
    for person in people:
        found = person.read_name(hub)
        report.note(f"{when}: {person.name}'s answer is there", holds=found == NAMES[person.name])


def find_browser() -> str:
    """Chromium; raises SystemExit where there is none."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise SystemExit("There is no Chromium on this machine")
    return found


def try_all(report: Report, folder: Path, browser: Browser) -> None:
    """A first day with a stop in between, and a second one."""
    with use_database() as database:
        environment = set_up(folder, database)
        people = [Person(browser, name, environment["TRIAL_PASSWORD"]) for name in NAMES]
        with run_hub(environment) as hub:
            report.note("hub, proxy and PostgreSQL run")
            try_first_visit(report, hub, database, people)
            try_walls(report, hub, *people)
            try_leaving(report, people[0])
            for person in people:
                hub.stop_server(person.name)
            report.note("both servers were stopped")
            try_again(report, hub, people, "started anew")
        left = [process for name in NAMES for process in find_servers(name)]
        report.note("the hub was stopped, and no server outlived it", holds=not left)
        with run_hub(environment) as hub:
            try_again(report, hub, people, "after a restart of the hub")
        counted = sorted(database.count_plans().values())
        report.note("still one plan for each", holds=counted == [1, 1])


def main() -> int:
    """Try the recipe; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.hub", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "hub")
    parser.add_argument("--version", default=HUB, help="JupyterHub's, as in 5.4")
    arguments = parser.parse_args()
    report = Report()
    folder = install(arguments.folder.resolve(), arguments.version, report.say)
    report.note("installed", tell_versions(folder))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        try_all(report, folder, browser)
        browser.close()
    report.say("All of it holds." if not report.failed else f"{len(report.failed)} do not hold.")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
