"""Pictures of formulas, figures and cards; what strangers write can neither read, nor reach out, nor hold a worker."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image as Raster

from bot.adapters.markdown import parser
from bot.adapters.typesetting import latex
from bot.adapters.typesetting.style import string
from bot.adapters.typesetting.typesetter import Typst
from bot.adapters.typesetting.worker import to_typst
from bot.adapters.typesetting.worker_process import WorkerError, WorkerProcess
from bot.core.content import presenting
from bot.core.content.document import AnswerCard, Code, Formula, Heading, Paragraph, Picture, Text, paragraph, walk
from bot.core.content.library import Library

ROOT = Path(__file__).resolve().parents[3]
CONTENT = ROOT / "content"
STUCK = (sys.executable, "-c", "import time; time.sleep(60)")
DEAD = (sys.executable, "-c", "pass")


@pytest.fixture(scope="module")
def typst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typst]:
    typst = Typst(tmp_path_factory.mktemp("pictures"), CONTENT)
    yield typst
    typst.close()


@pytest.fixture
def with_font(typst: Typst) -> Typst:
    if not typst.has_cards:
        pytest.skip("there is no font with Chinese characters on this machine")
    return typst


def size_of(png: bytes) -> tuple[int, int]:
    with Raster.open(io.BytesIO(png)) as opened:
        return opened.size


# --- what is made ----------------------------------------------------------------------------------


def test_every_display_formula_of_the_pack_becomes_mathematics(pack: Library) -> None:
    blocks = (b for c in pack.concepts for p in c.passages for block in p.blocks for b in walk(block))
    written = list(dict.fromkeys(block.latex for block in blocks if isinstance(block, Formula)))
    made = to_typst([latex.prepared(one) for one in written])
    assert [one for one, code in zip(written, made, strict=True) if code is None] == []
    assert not any("#scale" in code for code in made if code)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (r"|A\cap B|", "lr(|A inter B|)"),
        (r"P(A|B)\,P(B|A)", r"P \( A \| B \) thin P \( B \| A \)"),
        (r"\Bigl\lfloor x\Bigr\rfloor", "⌊x⌋"),
        (r"\sigma\bigl(x\bigr)", r"sigma (x)"),
        (r"a\odot b", "a dot.o b"),
    ],
    ids=["bars hug", "a condition does not", "a floor grows", "brackets grow", "circles have their new names"],
)
def test_a_formula_is_written_well(written: str, code: str) -> None:
    (made,) = to_typst([latex.prepared(written)])
    assert made is not None
    assert "".join(made.split()) in {"".join(code.split()), "".join(f"lr({code})".split())}


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        (r"a=1,\quad b=2", ("a=1", "b=2")),
        (r"a\qquad b", ("a", "b")),
        (r"f(x,\quad y)", ()),
        (r"x\quad(\text{NMS})", ()),
        (r"\begin{cases}1,\quad&x\\2\end{cases}", ()),
    ],
    ids=["a comma and a gap", "a wide gap", "within brackets", "a remark", "within cases"],
)
def test_what_stands_side_by_side_is_parted(written: str, rows: tuple[str, ...]) -> None:
    assert latex.rows(written) == rows


def test_a_formula_is_a_picture_dark_on_white_and_made_once(typst: Typst) -> None:
    image = typst.formula(r"\frac{1}{N}\sum_{i=1}^{N} x_i")
    assert image is not None
    assert image.alt == "1/N·∑ᵢ₌₁ᴺ xᵢ"
    with Raster.open(io.BytesIO(image.png)) as opened:
        shown = opened.convert("L")
    assert shown.point(lambda value: 255 if value < 40 else 0).getbbox(), "there is ink"
    assert shown.getpixel((0, 0)) == 255
    assert 800 <= shown.width <= 1500
    began = time.monotonic()
    assert typst.formula(r"\frac{1}{N}\sum_{i=1}^{N} x_i") == image
    assert time.monotonic() - began < 0.05
    assert Path(image.path).read_bytes() == image.png


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_a_concept_is_a_card_of_a_phones_size(with_font: Typst, pack: Library, *, is_dark: bool) -> None:
    pages = with_font.card(presenting.card(pack.by_id["focal-loss"], is_dark=is_dark))
    assert pages is not None
    assert {size_of(page.png) for page in pages} == {(833, 1280)}
    assert [page.alt for page in pages] == ["Focal Loss (1/2)", "Focal Loss (2/2)"]
    with Raster.open(io.BytesIO(pages[0].png)) as opened:
        assert opened.convert("L").getpixel((0, 0)) == (24 if is_dark else 255)


def test_a_short_card_has_no_empty_foot(with_font: Typst) -> None:
    pages = with_font.card(AnswerCard("短", (paragraph("一句话。"),)))
    assert pages is not None
    ((width, height),) = [size_of(page.png) for page in pages]
    assert width == 833
    assert height < 400


def test_a_figure_is_the_file_itself(typst: Typst) -> None:
    image = typst.figure(Picture("figures/iou.png", "两个框"))
    assert image is not None
    assert image.png == (CONTENT / "figures" / "iou.png").read_bytes()
    assert image.alt == "两个框"


def test_a_huge_or_odd_figure_is_made_to_fit(tmp_path: Path) -> None:
    Raster.new("RGBA", (6000, 20), (255, 0, 0, 0)).save(tmp_path / "line.png")
    Raster.new("RGB", (30, 30), "red").save(tmp_path / "photo.jpg")
    (tmp_path / "text.png").write_text("no picture")
    typst = Typst(tmp_path / "cache", tmp_path)
    line, photo = typst.figure(Picture("line.png", "")), typst.figure(Picture("photo.jpg", ""))
    assert line is not None
    assert photo is not None
    width, height = size_of(line.png)
    assert max(width, height) <= 2560
    assert width / height < 20
    assert photo.png.startswith(b"\x89PNG")
    assert typst.figure(Picture("text.png", "")) is None


# --- what cannot be made ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        r"\input{/etc/passwd}",
        r"\include{/etc/passwd}",
        r"\write18{id}",
        r"\href{file:///etc/passwd}{x}",
        r"\includegraphics{/etc/passwd}",
        '$\n#read("/etc/passwd")\n$',
        r"a$ #read(\"/etc/passwd\") $b",
        r"\def\x{\x\x}\x",
        "{" * 900 + "}" * 900,
        "x" * 10_000_000,
        r"\frac{1}{" * 200 + "x" + "}" * 200,
        "",
        "\\",
        "\ud800",
    ],
    ids=lambda written: repr(written[:20]),
)
def test_a_hostile_formula_is_no_picture_and_no_error(typst: Typst, written: str) -> None:
    began = time.monotonic()
    image = typst.formula(written)
    assert image is None or image.png.startswith(b"\x89PNG")
    assert "passwd" not in written or image is None
    assert time.monotonic() - began < 12


@pytest.mark.parametrize(
    "path",
    ["../pyproject.toml", "/etc/passwd", "figures/../../README.md", "figures", "", "https://example.com/x.png", "a\0b"],
)
def test_a_picture_outside_of_the_content_is_not_read(typst: Typst, path: str) -> None:
    assert typst.figure(Picture(path, "x")) is None


ATTACKS = {
    "raw typst": '`#read("/etc/passwd")`{=typst}\n\n```{=typst}\n#read("/etc/passwd")\n```',
    "typst in text": '#read("/etc/passwd") #include "x.typ" $#read("/etc/passwd")$ @ref <label> *x* _y_ `z`',
    "a string's end": '\\" #read("/etc/passwd") " \\\\" #panic() "\\b\\f\\u{41} \\',
    "a package": '#import "@preview/cetz:0.3.0"',
    "an image": "![x](../../../etc/passwd) ![y](/etc/passwd) ![z](http://example.com/x.png)",
    "nesting": "> " * 500 + "x\n\n" + "".join("  " * n + "- x\n" for n in range(60)),
    "html": '<iframe src="file:///etc/passwd"></iframe><script>x</script>',
}


@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS)
def test_a_hostile_document_is_a_card_of_its_own_words(with_font: Typst, text: str) -> None:
    blocks = tuple(placed.block for placed in parser.parse(text))
    pages = with_font.card(AnswerCard('#read("/etc/passwd")', (*blocks, Code(text), Heading((Text(text),)))))
    assert pages, "it is typeset, as the text that it is"


@pytest.mark.parametrize("text", ['a"b', "\\", '\\"', "\\b", "\n\r\t", "#x", "\\u{41}", "\ue000"])
def test_a_string_ends_where_it_should(text: str) -> None:
    literal = string(text)
    assert literal[0] == literal[-1] == '"'
    inner = literal[1:-1]
    assert inner.replace("\\\\", "").replace('\\"', "").count('"') == 0
    assert not inner.replace("\\\\", "").replace('\\"', "").count("\\")


def test_an_endless_card_stays_text(with_font: Typst) -> None:
    assert with_font.card(AnswerCard("长", (paragraph("很长。" * 40_000),))) is None


# --- when it hangs or dies -------------------------------------------------------------------------


def test_a_process_that_hangs_is_ended_in_time(tmp_path: Path) -> None:
    typst = Typst(tmp_path, CONTENT, WorkerProcess(0.3, STUCK))
    began = time.monotonic()
    assert typst.formula("x") is None
    assert not typst.has_cards
    assert time.monotonic() - began < 5


def test_a_process_that_dies_is_no_error(tmp_path: Path) -> None:
    typst = Typst(tmp_path, CONTENT, WorkerProcess(5, DEAD))
    assert typst.formula("x") is None
    assert typst.card(AnswerCard("x", (Paragraph(()),))) is None


def test_after_the_process_was_ended_the_next_formula_is_made() -> None:
    press = WorkerProcess()
    try:
        assert press.convert(["x"]) == ["x"]
        assert press._process is not None
        press._process.kill()
        press._process.wait()
        assert press.convert(["y"]) == ["y"]
        with pytest.raises(WorkerError, match="No such file"):
            press.pages("/nowhere", 72)
    finally:
        press.close()


def test_a_folder_that_cannot_be_written_costs_only_the_keeping(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    typst = Typst(tmp_path / "file" / "pictures", CONTENT)
    try:
        assert typst.formula("x^2") is not None
    finally:
        typst.close()
