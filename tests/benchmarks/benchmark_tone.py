"""How long the tone checker takes for a megabyte of drafts.

Run as ``python -m tests.benchmarks.benchmark_tone [KILOBYTES]``. It prints, for ordinary drafts
and for what somebody may paste by mistake or malice, the milliseconds of one check and how many
times that is of merely splitting the same text into words.
"""

from __future__ import annotations

import random
import sys
import time

from workbook.imports.posts import split_posts
from workbook.plan import Plan
from workbook.tone import check_drafts, rules_of

VOICE = {
    "language": "english",
    "casual": 80,
    "funny": 60,
    "enthusiastic": 10,
    "avoided": "tap\nC++",
}
OVER_AND_OVER = {
    "one giant word": "a",
    "no sentence end": "word ",
    "dots": ".",
    "exclamation marks": "a! ",
    "pictures": "😂",
    "hashtags": "#a ",
    "marks on one letter": "\u0301\u0327",
    "right to left": "مرحبا بكم في متجرنا. ",
    "apostrophes": "a'",
}


def make_drafts(size: int) -> str:
    """Drafts of about so many characters, of words that hardly repeat, the same each time."""
    chance = random.Random(1)
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    weights = range(len(letters), 0, -1)
    pool = ["the", "you", "we", "a", "to", "and", "of", "is", "your", "in"]
    pool += [
        "".join(chance.choices(letters, weights, k=chance.randint(3, 10))) for _ in range(20_000)
    ]
    parts, length = [], 0
    while length < size:
        words = [pool[int(chance.random() ** 3 * len(pool))] for _ in range(chance.randint(4, 22))]
        parts.append(" ".join(words).capitalize() + chance.choice([". ", ". ", "! ", "?\n\n"]))
        length += len(parts[-1])
    return "".join(parts)


def measure(text: str) -> tuple[float, float]:
    """Milliseconds of one check, and of splitting the text into words."""
    rules = rules_of(Plan.model_validate({"voice": VOICE}))
    began = time.perf_counter()
    check_drafts(split_posts(text), rules)
    checked = time.perf_counter()
    [word.lower() for word in text.split()]
    return 1000 * (checked - began), 1000 * (time.perf_counter() - checked)


def main() -> None:
    """Measure each text once, after a first round that loads what is needed."""
    size = 1000 * (int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    measure(make_drafts(2000))
    texts = {"drafts": make_drafts(size)}
    texts |= {name: part * (size // len(part)) for name, part in OVER_AND_OVER.items()}
    print(f"{'text':<24}{'ms':>8}{'times of splitting':>22}")  # noqa: T201 - its output
    for name, text in texts.items():
        check, split = measure(text)
        print(f"{name:<24}{check:>8.0f}{check / max(split, 0.01):>22.0f}")  # noqa: T201 - same


if __name__ == "__main__":
    main()
