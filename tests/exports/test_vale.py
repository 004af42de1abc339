"""The rules of voice as a style for Vale: its documented keys, and safe with any word."""

from __future__ import annotations

import configparser
import io
import re
import zipfile

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.exports.vale import STYLE, make_pattern, write_vale
from workbook.plan import Plan
from workbook.tone.vocabulary import read_lines

KEYS = {
    "existence": {"tokens": list, "ignorecase": bool, "nonword": bool, "exceptions": list},
    "substitution": {"swap": dict, "ignorecase": bool},
    "occurrence": {"token": str, "max": int},
    "metric": {"formula": str, "condition": str},
}
"""What Vale documents for each extension point, with its kind (https://vale.sh/docs/styles)."""
COMMON = {"extends", "message", "level", "scope"}
NEEDED = {"existence": {"tokens"}, "substitution": {"swap"}, "occurrence": {"token", "max"},
          "metric": {"formula", "condition"}}  # fmt: skip
LEVELS = {"suggestion", "warning", "error"}
SCOPES = {"raw", "sentence"}
VARIABLES = {"words", "sentences", "syllables"}
HOSTILE = [
    "yes", "no", "y", "on", "null", "~", "1e3", "0x1F", "2027-01-01", "12:30", "=", "<<", "- a",
    "#spring", "@acme", "a: b", "'single'", '"double"', "`back`", "%s", "%TAG", "!tag", "&a", "*a",
    "{a}", "[a]", "a|b", "(?i)x", "(", "\\", "\\d+", ".*", "C++", "$", "^", "a\u2028b", "é", "😀",
    "שלום", "\ufeffbom", "---", "...", "? x", "tab\tx",
]  # fmt: skip


def _plan(**voice):
    return Plan.model_validate({"start": {"name": "Example: #Café"}, "voice": voice})


def _read(plan):
    archive = zipfile.ZipFile(io.BytesIO(write_vale(plan)))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def _rules(plan):
    """The rules of a plan by the name of their file, as Vale would read them."""
    files = _read(plan)
    return {
        name.removeprefix(f"styles/{STYLE}/").removesuffix(".yml"): yaml.safe_load(text)
        for name, text in files.items()
        if name.endswith(".yml")
    }


VOICES = {
    "nothing said": {},
    "casual, calm, funny": {"casual": 80, "enthusiastic": 10, "funny": 70},
    "formal, keen": {"casual": 10, "enthusiastic": 90},
    "another language": {"casual": 80, "language": "other", "avoided": "Lösung"},
}


@pytest.mark.parametrize("name", VOICES)
def test_rules_have_the_keys_that_vale_documents(name):
    """Each is of a known kind, with all it needs and nothing that Vale does not know."""
    rules = _rules(_plan(**VOICES[name]))
    assert len(rules) >= 6
    for file, rule in rules.items():
        kind = rule["extends"]
        assert set(rule) - COMMON <= set(KEYS[kind]), file
        assert NEEDED[kind] <= set(rule), file
        assert all(isinstance(rule[key], KEYS[kind][key]) for key in set(rule) - COMMON), file
        assert rule["level"] in LEVELS
        assert rule.get("scope", "raw") in SCOPES
        slots = rule["message"].count("%")
        assert slots == rule["message"].count("%s") <= (2 if kind == "substitution" else 1)


@pytest.mark.parametrize("name", VOICES)
def test_patterns_compile_and_formulas_name_what_there_is(name):
    """Every token is a pattern, every formula uses Vale's own variables, each limit is a number."""
    for rule in _rules(_plan(**VOICES[name])).values():
        patterns = [*rule.get("tokens", ()), *rule.get("swap", ()), *rule.get("exceptions", ())]
        for pattern in [*patterns, *([rule["token"]] if "token" in rule else [])]:
            assert re.compile(pattern.replace(r"\p{Lu}", "[A-Z]"))
        if "formula" in rule:
            assert set(re.findall(r"[a-z]+", rule["formula"])) <= VARIABLES
            assert re.fullmatch(r"[<>] \d+\.\d+", rule["condition"])


def test_the_voice_decides_which_rules_there_are():
    """A calm voice gets one on exclamation marks, another language none on English words."""
    assert "Exclamations" in _rules(_plan(enthusiastic=10))
    assert "Exclamations" not in _rules(_plan(enthusiastic=90))
    assert {"Formal", "ShortForms", "Subjects"} <= set(_rules(_plan(casual=80, funny=70)))
    assert "Casual" in _rules(_plan(casual=10))
    other = _rules(_plan(language="other", casual=80, funny=70, avoided="Lösung"))
    assert other["Hype"]["tokens"] == ["Lösung"]
    assert not {"ReadingEase", "Promises", "Formal", "ShortForms", "Subjects"} & set(other)


def test_limits_are_those_of_the_plan():
    """The business's own number stands in the rule and in its message."""
    plan = _plan().model_copy(update={"own_defaults": {"voice.hashtags": 7.0}})
    rule = _rules(plan)["Hashtags"]
    assert rule["max"] == 7
    assert "7" in rule["message"]
    assert len(re.findall(rule["token"], "#a #b and # c")) == 2


def test_the_configuration_leads_to_the_style():
    """Vale finds the rules where ``.vale.ini`` says, and a note says how to begin."""
    files = _read(_plan())
    settings_ = configparser.ConfigParser()
    settings_.read_string("[top]\n" + files[".vale.ini"])
    assert f"{settings_['top']['StylesPath']}/{STYLE}/Hype.yml" in files
    assert settings_["*.{md,txt}"]["BasedOnStyles"] == STYLE
    assert "Example: #Café" in files["README.txt"]
    assert "How often" in files["README.txt"]
    assert "{" not in files["README.txt"]


@pytest.mark.thorough
@pytest.mark.parametrize("word", HOSTILE)
def test_any_word_stays_the_word_it_is(word):
    """What YAML or a pattern would read otherwise is found as it stands, and nothing else is."""
    rules = _rules(_plan(avoided=f"{word}\nplain", casual=80))
    words = [*rules["Hype"]["tokens"], *rules.get("Signs", {}).get("tokens", ())]
    swaps = rules["Swaps"]["swap"]
    assert "plain" in words
    assert all(isinstance(text, str) for text in [*words, *swaps, *swaps.values()])
    (kept,) = read_lines(word) or ("",)
    if kept and not kept.startswith("="):
        own = kept.partition("=")[0].strip()
        assert any(re.fullmatch(pattern, own) for pattern in words), words


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_a_pattern_finds_its_word_and_no_other(word):
    """Nothing in a word acts as a pattern."""
    assert re.fullmatch(make_pattern(word), word)
    assert not re.fullmatch(make_pattern(word), word + "x")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_list_makes_a_style_that_can_be_read(lines):
    """YAML reads back every file, whatever was typed."""
    plan = Plan.model_validate(
        {"voice": {"avoided": "\n".join(lines), "capitals": "\n".join(lines)}}
    )
    for rule in _rules(plan).values():
        assert rule["extends"] in KEYS


def test_a_swap_offers_the_better_word():
    """“premises = shop” becomes a substitution."""
    rules = _rules(_plan(avoided="premises = shop\ncutting edge = new"))
    assert rules["Swaps"]["swap"]["premises"] == "shop"
    pattern = next(p for p in rules["Swaps"]["swap"] if p.startswith("cutting"))
    assert re.fullmatch(pattern, "cutting-edge")


def test_the_same_plan_gives_the_same_bytes():
    """Two downloads do not differ."""
    plan = _plan(casual=80, avoided="a\nb")
    assert write_vale(plan) == write_vale(plan)
