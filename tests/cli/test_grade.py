"""`grade` and `eval grade`, called as the command line calls them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.evaluate.grading import correlation, kappa

DEV = Path(__file__).resolve().parent.parent / "data" / "grade_dev.jsonl"


def graded(
    lines: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[dict[str, object]]]:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    code = main(["grade", "--json", "-"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_lines_answer_in_their_order(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        json.dumps({"question": "nms/steps", "answer": "按分数排序，删掉重叠超过阈值的框"}),
        json.dumps({"origin": "54张牌，分成6份，每张9张牌，大小王在一起的概率", "answer": "8/53"}),
        json.dumps({"prompt": "概率？", "reference": "1/4", "answer": "25%"}),
    ]
    code, found = graded(lines, monkeypatch, capsys)
    assert code == 0
    assert [set(grade) for grade in found] == [{"fraction", "passed", "points"}] * 3
    assert [grade["fraction"] for grade in found[1:]] == [1.0, 1.0]
    points = found[0]["points"]
    assert isinstance(points, list)
    assert {point["verdict"] for point in points} <= {"hit", "missed", "contradicted"}
    assert set(points[0]) == {"text", "verdict", "evidence"}


BAD = {
    "no JSON": "{",
    "no object": "[1]",
    "no answer": '{"question": "nms/steps"}',
    "an unknown question": '{"question": "nms/nothing", "answer": "x"}',
    "an unknown heading": '{"origin": "没有这一节", "answer": "x"}',
    "neither": '{"prompt": "x", "answer": "x"}',
    "nested without end": "[" * 100_000,
}


@pytest.mark.parametrize("line", BAD.values(), ids=BAD)
def test_a_bad_line_answers_with_its_error_and_the_rest_goes_on(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = json.dumps({"question": "nms/steps", "answer": "排序"})
    code, found = graded([line, good], monkeypatch, capsys)
    assert code == 1
    assert [set(entry) for entry in found] == [{"error"}, {"fraction", "passed", "points"}]


def test_a_readable_report_names_the_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text('{"question": "nms/steps", "answer": "按分数排序"}\n', encoding="utf-8")
    assert main(["grade", str(file)]) == 0
    assert "hit          sort" in capsys.readouterr().out


def test_the_report_shows_figures_and_disagreements(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, page = tmp_path / "marked.jsonl", tmp_path / "page.html"
    cases = [("按分数排序，删掉重叠超过阈值的框，重复", 1.0), ("<b>不知道</b>", 1.0), ("不知道", 0.0)]
    lines = [json.dumps({"question": "nms/steps", "answer": a, "mark": m, "kind": "test"}) for a, m in cases]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert main(["eval", "grade", str(file), "--html", str(page)]) == 0
    assert "nms/steps [test] person 1.00" in capsys.readouterr().out
    assert "&lt;b&gt;" in page.read_text(encoding="utf-8")


def test_unreadable_lines_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "marked.jsonl"
    file.write_text("nonsense\n", encoding="utf-8")
    assert main(["eval", "grade", str(file)]) == 1
    assert "marked.jsonl:1" in capsys.readouterr().err


def test_measures_agree_with_worked_numbers() -> None:
    assert correlation([0, 0.5, 1], [0, 0.5, 1]) == pytest.approx(1.0)
    assert correlation([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(0.0)
    assert kappa([0, 0.25, 1], [0, 0.25, 1]) == 1.0
    assert kappa([1, 0], [0, 1]) == -1.0


def test_the_marked_answers_keep_what_was_reached(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "grade", str(DEV), "--half", "held", "--quiet"]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("ALL")).split()
    r, qwk, within, false_pass, false_fail = map(float, row[2:7])
    assert r >= 0.85
    assert qwk >= 0.82
    assert within >= 0.88
    assert false_pass <= 0.03
    assert false_fail <= 0.12
