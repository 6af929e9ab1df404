from __future__ import annotations

from pathlib import Path

from bot.adapters.chats.console.downloads import saved
from bot.core.chat.messages import Reply
from bot.core.content.document import File, paragraph


def test_a_file_is_written_beside_and_never_over_another(tmp_path: Path) -> None:
    reply = Reply((paragraph("here"), File("tutor.json", "{}", "application/json")))
    for name in ("tutor.json", "tutor-2.json"):
        shown = saved(reply, tmp_path).blocks[1]
        assert isinstance(shown, File)
        assert shown.name == str(tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8") == "{}"


def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    saved(Reply((File("../../evil.html", "x", "text/html"),)), tmp_path / ".")
    assert [path.name for path in tmp_path.iterdir()] == ["evil.html"]
