"""What a check on pages and profiles comes to, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbook.audit.inventory import Profile, Standing, list_profiles
from workbook.content import BASE_LANGUAGE, default_of, load_words
from workbook.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from workbook.audit.files import Unreadable
    from workbook.audit.pages import Page
    from workbook.plan import Plan

WORDS = "audit/words.toml"


class AuditCheck(Frozen):
    """The result of one check: passed, failed, or not to be seen from here (None)."""

    id: str
    title: str
    passed: bool | None
    why: str
    fix: str
    pages: tuple[str, ...] = ()
    """The pages or profiles that need the fix."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says of one page or profile, or of all together (``where`` is empty then).

    ``key`` names the words of the result below those of the check.
    """

    passed: bool | None
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    where: str = ""


def right(key: str, values: Mapping[str, object] | None = None, where: str = "") -> Verdict:
    """What is as it should be."""
    return Verdict(passed=True, key=key, values=values or {}, where=where)


def wrong(key: str, values: Mapping[str, object] | None = None, where: str = "") -> Verdict:
    """What is to be mended."""
    return Verdict(passed=False, key=key, values=values or {}, where=where)


def unseen(key: str, values: Mapping[str, object] | None = None, where: str = "") -> Verdict:
    """What cannot be seen from here, or does not apply."""
    return Verdict(passed=None, key=key, values=values or {}, where=where)


@dataclass(frozen=True)
class Look:
    """What the checks look at: pages, and the plan whose business they belong to."""

    plan: Plan
    pages: tuple[Page, ...]
    today: date
    language: str = BASE_LANGUAGE

    @property
    def words(self) -> Mapping[str, Any]:
        """The words of the checks."""
        return load_words(WORDS, self.language)

    @property
    def parts(self) -> Mapping[str, str]:
        """The words for what a page or a profile may lack."""
        found: Mapping[str, str] = self.words["parts"]
        return found

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """Every profile of the business."""
        return list_profiles(self.plan, self.language)

    @property
    def active(self) -> tuple[Profile, ...]:
        """The profiles that people should find."""
        return tuple(p for p in self.profiles if p.standing is Standing.ACTIVE)

    @property
    def is_idle(self) -> bool:
        """Whether the plan does without social media for now."""
        return self.plan.goals.decision == "not_now"

    def default(self, name: str) -> float:
        """A number of ours, or the business's own in its place, such as ``linking.pinned_days``."""
        return default_of(self.plan, name)

    def join(self, items: Iterable[str]) -> str:
        """Several things in one line, at most six of them by name."""
        named = list(dict.fromkeys(items))
        most = int(self.words["most_named"])
        if len(named) > most:
            left = str(self.words["more"]).format(count=len(named) - most)
            named = [*named[:most], left]
        return str(self.words["joined"]).join(named)

    def name_parts(self, names: Iterable[str]) -> str:
        """What is missing, in words."""
        return self.join(self.parts[name] for name in names)


def word_site(look: Look, name: str, verdicts: Sequence[Verdict]) -> AuditCheck:
    """A check on the website in words; where several pages differ, each is named."""
    shown = _choose(verdicts)
    lines = _name_pages(look, [(v.where, _say(look, name, v, "why")) for v in shown])
    fixes = dict.fromkeys(_say(look, name, v, "fix") for v in shown)
    return AuditCheck(
        id=name,
        title=look.words[name]["title"],
        passed=_sum_up(verdicts),
        why=" ".join(lines),
        fix=" ".join(fix for fix in fixes if fix),
        pages=tuple(dict.fromkeys(v.where for v in shown if v.where and not v.passed)),
        sources=tuple(look.words[name].get("sources", ())),
    )


def _name_pages(look: Look, said: Sequence[tuple[str, str]]) -> list[str]:
    """What is said, each once, behind the pages it is said of where that is not all of them."""
    together: dict[str, list[str]] = {}
    for where, text in said:
        together.setdefault(text, []).append(where)
    return [
        look.words["page_line"].format(page=look.join(pages), text=text)
        if all(pages) and len(set(pages)) < len(look.pages)
        else text
        for text, pages in together.items()
    ]


def word_profiles(look: Look, name: str, verdicts: Sequence[Verdict], silent: int) -> AuditCheck:
    """A check on profiles in words; ``silent`` are those of which the plan says nothing."""
    common = look.words["Q"]
    shown = _choose(verdicts)
    passed = _sum_up([*verdicts, *[unseen("")] * min(silent, 1)])
    lines = [common["line"].format(profile=v.where, text=_say(look, name, v, "why")) for v in shown]
    fixes = [
        common["line"].format(profile=v.where, text=fix)
        for v, fix in ((v, _say(look, name, v, "fix")) for v in shown)
        if fix
    ]
    if not verdicts:
        lines, fixes = [common["nothing"]], [common["nothing_fix"]]
    return AuditCheck(
        id=name,
        title=look.words[name]["title"],
        passed=passed,
        why=_end(lines),
        fix=_end(fixes) or (common["nothing_fix"] if passed is None else ""),
        pages=tuple(v.where for v in shown if v.passed is False),
        sources=tuple(look.words[name].get("sources", ())),
    )


def _end(lines: Sequence[str]) -> str:
    """Lines as sentences."""
    return " ".join(line if line.endswith((".", "?")) else f"{line}." for line in lines)


def _choose(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """What matters most: what failed; else what cannot be seen; else all."""
    for wanted in (False, None):
        found = [v for v in verdicts if v.passed is wanted]
        if found:
            return found
    return list(verdicts)


def _sum_up(verdicts: Sequence[Verdict]) -> bool | None:
    results = [v.passed for v in verdicts]
    if False in results:
        return False
    return None if None in results or not results else True


def _say(look: Look, name: str, verdict: Verdict, part: str) -> str:
    return str(look.words[name][verdict.key][part]).format(**verdict.values)


def word_unreadable(page: Unreadable, language: str = BASE_LANGUAGE) -> tuple[str, str]:
    """Why a page cannot be looked at, and what to do."""
    words = load_words(WORDS, language)["unreadable"][page.id]
    name = page.name or load_words(WORDS, language)["unnamed_page"]
    return words["what"].format(name=name, **page.values), words["next"]
