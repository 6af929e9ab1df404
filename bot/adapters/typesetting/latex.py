"""LaTeX as pandoc and typst set it best: brackets that grow, bars that hug, cases with air, long rows parted."""

from __future__ import annotations

import re

_SIZE = re.compile(r"\\(?:[bB]ig|[bB]igg)([lrm]?)(?![a-zA-Z])\s*")
_CASES = re.compile(r"(\\begin\{cases\})(.*?)(\\end\{cases\})", re.DOTALL)
_BARS = re.compile(r"(?<!\\)(?<!left)(?<!right)\|([^|]{1,200}?)(?<!\\)\|")
_GAP = re.compile(r"(?:,\s*\\q?quad|\\qquad)(?![a-zA-Z])\s*")
_BACK = re.compile(r"\\!")
"""A step back, which pandoc makes far too wide."""


def prepared(latex: str) -> str:
    """Return a formula in words that pandoc turns into good typst."""
    grown = _SIZE.sub(_grown if _is_paired(latex) else "", _BACK.sub("", latex))
    aired = _CASES.sub(lambda match: match[1] + match[2].replace("&", r"&\quad ") + match[3], grown)
    return _BARS.sub(_hugged, aired)


def rows(latex: str) -> tuple[str, ...]:
    """Return the formulas that stand side by side in one, with a gap between them; nothing where it is one alone."""
    if "\\begin" in latex or "\\\\" in latex:
        return ()
    parts = tuple(part for part in _GAP.split(latex) if part.strip())
    return parts if len(parts) > 1 and all(_is_whole(part) for part in parts) else ()


def _is_paired(latex: str) -> bool:
    """Tell whether sized brackets come in pairs on one row, so that they may grow by themselves."""
    kinds = [match[1] for match in _SIZE.finditer(latex)]
    return kinds.count("l") * 2 == len(kinds) == kinds.count("r") * 2 and not re.search(r"\\\\|&", latex)


def _grown(match: re.Match[str]) -> str:
    return r"\left" if match[1] == "l" else r"\right"


def _hugged(match: re.Match[str]) -> str:
    """Make a pair of bars of two that hold a whole expression; those of P(A|B) P(B|A) hold none."""
    return rf"\left|{match[1]}\right|" if _is_whole(match[1]) and not re.search(r"\\\\|&", match[1]) else match[0]


def _is_whole(text: str) -> bool:
    """Tell whether every bracket that opens closes, in order."""
    depth = {"(": 0, "[": 0, "{": 0}
    for char in text:
        for opening, closing in ("()", "[]", "{}"):
            depth[opening] += (char == opening) - (char == closing)
            if depth[opening] < 0:
                return False
    lefts, rights = len(re.findall(r"\\left(?![a-zA-Z])", text)), len(re.findall(r"\\right(?![a-zA-Z])", text))
    return not any(depth.values()) and lefts == rights
