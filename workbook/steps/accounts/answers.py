"""Every account ever opened: who holds it, how to get in, and whether it is alive."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from workbook.passwords import GuardedLongText, GuardedName, GuardedText, PasswordPlace
from workbook.values import Count, Day, Frozen, Id, Kind, Record, Unknown, YesNo


class Login(StrEnum):
    """Whose e-mail address the account is opened with."""

    ROLE = "role"
    PERSON = "person"
    GONE = "gone"
    """An address that nobody can read any more."""
    UNKNOWN = "unknown"


class SecondFactor(StrEnum):
    """What is asked for beside the password."""

    APP = "app"
    KEY = "key"
    SMS = "sms"
    EMAIL = "email"
    NONE = "none"
    UNKNOWN = "unknown"


class Holding(Record):
    """What is known of an account beside its entry in ``start.accounts``; it holds no password.

    Its id is that of the account, unless ``account`` says otherwise.
    """

    account: Annotated[Id, Kind("entry:start.accounts")] | None = None
    owner: GuardedText | Unknown | None = None
    second: GuardedText | Unknown | None = None
    people: GuardedLongText | None = None
    """Who else has access, and at what level, one on each line."""
    emergency: GuardedText | None = None
    login: Login | None = None
    login_address: GuardedText | None = None
    password_place: PasswordPlace | Unknown | None = None
    shared: YesNo | None = None
    """Whether several people log in with one and the same password."""
    second_factor: SecondFactor | None = None
    second_holder: GuardedText | None = None
    recovery: GuardedText | Unknown | None = None
    apps: GuardedLongText | None = None
    """The programs that may post or read there, one on each line."""
    purpose: GuardedText | None = None
    goal: Annotated[Id, Kind("entry:goals.goals")] | None = None
    shown_as: GuardedName | None = None
    last_post: Day | None = None
    last_reply: Day | None = None
    created: Day | None = None
    followers: Count | None = None
    verified: YesNo | None = None
    impostor: YesNo | None = None
    billing: YesNo | None = None
    """Whether a card is on file there."""
    notes: GuardedLongText | None = None


class Accounts(Frozen):
    """The register of accounts."""

    inventory: tuple[Holding, ...] = ()
