"""YAML with every scalar a string, and the line of every value.

YAML's own types mangle this content (`no` is False, `1:30` is 90), so nothing is converted here; the
schema converts, and knows the line of what it refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]


class YamlError(Exception):
    """The text is not YAML; `line` counts from 1 in the text that was read."""

    def __init__(self, what: str, line: int) -> None:
        self.line = line
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Tree:
    """What was read.

    Attributes:
        value: nested dicts, lists and strings.
        lines: the 1-based line of each value by its path of keys and positions.
        quirks: (line, what) of spellings that YAML treats treacherously: double quotes, repeated keys.
    """

    value: Any  # nested dicts, lists and strings
    lines: Mapping[Path, int]
    quirks: tuple[tuple[int, str], ...] = field(default=())

    def line(self, path: Path) -> int:
        """Return the line of a value, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(text: str) -> Tree:
    """Read one YAML document.

    Raises:
        YamlError: the text does not parse, or uses aliases or tags.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        is_unclosed = "flow" in (error.context or "")
        mark = error.context_mark if is_unclosed else error.problem_mark or error.context_mark
        raise YamlError(error.problem or "not YAML", mark.line + 1 if mark else 1) from error
    except yaml.YAMLError as error:
        raise YamlError(str(error), 1) from error
    if node is None:
        return Tree({}, {(): 1})
    lines: dict[Path, int] = {}
    quirks: list[tuple[int, str]] = []
    return Tree(_value(node, (), lines, quirks), lines, tuple(quirks))


_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _value(node: yaml.Node, path: Path, lines: dict[Path, int], quirks: list[tuple[int, str]]) -> object:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key, child in _pairs(node):
            if key in mapping:
                quirks.append((child.start_mark.line + 1, f"the key {key!r} stands twice"))
            mapping[key] = _value(child, (*path, key), lines, quirks)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), lines, quirks) for index, child in enumerate(node.value)]
    if getattr(node, "style", None) == '"':
        quirks.append((lines[path], "double quotes make YAML read backslashes as escapes"))
    return str(node.value)


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
    for key, child in node.value:
        yield str(key.value), child
