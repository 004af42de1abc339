"""The JSON Schema of the plan file, for programs that read, make or check plans without us.

It is made from the shapes of the answers and the words of the questions, and is published as
``plan.schema.json`` beside this module: ``python -m workbook.storage.schema`` writes it anew.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.content import load_steps, load_words
from workbook.discovery import read_text
from workbook.storage.migrations import newest_version
from workbook.storage.plan_file import FORMAT, NamedVersion, PlanFile
from workbook.values import ADDRESS_LIMIT, HOURS_IN_A_WEEK, LONG_TEXT_LIMIT, TEXT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.content import Question, Step

PUBLISHED = "storage/plan.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_WORDS = "storage/schema.toml"
_REFERENCE = "#/$defs/"
_LINE = {"maxLength": TEXT_LIMIT}
_TEXT = {"maxLength": LONG_TEXT_LIMIT}
_LIMITS: Mapping[str, Mapping[str, Any]] = {
    "text": _LINE,
    "guarded_text": _LINE,
    "password_place": _LINE,
    "long_text": _TEXT,
    "guarded_long_text": _TEXT,
    "address": {"pattern": "^https?://", "maxLength": ADDRESS_LIMIT},
    "number": {"minimum": 0, "maximum": 1e12},
    "percent": {"minimum": 0, "maximum": 100},
    "scale": {"minimum": 0, "maximum": 100},
    "hours": {"minimum": 0, "maximum": HOURS_IN_A_WEEK},
    "money": {"minimum": 0, "maximum": 1e12, "pattern": r"^[0-9]+(\.[0-9]{1,2})?$"},
    "time": {"pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
}
"""What an answer of a kind may be, beyond its type; words for text do not count for numbers."""
_ONE_LINE: Mapping[str, Any] = {"not": {"pattern": "\\n"}}
"""Beside a pattern that ends in ``$``: for some programs a line may break after that sign."""
_FOR_TEXT = ("maxLength", "pattern")

Node = dict[str, Any]


def read_schema() -> str:
    """The published JSON Schema of the newest plan file, as text."""
    return read_text(PUBLISHED)


def write_schema() -> str:
    """The JSON Schema of the plan file as this workbook writes it, as text."""
    return json.dumps(describe_plan_file(), indent=1, ensure_ascii=False) + "\n"


def publish() -> None:
    """Write the published schema anew, into the folder of this module."""
    path = Path(__file__).with_name(Path(PUBLISHED).name)
    path.write_text(write_schema(), encoding="utf-8")


def describe_plan_file() -> Node:
    """The JSON Schema, draft 2020-12, with the title and description of every question."""
    words = load_words(_WORDS)
    drawn = _clean(PlanFile.model_json_schema())
    writer = _Writer(drawn.pop("$defs"), words)
    for step in load_steps():
        writer.describe_step(step)
    _tell(writer.shapes["Plan"], words["whole"], words["plan"])
    _tell(writer.shapes[NamedVersion.__name__], words["version"])
    _tell(drawn, words["file"], words["description"])
    version = newest_version()
    drawn["properties"]["version"]["const"] = version
    name = uuid.uuid5(uuid.NAMESPACE_OID, f"{FORMAT}/plan/{version}")
    head = {"$schema": DIALECT, "$id": name.urn, "title": words["title"]}
    drawn["required"] = ["format", "version"]
    schema = {**head, **drawn, "$defs": writer.list_used(drawn)}
    _close_patterns(schema)
    return schema


class _Writer:
    """Puts the words of the questions to the shapes of their answers."""

    def __init__(self, shapes: Node, words: Mapping[str, Any]) -> None:
        self.shapes = shapes
        self.words = words

    def describe_step(self, step: Step) -> None:
        """The part of the plan that a step fills, by its questions."""
        shape = self._follow(self.shapes["Plan"]["properties"][step.id])
        shape["title"], shape["description"] = step.title, f"{step.task}."
        self._describe_shape(shape, step.questions)

    def _describe_shape(self, shape: Node, questions: Mapping[str, Question]) -> None:
        for name, node in shape["properties"].items():
            if name in questions:
                shape["properties"][name] = self._describe(node, questions[name])
            else:
                node["description"] = self.words["id" if name == "id" else "kept"]

    def _describe(self, node: Node, question: Question) -> Node:
        told = " ".join(filter(None, (question.hint, question.why)))
        head: Node = {"title": question.label, "description": told}
        if question.kind in ("text", "long_text") and question.example:
            head["examples"] = [question.example]
        if question.kind == "records":
            inner = self._follow(node["items"])
            self._describe_shape(inner, {field.id: field for field in question.fields})
            return {**head, **node}
        if "anyOf" in node:
            return {**head, "anyOf": [*self._offer(node["anyOf"], question)]}
        return {**head, **next(self._offer([node], question))}

    def _offer(self, members: list[Node], question: Question) -> Iterator[Node]:
        """What an answer may be, with the words of the answers one chooses from."""
        for member in members:
            if member.get("type") == "null":
                yield {**member, "title": self.words["not_answered"]}
            elif "const" in member:
                yield {**member, "title": question.unknown}
            elif member.get("type") == "array":
                yield {**member, **self._choose_several(member, question)}
            elif question.options:
                yield {"oneOf": _list_options(question)}
            else:
                yield {**member, **_limit(member, question.kind)}

    def _choose_several(self, member: Node, question: Question) -> Node:
        choice = {"oneOf": _list_options(question)}
        if "prefixItems" not in member["items"]:
            return {"items": choice}
        first, *rest = member["items"]["prefixItems"]
        return {"items": {**member["items"], "prefixItems": [{**first, **choice}, *rest]}}

    def _follow(self, node: Node) -> Node:
        found: Node = self.shapes[node["$ref"].removeprefix(_REFERENCE)]
        return found

    def list_used(self, *roots: Node) -> Node:
        """The shapes that something refers to, sorted by their names."""
        used: set[str] = set()
        waiting: list[Any] = list(roots)
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                name = str(node.get("$ref", "")).removeprefix(_REFERENCE)
                if name in self.shapes and name not in used:
                    used.add(name)
                    waiting.append(self.shapes[name])
                waiting += node.values()
        return {name: self.shapes[name] for name in sorted(used)}


def _tell(shape: Node, words: Mapping[str, str], description: str = "") -> None:
    """Put words to the fields of a shape, and to the shape itself."""
    if description:
        shape["description"] = description
    for name, text in words.items():
        shape["properties"][name]["description"] = text


def _list_options(question: Question) -> list[Node]:
    return [
        {"const": option.value, "title": option.label}
        | ({"description": option.hint} if option.hint else {})
        for option in question.options
    ]


def _limit(member: Node, kind: str) -> Node:
    is_text = member.get("type") == "string"
    limits = _LIMITS.get(kind, {})
    return {name: value for name, value in limits.items() if (name in _FOR_TEXT) == is_text}


def _clean(node: Any, *, names: bool = False) -> Any:  # noqa: ANN401 - JSON can be anything
    """The schema without titles and defaults, which repeat names; ``names`` where keys are ours."""
    if isinstance(node, list):
        return [_clean(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = node if names else {k: v for k, v in node.items() if k not in ("title", "default")}
    found = {k: _clean(v, names=k in ("properties", "$defs")) for k, v in kept.items()}
    if not names and "description" in found:
        found["description"] = " ".join(found["description"].replace("`", "").split())
    return found


def _close_patterns(node: Any) -> None:  # noqa: ANN401 - JSON can be anything
    """Let every pattern mean the same wherever it is read."""
    for inner in list(node.values()) if isinstance(node, dict) else node:
        if isinstance(inner, dict | list):
            _close_patterns(inner)
    if isinstance(node, dict) and str(node.get("pattern", "")).endswith("$"):
        node.update(_ONE_LINE)


if __name__ == "__main__":
    publish()
