"""A kept pack equals a fresh one, every change gives a fresh one, and nothing on disk can stop the program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import knowledge
from bot.adapters.cache import disk_cache, library_cache
from bot.adapters.content import pack_reader
from bot.core.content.library import Library
from bot.errors import ContentError
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
TOPIC = "---\ntitle: 检测\norder: [nms]\n---\n"
NMS = "---\nid: nms\ntitle: 非极大值抑制\n---\n留下最高分的框。\n"
IOU = "---\nid: iou\ntitle: 交并比\n---\n交集比并集。\n"


@dataclass
class Reading:
    """A pack, a folder to keep it in, and how often it was parsed."""

    pack: Path
    folder: Path
    parsed: int = 0

    def load(self) -> Library:
        return library_cache.load(self.pack, self.folder, self._parse)

    def _parse(self) -> Library:
        self.parsed += 1
        return pack_reader.load(self.pack)

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir())


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    topic = tmp_path / "pack" / "detection"
    topic.mkdir(parents=True)
    (topic / "_topic.md").write_text(TOPIC, encoding="utf-8")
    (topic / "nms.md").write_text(NMS, encoding="utf-8")
    return Reading(tmp_path / "pack", tmp_path / "cache")


def test_a_pack_that_has_not_changed_is_parsed_once(reading: Reading) -> None:
    fresh, again = reading.load(), reading.load()
    assert reading.parsed == 1
    assert again == fresh == pack_reader.load(reading.pack)
    assert again.hash == fresh.hash
    assert again.by_id["nms"].title == "非极大值抑制"


def test_the_shipped_pack_is_kept_as_it_is(pack: Library, tmp_path: Path) -> None:
    library_cache.load(ROOT / "content", tmp_path, lambda: pack)
    again = library_cache.load(ROOT / "content", tmp_path, lambda: pytest.fail("parsed again"))
    assert again == pack
    assert again.hash == pack.hash


def _edit(pack: Path) -> None:
    (pack / "detection" / "nms.md").write_text(NMS.replace("最高分", "最低分"), encoding="utf-8")


def _add(pack: Path) -> None:
    (pack / "detection" / "iou.md").write_text(IOU, encoding="utf-8")


def _remove(pack: Path) -> None:
    (pack / "detection" / "nms.md").unlink()
    (pack / "detection" / "_topic.md").write_text(TOPIC.replace("nms", ""), encoding="utf-8")


def _rename(pack: Path) -> None:
    (pack / "detection" / "nms.md").rename(pack / "detection" / "other.md")


def _retitle(pack: Path) -> None:
    (pack / "detection" / "_topic.md").write_text(TOPIC.replace("检测", "识别"), encoding="utf-8")


def _move(pack: Path) -> None:
    (pack / "detection").rename(pack / "vision")


def _add_words(pack: Path) -> None:
    (pack / "lexicon.md").write_text("# 同义词\n- 框 / box\n", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_edit, id="a file was edited"),
        pytest.param(_add, id="a file was added"),
        pytest.param(_remove, id="a file was removed"),
        pytest.param(_retitle, id="a topic was edited"),
        pytest.param(_move, id="a topic has another id"),
        pytest.param(_add_words, id="a lexicon was added"),
    ],
)
def test_a_changed_pack_is_parsed_anew(change: Callable[[Path], None], reading: Reading) -> None:
    before = reading.load()
    change(reading.pack)
    after = reading.load()
    assert reading.parsed == 2
    assert after == pack_reader.load(reading.pack) != before
    assert len(reading.files) == 1, "the older one is dropped"


def test_a_change_that_is_taken_back_and_a_touched_file_are_seen_for_what_they_are(reading: Reading) -> None:
    first = reading.load()
    _edit(reading.pack)
    reading.load()
    (reading.pack / "detection" / "nms.md").write_text(NMS, encoding="utf-8")
    assert reading.load() == first
    (reading.pack / "detection" / "nms.md").touch()
    assert reading.load() == first
    assert reading.parsed == 3


def _new_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let one file of the parser read otherwise than it did."""
    sources = dict(disk_cache.program())
    changed = tmp_path / "markdown.py"
    changed.write_text(sources["adapters/markdown/parser.py"].read_text(encoding="utf-8") + "\n", encoding="utf-8")
    sources["adapters/markdown/parser.py"] = changed

    def other() -> Iterator[tuple[str, Path]]:
        yield from sources.items()

    monkeypatch.setattr(disk_cache, "program", other)


def _moved_code(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    """Let one file of the parser lie in another folder, as it is."""
    sources = dict(disk_cache.program())
    sources["adapters/markdown/inner/parser.py"] = sources.pop("adapters/markdown/parser.py")
    monkeypatch.setattr(disk_cache, "program", lambda: iter(sources.items()))


def _new_library(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(disk_cache, "_installed", lambda: ("markdown_it_py-999.dist-info",))


def _new_python(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(sys, "version", "3.99.0")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_new_code, id="the parser's code"),
        pytest.param(_moved_code, id="where the parser's code lies"),
        pytest.param(_new_library, id="a library"),
        pytest.param(_new_python, id="Python"),
    ],
)
def test_another_reader_reads_anew(
    change: Callable[[pytest.MonkeyPatch, Path], None],
    reading: Reading,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    reading.load()
    change(monkeypatch, tmp_path)
    reading.load()
    assert reading.parsed == 2


def test_all_code_that_reads_a_pack_is_watched() -> None:
    show = "print(*(m.__file__ for name, m in sys.modules.items() if name.split('.')[0] == 'bot'), sep='|', end='')"
    loading = [sys.executable, "-c", f"import sys; from bot.adapters.content import pack_reader; {show}"]
    loaded = subprocess.run(loading, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("|")
    assert any(path.endswith("parser.py") for path in loaded)
    watched = {path.resolve() for _, path in disk_cache.program()}
    assert {Path(path).resolve() for path in loaded} - watched == set()


def _damages() -> Iterator[bytes]:
    yield b""
    yield b"not a pickle"
    yield b"\x80\x05N."
    yield b"\x80\x05cbot.core.content.library\nGone\n."
    yield b"\x80\x05cno.such.module\nGone\n."


@pytest.mark.parametrize("damage", [*_damages()])
def test_a_damaged_file_is_replaced(damage: bytes, reading: Reading) -> None:
    fresh = reading.load()
    (path,) = reading.files
    path.write_bytes(damage)
    assert reading.load() == fresh
    assert reading.parsed == 2
    assert reading.load() == fresh
    assert reading.parsed == 2, "it is whole again"


def test_a_file_that_is_cut_short_anywhere_is_replaced(reading: Reading) -> None:
    fresh = reading.load()
    (path,) = reading.files
    whole = path.read_bytes()
    for length in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:length])
        assert reading.load() == fresh
        assert path.read_bytes() == whole


@pytest.mark.parametrize("blocked", ["the folder is a file", "its parent is a file"])
def test_a_folder_that_cannot_be_written_is_no_fault(blocked: str, reading: Reading, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way", encoding="utf-8")
    reading.folder = file if blocked == "the folder is a file" else file / "cache"
    assert reading.load() == reading.load()
    assert reading.parsed == 2
    assert file.read_text(encoding="utf-8") == "in the way"


def test_what_has_faults_is_not_kept(reading: Reading) -> None:
    (reading.pack / "detection" / "nms.md").write_text("no front matter", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ContentError, match=r"nms\.md"):
            reading.load()
    assert not reading.folder.exists()


def test_what_changes_while_it_is_read_is_not_kept(reading: Reading) -> None:
    def parse() -> Library:
        library = pack_reader.load(reading.pack)
        _edit(reading.pack)
        return library

    library_cache.load(reading.pack, reading.folder, parse)
    assert not reading.folder.exists()
    assert reading.load() == pack_reader.load(reading.pack)


@pytest.fixture
def settings(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(Settings, "cache_folder", reading.folder)
    return Settings(content=reading.pack)


def test_the_app_sees_an_edit_when_it_reads_again(settings: Settings, reading: Reading) -> None:
    knowledge.load_library(settings)
    assert len(reading.files) == 1
    _add(reading.pack)
    assert set(knowledge.load_library(settings).by_id) == {"nms", "iou"}


def test_checking_reads_every_file_whatever_is_kept(settings: Settings, reading: Reading) -> None:
    knowledge.load_library(settings)
    (path,) = reading.files
    _rename(reading.pack)
    library, faults = knowledge.read_library(settings)
    assert set(library.by_id) == {"nms"}
    assert any("other.md" in str(fault) for fault in faults)
    assert reading.files == [path], "checking keeps nothing"


def test_a_plain_document_is_read_each_time(settings: Settings, reading: Reading, tmp_path: Path) -> None:
    document = tmp_path / "notes.md"
    document.write_text("# 检测\n\n## NMS 是什么\n\n留下最高分的框。\n", encoding="utf-8")
    plain = settings.model_copy(update={"content": document})
    assert len(knowledge.load_library(plain).concepts) == 1
    assert not reading.folder.exists()
