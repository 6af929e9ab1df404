"""A document written by anybody becomes a library, and nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.content.language import full
from bot.adapters.importing import reader
from bot.core.content.document import Formula, Picture, source_text, walk
from bot.core.content.library import Facet, Library
from bot.core.grading import Grader
from bot.core.kinds import Open
from bot.core.language.characters import Language
from bot.core.retrieval import DecisionKind, Index
from bot.errors import ContentError

FIXTURE = Path(__file__).resolve().parents[2] / "golden" / "import"
NOTES = FIXTURE / "notes.md"


@pytest.fixture(scope="module")
def notes() -> Library:
    library, _ = reader.read_document(NOTES)
    return library


def _by_title(library: Library) -> dict[str, str]:
    return {c.title: "\n".join(source_text(p.blocks) for p in c.passages) for c in library.concepts}


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


def test_an_empty_heading_is_reported_with_its_line() -> None:
    _, faults = reader.read_document(NOTES)
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
    library, _ = reader.read_document(document)
    found = [b for p in library.concepts[0].passages for b in p.blocks if isinstance(b, Picture)]
    assert [(p.path, p.alt) for p in found] == [("in.png", "在"), ("", "没有"), ("", "外面"), ("", "网上")]


def test_every_section_is_found_by_its_own_title(notes: Library) -> None:
    index = Index.build(notes, full())
    for concept in notes.concepts[1:]:
        decision = index.search(concept.origin or concept.title)
        assert decision.kind is DecisionKind.ANSWER, concept.title
        assert decision.candidates[0].concept is concept


def test_what_has_no_rubric_is_graded_by_its_text(notes: Library, characters: Language) -> None:
    grader = Grader(notes.lexicon, characters)
    question = next(q for q in notes.questions.values() if "三次握手" in q.prompt)
    assert isinstance(question, Open)
    assert question.rubric is None
    assert grader.grade(question, "客户端发 SYN，服务端回 SYN+ACK，客户端再回 ACK").fraction == 1.0
    assert grader.grade(question, "不知道").fraction == 0.0


@pytest.mark.parametrize(
    ("data", "words"),
    [("什么是感受野，怎么计算".encode("gbk"), "save it as UTF-8"), (b"x" * 3_000_001, "too large")],
    ids=["another encoding", "too large"],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "doc.md"
    path.write_bytes(data)
    with pytest.raises(ContentError, match=words):
        reader.read_document(path)


def test_an_empty_document_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "doc.md").write_text("", encoding="utf-8")
    library, faults = reader.read_document(tmp_path / "doc.md")
    assert library.concepts == ()
    assert "nothing to serve" in faults[-1].what


def test_a_term_that_a_list_explains_is_a_part_of_its_heading(notes: Library) -> None:
    whole = notes.by_id["yong-sai-kong-zhi"]
    part = notes.by_id["man-qi-dong"]
    assert (part.title, part.origin, part.part_of) == ("慢启动", "", whole.id)
    assert [(p.facet, p.title) for p in whole.passages] == [
        (Facet.DEFINITION, ""),
        (None, "拥塞避免"),
        (Facet.STEPS, "步骤"),
    ]
    assert notes.origin_of(part) == whole.origin


def test_an_answer_that_is_a_value_is_asked_for_as_one(notes: Library, characters: Language) -> None:
    grader = Grader(notes.lexicon, characters)
    kinds = {q.prompt: q.kind for q in notes.questions.values()}
    assert kinds["一次往返多久， 单位是毫秒"] == "numeric"
    question = notes.questions["wang-fan-shi-jian-shi-r-fa/value"]
    assert grader.grade(question, "r*3").fraction == 1.0
    assert grader.grade(question, "r+3").fraction == 0.0


def test_what_says_nothing_is_not_asked_about(tmp_path: Path) -> None:
    (tmp_path / "doc.md").write_text(
        "# 卷积\n\n一种带滑动窗口的加权求和运算。\n\n# 参考资料\n\n- 某某的深度学习讲义，二版\n\n# 图\n\n![](a.png)\n",
        encoding="utf-8",
    )
    library, _ = reader.read_document(tmp_path / "doc.md")
    assert [c.title for c in library.concepts if c.questions] == ["卷积"]


def test_a_folder_of_documents_is_one_library(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text("# 栈\n\n后进先出\n", encoding="utf-8")
    (tmp_path / "b" / "b.md").write_text("# 栈\n\n又一个栈\n\n![](p.png)", encoding="utf-8")
    (tmp_path / "b" / "p.png").write_bytes(b"png")
    (tmp_path / ".git" / "c.md").write_text("# 不读\n\n隐藏的\n", encoding="utf-8")
    library, faults = reader.read_document(tmp_path)
    assert faults == ()
    assert [c.id for c in library.concepts] == ["zhan", "zhan-2"]
    (picture,) = [b for b in library.concepts[1].passages[0].blocks if isinstance(b, Picture)]
    assert picture.path == "b/p.png"


def test_a_heading_over_headings_lists_them(tmp_path: Path) -> None:
    (tmp_path / "doc.md").write_text("# 一\n\n## 二\n\n### 三\n\n字\n\n### 四\n\n字\n", encoding="utf-8")
    library, _ = reader.read_document(tmp_path / "doc.md")
    assert _by_title(library) == {"二": "• 三\n• 四", "三": "字", "四": "字"}


def test_front_matter_carriage_returns_and_marks_of_order_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "doc.md"
    path.write_bytes("\ufeff---\r\ntitle: x\r\n---\r\n# 甲\r\n\r\n乙\r\n".encode())
    library, _ = reader.read_document(path)
    assert _by_title(library) == {"甲": "乙"}
