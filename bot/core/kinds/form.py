"""What an author writes of a question, declared as plain types; the adapter that reads files holds authors to it.

A field's type says what may stand there: `Line`, `Lines`, `Id`, a number or a list with its range by the marks of
annotated-types (`Annotated[float, Gt(0), Le(10)]`, `Annotated[tuple[...], Len(2, 9)]`), or another such dataclass.
A field without a default must be written.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from annotated_types import Gt, Le, MinLen

from bot.core.grading.rubric import KeyPoint, Rubric

Line = Annotated[str, "line"]
"""A text that says something: 1 to 2,000 characters, white space around it aside. A plain `str` may be empty."""
Lines = tuple[Line, ...]
"""Several of them; one may be written without the brackets of a list."""
Id = Annotated[str, "id"]
"""Lower-case ASCII words joined by hyphens, at most 32 characters."""

Misfit = tuple[str, str, str]
"""(field, what is wrong with it, how to mend it): what the types of a question cannot say."""


@dataclass(frozen=True, slots=True)
class Form(ABC):
    """The fields of one kind as they are written, where the question is made of something else."""

    @abstractmethod
    def data(self) -> Mapping[str, Any]:
        """Return the fields of the question, by name."""

    def misfits(self) -> Iterator[Misfit]:
        """Yield what does not fit together."""
        yield from ()


@dataclass(frozen=True, slots=True)
class PointForm:
    """One key point."""

    says: Line
    accept: Annotated[Lines, MinLen(1)]
    weight: Annotated[float, Gt(0), Le(10)] = 1.0
    of: str = ""
    contradict: Lines = ()


Points = dict[Id, PointForm]
"""Key points by id, in the order learners see them."""


def rubric_of(points: Points, full: float, contrast: tuple[tuple[str, ...], ...] = ()) -> Rubric | None:
    """Return the rubric that is written; None where there is none."""
    if not points:
        return None
    keys = (KeyPoint(name, p.says, p.weight, p.accept, p.contradict, p.of) for name, p in points.items())
    return Rubric(tuple(keys), full, contrast)
