"""The program as an operator starts it: pipes, signals, a killed process."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".pytest_cache" / "bot"
"""The index is built once for all processes that tests start."""
BEFORE_EIGHT = "2026-11-24T07:59:50+08:00"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUTOR_")}
    return {
        **kept,
        "TUTOR_DATABASE_URL": f"sqlite:///{tmp_path / 'data' / 'tutor.sqlite3'}",
        "XDG_CACHE_HOME": str(CACHE),
        "PYTHONUNBUFFERED": "1",
    }


def bot(
    environment: dict[str, str], *arguments: str, given: str = "", code: int = 0
) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=given,
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert ended.returncode == code, ended.stderr
    return ended


class Running:
    """A chat that is open, with its pipes."""

    def __init__(self, environment: dict[str, str], *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=ROOT,
        )
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)
        self.shown = ""
        self._bytes = b""

    def says(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def waits_for(self, text: str, within_s: float = 40.0) -> str:
        assert self.process.stdout is not None
        end = time.monotonic() + within_s
        while text not in self.shown:
            assert time.monotonic() < end, f"{text!r} never came; shown: {self.shown!r}"
            self._read()
            time.sleep(0.02)
        return self.shown

    def _read(self) -> None:
        assert self.process.stdout is not None
        with contextlib.suppress(BlockingIOError):
            self._bytes += os.read(self.process.stdout.fileno(), 65536)
        self.shown = self._bytes.decode(errors="ignore")

    def ends(self, with_signal: signal.Signals) -> int:
        self.process.send_signal(with_signal)
        code = self.process.wait(20)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                pipe.close()
        return code


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[list[Running]]:
    started: list[Running] = []
    yield started
    for one in started:
        if one.process.poll() is None:
            one.ends(signal.SIGKILL)


def test_a_first_evening(environment: dict[str, str]) -> None:
    lines = "/daily\n固定大王，53 个位置里 8 个合适，8/53\n什么是感受野\n今天天气怎么样\n/stats\nexit\n"
    shown = bot(environment, "chat", given=lines).stdout
    for payload in ("输入图像", "文档里没有", "今日一题", "通过 · 100%", "作答 1 次，通过 1 次"):
        assert payload in shown
    again = bot(environment, "chat", given="/stats\n").stdout
    assert "作答 1 次，通过 1 次" in again


def test_a_push_appears_at_its_minute_and_sigterm_ends_cleanly(
    environment: dict[str, str], running: list[Running]
) -> None:
    chat = Running(environment, "chat", "--now", BEFORE_EIGHT)
    running.append(chat)
    chat.says("/subscribe 08:00 Asia/Shanghai")
    chat.waits_for("每天 08:00")
    chat.waits_for("今日一题")
    assert chat.ends(signal.SIGTERM) == 0


def test_killed_and_restarted_nothing_is_asked_twice(environment: dict[str, str], running: list[Running]) -> None:
    first = Running(environment, "chat", "--now", BEFORE_EIGHT)
    running.append(first)
    first.says("/subscribe 08:00 Asia/Shanghai")
    first.waits_for("今日一题")
    first.ends(signal.SIGKILL)
    second = Running(environment, "chat", "--now", "2026-11-24T08:00:30+08:00")
    running.append(second)
    second.says("/topics")
    second.waits_for("文档内容")
    time.sleep(2.5)
    second.says("/skip")
    shown = second.waits_for("以后再问你")
    assert "今日一题" not in shown.replace("可能已经发过一次", "")


def test_killed_before_the_hour_the_question_is_not_lost(environment: dict[str, str], running: list[Running]) -> None:
    first = Running(environment, "chat", "--now", "2026-11-24T07:00:00+08:00")
    running.append(first)
    first.says("/subscribe 08:00 Asia/Shanghai")
    first.waits_for("每天 08:00")
    first.ends(signal.SIGKILL)
    second = Running(environment, "chat", "--now", "2026-11-24T08:30:00+08:00")
    running.append(second)
    second.waits_for("今日一题")


def test_the_two_commands_for_other_programs(environment: dict[str, str]) -> None:
    asked = bot(environment, "ask", "--json", "-", given="什么是感受野\n今天天气怎么样\n").stdout
    first, second = (json.loads(line) for line in asked.splitlines())
    assert (first["decision"], first["concept"], first["origin"]) == ("answer", "receptive-field", "什么是感受野")
    assert (second["decision"], second["candidates"], second["origin"]) == ("refuse", [], None)
    lines = (
        '{"question": "jokers-in-one-hand/probability", "answer": "8/53"}\n'
        "nonsense\n"
        '{"origin": "什么是感受野", "answer": ""}\n'
    )
    graded = bot(environment, "grade", "--json", "-", given=lines, code=1).stdout
    right, bad, empty = (json.loads(line) for line in graded.splitlines())
    assert right["fraction"] == 1.0
    assert right["passed"] is True
    assert "error" in bad
    assert empty["fraction"] == 0


def test_wrong_settings_end_with_two(environment: dict[str, str]) -> None:
    ended = bot({**environment, "TUTOR_TIMEZONE": "Mars"}, "doctor", code=2)
    assert "TUTOR_TIMEZONE='Mars'" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_migrating_up_and_down_and_the_doctors_word(environment: dict[str, str]) -> None:
    sick = bot(environment, "doctor", "--quick", code=1)
    assert "tutor migrate" in sick.stderr
    assert "revision" in bot(environment, "migrate").stdout
    assert "ok" in bot(environment, "doctor", "--quick").stdout
    well = bot(environment, "doctor")
    assert "content" in well.stdout
    assert "base (empty)" in bot(environment, "migrate", "--down", "base").stdout


def test_check_names_every_fault_of_a_spoiled_file(environment: dict[str, str], tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "cv"
    topic.mkdir(parents=True)
    (topic / "_topic.md").write_text("---\ntitle: 检测\n---\n", encoding="utf-8")
    (topic / "iou.md").write_text(
        "---\nid: iou\ntitel: 交并比\nsee_also: [giou]\n---\n## 公式\n\n```yaml question\nid: q\nkind: opne\n```\n",
        encoding="utf-8",
    )
    ended = bot({**environment, "TUTOR_CONTENT": str(tmp_path / "pack")}, "check", code=1)
    for place in ("iou.md:2: title is missing", "iou.md:3: titel", "iou.md:4: see_also", "iou.md:10: kind"):
        assert place in ended.stderr
    assert "no opening passage" in ended.stderr


def test_the_desk_works_from_the_command_line(environment: dict[str, str], tmp_path: Path) -> None:
    topic = tmp_path / "pack" / "cv"
    topic.mkdir(parents=True)
    (topic / "_topic.md").write_text("---\ntitle: 检测\n---\n", encoding="utf-8")
    (topic / "dropout.md").write_text(
        "---\nid: dropout\ntitle: dropout\nnames: [随机失活]\n---\n训练时随机丢弃神经元，防止过拟合。\n"
        "```yaml question\nid: what\nkind: open\nprompt: dropout 怎么做，有什么好处？\npoints:\n"
        "  drop:\n    says: 随机丢弃神经元\n    accept: [丢弃 + 神经元]\n"
        "  fit:\n    says: 防止过拟合\n    accept: [过拟合]\n```\n",
        encoding="utf-8",
    )
    environment |= {"TUTOR_CONTENT": str(tmp_path / "pack")}
    lines = "量子力学\n/daily\n训练时每次随机关掉一部分单元\n/3\n"
    shown = bot(environment, "chat", given=lines).stdout
    assert "已转给管理员" in shown
    assert "量子力学  (ids 1)" in bot(environment, "misses").stdout
    assert "量子力学" in bot(environment, "misses", "--add", "1", "--to", "dropout").stdout
    assert "drop: 随机丢弃神经元" in bot(environment, "contests").stdout
    bot(environment, "contests", "--accept", "1", "--point", "nothing", "--phrase", "x", code=1)
    accepted = bot(environment, "contests", "--accept", "1", "--point", "drop", "--phrase", "关掉 + 单元").stdout
    assert "1 answer has a better mark" in accepted
    replayed = bot(environment, "replay", "1").stdout
    assert "contest: 0.50" in replayed
    assert "the same" in replayed
    assert "accepts '关掉 + 单元'" in bot(environment, "content", "apply").stdout
    assert "关掉 + 单元" in (topic / "dropout.md").read_text(encoding="utf-8")
    assert "has already" in bot(environment, "content", "apply").stdout
    assert "0 faults" in bot(environment, "check").stdout
    assert "改判为 50%" in bot(environment, "chat", given="/stats\n").stdout + _later(environment)


def _later(environment: dict[str, str]) -> str:
    chat = Running(environment, "chat")
    try:
        return chat.waits_for("改判为")
    finally:
        chat.ends(signal.SIGTERM)


def test_the_choices_of_several_replies_are_numbered_through(environment: dict[str, str]) -> None:
    question = "/ask 什么是NMS？什么是感受野？\n"
    shown = bot(environment, "chat", given=question).stdout
    first, second = re.findall(r"/(\d+) 展开全文", shown)
    assert (first, int(second) > 1) == ("1", True)
    opened = bot(environment, "chat", given=f"{question}/{second}\n").stdout
    assert "勘误" in opened.removeprefix(shown.rstrip()), "the second answer was opened"
