"""What is wrong with a pack although every file of it parses: names, rubrics, formulas, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from latex2mathml.converter import convert

from bot.core.content.document import Block, Formula, Heading, Inlines, Math, Paragraph, Picture, Table, walk
from bot.core.grading import Grader
from bot.core.content.library import Concept, Library, fold_heading
from bot.errors import Fault


def pack(library: Library, root: Path, grader: Grader) -> Iterator[Fault]:
    """Yield the faults and warnings of a whole pack.

    Args:
        library: as it was read.
        root: the content folder, for pictures.
        grader: marks the model and wrong answers of every question.
    """
    yield from _names(library)
    for concept in library.concepts:
        for question in concept.questions:
            for what, mend in question.faults(grader):
                yield Fault(question.path, question.line, f"question {question.id}: {what}", mend)
        yield from _formulas(concept)
        yield from _pictures(concept, root)
        if not concept.questions:
            yield Fault(concept.path, 1, "no question asks about this concept", "add one", is_warning=True)


def _names(library: Library) -> Iterator[Fault]:
    """Yield names that stand for two concepts: asked by one of them, the tutor could only guess."""
    owners: dict[str, Concept] = {}
    for concept in library.concepts:
        for name in {fold_heading(name) for name in (concept.title, *concept.names)}:
            other = owners.setdefault(name, concept)
            if other is not concept:
                what = f"the name {name!r} is that of {other.id} as well"
                yield Fault(concept.path, 1, what, "keep it in one of them", is_warning=True)


def _formulas(concept: Concept) -> Iterator[Fault]:
    for passage in concept.passages:
        for block in passage.blocks:
            for latex in formulas(block):
                problem = _latex_problem(latex)
                if problem:
                    what = f"the formula {latex[:40]!r} {problem}"
                    yield Fault(concept.path, 1, what, "correct its LaTeX")


@cache  # the same symbols stand in many passages
def _latex_problem(latex: str) -> str:
    if latex.count("{") - latex.count(r"\{") != latex.count("}") - latex.count(r"\}"):
        return "has unbalanced braces"
    if len(re.findall(r"\\left(?![a-z])", latex)) != len(re.findall(r"\\right(?![a-z])", latex)):
        return r"has \left without \right"
    try:
        convert(latex)
    except Exception as error:  # noqa: BLE001  latex2mathml raises what it likes
        return f"does not parse ({type(error).__name__})"
    return ""


def formulas(block: Block) -> Iterator[str]:
    """Yield the LaTeX of every formula in a block."""
    for part in walk(block):
        match part:
            case Formula(latex):
                yield latex
            case Paragraph(inlines) | Heading(inlines):
                yield from _inline_formulas(inlines)
            case Table(rows):
                yield from (latex for row in rows for cell in row for latex in _inline_formulas(cell))


def _inline_formulas(inlines: Inlines) -> Iterator[str]:
    return (span.latex for span in inlines if isinstance(span, Math))


def pictures(concept: Concept) -> Iterator[Picture]:
    """Yield the pictures of a concept."""
    for passage in concept.passages:
        for block in passage.blocks:
            yield from (part for part in walk(block) if isinstance(part, Picture))


def _pictures(concept: Concept, root: Path) -> Iterator[Fault]:
    for picture in pictures(concept):
        if not picture.alt:
            yield Fault(concept.path, 1, f"the picture {picture.path} has no alt text", "say in [...] what it shows")
        if picture.path and not (root / picture.path).is_file():
            yield Fault(concept.path, 1, f"there is no picture {picture.path}", "correct the path, from content/")
