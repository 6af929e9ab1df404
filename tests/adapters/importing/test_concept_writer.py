"""An imported document becomes concept files that follow it, and what a person changed in them stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content import pack_reader
from bot.adapters.importing import reader
from bot.adapters.importing.concept_writer import MANIFEST, RETIRED, import_document
from bot.adapters.importing.drafts import read_drafts
from bot.cli import main
from bot.core.content.document import Picture
from bot.core.content.library import Library
from bot.core.kinds.replaying import rubric_json
from bot.errors import ContentError

FIXTURE = Path(__file__).resolve().parents[2] / "golden" / "import"


@pytest.fixture(scope="module")
def notes() -> Library:
    library, _ = reader.read_document(FIXTURE / "notes.md")
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
    read, faults = pack_reader.read(tmp_path / "pack")
    assert faults == ()
    assert len(summary.added) == len(read.concepts)
    told = {concept.id: concept for concept in read.concepts}
    for concept in notes.concepts:
        other = told[concept.id]
        assert (other.title, other.origin, other.names) == (concept.title, concept.origin, concept.names)
        assert other.part_of == concept.part_of
        assert [(p.facet, p.title, p.text) for p in other.passages] == [
            (p.facet, p.title, p.text) for p in concept.passages
        ]
        assert [rubric_json(q) for q in other.questions] == [rubric_json(q) for q in concept.questions]


def test_pictures_are_copied_into_the_pack(document: Path, tmp_path: Path) -> None:
    import_document(document, tmp_path / "pack" / "net")
    library = pack_reader.load(tmp_path / "pack")
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
    beside = edited.with_name(f"{edited.name}.new")
    assert "最后回" in beside.read_text(encoding="utf-8")
    assert import_document(document, topic).differing == [edited.name], "it is said until it is settled"
    beside.unlink()
    assert import_document(document, topic).kept == [edited.name]
    pack_reader.load(tmp_path / "pack")


def test_a_section_that_is_gone_is_retired_and_said_so(document: Path, tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "net"
    import_document(document, topic)
    _edit(document, "**Q: 什么是滑动窗口**\n\n**A:** 一次可以发多个没有确认的包。\n", "")
    summary = import_document(document, topic)
    (name,) = summary.retired
    assert (topic / f"{RETIRED}{name}").exists()
    assert any(line.startswith("1 retired") for line in summary.lines())


def test_a_section_that_is_gone_stays_where_a_person_worked_on_it(document: Path, tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "net"
    import_document(document, topic)
    edited = topic / "shen-me-shi-hua-dong-chuang.md"
    _edit(edited, "没有确认", "还没有确认")
    _edit(document, "**Q: 什么是滑动窗口**\n\n**A:** 一次可以发多个没有确认的包。\n", "")
    summary = import_document(document, topic)
    assert (summary.retired, summary.kept) == ([], [edited.name])
    assert pack_reader.load(tmp_path / "pack").concepts[-1].id == edited.stem


def test_a_heading_that_changes_alone_keeps_its_id(document: Path, tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "net"
    import_document(document, topic)
    _edit(document, "什么是滑动窗口", "滑动窗口是什么")
    summary = import_document(document, topic)
    assert (summary.renamed, summary.added, summary.retired) == (["shen-me-shi-hua-dong-chuang.md"], [], [])
    concept = pack_reader.load(tmp_path / "pack").by_id["shen-me-shi-hua-dong-chuang"]
    assert concept.title == concept.origin == "滑动窗口是什么"
    assert len(import_document(document, topic).same) == len(summary.same) + 1


def test_the_topic_lists_every_heading_and_the_order_of_study(document: Path, tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "net"
    import_document(document, topic)
    text = (topic / "_topic.md").read_text(encoding="utf-8")
    assert "  - 空标题\n" in text
    (read,) = pack_reader.load(tmp_path / "pack").topics
    assert read.title == "网络"
    assert list(read.order) == [draft.id for draft in read_drafts(document).drafts]


def test_an_edited_topic_keeps_its_words_and_follows_the_sections(document: Path, tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "net"
    import_document(document, topic)
    front = topic / "_topic.md"
    _edit(front, "title: '网络'", "title: 计算机网络 # 我改的\ntitle_en: Networks")
    _edit(front, "order: [notes, ", "order: [dns, ")
    _edit(document, "#### DNS\n\n把名字翻译成地址，见 [标准][rfc]。", "#### CDN\n\n把内容放到离读者近的地方。")
    summary = import_document(document, topic)
    assert (summary.added, summary.retired) == (["cdn.md"], ["dns.md"])
    (read,) = pack_reader.load(tmp_path / "pack").topics
    assert (read.title, read.title_en) == ("计算机网络", "Networks")
    assert read.order[0] == "tcp-san-ci-wo-shou-shi-shen"
    assert read.order[-2:] == ("notes", "cdn")
    assert "# 我改的" in front.read_text(encoding="utf-8")


def test_ids_of_other_topics_are_not_given_again(document: Path, tmp_path: Path) -> None:
    import_document(document, tmp_path / "pack" / "a")
    import_document(document, tmp_path / "pack" / "b")
    library = pack_reader.load(tmp_path / "pack")
    assert library.by_id["dns"].topic_id == "a"
    assert library.by_id["dns-2"].topic_id == "b"


def test_a_file_that_a_person_wrote_is_never_overwritten(document: Path, tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "net"
    topic.mkdir(parents=True)
    (topic / "dns.md").write_text("mine", encoding="utf-8")
    assert import_document(document, topic).differing == ["dns.md"]
    assert (topic / "dns.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("text", ["", "\n\n", "# 空\n"], ids=["nothing", "blank lines", "an empty heading"])
def test_nothing_is_imported_from_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "doc.md").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match="nothing to import"):
        import_document(tmp_path / "doc.md", tmp_path / "pack" / "t")
    assert not (tmp_path / "pack").exists()


_AWKWARD = (
    "# it's: 'a' # [b] {c} ---\n\ntext\n\n# ## x\n\n---\n\ny\n\n# 定义：甲\n\n- ## z\n\n  w\n\n"
    '# a\x85b\u2028c\n\n```yaml question\nid: x\n```\n\n# "q" \\frac\n\n```\nopen\n'
)


def test_awkward_headings_and_texts_make_files_that_load(tmp_path: Path) -> None:
    (tmp_path / "doc.md").write_text(_AWKWARD, encoding="utf-8")
    import_document(tmp_path / "doc.md", tmp_path / "pack" / "t")
    read, faults = pack_reader.read(tmp_path / "pack")
    plain, _ = reader.read_document(tmp_path / "doc.md")
    assert faults == ()
    assert {c.title: c.passages for c in read.concepts} == {c.title: c.passages for c in plain.concepts}


@given(text=st.text(alphabet="#*_`$[]()!<>|-\\ \n\t1.ab中：:?'\"{}&@%", max_size=120))
def test_any_text_makes_files_that_load(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "doc.md").write_text(f"x\n\n{text}", encoding="utf-8")
    import_document(folder / "doc.md", folder / "pack" / "t")
    assert pack_reader.read(folder / "pack")[1] == ()
    again = import_document(folder / "doc.md", folder / "pack" / "t")
    assert (again.added, again.changed, again.differing, again.kept, again.retired) == ([], [], [], [], [])


def test_the_command_says_what_it_did(
    document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ["import", str(document), "--into", str(tmp_path / "pack" / "net")]
    assert main(command) == 0
    said = capsys.readouterr()
    assert "added: " in said.out
    assert f"{document}:45: the heading '空标题' has no text" in said.err
    assert main(["import", str(tmp_path / "none.md"), "--into", str(tmp_path / "pack" / "net")]) == 1
    assert "none.md:1: the document cannot be read" in capsys.readouterr().err


def test_a_damaged_manifest_is_named(document: Path, tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "net"
    import_document(document, topic)
    (topic / MANIFEST).write_text("{", encoding="utf-8")
    with pytest.raises(ContentError, match="manifest cannot be read"):
        import_document(document, topic)
