"""Runs nginx, Caddy and Apache from the recipes, with ports and a certificate of a test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.serving_fixtures import ROOT, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

RECIPES = ROOT / "workbook" / "documentation" / "recipes"
FILES = {"nginx": "nginx.conf", "caddy": "Caddyfile", "apache": "apache.conf"}
_PROGRAMS = {"nginx": "nginx", "caddy": "caddy", "apache": "apache2"}
_MODULES = ("mpm_event", "authz_core", "ssl", "headers", "proxy", "proxy_http", "socache_shmcb")
"""What Debian has switched on by itself, and what the recipe says to switch on."""


def find_program(kind: str) -> str | None:
    """Where the program of a proxy is; None where it is not installed."""
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    return shutil.which(_PROGRAMS[kind], path=places)


def find_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def find_own_address() -> str:
    """An address of this machine that is not only its own; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.connect(("192.0.2.1", 9))  # nobody has it (RFC 5737)
        return str(asked.getsockname()[0])


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, with its key."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *files], check=True, capture_output=True)
    return certificate, key


class Proxy:
    """A proxy that runs: where it listens, and for plain requests too where it does."""

    def __init__(self, kind: str, folder: Path, app_port: int, location: str) -> None:
        """Fill the recipe in; it does not run yet."""
        self.kind, self.folder = kind, folder
        self.port, self.plain_port = find_port(), find_port()
        self._certificate, self._key = make_certificate(folder)
        text = (RECIPES / FILES[kind]).read_text(encoding="utf-8")
        known = "/etc/letsencrypt/live/workbook.example.com"
        for old, new in (
            (f"{known}/fullchain.pem", str(self._certificate)),
            (f"{known}/privkey.pem", str(self._key)),
            ("127.0.0.1:8866", f"127.0.0.1:{app_port}"),
            ("location / {", f"location {location} {{"),
            ("listen 443 ", f"listen {self.port} "),
            ("listen 80;", f"listen {self.plain_port};"),
            ("*:443", f"*:{self.port}"),
            ("\nworkbook.example.com {", f"\nhttps://localhost:{self.port} {{{self._add_tls()}"),
            ("workbook.example.com", "localhost"),
        ):
            text = text.replace(old, new)
        self._recipe = text

    @property
    def address(self) -> str:
        """Where it is asked, without a slash at the end."""
        return f"https://localhost:{self.port}"

    def command(self) -> list[str]:
        """What starts it, over a file of settings that holds the recipe."""
        program = find_program(self.kind)
        assert program is not None, f"{self.kind} is not installed"
        settings = self.folder / "settings"
        write = {"nginx": self._wrap_nginx, "caddy": self._wrap_caddy, "apache": self._wrap_apache}
        settings.write_text(write[self.kind](program), encoding="utf-8")
        if self.kind == "nginx":
            return [program, "-p", str(self.folder), "-c", str(settings)]
        if self.kind == "caddy":
            return [program, "run", "--adapter", "caddyfile", "--config", str(settings)]
        return [program, "-D", "FOREGROUND", "-f", str(settings)]

    def _add_tls(self) -> str:
        return f"\n\ttls {self._certificate} {self._key}"

    def _wrap_nginx(self, _: str) -> str:
        places = "".join(
            f"{name}_temp_path {self.folder}/{name};\n"
            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        head = f"daemon off;\npid {self.folder}/pid;\nerror_log {self.folder}/log;\n"
        return f"{head}events {{}}\nhttp {{\naccess_log off;\n{places}{self._recipe}\n}}\n"

    def _wrap_caddy(self, _: str) -> str:
        return f"{{\n\tadmin off\n\tauto_https disable_redirects\n}}\n{self._recipe}"

    def _wrap_apache(self, program: str) -> str:
        modules = Path(program).resolve().parents[1] / "lib" / "apache2" / "modules"
        loaded = "".join(f"LoadModule {m}_module {modules}/mod_{m}.so\n" for m in _MODULES)
        user = "User www-data\nGroup www-data\n" if os.getuid() == 0 else ""
        own = f"ServerRoot {self.folder}\nPidFile {self.folder}/pid\nErrorLog {self.folder}/log\n"
        return f"{loaded}{own}{user}Listen {self.port}\nServerName localhost\n{self._recipe}"


@contextmanager
def run_proxy(kind: str, folder: Path, app_port: int, location: str = "/") -> Iterator[Proxy]:
    """A proxy in front of an app, set up by its recipe; ended with the block."""
    proxy = Proxy(kind, folder, app_port, location)
    with (folder / "output").open("wb") as output:
        environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        process = subprocess.Popen(
            proxy.command(), stdout=output, stderr=output, env=environment, cwd=folder
        )

    def listens() -> bool:
        assert process.poll() is None, (folder / "output").read_text(encoding="utf-8")
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", proxy.port)) == 0

    try:
        wait_until(listens, 20)
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=20)
