"""What a browser may say to its page; anything else is not heard."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

PATH_LIMIT = 200


class Message(BaseModel):
    """One message of a browser: what it is about, and what goes with it."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    kind: str = Field(max_length=20)
    path: str = Field(default="", max_length=PATH_LIMIT)
    at: str = Field(default="", max_length=PATH_LIMIT)
    back: str = Field(default="", max_length=PATH_LIMIT)
    number: int = 0
    raw: Any = None
    seen: Any = None
    key: str = Field(default="", max_length=PATH_LIMIT)
    name: str = Field(default="", max_length=1000)
    known: bool = False
    example: bool = False
    own: bool = False
    new: bool = False
    reading: bool = False
    again: bool = False
