"""Writes an imported document into concept files, and again without losing what was changed by hand."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.adapters.content import TOPIC_FILE
from bot.adapters.importer import Imported, is_worth_asking, prompt_of, read_sections
from bot.errors import ContentError, Fault

MANIFEST = ".import.json"
"""Beside the files: the hash of each as it was generated, so that edits by hand are seen."""
RETIRED = "_retired_"
"""What a file's name begins with once its section is gone from the document; such files are not loaded."""
FIGURES = "figures"

_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


@dataclass
class Summary:
    """What an import did, by file name.

    Attributes:
        kept: changed by hand, and the document still says the same.
        differing: changed by hand while the document changed too; the new text lies beside it.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    warnings: tuple[Fault, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield the summary, one line a kind."""
        for name, files in (
            ("added", self.added),
            ("changed", self.changed),
            ("unchanged", self.same),
            ("kept as edited by hand", self.kept),
            ("edited by hand and changed in the document: compare with the .new file", self.differing),
            ("retired", self.retired),
        ):
            if files:
                yield f"{len(files)} {name}: {', '.join(files)}"


def import_document(document: Path, topic: Path) -> Summary:
    """Turn a document into concept files of one topic; import it again to follow its changes.

    Args:
        document: a Markdown file.
        topic: the folder to write into, such as content/my-topic; made where it is missing.

    Raises:
        ContentError: the document cannot be read, or the folder's manifest is damaged.
    """
    found, warnings = read_sections(document, document.parent)
    topic.mkdir(parents=True, exist_ok=True)
    before = _manifest(topic)
    summary = Summary(warnings=tuple(warnings))
    now: dict[str, str] = {}
    for item in found:
        text = file_text(item, topic, document.parent)
        name = f"{item.id}.md"
        now[name] = _hash(text)
        _write(topic / name, text, before.get(name), summary)
    for name in sorted(set(before) - set(now)):
        _retire(topic / name, before[name], summary)
    if not (topic / TOPIC_FILE).exists():
        order = ", ".join(item.id for item in found)
        (topic / TOPIC_FILE).write_text(f"---\ntitle: {_quoted(topic.name)}\norder: [{order}]\n---\n", encoding="utf-8")
    (topic / MANIFEST).write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return summary


def _manifest(topic: Path) -> dict[str, str]:
    path = topic / MANIFEST
    if not path.exists():
        return {}
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): str(hash_) for name, hash_ in value.items()}
    except (ValueError, AttributeError) as error:
        mend = "restore it, or remove it to import anew beside the edited files"
        raise ContentError([Fault(str(path), 1, f"the manifest cannot be read ({error})", mend)]) from error


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write(path: Path, text: str, generated: str | None, summary: Summary) -> None:
    """Write one file, unless a person has changed it since it was generated."""
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        summary.added.append(path.name)
        return
    current = _hash(path.read_text(encoding="utf-8"))
    if current == _hash(text):
        summary.same.append(path.name)
    elif current == generated:
        path.write_text(text, encoding="utf-8")
        summary.changed.append(path.name)
    elif generated == _hash(text):
        summary.kept.append(path.name)
    else:
        path.with_name(f"{path.name}.new").write_text(text, encoding="utf-8")
        summary.differing.append(path.name)


def _retire(path: Path, generated: str, summary: Summary) -> None:
    """Take a file out of the pack whose section is gone; one that was edited by hand stays."""
    if not path.exists():
        return
    if _hash(path.read_text(encoding="utf-8")) == generated:
        path.rename(path.with_name(RETIRED + path.name))
        summary.retired.append(path.name)
    else:
        summary.kept.append(path.name)


def file_text(item: Imported, topic: Path, root: Path) -> str:
    """Return the concept file of a section; pictures are copied into the pack's figures."""
    head = [f"id: {item.id}", f"title: {_quoted(item.title)}", f"origin: {_quoted(item.section.title)}"]
    if item.names:
        head.append(f"names: [{', '.join(map(_quoted, item.names))}]")
    body = []
    for facet, title, text in item.parts:
        if title:
            body.append(f"## {facet}：{title}" if facet else f"## {title}")
        body.append(_PICTURE.sub(lambda match: _copied(match, topic, root), text))
    if is_worth_asking("".join(text for _, _, text in item.parts)):
        prompt = _quoted(prompt_of(item.title))
        body.append(f"```yaml question\nid: explain\nkind: open\nprompt: {prompt}\n```")
    return "---\n" + "\n".join(head) + "\n---\n" + "\n\n".join(body) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _copied(match: re.Match[str], topic: Path, root: Path) -> str:
    """Copy a picture and point at the copy."""
    target = topic.parent / FIGURES / topic.name / Path(match[2]).name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / match[2], target)
    return f"![{match[1]}]({target.relative_to(topic.parent).as_posix()})"
