"""Figures of the running app, for Prometheus: counts and times, never who or what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 20)
"""Upper bounds of the classes in which the times of pages are counted."""
_WAITS: Final = (5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600)
"""The same for those who waited for a place."""


class Metrics:
    """What is counted while the app runs; kept in memory and begun anew with each start."""

    def __init__(self, *, count_open: Callable[[], int], places: int) -> None:
        """Begin at nothing, with a way to count the open pages and the number of places."""
        self._registry = registry = CollectorRegistry()
        ProcessCollector(namespace="workbook", registry=registry)
        pages = Gauge("workbook_pages_open", "Pages open or being opened", registry=registry)
        pages.set_function(count_open)
        Gauge("workbook_places", "Pages that may be open at once", registry=registry).set(places)
        self._refused = Counter(
            "workbook_pages_refused", "Pages not opened, by reason", ["reason"], registry=registry
        )
        self._ended = Counter(
            "workbook_pages_ended", "Pages ended, by reason", ["reason"], registry=registry
        )
        self._failed = Counter(
            "workbook_pages_failed", "Pages whose kernel did not start", registry=registry
        )
        self._printed = Histogram(
            "workbook_page_seconds",
            "From the request of a page until the server has sent all of it",
            buckets=_SECONDS,
            registry=registry,
        )
        self._turns = Counter(
            "workbook_turns",
            "Turns in the line that ended, by outcome",
            ["outcome"],
            registry=registry,
        )
        self._waited = Histogram(
            "workbook_waiting_seconds",
            "From the first request until a place was there, of those who waited",
            buckets=_WAITS,
            registry=registry,
        )
        self._daily = Counter(
            "workbook_daily_failures", "What is done each day and failed", registry=registry
        )

    def watch_line(self, count_waiting: Callable[[], int]) -> None:
        """Show how many wait for a place."""
        waiting = Gauge("workbook_waiting", "Visitors who wait", registry=self._registry)
        waiting.set_function(count_waiting)

    def count_turn(self, outcome: str) -> None:
        """A turn in the line ended: “taken”, “left”, or “refused” where too many waited."""
        self._turns.labels(outcome).inc()

    def note_waited(self, seconds: float) -> None:
        """Somebody who waited came in."""
        self._waited.observe(seconds)

    def count_refused(self, reason: str) -> None:
        """A page was not opened: “full”, “stopping”, “prefetch” or “reader”."""
        self._refused.labels(reason).inc()

    def count_ended(self, reason: str) -> None:
        """A page's kernel ended: “left”, “unreached”, “dropped”, “idle”, “died”, “stopped”."""
        self._ended.labels(reason).inc()

    def count_failed(self) -> None:
        """A page's kernel did not start."""
        self._failed.inc()

    def note_printed(self, seconds: float) -> None:
        """A page was sent, all of it."""
        self._printed.observe(seconds)

    def count_daily_failure(self) -> None:
        """Something that is done each day did not work."""
        self._daily.inc()

    def write(self) -> bytes:
        """The figures in the text format of Prometheus."""
        return bytes(generate_latest(self._registry))
