"""What whoever runs the workbook may set, as environment variables that begin with WORKBOOK_."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Mapping


class Settings(BaseModel):
    """Settings of one run: frozen, validated, each with our default.

    Read with :meth:`read` from a mapping such as ``os.environ``; a wrong value raises
    ``pydantic.ValidationError``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    store: str = Field(
        default="",
        description="Database address (SQLAlchemy URL); empty: SQLite in the data folder; "
        "demo: one that goes with the server, and every page says so",
    )
    plan: str = Field(default="", description="Plan file for JupyterLab; empty: plan.json")
    operator: str = Field(default="", description="Who runs this server, shown to visitors")
    operator_contact: str = Field(default="", description="How to reach whoever runs it")
    keep_months: int = Field(
        default=13, ge=1, le=120, description="Months after the last visit until a plan is deleted"
    )
    copies: int = Field(
        default=7,
        ge=0,
        le=366,
        description="Days' copies of the embedded database that are kept; 0: none, old ones go",
    )
    plan_limit_mb: int = Field(default=2, ge=1, le=50, description="Largest plan accepted, in MB")
    import_limit_mb: int = Field(
        default=100,
        ge=10,
        le=2000,
        description="Largest files looked at in the app, in MB; larger ones by the command line",
    )
    kernels: int = Field(
        default=0, ge=0, le=10_000, description="Most pages open at once; 0: from memory and cores"
    )
    starting: int = Field(
        default=0, ge=0, le=1000, description="Most pages started at once; 0: four for each core"
    )
    spares: int = Field(
        default=2,
        ge=0,
        le=100,
        description="Processes kept ready for the next pages; 0: each page waits for its own",
    )
    page_memory_mb: int = Field(
        default=1024,
        ge=0,
        le=1_000_000,
        description="Most memory one page may take, in MB; 0: without a limit",
    )
    opening_per_address: int = Field(
        default=0,
        ge=0,
        le=10_000,
        description="Most pages one address may be opening at once; 0: half of the places",
    )
    new_plans_per_hour: int = Field(
        default=150,
        ge=0,
        le=1_000_000,
        description="Most plans and rooms begun from one address in an hour; 0: any number",
    )
    prefix: str = Field(
        default="/",
        pattern=r"^/([\w.~-]+/)*$",
        description="Folder of the address under which the app is found, as in /workbook/",
    )
    trust_proxy: bool = Field(
        default=False, description="Believe a proxy's X-Forwarded-For about who asks"
    )
    dropped_minutes: int = Field(
        default=20, ge=1, le=1440, description="Minutes until a page that lost its line is ended"
    )
    idle_minutes: int = Field(
        default=120, ge=1, le=1440, description="Minutes until a page nobody touches is ended"
    )
    grace_seconds: float = Field(
        default=2.0, ge=0.0, le=8.0, description="Seconds a left page keeps running, to save"
    )
    stop_seconds: float = Field(
        default=8.0,
        ge=1.0,
        le=600.0,
        description="Seconds in which the app stops: pages are told, and what they sent is saved",
    )
    fork: bool = Field(default=True, description="Start pages by fork from a warm parent")
    renew: bool = Field(
        default=True, description="Take up changed code and notebooks with the next page"
    )
    language: str = Field(
        default="en",
        pattern=r"^[a-z]{2}(-[A-Za-z]+)?$",
        description="Language of visitors whose browser asks for none there is, of JupyterLab and "
        "of the command line",
    )
    live_audit: str = Field(
        default="auto",
        pattern="^(auto|on|off)$",
        description="Fetch web pages that are to be looked at; auto: not on a server, else yes",
    )
    metrics: str = Field(
        default="auto",
        pattern="^(auto|on|off)$",
        description="Figures for Prometheus at /metrics; auto: to programs on this machine",
    )
    demo: bool = Field(default=False, description="Say that nothing is kept on this server")

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """Settings from the WORKBOOK_ entries of a mapping.

        Names that no setting has are left to the program that set them.
        """
        prefix = "WORKBOOK_"
        given = {
            name.removeprefix(prefix).lower(): value
            for name, value in environment.items()
            if name.startswith(prefix)
        }
        return cls.model_validate({k: v for k, v in given.items() if k in cls.model_fields})
