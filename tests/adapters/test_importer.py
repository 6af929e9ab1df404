"""A document written by anybody becomes a library, and nothing of it is lost."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters import content, importer
from bot.adapters.import_files import MANIFEST, RETIRED, import_document
from bot.adapters.language import full
from bot.adapters.outline import sections
from bot.adapters.wild import tame
from bot.core.document import Formula, Paragraph, Picture, source_text, walk
from bot.core.grading import Grader
from bot.core.language import Language
from bot.core.library import Facet, Library
from bot.core.retrieval import DecisionKind, Index
from bot.errors import ContentError

FIXTURE = Path(__file__).resolve().parents[1] / "golden" / "import"
NOTES = FIXTURE / "notes.md"


@pytest.fixture(scope="module")
def notes() -> Library:
    library, _ = importer.read_document(NOTES)
    return library


def _by_title(library: Library) -> dict[str, str]:
    return {c.title: "\n".join(source_text(p.blocks) for p in c.passages) for c in library.concepts}


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[A-Za-z0-9]+|[一-鿿]", text))


def test_the_outline_as_a_page(notes: Library, request: pytest.FixtureRequest) -> None:
    lines = []
    for concept in notes.concepts:
        lines.append(f"{concept.topic_id} | {concept.id} | {concept.title} | {', '.join(concept.names)}")
        for passage in concept.passages:
            lines.append(f"  [{passage.facet or '-'}] {passage.title}")
            lines += [f"    {line}" for line in source_text(passage.blocks).split("\n")]
    page = "\n".join(lines) + "\n"
    golden = FIXTURE / "outline.txt"
    if request.config.getoption("--update-golden"):
        golden.write_text(page, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == page


def test_no_word_of_the_document_is_lost(notes: Library) -> None:
    source = re.sub(r"\]\([^)]*\)", "](", NOTES.read_text(encoding="utf-8"))
    empty_and_topics = _words("网络 空标题 python 1 2 Q A")
    assert _words(source) - _words(importer.words_of(notes)) - empty_and_topics == Counter()


def test_an_empty_heading_is_reported_with_its_line() -> None:
    _, faults = importer.read_document(NOTES)
    (fault,) = faults
    assert fault.is_warning
    assert "空标题" in fault.what
    assert NOTES.read_text(encoding="utf-8").split("\n")[fault.line - 1] == "### 空标题"


def test_formulas_are_found_however_they_are_written(notes: Library) -> None:
    told = _by_title(notes)
    assert told["往返时间是 $ r$ ，发三次要多久"].strip() == "1. $3r$"
    blocks = [b for c in notes.concepts for p in c.passages for outer in p.blocks for b in walk(outer)]
    assert [b.latex for b in blocks if isinstance(b, Formula)] == [r"w \leftarrow w - 1", "w=w+1"]


def test_pictures_stay_where_they_are_and_missing_ones_keep_their_text(tmp_path: Path) -> None:
    document = tmp_path / "doc.md"
    document.write_text(
        "# 甲\n\n![在](in.png) ![没有](no.png) ![外面](../out.png) ![网上](https://example.org/a.png)\n",
        encoding="utf-8",
    )
    (tmp_path / "in.png").write_bytes(b"png")
    (tmp_path.parent / "out.png").write_bytes(b"png")
    library, _ = importer.read_document(document)
    found = [b for p in library.concepts[0].passages for b in p.blocks if isinstance(b, Picture)]
    assert [(p.path, p.alt) for p in found] == [("in.png", "在"), ("", "没有"), ("", "外面"), ("", "网上")]


def test_every_section_is_found_by_its_own_title(notes: Library) -> None:
    index = Index.build(notes, full())
    for concept in notes.concepts[1:]:
        decision = index.search(concept.origin)
        assert decision.kind is DecisionKind.ANSWER, concept.origin
        assert decision.candidates[0].concept is concept


def test_what_has_no_rubric_is_graded_by_its_text(notes: Library, characters: Language) -> None:
    grader = Grader(notes.lexicon, characters)
    question = next(q for q in notes.questions.values() if "三次握手" in q.prompt)
    assert question.rubric is None
    assert grader.grade(question, "客户端发 SYN，服务端回 SYN+ACK，客户端再回 ACK").fraction == 1.0
    assert grader.grade(question, "不知道").fraction == 0.0


# --- writing files -------------------------------------------------------------------------------------


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
    library = content.load(tmp_path / "pack")
    assert len(summary.added) == len(library.concepts) == len(notes.concepts)
    told = {c.title: c for c in library.concepts}
    congestion = told["拥塞控制（Congestion Control，CC）的作用"]
    assert [p.title for p in congestion.passages] == ["", "慢启动", "拥塞避免"]
    assert "CC" in congestion.names
    assert _words(importer.words_of(notes)) - _words(importer.words_of(library)) == Counter()
    (picture,) = [b for p in congestion.passages for b in p.blocks if isinstance(b, Picture)]
    assert (tmp_path / "pack" / picture.path).is_file()


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


@pytest.mark.parametrize(
    ("data", "words"),
    [("什么是感受野，怎么计算".encode("gbk"), "saved as UTF-8"), (b"x" * 5_000_001, "too large")],
    ids=["another encoding", "too large"],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "doc.md"
    path.write_bytes(data)
    with pytest.raises(ContentError, match=words):
        importer.read_document(path)


def test_an_empty_document_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "doc.md").write_text("", encoding="utf-8")
    library, faults = importer.read_document(tmp_path / "doc.md")
    assert library.concepts == ()
    assert "nothing to serve" in faults[-1].what


def test_front_matter_carriage_returns_and_marks_of_order_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "doc.md"
    path.write_bytes("\ufeff---\r\ntitle: x\r\n---\r\n# 甲\r\n\r\n乙\r\n".encode())
    library, _ = importer.read_document(path)
    assert _by_title(library) == {"甲": "乙"}


_LINES = st.sampled_from(
    (
        *("# 甲", "## B c", "* x", "  * y", "1. 问题", "   答", "$$", "$$a$$ b", "\t$x$", "> q", "```", "**Q:** 为何"),
        *("A: 因为", "", "text", "| a | b |", "|---|---|", "<div>", "![a](b.png)", "- [ ] t", "Title", "====="),
        *("3.  三", "    code", "UDP 与 TCP 有什么区别"),
    )
)


@given(st.lists(_LINES, max_size=14))
def test_any_lines_can_be_read_and_keep_their_words(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = sections(tame(text), "doc")
    told = " ".join(f"{s.title} {' '.join(s.path)} " + " ".join(f"{p.lead} {p.text}" for p in s.parts) for s in found)
    assert set(_words(text)) - set(_words(told)) <= {"1", "3", "Q", "A"}
    for section in found:
        for part in section.parts:
            assert importer.blocks_of(part.text)


@given(st.text(max_size=300))
def test_any_text_never_raises(text: str) -> None:
    for section in sections(tame(text), "doc"):
        for part in section.parts:
            importer.blocks_of(part.text)


def test_deep_nesting_ends(tmp_path: Path) -> None:
    path = tmp_path / "doc.md"
    path.write_text("".join("  " * n + "- x\n" for n in range(400)) + "> " * 400 + "y\n", encoding="utf-8")
    library, _ = importer.read_document(path)
    assert library.concepts


def test_a_facet_is_read_from_a_lead() -> None:
    text = "# 甲\n\n开头\n\n* 缺点\n\n  慢\n\n* 公式\n\n  $x$\n"
    (section,) = (s for s in sections(tame(text), "doc") if s.parts)
    assert [facet for facet, _, _ in importer._passages(section.parts)] == [
        Facet.DEFINITION,
        Facet.DRAWBACK,
        Facet.FORMULA,
    ]
    assert isinstance(importer.blocks_of("乙")[0], Paragraph)
