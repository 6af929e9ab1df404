"""A walk as people see it: who said what to whom, what the tutor posted, whispered and reacted; kept in a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

TUTOR = "Tutor"


@dataclass
class Transcript:
    """A walk, line by line, the same for every platform. `text` is the whole of it."""

    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything so far."""
        return "\n".join(self.lines).strip()

    def part(self, title: str) -> None:
        """Begin a part of the walk, such as a time of the day."""
        self.lines += ["", f"──── {title} ────"]

    def says(self, who: str, where: str, text: str) -> None:
        """Note what somebody, or the tutor, wrote.

        Args:
            where: "自习室", "自习室, answering Bob", "Bob alone".
        """
        self.lines += ["", f"{who} ▸ {where}", *(f"  {line}".rstrip() for line in text.splitlines())]

    def does(self, who: str, what: str) -> None:
        """Note what is no text: a button that was tapped, a reaction, a message that could not be sent."""
        self.lines += ["", f"{who} ▸ {what}"]


@dataclass(frozen=True)
class Section:
    """A part of a document that is written by a test, between two markers."""

    path: Path
    name: str

    @property
    def _markers(self) -> tuple[str, str]:
        return f"<!-- transcript: {self.name} -->\n", f"<!-- end of transcript: {self.name} -->"

    def read(self) -> str:
        """Return what stands there now."""
        _, _, after = self.path.read_text(encoding="utf-8").partition(self._markers[0])
        return after.partition(self._markers[1])[0].strip().removeprefix("```text\n").removesuffix("\n```")

    def write(self, transcript: str) -> None:
        """Put a transcript there."""
        first, last = self._markers
        before, found, rest = self.path.read_text(encoding="utf-8").partition(first)
        _, also_found, after = rest.partition(last)
        assert found, f"{self.path} has no line {first!r}"
        assert also_found, f"{self.path} has no line {last!r}"
        self.path.write_text(f"{before}{first}\n```text\n{transcript}\n```\n\n{last}{after}", encoding="utf-8")
