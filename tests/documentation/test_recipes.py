"""The recipes for servers are whole: what can be said of them without a server or a container.

The other tests of them start what they set up: ``tests/serving/test_nginx.py`` and the commands
``python -m tests.proxies`` and ``python -m tests.hub``.
"""

from __future__ import annotations

import asyncio
import configparser
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import yaml
from click.testing import CliRunner

from tests.documentation.pages import PAGES, ROOT
from workbook.commands.serve import command
from workbook.settings import Settings
from workbook.storage.database import DatabaseStore
from workbook.storage.encryption import new_key
from workbook.storage.plan_file import PlanFile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgresql_fixtures import Postgresql

RECIPES = ROOT / "workbook" / "documentation" / "recipes"
HOW_TO = "".join(path.read_text(encoding="utf-8") for path in PAGES.values())


def read(name: str) -> str:
    """A recipe."""
    return (RECIPES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(path.name for path in RECIPES.iterdir() if path.is_file()))
def test_each_recipe_is_shown_on_a_page(name: str) -> None:
    """What is tried is what people read."""
    assert f"../recipes/{name}" in HOW_TO


@pytest.mark.parametrize("name", sorted(path.name for path in RECIPES.iterdir() if path.is_file()))
def test_recipes_name_settings_that_there_are(name: str) -> None:
    """A name that was changed in the code is not left over in a recipe."""
    named = {n.lower() for n in re.findall(r"\bWORKBOOK_([A-Z_]+)", read(name))}
    assert named <= set(Settings.model_fields)


def check_serve(arguments: list[str]) -> None:
    """The command line knows each option, and no argument is too much."""
    shown = CliRunner().invoke(command, ["--help"]).output
    options = [part for part in arguments if part.startswith("-")]
    assert options
    assert [option for option in options if option not in shown] == []


def test_the_service_starts_a_command_that_there_is() -> None:
    """It is read as systemd reads it, and keeps plans where it may write."""
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment]
    unit.read_string(read("workbook.service"))
    service = unit["Service"]
    program, verb, *arguments = service["ExecStart"].split()
    assert (program, verb) == ("/opt/workbook/bin/workbook", "serve")
    check_serve(arguments)
    assert f"/var/lib/{service['StateDirectory']}/" in read("workbook.service")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The service with a program and a user that are there; needs systemd, as `.ci/run` has it."""
    if shutil.which("systemd-analyze") is None:
        is_there = os.environ.get("CI") and sys.platform == "linux"
        (pytest.fail if is_there else pytest.skip)("systemd is not on this machine")
    text = read("workbook.service").replace("/opt/workbook/bin/workbook", "/bin/true")
    file = tmp_path / "workbook.service"
    file.write_text(text.replace("User=workbook", "User=root"), encoding="utf-8")
    return file


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What systemd says of a service that is not installed."""
    command = ["systemd-analyze", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.thorough
def test_systemd_finds_nothing_wrong(unit: Path) -> None:
    """Its own checker takes every line of the service, and tells of one that is none."""
    told = analyze("verify", str(unit))
    assert "workbook.service" not in told.stdout + told.stderr
    unit.write_text(f"{unit.read_text(encoding='utf-8')}\n[Service]\nPrivatTmp=1\n", "utf-8")
    assert "PrivatTmp" in analyze("verify", str(unit)).stderr


@pytest.mark.thorough
def test_systemd_calls_what_the_service_may_do_little(unit: Path) -> None:
    """Its measure of exposure, from 0 to 10, is below 2.5, which it calls “OK”.

    The program that is started must not run as root for that.
    """
    text = unit.read_text(encoding="utf-8")
    unit.write_text(text.replace("User=root", "User=nobody"), encoding="utf-8")
    told = analyze("security", "--offline=true", "--threshold=25", str(unit))
    assert told.returncode == 0, told.stdout + told.stderr
    assert "OK" in told.stdout.splitlines()[-1]


def test_the_container_is_made_of_files_that_there_are() -> None:
    """What is copied into it is in the repository, and what is started exists."""
    text = read("Dockerfile").replace("\\\n", " ")
    copied = [
        part
        for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE)
        for part in line.split()[:-1]
    ]
    assert {"pyproject.toml", "workbook", "notebooks", "binder"} <= set(copied)
    assert [name for name in copied if not (ROOT / name).exists()] == []
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = needed["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for name in (*included, *needed["project"]["license-files"], "README.md"):
        assert name.split("/")[0] in copied
    program, verb, *arguments = yaml.safe_load(re.findall(r"^CMD (.+)$", text, re.MULTILINE)[0])
    assert (program, verb) == ("workbook", "serve")
    check_serve(arguments)
    (health,) = re.findall(r"^HEALTHCHECK CMD (.+)$", text, re.MULTILINE)
    compile(yaml.safe_load(health)[-1], "health", "exec")


def test_the_values_of_the_chart_say_what_a_hub_needs() -> None:
    """Image, limits, network and the database; and nobody is let in by a password of ours."""
    values = yaml.safe_load(read("values.yaml"))
    assert set(values) == {"hub", "proxy", "singleuser", "cull"}
    user = values["singleuser"]
    assert user["memory"]["limit"]
    assert user["networkPolicy"]["enabled"]
    rules = user["networkPolicy"]["egressAllowRules"]
    assert not {
        name for name in ("cloudMetadataServer", "privateIPs", "nonPrivateIPs") if rules[name]
    }
    (rule,) = user["networkPolicy"]["egress"]
    assert [port["port"] for port in rule["ports"]] == [5432]
    config = read("jupyterhub_config.py")
    assert all(name in config for name in values["hub"]["extraEnv"])
    (source,) = re.findall(r"WORKDIR (/usr/src/\S+)", read("Dockerfile"))
    assert f"{source}/notebooks" in user["lifecycleHooks"]["postStart"]["exec"]["command"][-1]
    assert values["cull"]["enabled"]


@pytest.mark.server
def test_each_user_of_a_hub_opens_their_own_part(
    postgresql: Postgresql, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the hub's settings make them, again at each start; its user is no superuser."""
    import psycopg
    from traitlets.config import Config

    postgresql.run("CREATE ROLE hub LOGIN CREATEROLE")
    at = postgresql.new_database()
    postgresql.run(f"ALTER DATABASE {urlsplit(at).path.strip('/')} OWNER TO hub")
    hub = at.replace("postgresql://postgres@", "postgresql+psycopg://hub@")
    monkeypatch.setenv("HUB_DATABASE", hub)
    monkeypatch.setenv("HUB_SECRET", "not a secret")
    config = Config()
    told = runpy.run_path(str(RECIPES / "jupyterhub_config.py"), {"get_config": lambda: config})
    users = ["ada", "ben; DROP TABLE plans", "ada"]
    for user in users:
        told["make_part"](user)
    spawner = SimpleNamespace(user=SimpleNamespace(name="ada"), environment={"A": "b"})
    asyncio.run(config.Spawner.pre_spawn_hook(spawner))
    stores = {user: told["write_address"](user) for user in users}
    assert spawner.environment == {"A": "b", "WORKBOOK_STORE": stores["ada"]}
    for store in stores.values():
        opened = DatabaseStore(store, new_key(), today=date(2026, 11, 21))
        opened.save(PlanFile(), expected_revision=0, now=datetime(2026, 11, 21, tzinfo=UTC))
    theirs = told["name_role"](users[1])
    with (
        psycopg.connect(stores["ada"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(f"SELECT * FROM {theirs}.plans")
