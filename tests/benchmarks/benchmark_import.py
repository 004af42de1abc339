"""How long ``import workbook`` and the first steps on the command line take.

Run as ``python -m tests.benchmarks.benchmark_import [ROUNDS]``. It prints the median of so many
starts of Python in milliseconds, and how much each is above a start that does nothing.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_NEW = "import sys; sys.argv = ['workbook', 'new', '--demo', {path!r}]; import workbook.__main__"
_CHECK = "import sys; sys.argv = ['workbook', 'check', {path!r}]; import workbook.__main__"
STARTS = {
    "python -c pass": "pass",
    "import workbook": "import workbook",
    "import workbook; workbook.Plan": "import workbook; workbook.Plan",
    "workbook --help": "import sys; sys.argv = ['workbook', '-h']; import workbook.__main__",
    "workbook check (the example)": _CHECK,
}


def measure(code: str) -> float:
    """Milliseconds that a fresh Python takes for some code."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    return 1000 * (time.perf_counter() - began)


def main() -> None:
    """Measure in turns, so that a busy moment meets all alike, and print a table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "plan.json")
        measure(_NEW.format(path=path))
        times: dict[str, list[float]] = {name: [] for name in STARTS}
        for _ in range(rounds):
            for name, code in STARTS.items():
                times[name].append(measure(code.format(path=path)))
    nothing = statistics.median(times["python -c pass"])
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:<32} {median:7.0f} ms  {median - nothing:+7.0f} ms")  # noqa: T201 - the result


if __name__ == "__main__":
    main()
