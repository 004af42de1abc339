"""The texts of the finished example, by the paths of its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.discovery import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEPT = "translating/kept.toml"


def walk_answers(node: object, at: str = "") -> Iterator[tuple[str, str]]:
    """The texts in the answers of a plan, by path; an entry of a list goes by its id.

    A text is what holds more than a word, or is listed as one.
    """
    if isinstance(node, str) and _is_text(node, at):
        yield at, node
    for key, value in list_items(node):
        yield from walk_answers(value, _step_into(node, at, key, value))


def _is_text(value: str, at: str) -> bool:
    kept, name = read_toml(KEPT), at.rpartition(".")[2]
    if name in kept["answers"] or at in kept["answers"]:
        return True
    return " " in value


def translate_answers(file: dict[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """A plan file with other texts in their places, by the paths of its answers."""
    return file | {"plan": _lay_over(file["plan"], words, "")}


def _lay_over(node: Any, words: Mapping[str, str], at: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(node, str):
        return words.get(at, node)
    laid = {k: _lay_over(v, words, _step_into(node, at, k, v)) for k, v in list_items(node)}
    if isinstance(node, list):
        return list(laid.values())
    return laid if isinstance(node, dict) else node


def _step_into(node: object, at: str, key: object, value: object) -> str:
    """The path of what lies below: an entry of a list by its id, all else by its name or number."""
    is_entry = isinstance(node, list) and isinstance(value, dict) and "id" in value
    name = value["id"] if is_entry else key  # type: ignore[index] # it is a table, as asked
    return f"{at}.{name}".lstrip(".")


def list_items(node: object) -> Iterator[tuple[Any, Any]]:
    """What lies in a table by name, or in a list by number; in anything else, nothing."""
    if isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        yield from enumerate(node)
