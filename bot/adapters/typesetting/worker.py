"""The process that typesets: one JSON request a line in, one JSON answer a line out.

A formula of a stranger may take for ever or eat all memory; then this process is ended from outside and
another one started, and nothing else is hurt. It reads no file but fonts and those of the folder it is given.
"""

from __future__ import annotations

import base64
import contextlib
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypandoc
import typst

MEMORY_BYTES = 4 << 30
"""Address space; typst maps its fonts into it."""
PANDOC_S = 6
MAIN = "main.typ"
"""The document in a folder of typesetting."""
_MARK = "FORMULA"
_RENAMED = (
    (re.compile(r"(?<![\w.])sect(?![\w])"), "inter"),
    (re.compile(r"(?<=[a-z])\.circle(?![\w])"), ".o"),
)
"""Names that pandoc still writes and typst has dropped since."""
_CODE = re.compile(r'"(?:\\.|[^"\\])*"|(?<!\\)#(?!(?:h|box|scale)\b)')
"""A string, which is only text, or a hash that would begin code."""


def to_typst(formulas: Sequence[str]) -> list[str | None]:
    """Turn LaTeX formulas into typst's mathematics; None for each that pandoc cannot convert.

    They are handed over as pandoc's own document tree: no text is read as Markdown on the way.
    """
    blocks: list[dict[str, Any]] = []
    for number, latex in enumerate(formulas):
        blocks += [_paragraph("Str", f"{_MARK}{number}"), _paragraph("Math", [{"t": "DisplayMath"}, latex])]
    made = _pandoc([*blocks, _paragraph("Str", f"{_MARK}{len(formulas)}")])
    if made is None:
        return [None] if len(formulas) == 1 else [to_typst([one])[0] for one in formulas]
    parts = re.split(rf"^{_MARK}\d+$", made, flags=re.MULTILINE)[1:-1]
    return [_checked(part) for part in parts] if len(parts) == len(formulas) else [None] * len(formulas)


def _paragraph(kind: str, content: object) -> dict[str, Any]:
    return {"t": "Para", "c": [{"t": kind, "c": content}]}


def _pandoc(blocks: Sequence[dict[str, Any]]) -> str | None:
    import subprocess

    command = [pypandoc.get_pandoc_path(), "--sandbox", "-f", "json", "-t", "typst", "--wrap=none"]
    tree = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": list(blocks)}
    try:
        ended = subprocess.run(  # noqa: S603  the program is pandoc's own, and the tree goes in by a pipe
            [*command, "+RTS", "-M512M", "-RTS"],
            input=json.dumps(tree).encode(),
            capture_output=True,
            timeout=PANDOC_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    # What cannot be converted is passed through as it stands, and said so on stderr only.
    if ended.returncode or b"Could not convert" in ended.stderr:
        return None
    return ended.stdout.decode()


def _checked(part: str) -> str | None:
    """Return the mathematics of one formula if it is nothing else: no code, no end of mathematics within."""
    match = re.fullmatch(r"\s*\$\s(.*)\s\$\s*", part, re.DOTALL)
    if match is None or any(found[0] == "#" for found in _CODE.finditer(match[1])):
        return None
    code = match[1]
    if re.search(r"(?<!\\)\$", re.sub(r'"(?:\\.|[^"\\])*"', "", code)):
        return None
    for old, new in _RENAMED:
        code = old.sub(new, code)
    return code


class Compiler:
    """Typst with its fonts, which are looked for once."""

    def __init__(self) -> None:
        self._fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)

    def families(self) -> list[str]:
        """Return the names of all fonts."""
        return list(self._fonts.families())

    def pages(self, folder: Path, ppi: float) -> list[bytes]:
        """Typeset the document of a folder, which sees nothing outside of it, into PNG pages."""
        made: object = typst.compile(folder / MAIN, root=folder, font_paths=self._fonts, format="png", ppi=ppi)
        pages = made if isinstance(made, list) else [made]
        return [page for page in pages if isinstance(page, bytes)]


def answer(compiler: Compiler, request: dict[str, Any]) -> dict[str, Any]:
    """Do what one request asks."""
    match request["do"]:
        case "families":
            return {"families": compiler.families()}
        case "convert":
            return {"typst": to_typst(request["formulas"])}
        case _:
            pages = compiler.pages(Path(request["folder"]), request["ppi"])
            return {"pages": [base64.b64encode(page).decode() for page in pages]}


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # not every system has, or keeps, the limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def main() -> None:
    """Answer requests until the input ends."""
    _limit_memory()
    compiler = Compiler()
    for line in sys.stdin:
        try:
            said = answer(compiler, json.loads(line))
        except Exception as error:  # noqa: BLE001  whatever typst raises is said to the asking process
            said = {"error": f"{type(error).__name__}: {error}"[:500]}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
