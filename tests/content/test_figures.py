"""The figures are what their scripts draw, readable on a phone, described in words, and referenced by path."""

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.figures import build
from content.figures.drawing import WIDTH, Canvas, Placed
from content.figures.lettering import choose, runs
from content.figures.nms import DROPPED, KEPT
from content.figures.precision_recall import average_precision, envelope
from content.figures.scene import Box
from content.figures.transposed_convolution import output

CONTENT = build.FOLDER.parent
NAMES = build.names()
LARGEST = 60 * 1024


def drawn(name: str, *, is_ascii: bool = False) -> Canvas:
    script = build.figure(name)
    canvas = Canvas(script.HEIGHT, script.ALT, is_ascii=is_ascii)
    script.draw(canvas)
    return canvas


def chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield (kind, data) of a PNG, each with its checksum verified."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    place = 8
    while place < len(picture):
        size, kind = struct.unpack(">I4s", picture[place : place + 8])
        data = picture[place + 8 : place + 8 + size]
        assert zlib.crc32(kind + data) == struct.unpack(">I", picture[place + 8 + size : place + 12 + size])[0]
        yield kind, data
        place += size + 12


def iou(a: Box, b: Box) -> float:
    wide = min(a.x + a.w, b.x + b.w) - max(a.x, b.x)
    high = min(a.y + a.h, b.y + b.h) - max(a.y, b.y)
    both = max(wide, 0) * max(high, 0)
    return both / (a.w * a.h + b.w * b.h - both)


def overlap(a: Placed, b: Placed) -> bool:
    return min(a.right, b.right) - max(a.left, b.left) > 2 and min(a.bottom, b.bottom) - max(a.top, b.top) > 2


def test_there_are_enough_figures_and_each_has_three_files() -> None:
    assert len(NAMES) >= 16
    made = {path.stem for path in build.FOLDER.glob("*.svg")} | {path.stem for path in build.FOLDER.glob("*.png")}
    assert made == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_vector_is_what_the_script_draws(name: str) -> None:
    assert (build.FOLDER / f"{name}.svg").read_bytes() == build.svg(name).encode()


@pytest.mark.parametrize("name", NAMES)
def test_the_raster_was_made_from_the_committed_vector_and_is_light(name: str) -> None:
    picture = (build.FOLDER / f"{name}.png").read_bytes()
    found = dict(chunks(picture))
    assert struct.unpack(">II", found[b"IHDR"][:8]) == (WIDTH, build.figure(name).HEIGHT)
    assert found[b"tEXt"].decode() == f"{build.SOURCE_KEY}\0{build.source_hash(build.svg(name))}"
    assert len(picture) < LARGEST


@pytest.mark.parametrize("name", NAMES)
def test_the_alt_text_is_one_chinese_sentence(name: str) -> None:
    alt = build.figure(name).ALT
    assert 15 <= len(alt) <= 110
    assert re.search(r"[\u4e00-\u9fff]", alt)
    assert not re.search(r"[\[\]\n。]", alt), "it stands between brackets, without a full stop"


@pytest.mark.parametrize("is_ascii", [False, True], ids=["in Chinese", "in ASCII"])
@pytest.mark.parametrize("name", NAMES)
def test_no_label_is_small_leaves_its_place_or_covers_another(name: str, *, is_ascii: bool) -> None:
    canvas = drawn(name, is_ascii=is_ascii)
    labels = [label for label in canvas.placed if label.text]
    assert min(label.size for label in labels) >= 26
    outside = [
        label.text
        for label in labels
        if label.left < 12 or label.right > WIDTH - 12 or label.top < 12 or label.bottom > canvas.height - 8
    ]
    assert outside == []
    covering = [(a.text, b.text) for place, a in enumerate(labels) for b in labels[:place] if overlap(a, b)]
    assert covering == []
    assert canvas.crowded == []


@pytest.mark.parametrize("name", NAMES)
def test_without_a_chinese_font_every_label_is_ascii(name: str) -> None:
    assert build.svg(name, is_ascii=True).isascii()


def test_every_figure_that_the_content_references_exists() -> None:
    for file in CONTENT.rglob("*.md"):
        for path in re.findall(r"!\[[^\]]*\]\((figures/[^)\s]+)\)", file.read_text(encoding="utf-8")):
            assert (CONTENT / path).is_file(), f"{file.name} references {path}"


def test_a_wrong_name_is_refused_with_the_list_of_figures(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        build.main(["no-such-figure"])
    assert "receptive-field" in capsys.readouterr().err


def test_stale_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "FOLDER", tmp_path)
    (tmp_path / "iou.py").touch()
    assert build.stale() == ["iou"]
    build.write(["iou"], is_ascii=False, svg_only=True)
    assert build.stale() == ["iou"], "the raster is missing"
    (tmp_path / "iou.png").write_bytes(build.source_hash(build.svg("iou")).encode())
    assert build.stale() == []


def test_ascii_spells_symbols_out() -> None:
    assert choose("σ ≥ 2×γ", is_ascii=True) == "sigma >= 2xgamma"
    assert choose(("交集", "both"), is_ascii=True) == "both"
    assert choose(("交集", "both"), is_ascii=False) == "交集"


def test_subscripts_and_symbols_are_runs_of_their_own() -> None:
    assert [(run.text, run.shift) for run in runs("k^{2}×C_{in}", 100)] == [
        ("k", 0),
        ("2", -36),
        ("×", 0),
        ("C", 0),
        ("in", 24),
    ]


def test_the_boxes_that_nms_drops_overlap_a_kept_one_by_the_threshold() -> None:
    best = [max(iou(hit.box, kept.box) for kept in KEPT) for hit in DROPPED]
    assert all(value >= 0.5 for value in best)
    assert iou(KEPT[0].box, KEPT[1].box) == 0


def test_the_precision_recall_example_adds_up() -> None:
    assert envelope() == [(0.2, 1.0), (0.4, 1.0), (0.6, 0.75), (0.8, 4 / 7), (1.0, 5 / 9)]
    assert average_precision() == pytest.approx(0.4 + 0.2 * (0.75 + 4 / 7 + 5 / 9))


def test_the_transposed_convolution_adds_its_stamps() -> None:
    assert output() == [[1, 1, 3, 2, 2], [1, 1, 3, 2, 2], [4, 4, 10, 6, 6], [3, 3, 7, 4, 4], [3, 3, 7, 4, 4]]
