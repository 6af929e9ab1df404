"""Writes an imported document into concept files, and again without losing what was changed by hand."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.adapters.content.folder import TOPIC_FILE, pictures_root
from bot.adapters.importing import pictures
from bot.adapters.importing.drafts import Draft, Reading, read_drafts
from bot.adapters.importing.reader import question_of
from bot.adapters.importing.topic_file import reordered, topic_text
from bot.adapters.markdown.loose_markdown import edit_prose
from bot.core.kinds import Numeric, Open
from bot.errors import ContentError, Fault

MANIFEST = ".import.json"
"""Beside the files: what was generated, so that edits by hand are seen."""
RETIRED = "_retired_"
"""What a file's name begins with once its section is gone from the document; such files are not loaded."""
FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Generated:
    """What an import has written for a section.

    Attributes:
        file: hash of the whole file.
        body: hash of its passages: a section of another title and the same passages is the same one renamed.
    """

    file: str
    body: str


@dataclass
class Summary:
    """What an import did, by file name.

    Attributes:
        renamed: the heading has changed and the text has not; the id stays.
        kept: changed by hand, and the document still says the same.
        differing: changed by hand while the document changed too; the new text lies beside it until it is deleted.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
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
            ("under another heading now, their ids kept", self.renamed),
            ("unchanged", self.same),
            ("kept as edited by hand", self.kept),
            (
                "edited by hand and changed in the document: compare with the .new file, then delete that",
                self.differing,
            ),
            (f"retired: no longer in the document, now {RETIRED}*", self.retired),
        ):
            if files:
                yield f"{len(files)} {name}: {', '.join(files)}"


def import_document(document: Path, topic: Path) -> Summary:
    """Turn a document into concept files of one topic; import it again to follow its changes.

    Args:
        document: a Markdown file, or a folder of them.
        topic: the folder to write into, such as content/my-topic; made where it is missing.

    Raises:
        ContentError: the document cannot be read, holds nothing, or the folder's manifest is damaged.
    """
    others = {file.stem for file in topic.parent.glob("*/*.md") if file.parent.name != topic.name}
    reading = read_drafts(document, others)
    if not reading.drafts:
        raise ContentError([Fault(str(document), 1, "there is nothing to import", "name a document with some text")])
    topic.mkdir(parents=True, exist_ok=True)
    before = _manifest(topic)
    summary = Summary(warnings=tuple(reading.faults))
    drafts = _with_old_ids(reading.drafts, before, summary)
    now: dict[str, Generated] = {}
    for draft in drafts:
        text = file_text(draft, topic, pictures_root(document))
        name = f"{draft.id}.md"
        now[name] = Generated(_hash(text), _hash(draft.text))
        _write(topic / name, text, before.get(name), summary)
    for name in sorted(set(before) - set(now) - {TOPIC_FILE}):
        _retire(topic / name, before[name].file, summary)
    title = reading.topics[0] if len(reading.topics) == 1 else document.stem
    now[TOPIC_FILE] = _write_topic(topic / TOPIC_FILE, title, drafts, reading, before.get(TOPIC_FILE))
    _save(topic, now)
    return summary


def _manifest(topic: Path) -> dict[str, Generated]:
    path = topic / MANIFEST
    if not path.exists():
        return {}
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): Generated(entry["file"], entry["body"]) for name, entry in value.items()}
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        mend = "restore it, or remove it to import anew beside the edited files"
        raise ContentError([Fault(str(path), 1, f"the manifest cannot be read ({error})", mend)]) from error


def _save(topic: Path, now: Mapping[str, Generated]) -> None:
    entries = {name: {"file": made.file, "body": made.body} for name, made in now.items()}
    (topic / MANIFEST).write_text(json.dumps(entries, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _with_old_ids(drafts: Sequence[Draft], before: Mapping[str, Generated], summary: Summary) -> list[Draft]:
    """Give a section whose heading alone has changed its old id, so that what was learnt of it stays."""
    names = {f"{draft.id}.md" for draft in drafts}
    gone = {made.body: name.removesuffix(".md") for name, made in before.items() if name not in names}
    renamed: dict[str, str] = {}
    for draft in drafts:
        old = gone.get(_hash(draft.text))
        if old and f"{draft.id}.md" not in before and old not in renamed.values():
            renamed[draft.id] = old
    summary.renamed += [f"{old}.md" for old in renamed.values()]
    return [
        replace(
            draft,
            id=renamed.get(draft.id, draft.id),
            part_of=renamed.get(draft.part_of, draft.part_of),
        )
        for draft in drafts
    ]


def _write(path: Path, text: str, made: Generated | None, summary: Summary) -> None:
    """Write one file, unless a person has changed it since it was generated."""
    beside = path.with_name(f"{path.name}.new")
    current = _hash(path.read_text(encoding="utf-8")) if path.exists() else ""
    is_ours = current in ("", _hash(text), made.file if made else "")
    if is_ours:
        kind = summary.same if current == _hash(text) else summary.changed if current else summary.added
        kind.append(path.name)
        beside.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8")
    elif made and made.file == _hash(text) and not beside.exists():
        summary.kept.append(path.name)
    else:
        beside.write_text(text, encoding="utf-8")
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


def _write_topic(
    path: Path, title: str, drafts: Sequence[Draft], reading: Reading, made: Generated | None
) -> Generated:
    """Write the topic's file; where a person has edited it, only its order follows the document."""
    ids = [draft.id for draft in drafts]
    text = topic_text(title, ids, reading.headings)
    if path.exists():
        current = path.read_text(encoding="utf-8")
        if made is None or _hash(current) != made.file:
            present = {file.stem for file in path.parent.glob("*.md") if not file.name.startswith("_")}
            path.write_text(reordered(current, ids, present), encoding="utf-8")
            return made or Generated("", "")
    path.write_text(text, encoding="utf-8")
    return Generated(_hash(text), "")


def file_text(draft: Draft, topic: Path, root: Path) -> str:
    """Return the concept file of a draft; its pictures are copied into the pack's figures."""
    head = [f"id: {draft.id}", f"title: {quoted(draft.title)}"]
    head += [f"origin: {quoted(draft.origin)}"] if draft.origin else []
    head += [f"names: [{', '.join(map(quoted, draft.names))}]"] if draft.names else []
    head += [f"part_of: {draft.part_of}"] if draft.part_of else []
    body = []
    for told in draft.passages:
        body += [f"## {told.facet}：{told.title}" if told.facet else f"## {told.title}"] if told.title else []
        body.append(
            edit_prose(told.text, lambda prose: pictures.replaced(prose, lambda name: _copied(name, topic, root)))
        )
    question = question_of(draft)
    body += [_question_text(question)] if question else []
    return "---\n" + "\n".join(head) + "\n---\n" + "\n\n".join(body) + "\n"


def _question_text(question: Open | Numeric) -> str:
    lines = [f"id: {question.id.rpartition('/')[2]}", f"kind: {question.kind}", f"prompt: {quoted(question.prompt)}"]
    if isinstance(question, Numeric):
        lines.append(f"answer: {quoted(question.numeric.answer)}")
        lines += [f"variables: [{', '.join(question.numeric.variables)}]"] if question.numeric.variables else []
    return "```yaml question\n" + "\n".join(lines) + "\n```"


def quoted(text: str) -> str:
    """Return a text as a YAML scalar that nothing in it can end."""
    return "'" + text.replace("'", "''") + "'"


def _copied(name: str, topic: Path, root: Path) -> str | None:
    """Copy a picture into the pack's figures; return its path there, None for what is none."""
    if not pictures.within(name, root, root):
        return None
    target = topic.parent / FIGURES / topic.name / name.replace("/", "--")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root / name, target)
    return target.relative_to(topic.parent).as_posix()
