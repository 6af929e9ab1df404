"""Frozen values out of plain data (texts, numbers, lists, dicts), by the types that their fields declare."""

import builtins
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints


def built(declared: Any, value: Any) -> Any:  # noqa: ANN401  the type of the value is known to the caller alone
    """Build a value of a declared type; names that the type does not have are left out, None stays None.

    Args:
        declared: a dataclass, `tuple[X, ...]`, `dict[str, X]`, `X | None`, or what needs no building.

    Raises:
        TypeError: a field without a default is missing.
    """
    if value is None:
        return None
    if isinstance(declared, UnionType):
        return built(next(each for each in get_args(declared) if each is not NoneType), value)
    if is_dataclass(declared):
        return _made(declared, value) if isinstance(value, Mapping) else value
    return _contained(declared, value)


def _contained(declared: Any, value: Any) -> Any:  # noqa: ANN401
    inner = get_args(declared)
    match get_origin(declared):
        case builtins.tuple:
            return tuple(built(inner[0], item) for item in value)
        case builtins.dict:
            return {name: built(inner[1], item) for name, item in value.items()}
    return value


def _made(declared: Any, value: Mapping[str, Any]) -> Any:  # noqa: ANN401
    types = _types(declared)
    return declared(**{name: built(types[name], item) for name, item in value.items() if name in types})


@cache
def _types(declared: type) -> Mapping[str, Any]:
    types = get_type_hints(declared)
    return {field.name: types[field.name] for field in fields(declared)}
