"""Holds one promise for hundreds of things in a few tests, and names each thing that breaks it.

Thousands of tests of a millisecond cost more to hand out and to report than to run.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

AT_A_TIME = 25

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Test = Callable[..., None]


def hold_for_each(
    names: str, groups: Mapping[str, Iterable[tuple[str, tuple[Any, ...]]]]
) -> Callable[[Test], Test]:
    """One test for each group; the test is tried on every thing in it, whatever became of others.

    Args:
        names: The arguments of the test that a thing gives, by commas.
        groups: By the name of a group its things, each with what it is called and its arguments.
    """
    own = names.split(",")
    held = {name: list(things) for name, things in groups.items()}
    assert held, "there is nothing to hold it for"
    assert all(held.values()), "a group holds nothing"

    def decorate(test: Test) -> Test:
        def try_group(group: str, **fixtures: Any) -> None:
            broken = []
            for called, values in held[group]:
                try:
                    test(**dict(zip(own, values, strict=True)), **fixtures)
                except AssertionError as error:
                    broken.append(f"{called}: {error}")
            assert not broken, "\n".join(broken)

        kept = [p for p in inspect.signature(test).parameters.values() if p.name not in own]
        group = inspect.Parameter("group", inspect.Parameter.POSITIONAL_OR_KEYWORD)
        try_group.__signature__ = inspect.Signature([group, *kept])  # type: ignore[attr-defined]
        try_group.__doc__, try_group.__name__ = test.__doc__, test.__name__
        try_group.pytestmark = [*getattr(test, "pytestmark", ())]  # type: ignore[attr-defined]
        return pytest.mark.parametrize("group", held)(try_group)

    return decorate


def by_step(questions: Iterable[Any]) -> dict[str, list[tuple[str, tuple[Any, ...]]]]:
    """Questions by the step that asks them."""
    groups: dict[str, list[tuple[str, tuple[Any, ...]]]] = {}
    for question in questions:
        step = question.path.partition(".")[0]
        groups.setdefault(step, []).append((question.path, (question,)))
    return groups


def by_folder(paths: Iterable[str]) -> dict[str, list[tuple[str, tuple[Any, ...]]]]:
    """Files by the folder they are in."""
    groups: dict[str, list[tuple[str, tuple[Any, ...]]]] = {}
    for path in paths:
        groups.setdefault(path.rpartition("/")[0] or "workbook", []).append((path, (path,)))
    return groups


def by_place(parameters: Iterable[Any]) -> dict[str, list[tuple[str, tuple[Any, ...]]]]:
    """Parameters of pytest whose first value says where they belong."""
    groups: dict[str, list[tuple[str, tuple[Any, ...]]]] = {}
    for each in parameters:
        groups.setdefault(str(each.values[0]), []).append((str(each.id), tuple(each.values)))
    return groups


def by_words(checks: Iterable[Any]) -> dict[str, list[tuple[str, tuple[Any, ...]]]]:
    """Checks by the file that words them."""
    groups: dict[str, list[tuple[str, tuple[Any, ...]]]] = {}
    for each in checks:
        groups.setdefault(each.words, []).append((each.id, (each,)))
    return groups


def in_order(parameters: Iterable[Any]) -> dict[str, list[tuple[str, tuple[Any, ...]]]]:
    """Parameters of pytest as they come, some at a time."""
    groups: dict[str, list[tuple[str, tuple[Any, ...]]]] = {}
    for number, each in enumerate(parameters):
        first = number - number % AT_A_TIME
        groups.setdefault(f"from {first}", []).append((str(each.id), tuple(each.values)))
    return groups
