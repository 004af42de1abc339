"""Tables of events as analytics tools keep them, brought into the canonical event.

The funnel runs where the business's events are already: Umami's own table in PostgreSQL or
ClickHouse, Google's export in BigQuery, or a file of either in the embedded engine. Written as
Ibis expressions, so that the same one is compiled for each.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from workbook.measurement.funnel import count_funnel, read_rows
from workbook.measurement.sources import load_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

    from workbook.measurement.events import EventCounts
    from workbook.measurement.targets import Targets

UMAMI: Final = "umami_website_event"
GA4: Final = "ga4_bigquery_events"
UMAMI_COLUMNS: Final = (
    "session_id", "visit_id", "created_at", "url_path", "utm_source", "utm_medium", "utm_campaign",
    "referrer_domain", "fbclid", "ttclid", "li_fat_id", "twclid", "event_type", "event_name",
    "hostname",
)  # fmt: skip
"""What is read of the table of Umami; nothing else leaves it."""
GA4_COLUMNS: Final = (
    "event_date", "event_timestamp", "event_name", "event_params", "user_pseudo_id",
    "collected_traffic_source", "session_traffic_source_last_click",
)  # fmt: skip
"""What is read of the export of Google; the last two are missing in older ones."""
_VIEW, _EVENT = 1, 2
_FIRST_YEAR, _LAST_YEAR = 2005, 2040
_DAY: Final = 86_400
_MICRO: Final = 1_000_000


# -- parts ---------------------------------------------------------------------------------------


def _text(column: ir.Value) -> ir.Value:
    """A text in small letters; empty for nothing, and for what Google writes for nothing."""
    import ibis  # noqa: PLC0415 - heavy, and only for files and databases of visits

    plain = column.cast("string").lower().strip().fill_null("")
    nothing = ["(direct)", "(none)", "(not set)", "(not provided)", "<other>", "(data deleted)"]
    return _choose(ibis.or_(*(plain == word for word in nothing)), "", plain)


def _choose(condition: ir.Value, yes: object, no: object) -> ir.Value:
    import ibis  # noqa: PLC0415 - heavy, and only for files and databases of visits

    return ibis.ifelse(condition, yes, no)


def _literal(value: str) -> ir.Value:
    import ibis  # noqa: PLC0415 - heavy, and only for files and databases of visits

    return ibis.literal(value)


def _page(address: ir.Value) -> ir.Value:
    """The path of an address or path, as ``clean_path`` makes it but not decoded.

    What follows the path, and its closing slash, are looked for in the address itself, and the
    rest comes in one chain: what stands in several branches is worked out once for each.
    """
    import ibis  # noqa: PLC0415 - loaded by the caller

    bare = ibis.cases(
        (address.contains("?") | address.contains("#"), address.re_replace(r"/*[?#].*$", "")),
        (address.endswith("//"), address.re_replace(r"/+$", "")),
        (address.endswith("/"), address.substr(0, address.length() - 1)),
        else_=address,
    )
    path = bare.re_replace(r"^(?:[A-Za-z][A-Za-z0-9+.-]*://[^/]*)?/*", "")
    return _literal("/") + path.lower()


def _host(address: ir.Value) -> ir.Value:
    host = address.lower().re_replace(r"^[a-z][a-z0-9+.-]*://", "")
    return host.re_replace(r"[/?#:].*$", "").fill_null("")


def number_local_day(moment: ir.Value, zone: str | None) -> ir.Value:
    """Days since 1970 on the clock of a zone, from seconds since 1970; UTC without a zone."""
    shift = moment * 0 if zone is None else _shift(moment, zone)
    return (moment + shift) // _DAY


def _shift(moment: ir.Value, zone: str) -> ir.Value:
    """Seconds that a zone's clock is ahead: no engine names zones in the way of another."""
    import ibis  # noqa: PLC0415 - loaded by the caller

    *changes, (ahead, _) = _changes(zone)
    later = ibis.literal(ahead, "int64")
    branches = [(moment < until, ibis.literal(ahead, "int64")) for ahead, until in changes]
    return ibis.cases(*branches, else_=later) if branches else later


def _changes(zone: str) -> list[tuple[int, int]]:
    """How far ahead a zone's clock is, and until which second; the last for good."""
    day = timedelta(days=1)
    at, end = datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(_LAST_YEAR, 1, 1, tzinfo=UTC)
    found: list[tuple[int, int]] = []
    while at < end:
        if _ahead(at, zone) != _ahead(at + day, zone):
            found.append((_ahead(at, zone), _find_change(at, zone)))
        at += day
    return [*found, (_ahead(end, zone), 0)]


def _ahead(at: datetime, zone: str) -> int:
    ahead = at.astimezone(ZoneInfo(zone)).utcoffset()
    return round(ahead.total_seconds()) if ahead else 0


def _find_change(after: datetime, zone: str) -> int:
    """The second, within a day, at which a zone's clock is put forward or back."""
    low, high = 0, _DAY
    while high - low > 1:
        middle = (low + high) // 2
        same = _ahead(after + timedelta(seconds=middle), zone) == _ahead(after, zone)
        low, high = (middle, high) if same else (low, middle)
    return int(after.timestamp()) + high


def _written_day(written: ir.Value) -> ir.Value:
    """Days since 1970 of a date written as YYYYMMDD, by the calendar's arithmetic."""
    number = written.cast("int64")
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    back = (14 - month) // 12
    years, months = year + 4800 - back, month + 12 * back - 3
    leaps = years // 4 - years // 100 + years // 400
    return day + (153 * months + 2) // 5 + 365 * years + leaps - 32_045 - 2_440_588


# -- Umami -----------------------------------------------------------------------------------------


def read_umami(table: ir.Table, zone: str | None = None) -> ir.Table:
    """Umami's ``website_event`` as canonical events: page views and events, no others.

    Args:
        table: The table, in any engine, or a copy of it.
        zone: The business's time zone; days are UTC without.
    """
    is_wanted = table.event_type.cast("int64").isin([_VIEW, _EVENT])
    kept = table.filter(is_wanted & table.created_at.notnull())
    moment = kept.created_at.epoch_seconds().cast("int64")
    is_event = kept.event_type.cast("int64") == _EVENT
    return kept.select(
        visitor=kept.session_id.cast("string"),
        visit=kept.visit_id.cast("string"),
        moment=moment,
        day=number_local_day(moment, zone),
        page=_page(kept.url_path.fill_null("")),
        action=_choose(is_event, _text(kept.event_name), ""),
        tag=_text(kept.utm_source),
        medium=_text(kept.utm_medium),
        campaign=_text(kept.utm_campaign),
        click=_umami_click(kept),
        referrer=_text(kept.referrer_domain),
        app=_literal(""),
        channel=_literal(""),
    )


def _umami_click(table: ir.Table) -> ir.Value:
    import ibis  # noqa: PLC0415 - loaded by the caller

    marks = [mark for mark in ("ttclid", "twclid", "li_fat_id", "fbclid") if mark in table.columns]
    return ibis.cases(*((_text(table[mark]) != "", mark) for mark in marks), else_="")


# -- Google Analytics 4 --------------------------------------------------------------------------


def read_ga4(table: ir.Table, zone: str | None = None) -> ir.Table:
    """Google's export of events as canonical events.

    A visit's source is Google's own where the export has it, else the first tag of the visit,
    else the page before. What gave no consent has no visitor or no visit, and counts for none.

    Args:
        table: ``events_*``, in BigQuery or as a file.
        zone: A time zone; Google's own day, which is the property's, without.
    """
    known = _flatten_ga4(table)
    moment = known.stamp // _MICRO
    day = _written_day(known.written) if zone is None else number_local_day(moment, zone)
    clicks = "|".join(load_names().clicks)
    click = known.address.lower().re_extract(rf"[?&]({clicks})=", 1).fill_null("")
    is_vendor = known.tag != ""
    return known.select(
        visitor=known.visitor,
        visit=known.visit,
        moment=moment,
        day=day,
        page=_choose(known.address == "", "", _page(known.address)),
        action=_choose(known.event == "page_view", "", known.event),
        tag=known.tag,
        medium=known.medium,
        campaign=known.campaign,
        click=_choose(known.address.contains("?"), click, ""),
        referrer=_choose(is_vendor, "", _host(_parameter(known, "page_referrer", "string_value"))),
        app=_literal(""),
        channel=known.channel,
    )


def holds_google(table: ir.Table) -> bool:
    """Whether a table has the columns of Google's export, nested as they are."""
    if not {*GA4_COLUMNS[:5]} <= {*table.columns}:
        return False
    parameters = table.event_params.type()
    if not parameters.is_array() or not parameters.value_type.is_struct():
        return False
    value = parameters.value_type.fields.get("value")
    if value is None or not value.is_struct() or "key" not in parameters.value_type.names:
        return False
    return {"string_value", "int_value"} <= {*value.names}


def _flatten_ga4(table: ir.Table) -> ir.Table:
    """What is needed of the nested export, flat."""
    source, medium, campaign = (_session_source(table, part) for part in _PARTS)
    return table.select(
        visitor=table.user_pseudo_id,
        visit=_parameter(table, "ga_session_id", "int_value").cast("int64"),
        stamp=table.event_timestamp.cast("int64"),
        written=table.event_date,
        event=_text(table.event_name),
        address=_parameter(table, "page_location", "string_value").fill_null(""),
        event_params=table.event_params,
        tag=source,
        medium=medium,
        campaign=campaign,
        channel=_channel(table),
    )


_PARTS: Final = ("source", "medium", "campaign")


def _parameter(table: ir.Table, key: str, field: str) -> ir.Value:
    """The value of a parameter of an event; null where the event has none."""
    found = table.event_params.filter(lambda parameter: parameter.key == key)
    return found[0]["value"][field]


def _session_source(table: ir.Table, part: str) -> ir.Value:
    """The source, medium or campaign of a visit: the best that the export knows."""
    import ibis  # noqa: PLC0415 - loaded by the caller

    name = "campaign_name" if part == "campaign" else part
    paths = (
        ("session_traffic_source_last_click", "cross_channel_campaign", name),
        ("session_traffic_source_last_click", "manual_campaign", name),
        ("collected_traffic_source", f"manual_{name}"),
    )
    found = [value for path in paths if (value := _field(table, path)) is not None]
    found.append(_parameter(table, part, "string_value"))
    return _text(ibis.coalesce(*found))


def _channel(table: ir.Table) -> ir.Value:
    import ibis  # noqa: PLC0415 - loaded by the caller

    channel = ("session_traffic_source_last_click", "cross_channel_campaign")
    found = _field(table, (*channel, "default_channel_group"))
    return ibis.literal("") if found is None else found.fill_null("")


def _field(table: ir.Table, path: Sequence[str]) -> ir.Value | None:
    """A field within fields; None where the table has none of that name."""
    if path[0] not in table.columns:
        return None
    found = table[path[0]]
    for name in path[1:]:
        kind = found.type()
        if not kind.is_struct() or name not in kind.names:
            return None
        found = found[name]
    return found


# -- the whole -------------------------------------------------------------------------------------


def count_on_engine(
    table: ir.Table,
    format_id: str,
    targets: Targets,
    *,
    own_hosts: Sequence[str] = (),
    zone: str | None = None,
) -> EventCounts:
    """The funnel of a vendor's table, run by the engine that holds it.

    Args:
        table: ``website_event`` of Umami or ``events_*`` of Google, of a connected engine.
        format_id: ``UMAMI`` or ``GA4``.
        targets: What counts as Services, Contact and getting in touch.
        own_hosts: The business's own hosts.
        zone: The business's time zone.
    """
    events = (read_umami if format_id == UMAMI else read_ga4)(table, zone)
    funnel = count_funnel(events, targets, own_hosts=own_hosts, by_vendor=True)
    return read_rows(funnel.to_pyarrow().to_pylist(), format_id, targets)
