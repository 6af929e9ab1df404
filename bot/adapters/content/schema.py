"""The schema of a concept file's front matter and question blocks, and its faults in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from bot.adapters.content.yaml_tree import Path, Tree

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


class PointSpec(Part):
    """One key point of an open question."""

    says: Line
    weight: float = Field(default=1.0, gt=0, le=10)
    of: str = ""
    accept: Annotated[Lines, Field(min_length=1)]
    contradict: Lines = ()


class PartialSpec(Part):
    """A value that earns part of the mark."""

    value: Line
    fraction: float = Field(gt=0, lt=1)
    why: str = ""


class OptionSpec(Part):
    """One option of a choice question: `right` or `wrong`, and why."""

    right: str | None = None
    wrong: str | None = None
    why: str = ""


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


class OpenSpec(Asked):
    """A question answered in the learner's own words; without points they are derived from the text."""

    kind: Literal["open"]
    full: float = Field(default=1.0, gt=0, le=1)
    points: dict[Id, PointSpec] = Field(default_factory=dict)
    contrast: tuple[tuple[Id, ...], ...] = ()


class NumericSpec(Asked):
    """A question answered by a number or a formula."""

    kind: Literal["numeric"]
    answer: Line
    also: Lines = ()
    tolerance: float = Field(default=0.0, ge=0)
    partial: tuple[PartialSpec, ...] = ()
    about: Lines = ()
    not_about: Lines = ()
    variables: Lines = ()
    weight: float = Field(default=1.0, gt=0, le=10)
    full: float = Field(default=1.0, gt=0, le=1)
    points: dict[Id, PointSpec] = Field(default_factory=dict)


class ChoiceSpec(Asked):
    """A question answered by picking one option."""

    kind: Literal["choice"]
    options: Annotated[tuple[OptionSpec, ...], Field(min_length=2, max_length=10)]


class ClozeSpec(Asked):
    """A question answered by filling the `____` of its prompt in order."""

    kind: Literal["cloze"]
    blanks: Annotated[tuple[Lines, ...], Field(min_length=1, max_length=6)]


class OrderingSpec(Asked):
    """A question answered by putting items in order."""

    kind: Literal["ordering"]
    items: Annotated[Lines, Field(min_length=2, max_length=9)]


QuestionSpec = Annotated[OpenSpec | NumericSpec | ChoiceSpec | ClozeSpec | OrderingSpec, Field(discriminator="kind")]
QUESTION: TypeAdapter[OpenSpec | NumericSpec | ChoiceSpec | ClozeSpec | OrderingSpec] = TypeAdapter(QuestionSpec)
KINDS = "open, numeric, choice, cloze, ordering"

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
    "union_tag_invalid": f"write one of {KINDS}",
    "union_tag_not_found": f"add `kind:` with one of {KINDS}",
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
        if candidate in tree.lines or (part == loc[-1] and part not in KINDS.split(", ") and part != "[key]"):
            kept.append(part)
    return tuple(kept)
