"""Of whom a figure on daily use is, and where it does not go with the figure beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE
from workbook.fit.phrases import load_fit_words, write_places

if TYPE_CHECKING:
    from workbook.evidence.profiles import Reach
    from workbook.evidence.shares import Share


def name_daily(daily: Share, language: str = BASE_LANGUAGE) -> str:
    """Whom a figure on daily use is about; empty where that is the very group asked for."""
    groups = load_fit_words(language)["daily"]["groups"]
    return str(groups[daily.group]) if daily.group else ""


def write_daily(told: str, daily: Share, language: str = BASE_LANGUAGE) -> str:
    """A figure on daily use, as it was written, with whom it is about."""
    whom = name_daily(daily, language)
    text = str(load_fit_words(language)["daily"]["of"])
    return text.format(share=told, whom=whom) if whom else told


def explain_daily(reach: Reach, language: str = BASE_LANGUAGE) -> list[str]:
    """What to know about the figures on daily use: how sure, and why one is above ever use."""
    words = load_fit_words(language)["daily"]
    both = [(share, share.daily) for share in reach.shares.values() if share.daily]
    told = [str(words["borrowed"])] if any(not daily.asked for _, daily in both) else []
    above = [share.platform for share, daily in both if daily.percent > share.percent]
    if above:
        names = {name_daily(d, language) for s, d in both if s.platform in above}
        whom = " ".join(sorted(names)) or str(words["group"])
        told.append(str(words["above"]).format(places=write_places(above, language), whom=whom))
    return told
