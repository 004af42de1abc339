"""The social media strategy workbook, from Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.calling import check as check
    from workbook.calling import export as export
    from workbook.calling import open_plan as open_plan
    from workbook.checks import Finding as Finding
    from workbook.errors import WorkbookError as WorkbookError
    from workbook.plan import Plan as Plan
    from workbook.serving.pages import page as page
    from workbook.session import Session as Session
    from workbook.tables import chart as chart
    from workbook.tables import table as table

__version__ = "0.1.0"

_PUBLIC = {
    "Finding": ("workbook.checks", "Finding"),
    "Plan": ("workbook.plan", "Plan"),
    "Session": ("workbook.session", "Session"),
    "WorkbookError": ("workbook.errors", "WorkbookError"),
    "chart": ("workbook.tables", "chart"),
    "check": ("workbook.calling", "check"),
    "export": ("workbook.calling", "export"),
    "open_plan": ("workbook.calling", "open_plan"),
    "page": ("workbook.serving.pages", "page"),
    "table": ("workbook.tables", "table"),
}

__all__ = [  # noqa: PLE0604 - the names are loaded when they are asked for
    "__version__",
    *_PUBLIC,
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    """Load a public name when it is first used, so that importing stays light."""
    if name not in _PUBLIC:
        message = f"module 'workbook' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module  # noqa: PLC0415 - loaded when used

    module, attribute = _PUBLIC[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
