"""Tries the recipes for proxies: ``python -m tests.proxies nginx caddy apache``.

Each program has to be installed (Debian: nginx-light, caddy, apache2). Nothing of the machine's own
settings is read or changed. The exit code is 0 when everything holds with each of them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.proxies.looking import Asker, look, write_slow_page
from tests.proxies.running import FILES, find_program, run_proxy
from tests.serving_fixtures import run_server


def try_proxy(kind: str, prefix: str) -> dict[str, object]:
    """What holds with a proxy, and a folder of its address under which the app is."""
    with tempfile.TemporaryDirectory(prefix="px", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        pages = write_slow_page(folder)
        settings = {"trust_proxy": "true", "opening_per_address": 2, "prefix": prefix}
        with (
            run_server(pages, folder / "served", fork="false", **settings) as served,
            run_proxy(kind, folder, served.port, prefix) as proxy,
        ):
            return look(Asker(proxy, prefix))


def main() -> int:
    """Try the proxies that are named; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.proxies", description=__doc__)
    parser.add_argument("kinds", nargs="+", choices=list(FILES))
    parser.add_argument("--prefix", default="/")
    arguments = parser.parse_args()
    failed = 0
    for kind in arguments.kinds:
        if find_program(kind) is None:
            sys.exit(f"{kind} is not installed")
        print(kind, flush=True)  # noqa: T201 - the report of this command
        for what, holds in try_proxy(kind, arguments.prefix).items():
            print(f"  {'ok' if holds else 'NO'}  {what}", flush=True)  # noqa: T201 - the same
            failed += not holds
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
