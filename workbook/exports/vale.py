"""The rules of a voice as a style for Vale, so that a team can run them in its own editor.

The keys of each rule are those that Vale documents for its extension points: existence,
substitution, occurrence and metric (https://vale.sh/docs/styles).
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from workbook.content import BASE_LANGUAGE, load_words
from workbook.tone.rules import Limit, Rule, Rules, rules_of
from workbook.tone.vocabulary import Entry, load_vocabulary
from workbook.tone.wording import load_tone_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook.plan import Plan

STYLE = "OurVoice"
MEDIA_TYPE = "application/zip"
SUFFIX = ".zip"
NOT_IN_VALE = (Rule.YOU_WE,)
"""Rules that Vale has no way to count."""
_DAY = (1980, 1, 1, 0, 0, 0)
_FLESCH = "206.835 - (1.015 * (words / sentences)) - (84.6 * (syllables / words))"
_SPECIAL = re.compile(r"[\\^$.|?*+()\[\]{}]")
_EMOJI = "[\U0001f300-\U0001faff\u2600-\u27bf]"
_INI = (
    f"StylesPath = styles\nMinAlertLevel = suggestion\n\n[*.{{md,txt}}]\nBasedOnStyles = {STYLE}\n"
)

Definition = dict[str, Any]


def write_vale(plan: Plan, *, language: str = BASE_LANGUAGE) -> bytes:
    """The rules of a plan as a zipped Vale style, the same bytes for the same plan.

    It holds ``.vale.ini``, one YAML file for each rule in ``styles/OurVoice``, and a note on how
    to use them. Nothing in it is about any draft.
    """
    rules = rules_of(plan)
    files = {".vale.ini": _INI, "README.txt": _write_readme(plan, rules, language)}
    for name, definition in define_rules(rules, language).items():
        files[f"styles/{STYLE}/{name}.yml"] = _write_yaml(definition)
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, text in files.items():
            entry = ZipInfo(name, date_time=_DAY)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return target.getvalue()


def define_rules(rules: Rules, language: str = BASE_LANGUAGE) -> dict[str, Definition]:
    """The definition of each rule by the name of its file."""
    messages = load_words("exports/vale.toml", language)["messages"]
    found = [*_define_lists(rules, messages), *_define_signs(rules, messages)]
    found += _define_counts(rules, messages)
    return {name: definition for name, definition in found if definition}


def _write_yaml(definition: Definition) -> str:
    """A definition as YAML in which every text is quoted, so that no word becomes anything else."""
    import yaml  # noqa: PLC0415 - loaded when a style is written

    class Quoting(yaml.SafeDumper):  # type: ignore[misc] # yaml has no types
        """Puts every text in quotation marks."""

    def quote(dumper: Quoting, text: str) -> Any:  # noqa: ANN401 - yaml's node
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')

    Quoting.add_representer(str, quote)
    text: str = yaml.dump(
        definition, Dumper=Quoting, sort_keys=False, allow_unicode=True, width=float("inf")
    )
    return text


def _write_readme(plan: Plan, rules: Rules, language: str) -> str:
    words = load_words("exports/vale.toml", language)["readme"]
    titles = load_tone_words(language)["rules"]
    left = [rule for rule in NOT_IN_VALE if rule in rules.limits]
    left += [] if rules.is_playful or rules.english is False else [Rule.HUMOUR]
    items = [words["item"].format(title=titles[rule.value]["title"]) for rule in left]
    business = " ".join((plan.start.name or str(load_words(_SHARED, language)["unnamed"])).split())
    text: str = words["text"].format(business=business, style=STYLE, left="\n".join(items))
    return text.lstrip()


_SHARED = "exports/documents/words.toml"


# -- lists of words ----------------------------------------------------------------------------


def _define_lists(
    rules: Rules, messages: Mapping[str, str]
) -> Iterator[tuple[str, Definition | None]]:
    by_kind: dict[str, list[Entry]] = {}
    for entry in rules.entries:
        by_kind.setdefault("subjects" if "topic-" in entry.kind else entry.kind, []).append(entry)
    hype = by_kind.get("hype", [])
    yield "Hype", _list("error", messages["hype"], (e for e in hype if not e.better))
    yield "Swaps", _swap("warning", messages["swaps"], {e.text: e.better for e in hype if e.better})
    yield "Signs", _list("error", messages["signs"], hype, signs=True)
    promises = by_kind.get("promises", [])
    yield "Promises", _list("warning", messages["promises"], promises)
    yield (
        "PromiseSigns",
        _list("warning", messages["promise_signs"], promises, signs=True),
    )
    if rules.is_playful:
        subjects = by_kind.get("subjects", [])
        yield "Subjects", _list("error", messages["subjects"], subjects)
    if rules.is_casual is not None:
        odd = "formal" if rules.is_casual else "casual"
        yield odd.capitalize(), _list("warning", messages[odd], by_kind.get(odd, ()))
    if rules.is_casual and rules.english is not False:
        yield "ShortForms", _swap("suggestion", messages["short_forms"], load_vocabulary().pairs)


def _list(
    level: str, message: str, entries: Iterable[Entry], *, signs: bool = False
) -> Definition | None:
    """A rule that looks for words between word boundaries, or for signs anywhere."""
    wanted = [e.text for e in entries if bool(e.parts) is not signs and not (signs and e.better)]
    if not wanted:
        return None
    return {
        "extends": "existence",
        "message": message,
        "level": level,
        "ignorecase": True,
        **({"nonword": True} if signs else {}),
        "tokens": list(dict.fromkeys(make_pattern(text) for text in wanted)),
    }


def _swap(level: str, message: str, pairs: Mapping[str, str]) -> Definition | None:
    if not pairs:
        return None
    return {
        "extends": "substitution",
        "message": message,
        "level": level,
        "ignorecase": True,
        "swap": {make_pattern(observed): better for observed, better in pairs.items()},
    }


def make_pattern(text: str) -> str:
    """A word as a pattern that finds just it; hyphens, spaces and apostrophes of any kind."""
    pattern = _SPECIAL.sub(r"\\\g<0>", text)
    pattern = re.sub(r"(?<=\w)[ \u2010\u2011-]+(?=\w)", "[ \u2010\u2011-]", pattern)
    return re.sub(r"['\u2019]", "['\u2019]", pattern)


# -- signs and counts --------------------------------------------------------------------------


def _define_signs(
    rules: Rules, messages: Mapping[str, str]
) -> Iterator[tuple[str, Definition | None]]:
    limits = rules.limits
    if Rule.EXCLAMATIONS in limits:
        sign = {"nonword": True, "tokens": ["!"]}
        yield "Exclamations", _existence("suggestion", messages["exclamations"]) | sign
    if limits[Rule.CAPITALS].value < 1:
        known = [make_pattern(word) for word in sorted(rules.capitals)]
        shouted = {"tokens": [r"\p{Lu}{2,}"], "exceptions": known}
        yield "Capitals", _existence("warning", messages["capitals"]) | shouted
    tags = {"nonword": True, "tokens": [r"#[a-z]{12,}\b", r"#[A-Z]{12,}\b"]}
    yield "HashtagCase", _existence("suggestion", messages["hashtag_case"]) | tags
    for name, rule, token in (
        ("Hashtags", Rule.HASHTAGS, r"#\w+"),
        ("Emoji", Rule.EMOJI, _EMOJI),
    ):
        yield name, _occurrence(messages[rule.value], limits[rule], token, "raw")


def _existence(level: str, message: str) -> Definition:
    return {"extends": "existence", "message": message, "level": level}


def _occurrence(message: str, limit: Limit, token: str, scope: str) -> Definition:
    most = int(limit.value)
    return {
        "extends": "occurrence",
        "message": message.format(most=most),
        "level": "warning",
        "scope": scope,
        "max": most,
        "token": token,
    }


def _define_counts(
    rules: Rules, messages: Mapping[str, str]
) -> Iterator[tuple[str, Definition | None]]:
    longest, mean = rules.limits[Rule.LONGEST_SENTENCE], rules.limits[Rule.MEAN_SENTENCE]
    message = messages[Rule.LONGEST_SENTENCE.value]
    yield "LongestSentence", _occurrence(message, longest, r"\S+", "sentence")
    text = messages[Rule.MEAN_SENTENCE.value].format(most=f"{mean.value:g}")
    yield "MeanSentence", _metric(text, "words / sentences", f"> {float(mean.value)}")
    if rules.english is not False:
        least = rules.limits[Rule.READING_EASE].value
        text = messages[Rule.READING_EASE.value].format(
            least=f"{least:g}", words=f"{rules.pooled_words:g}"
        )
        yield "ReadingEase", _metric(text, _FLESCH, f"< {float(least)}")


def _metric(message: str, formula: str, condition: str) -> Definition:
    return {
        "extends": "metric",
        "message": message,
        "level": "suggestion",
        "formula": formula,
        "condition": condition,
    }
