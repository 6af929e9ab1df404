"""The `_topic.md` of an imported document: its title, the order of study, its headings."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Sequence

from ruamel.yaml import YAML

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?=\n|\Z)", re.DOTALL)


def topic_text(title: str, ids: Sequence[str], headings: Sequence[tuple[int, str]]) -> str:
    """Return a topic's file.

    Args:
        title: what learners see.
        ids: concepts in the order of study.
        headings: those of the document with their depth; they stand in the body, which learners never see.
    """
    front = f"title: '{title.replace(chr(39), chr(39) * 2)}'\norder: [{', '.join(ids)}]"
    outline = "\n".join(f"{'  ' * depth}- {heading}" for depth, heading in headings)
    return f"---\n{front}\n---\n{outline}\n"


def reordered(text: str, ids: Sequence[str], present: Collection[str]) -> str:
    """Return an edited topic file whose order names only what is there, new concepts last.

    Args:
        ids: concepts of the document.
        present: every concept of the folder.
    """
    match = _FRONT.match(text)
    yaml = YAML()
    front = yaml.load(match[1]) if match else None
    if match is None or not isinstance(front, dict):
        return text
    order = front.get("order") or []
    kept = [item for item in order if item in present]
    wanted = [*kept, *(item for item in ids if item not in kept)]
    if wanted == list(order):
        return text
    front["order"] = wanted
    out = io.StringIO()
    yaml.width = 4096
    yaml.dump(front, out)
    return f"---\n{out.getvalue().strip()}\n---{text[match.end() :]}"
