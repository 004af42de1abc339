"""Posts that were labelled by hand: those the rules were made with, and those they never saw."""

from __future__ import annotations

import tomllib
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples" / "mix"
HELD_OUT = "holdout.toml"


def read_labelled(held_out):
    """Trade, label and text of each post; the ones held out, or those for tuning."""
    for path in sorted(SAMPLES.glob("*.toml")):
        if (path.name == HELD_OUT) is held_out:
            trades = tomllib.loads(path.read_text(encoding="utf-8"))
            for trade, kinds in trades.items():
                for kind, texts in kinds.items():
                    for text in texts:
                        yield trade, kind, text
