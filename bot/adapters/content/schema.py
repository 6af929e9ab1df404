"""The schema of a concept file's front matter and question blocks, and its faults in plain words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from operator import getitem
from types import GenericAlias
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    create_model,
)

from bot.adapters.content.yaml_tree import Path, Tree
from bot.core.kinds import KINDS, Kind, Question, form
from bot.core.kinds.plain import built

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=32),
    Field(description="lower-case ASCII words joined by hyphens, at most 32 characters"),
]
Line = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]


def _as_list(value: object) -> object:
    """Let an author write one item without the brackets of a list."""
    return [value] if isinstance(value, str) and value else value or []


Lines = Annotated[tuple[Line, ...], BeforeValidator(_as_list)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_as_list)]


class Part(BaseModel):
    """Common ground: unknown fields are faults, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FrontMatter(Part):
    """The head of a concept file."""

    id: Id
    title: Line
    title_en: str = ""
    origin: str = ""
    names: Lines = ()
    cues: Lines = ()
    see_also: Ids = ()
    part_of: str = ""
    supplement: bool = False
    formerly: Ids = ()


class TopicFront(Part):
    """The head of a `_topic.md`."""

    title: Line
    title_en: str = ""
    order: Ids = ()
    rank: int = 0


def _named(value: object) -> object:
    """Read `- kind: text` items of wrong answers; a bare text is of kind "wrong"."""
    if isinstance(value, dict) and len(value) == 1:
        ((kind, text),) = value.items()
        return {"kind": kind, "text": text}
    return {"kind": "wrong", "text": value} if isinstance(value, str) else value


class WrongSpec(Part):
    """An answer that must not pass."""

    kind: Line
    text: Line


Wrong = Annotated[WrongSpec, BeforeValidator(_named)]


class Asked(Part):
    """What every question has."""

    id: Id
    prompt: Line
    difficulty: int = Field(default=2, ge=1, le=5)
    hint: str = ""
    model: Lines = ()
    wrong: tuple[Wrong, ...] = ()
    kind: str


_WORDS: Mapping[object, object] = {form.Line: Line, form.Id: Id}


def _model(kind: type[Question]) -> type[Asked]:
    """Make the schema of a kind from the fields that it declares."""
    own = {"kind": (getitem(Literal, kind.kind), ...), **_fields(kind.form or kind)}
    return create_model(kind.__name__, __base__=Asked, **own)


def _fields(declared: type) -> dict[str, Any]:
    """Return (type, default) of each field that a dataclass declares, beside those that every question has."""
    types = get_type_hints(declared, include_extras=True)
    shared = {field.name for field in dataclasses.fields(Kind)} if issubclass(declared, Kind) else ()
    return {
        field.name: (_typed(types[field.name]), _default(field))
        for field in dataclasses.fields(declared)
        if field.name not in shared
    }


def _default(field: dataclasses.Field[object]) -> object:
    if field.default_factory is not dataclasses.MISSING:
        return Field(default_factory=field.default_factory)
    return ... if field.default is dataclasses.MISSING else field.default


def _typed(declared: Any) -> Any:  # noqa: ANN401  a type
    """Return what pydantic checks for a declared type."""
    if declared in _WORDS:
        return _WORDS[declared]
    if isinstance(declared, type) and dataclasses.is_dataclass(declared):
        return create_model(declared.__name__, __base__=Part, **_fields(declared))
    inner = get_args(declared)
    origin = get_origin(declared)
    if origin is Annotated:
        return getitem(Annotated, (_typed(inner[0]), *inner[1:]))
    if origin is tuple:
        items = GenericAlias(tuple, (_typed(inner[0]), ...))
        return getitem(Annotated, (items, BeforeValidator(_as_list))) if inner[0] == form.Line else items
    return GenericAlias(dict, tuple(map(_typed, inner))) if origin is dict else declared


_SPECS: Any = getitem(Annotated, (getitem(Union, tuple(map(_model, KINDS.values()))), Field(discriminator="kind")))
QUESTION: TypeAdapter[Asked] = TypeAdapter(_SPECS)
"""Reads a question block of any kind."""


def question_of(spec: Asked, place: Mapping[str, Any]) -> tuple[Question, Sequence[form.Misfit]]:
    """Return the question that a block writes, with what does not fit together in it.

    Args:
        place: the id, the concept, the path and the line.
    """
    kind = KINDS[spec.kind]
    written = {**spec.model_dump(), **place}
    own: form.Form | None = built(kind.form, written) if kind.form else None
    question: Question = built(kind, {**written, **own.data()} if own else written)
    return question, (*(own.misfits() if own else ()), *question.misfits())


_NAMES = ", ".join(KINDS)
_MENDS = {
    "missing": "add it",
    "extra_forbidden": "correct its spelling, or remove it (docs/CONTENT.md lists the fields)",
    "string_pattern_mismatch": "use lower-case ASCII words joined by hyphens, such as soft-nms",
    "string_too_short": "write something there",
    "string_too_long": "shorten it",
    "float_parsing": "write a number, such as 2 or 0.75",
    "int_parsing": "write a whole number, such as 2",
    "bool_parsing": "write true or false",
    "tuple_type": "write a list: [first, second]",
    "dict_type": "write `name: value` lines, indented",
    "string_type": "write one line of text; quote it 'like this' if it holds a colon, a comma or brackets",
    "union_tag_invalid": f"write one of {_NAMES}",
    "union_tag_not_found": f"add `kind:` with one of {_NAMES}",
}


def problems(error: ValidationError, tree: Tree) -> Iterator[tuple[int, str, str]]:
    """Yield (line, what, mend) for every problem of a validation."""
    for item in error.errors(include_url=False):
        path = ("kind",) if item["type"] == "union_tag_invalid" else _path_in(tree, item["loc"])
        name = ".".join(str(part) for part in path) or "the block"
        what = "is missing" if item["type"] == "missing" else _what(item["type"], item["msg"], item.get("input"))
        yield tree.line(path), f"{name} {what}", _MENDS.get(item["type"], "change the value")


def _what(kind: str, message: str, value: object) -> str:
    if kind == "extra_forbidden":
        return "is no field of this block"
    if kind == "union_tag_invalid":
        return "is none of the kinds of question"
    shown = f" (got {value!r})" if isinstance(value, str) and len(value) <= 60 else ""
    return f"is wrong: {message[0].lower()}{message[1:]}{shown}"


def _path_in(tree: Tree, loc: tuple[int | str, ...]) -> Path:
    """Drop the tags that pydantic adds to a location (the kind of a union, "[key]")."""
    kept: list[int | str] = []
    for part in loc:
        candidate = (*kept, part)
        if candidate in tree.lines or (part == loc[-1] and part not in KINDS and part != "[key]"):
            kept.append(part)
    return tuple(kept)
