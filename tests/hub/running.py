"""What a trial of JupyterHub runs on: an environment of its own, PostgreSQL, and the hub."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from tests.postgresql_fixtures import Postgresql, run_postgresql
from tests.serving_fixtures import ROOT, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONFIG = Path(__file__).with_name("trial_config.py")
HUB, PROXY = "6.1", "configurable-http-proxy@5"


# -- what is installed ---------------------------------------------------------------------------


def install(folder: Path, version: str, say: Callable[[str], None]) -> Path:
    """JupyterHub, this package and the proxy in a folder of their own; gives the folder."""
    python = folder / "python" / "bin" / "python"
    if not python.exists():
        say(f"Installing JupyterHub into {folder}: some minutes, and about 1.2 GB, once")
        subprocess.run([sys.executable, "-m", "venv", folder / "python"], check=True)
    pip = [python, "-m", "pip", "install", "-q"]
    subprocess.run([*pip, f"{ROOT}[postgresql]", f"jupyterhub~={version}.0"], check=True)
    # the version does not change with every line of the code
    subprocess.run([*pip, "--no-deps", "--force-reinstall", str(ROOT)], check=True)
    path = os.pathsep.join([str(python.parent), os.environ["PATH"]])
    clean = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "JUPYTER_PATH"}}
    subprocess.run([ROOT / "binder" / "postBuild"], check=True, env={**clean, "PATH": path})
    if not (folder / "node_modules").exists():
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder]
        subprocess.run([*npm, PROXY], check=True)
    return folder


def tell_versions(folder: Path) -> str:
    """The versions of the hub and of its proxy."""
    hub = subprocess.run(
        [folder / "python" / "bin" / "jupyterhub", "--version"],
        check=True,
        capture_output=True,
        text=True,
    )
    package = folder / "node_modules" / "configurable-http-proxy" / "package.json"
    proxy = json.loads(package.read_text(encoding="utf-8"))["version"]
    return f"JupyterHub {hub.stdout.strip()}, configurable-http-proxy {proxy}"


# -- the database --------------------------------------------------------------------------------


class Database:
    """A PostgreSQL with a database for the hub, whose user may make roles and is no superuser."""

    def __init__(self, server: Postgresql) -> None:
        """Make the user and the database, and ask everybody for a password from now on."""
        self._server = server
        password = secrets.token_urlsafe(12)
        server.run(f"CREATE ROLE hub LOGIN CREATEROLE PASSWORD '{password}'")
        server.run("CREATE DATABASE workbook OWNER hub")
        self.address = (
            f"postgresql+psycopg://hub:{password}@/workbook?host={server.folder}&port={server.port}"
        )
        rules = "local all postgres trust\nlocal all all scram-sha-256\n"
        (server.folder / "d" / "pg_hba.conf").write_text(rules, encoding="utf-8")
        server.run("SELECT pg_reload_conf()")

    def count_plans(self) -> dict[str, int]:
        """How many plans lie in each part of the database, by its name."""
        asked = "SELECT schemaname FROM pg_tables WHERE tablename = 'plans'"
        parts = [name for (name,) in self._server.run(asked, "workbook")]
        return {
            part: self._server.run(f"SELECT count(*) FROM {part}.plans", "workbook")[0][0]
            for part in parts
        }


@contextmanager
def use_database() -> Iterator[Database]:
    """A PostgreSQL that goes with the trial."""
    with run_postgresql() as server:
        yield Database(server)


# -- the hub -------------------------------------------------------------------------------------


class Hub:
    """A running hub: its address, what it may be asked, and the processes of people's servers."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, token: str) -> None:
        """Take over a process that is about to answer."""
        self.process = process
        self.address = f"http://127.0.0.1:{port}"
        self._token = token

    def ask(self, path: str, *, method: str = "GET", port: int = 0) -> tuple[int, bytes]:
        """What is answered; with a port, by a server itself and without any right."""
        where = f"http://127.0.0.1:{port}{path}" if port else f"{self.address}{path}"
        asked = urllib.request.Request(where, method=method)
        if not port:
            asked.add_header("Authorization", f"token {self._token}")
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()

    def is_ready(self) -> bool:
        """Whether it answers through its proxy."""
        if self.process.poll() is not None:
            raise SystemExit(f"The hub ended with {self.process.returncode}")
        with suppress(OSError):
            return self.ask("/hub/health")[0] == 200
        return False

    def stop_server(self, name: str) -> None:
        """Stop somebody's server, and wait until it is gone."""
        self.ask(f"/hub/api/users/{name}/server", method="DELETE")
        wait_until(lambda: not find_servers(name), 120)


def find_servers(name: str) -> list[psutil.Process]:
    """The processes that are somebody's server."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        with suppress(psutil.Error):
            is_server = any("jupyterhub-singleuser" in part for part in process.cmdline())
            if is_server and process.environ().get("JUPYTERHUB_USER") == name:
                found.append(process)
    return found


def count_kernels(server: psutil.Process) -> int:
    """How many pages a server keeps running."""
    count = 0
    for child in server.children(recursive=True):
        with suppress(psutil.Error):
            count += any("ipykernel" in part for part in child.cmdline())
    return count


def find_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def set_up(folder: Path, database: Database) -> dict[str, Any]:
    """What the hub and the recipe read from the environment."""
    for left in ("homes", "hub.sqlite", "cookie_secret"):
        path = folder / left
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    python = folder / "python" / "bin"
    node = folder / "node_modules" / ".bin"
    kept = {k: v for k, v in os.environ.items() if k in {"HOME", "LANG", "USER", "TMPDIR"}}
    return kept | {
        "PATH": os.pathsep.join([str(python), str(node), os.environ["PATH"]]),
        "HUB_DATABASE": database.address,
        "HUB_SECRET": secrets.token_hex(32),
        "WORKBOOK_OPERATOR": "Example Workshops",
        "TRIAL_FOLDER": str(folder),
        "TRIAL_ROOT": str(ROOT),
        "TRIAL_PORT": str(find_port()),
        "TRIAL_HUB_PORT": str(find_port()),
        "TRIAL_PROXY_PORT": str(find_port()),
        "TRIAL_PROXY": str(node / "configurable-http-proxy"),
        "TRIAL_PASSWORD": secrets.token_hex(16),
        "TRIAL_TOKEN": secrets.token_hex(32),
        "CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(32),
    }


@contextmanager
def run_hub(environment: dict[str, Any]) -> Iterator[Hub]:
    """The hub as the recipe sets it up; its servers and its proxy end with the block."""
    folder = Path(environment["TRIAL_FOLDER"])
    with (folder / "hub.log").open("ab") as log:
        process = subprocess.Popen(
            [folder / "python" / "bin" / "jupyterhub", "-f", CONFIG],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
        )
    hub = Hub(process, int(environment["TRIAL_PORT"]), environment["TRIAL_TOKEN"])
    try:
        wait_until(hub.is_ready, 240)
        yield hub
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
