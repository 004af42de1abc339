"""Runs every group of tests, one after another, and says how long each took.

``python -m tests`` runs all of them, ``python -m tests quick browser`` those that are named, and
``python -m tests benchmarks`` prints what the benchmarks measure, which no other call does. A group
that fails does not keep the next one from running; the exit code is 1 when any failed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCHMARKS = ROOT / "tests" / "benchmarks"
_PYTEST = (sys.executable, "-m", "pytest")
# nbval takes two seconds to load, in every process, so pyproject.toml leaves it out for the others
_NOTEBOOKS = (*_PYTEST, "-n", "0", "-p", "nbval")
# browsers and servers share the machine with nobody
_ALONE = (*_PYTEST, "-n", "0")
_RUFF = (sys.executable, "-m", "ruff")

GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "lint": ((*_RUFF, "check", "."), (*_RUFF, "format", "--check", ".")),
    "types": ((sys.executable, "-m", "mypy"),),
    "quick": (_PYTEST,),
    "thorough": (
        (*_PYTEST, "-m", "thorough and not browser and not office and not server and not spark"),
    ),
    "notebooks": (
        (
            *(*_NOTEBOOKS, "--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout", "60"),
            *("--nbval-sanitize-with", "tests/notebooks/sanitize.cfg", "notebooks"),
        ),
    ),
    "office": ((*_ALONE, "-m", "office"),),
    "server": ((*_ALONE, "-m", "server and not browser"),),
    "browser": ((*_ALONE, "-m", "browser"),),
    "benchmarks": tuple(
        (sys.executable, "-m", f"tests.benchmarks.{name}")
        for name in (
            *sorted(path.stem for path in BENCHMARKS.glob("benchmark_*.py")),
            *sorted(path.parent.name for path in BENCHMARKS.glob("*/__main__.py")),
        )
    ),
}
ON_REQUEST = {"benchmarks"}
"""Groups that run when they are named, and only then."""


def main() -> int:
    """Run the groups that are asked for; gives the exit code."""
    wanted = _read_arguments()
    results = [(name, *_run_group(name)) for name in wanted]
    _say("\n== all groups")
    for name, code, seconds in results:
        _say(f"{name:<10} {'passed' if code == 0 else f'FAILED ({code})':<12} {seconds:7.1f} s")
    total = sum(seconds for _, _, seconds in results)
    failed = [name for name, code, _ in results if code]
    _say(f"{'together':<10} {'FAILED' if failed else 'passed':<12} {total:7.1f} s")
    return 1 if failed else 0


def _read_arguments() -> list[str]:
    parser = argparse.ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join(GROUPS))
    groups: list[str] = parser.parse_args().groups
    if unknown := [name for name in groups if name not in GROUPS]:
        parser.error(f"no group is called {unknown[0]}; there are {', '.join(GROUPS)}")
    return choose_groups(groups)


def choose_groups(named: list[str]) -> list[str]:
    """The groups that are named, or all that test something."""
    return named or [name for name in GROUPS if name not in ON_REQUEST]


def _run_group(name: str) -> tuple[int, float]:
    """The first exit code that is not 0, and the seconds the group took."""
    began, worst = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "WORKBOOK_PLAN": str(Path(folder) / "plan.json")}
        if name != "notebooks":
            environment.pop("WORKBOOK_PLAN")
        # what one group made of the tests' assertions, the next need not make again
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for command in GROUPS[name]:
            shown = ["python" if part == sys.executable else part for part in command]
            _say(f"\n== {name}: {' '.join(shown)}")
            code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
            worst = worst or code
    return worst, time.monotonic() - began


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the report of this command


if __name__ == "__main__":
    sys.exit(main())
