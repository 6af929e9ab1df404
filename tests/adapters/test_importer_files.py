"""An imported document becomes concept files that follow it, and what a person changed in them stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.adapters import content, importer
from bot.adapters.import_files import MANIFEST, RETIRED, import_document
from bot.core.document import Picture
from bot.core.library import Library
from bot.errors import ContentError

FIXTURE = Path(__file__).resolve().parents[1] / "golden" / "import"


@pytest.fixture(scope="module")
def notes() -> Library:
    library, _ = importer.read_document(FIXTURE / "notes.md")
    return library


@pytest.fixture
def document(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURE, tmp_path / "doc")
    return tmp_path / "doc" / "notes.md"


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_files_load_and_say_the_same(document: Path, tmp_path: Path, notes: Library) -> None:
    summary = import_document(document, tmp_path / "pack" / "net")
    read, faults = content.read(tmp_path / "pack")
    assert faults == ()
    assert len(summary.added) == len(read.concepts)
    told = {concept.id: concept for concept in read.concepts}
    for concept in notes.concepts:
        other = told[concept.id]
        assert (other.title, other.origin, other.names) == (concept.title, concept.origin, concept.names)
        assert (other.part_of, other.see_also) == (concept.part_of, concept.see_also)
        assert [(p.facet, p.title, p.text) for p in other.passages] == [
            (p.facet, p.title, p.text) for p in concept.passages
        ]
        assert [(q.id, q.kind, q.prompt, q.numeric, q.reference) for q in other.questions] == [
            (q.id, q.kind, q.prompt, q.numeric, q.reference) for q in concept.questions
        ]


def test_pictures_are_copied_into_the_pack(document: Path, tmp_path: Path) -> None:
    import_document(document, tmp_path / "pack" / "net")
    library = content.load(tmp_path / "pack")
    found = [b for c in library.concepts for p in c.passages for b in p.blocks if isinstance(b, Picture)]
    assert [(picture.path, picture.alt) for picture in found] == [
        ("figures/net/pictures--slow.png", "曲线"),
        ("", "流程图"),
    ]
    assert (tmp_path / "pack" / found[0].path).read_bytes() == (FIXTURE / "pictures" / "slow.png").read_bytes()


def test_importing_again_follows_the_document_and_keeps_edits(document: Path, tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "net"
    import_document(document, topic)
    assert import_document(document, topic).same
    files = {p.stem: p for p in topic.glob("*.md")}
    edited = next(p for name, p in files.items() if name.startswith("tcp"))
    _edit(edited, "客户端发", "我改过：客户端发")
    _edit(document, "一次可以发多个", "一次能发很多个")
    _edit(document, "* UDP 不保证到达", "* UDP 从不保证到达")
    summary = import_document(document, topic)
    assert summary.kept == [edited.name]
    assert len(summary.changed) == 2
    assert "我改过" in edited.read_text(encoding="utf-8")
    _edit(document, "客户端再回 ACK", "客户端最后回 ACK")
    summary = import_document(document, topic)
    assert summary.differing == [edited.name]
    assert "我改过" in edited.read_text(encoding="utf-8")
    assert "最后回" in edited.with_name(f"{edited.name}.new").read_text(encoding="utf-8")
    content.load(tmp_path / "pack")


def test_a_section_that_is_gone_is_retired_and_said_so(document: Path, tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "net"
    import_document(document, topic)
    _edit(document, "**Q: 什么是滑动窗口**\n\n**A:** 一次可以发多个没有确认的包。\n", "")
    summary = import_document(document, topic)
    (name,) = summary.retired
    assert (topic / f"{RETIRED}{name}").exists()
    assert any(line.startswith("1 retired") for line in summary.lines())


def test_a_damaged_manifest_is_named(document: Path, tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "net"
    import_document(document, topic)
    (topic / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(ContentError, match="manifest cannot be read"):
        import_document(document, topic)
