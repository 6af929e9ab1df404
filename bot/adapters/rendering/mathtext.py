"""LaTeX -> Unicode text that keeps its meaning, by a walk over the MathML that `latex2mathml` makes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from xml.etree.ElementTree import Element

MAX_LATEX = 2000
"""Longer formulas are shown as they are written."""
MAX_DEPTH = 30
"""So are formulas whose braces are nested more deeply."""

_SUPERSCRIPT = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW*′″",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ*′″",
)
_SUBSCRIPT = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_ACCENTS = {"^": "̂", "ˆ": "̂", "~": "̃", "˜": "̃", "¯": "̄", "―": "̄", "‾": "̄", "→": "⃗", "˙": "̇", "¨": "̈"}
_RELATIONS = frozenset("=<>≤≥≠≈≡∼←→⇒⇔↔∈∉⊂⊆∝≪≫≜")
_BINARY = frozenset("+-−±∓")
_LARGE = frozenset("∑∏∫⋃⋂")
_NAMES = {"min", "max", "log", "ln", "exp", "sin", "cos", "tan", "arctan", "lim", "arg", "det", "tr", "mod"}
_MARKED = re.compile(r"[_^][A-Za-z]+$")
"""An index that Unicode has no letters for: the next factor must not run into it."""
_INDEX = re.compile(r"[_^](?:[A-Za-z]+|\([^()]*\))|[⁰¹²³⁴-⁹₀-₉ₐ-ₜᵢ-ᵥⱼᴬ-ᵛⁱⁿᵒʰˡ-ˣ′*\u0300-\u036f⃗]")
_ATOM = re.compile(r"\d+(?:\.\d+)?|∂?[^\W\d_]|√?\w*\(\)|\|[^|]*\|")
_VULGAR = {"1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾"}


@lru_cache(maxsize=4096)
def to_unicode(latex: str) -> str:
    """Return a formula as text.

    Args:
        latex: without dollars. What does not parse, or is too long, comes back as it was written.
    """
    if len(latex) > MAX_LATEX or _depth(latex) > MAX_DEPTH:
        return latex
    try:
        return _tidy(_row(_parsed(latex)))
    except Exception:  # noqa: BLE001  latex2mathml raises what it likes; a formula is never worth an error
        return latex


def _parsed(latex: str) -> Element:
    # Both are loaded with the first formula: a start has none.
    from defusedxml.ElementTree import fromstring
    from latex2mathml.converter import convert

    tree: Element = fromstring(convert(_prepared(latex)))
    return tree


def _depth(latex: str) -> int:
    """Return how deeply braces are nested."""
    return max(accumulate((char == "{") - (char == "}") for char in latex), default=0)


def _prepared(latex: str) -> str:
    """Unwrap what latex2mathml does not know, and give text after a condition some air."""
    latex = latex.replace(r"\\", "\\\\ ")  # a row break glued to a digit is not seen as one
    latex = re.sub(r"\\(?:begin|end)\{(?:equation|gathered|aligned|split)\*?\}", "", latex)
    latex = re.sub(r"\\(?:Bigl|Bigr|bigl|bigr|Big|big|displaystyle|limits|nolimits)(?![a-zA-Z])", "", latex)
    return (
        latex.replace(r"\tfrac", r"\frac").replace(r"\dfrac", r"\frac").replace("&", "")
        if not re.search(r"cases|matrix|array", latex)
        else latex
    )


def _tidy(text: str) -> str:
    text = re.sub(r"[ \t\u2003\u2002\u2009\u205f]+", " ", text)
    text = re.sub(r"\s+([,;，；)\]}])", r"\1", text)
    return unicodedata.normalize("NFC", re.sub(r"([(\[])\s+", r"\1", text).strip())


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2]


def _text(node: Element) -> str:
    return _NODES.get(_name(node), _row)(node)


def _row(node: Element) -> str:
    """Join children, with air around relations and binary operators."""
    return _join(list(node))


def _join(children: Sequence[Element]) -> str:
    parts: list[str] = []
    previous = before = ""
    for child in children:
        text = _text(child)
        if _name(child) == "mo":
            text = _operator(text.strip(), previous)
        gap = _gap(before, previous, text, _name(child)) if parts and text.strip() and _name(child) != "mo" else ""
        parts.append(gap + text)
        before = _name(child)
        previous = text or previous
    return "".join(parts)


def _operator(sign: str, previous: str) -> str:
    if sign in _RELATIONS or sign == "mod":
        return f" {sign} "
    if sign in _BINARY:
        is_unary = not previous.strip() or previous.rstrip()[-1:] in "([{,|" or previous.strip() in _RELATIONS
        sign = "−" if sign == "-" else sign
        return sign if is_unary else f" {sign} "
    if sign in {",", ";"}:
        return f"{sign} "
    return {"⋅": "·", "×": "×", "\u2061": "", "∣": "|"}.get(sign, sign)


def _gap(before: str, previous: str, text: str, name: str) -> str:
    """Return what keeps two neighbours apart: a dot beside a fraction or a marked index, a space, or nothing."""
    if before == "mfrac" and text[:1] not in " )，；⌋⌉|":
        return "·"
    is_operator = previous.strip()[:1] in _LARGE or previous.strip().startswith(tuple(_NAMES))
    if is_operator and name == "mfrac":
        return " "
    if not is_operator and previous[-1:].isalnum() and _is_next_factor(previous, text, name):
        return "·"
    return " " if _needs_space(previous, text) else ""


def _is_next_factor(previous: str, text: str, name: str) -> bool:
    """Tell whether what follows a factor would be read as part of it."""
    if name == "mfrac" and text[:1] not in "½⅓⅔¼¾":
        return True
    return bool(_MARKED.search(previous)) and text[:1].isalnum()


def _needs_space(previous: str, text: str) -> bool:
    """Keep function names and large operators off their neighbours, and digits off fractions."""
    last, first = previous[-1:], text[:1]
    if previous.strip() in _NAMES or (previous.strip()[:1] in _LARGE and first not in "([ "):
        return first not in "([ "
    return (last.isdigit() and first.isdigit()) or (last.isalnum() and text.strip() in _NAMES)


def _fraction(node: Element) -> str:
    above, below = (_text(child) for child in node)
    plain = f"{above}/{below}"
    if plain in _VULGAR:
        return _VULGAR[plain]
    return f"{_wrapped(above)}/{_wrapped(below, is_denominator=True)}"


def _wrapped(text: str, *, is_denominator: bool = False) -> str:
    """Put brackets around what a slash would tear apart: a sum or a quotient, and below it any product."""
    text = text.strip()
    outer = _hollow(_INDEX.sub("", text))
    is_loose = not _ATOM.fullmatch(outer) if is_denominator else re.search(r"[ +−±/]", outer) is not None
    return f"({text})" if is_loose and not _is_bracketed(text) else text


def _hollow(text: str) -> str:
    """Return a text without what stands in its brackets."""
    while (inner := re.sub(r"\([^()]+\)", "()", text)) != text:
        text = inner
    return text


def _is_bracketed(text: str) -> bool:
    """Tell whether one pair of brackets holds the whole text."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return index == len(text) - 1
    return False


def _raised(text: str) -> str:
    return _shifted(text, _SUPERSCRIPT, "^")


def _lowered(text: str) -> str:
    return _shifted(text, _SUBSCRIPT, "_")


def _shifted(text: str, table: Mapping[int, str | int], mark: str) -> str:
    """Write a super- or subscript in Unicode where every character has one, else with a mark."""
    text = text.strip()
    tight = text.replace(" ", "")
    if not tight:
        return ""
    if all(ord(char) in table for char in tight):
        return tight.translate(dict(table))
    return f"{mark}{tight}" if len(tight) == 1 or (tight.isascii() and tight.isalpha()) else f"{mark}({text})"


def _base(node: Element) -> str:
    text = _text(node)
    is_simple = (
        len(text.strip()) <= 1
        or _name(node) in {"mi", "mn", "mo", "msub", "mtext", "mover"}
        or _is_bracketed(text.strip())
    )
    return text if is_simple or text.strip() in _NAMES else f"({text.strip()})"


def _superscript(node: Element) -> str:
    base, above = node
    return _base(base) + _raised(_text(above))


def _subscript(node: Element) -> str:
    base, below = node
    return _base(base).strip() + _lowered(_text(below))


def _both(node: Element) -> str:
    base, below, above = node
    return _base(base).strip() + _lowered(_text(below)) + _raised(_text(above))


def _over(node: Element) -> str:
    base, mark = node
    accent = _ACCENTS.get(_text(mark).strip())
    text = _text(base)
    if accent is None:
        return text + _raised(_text(mark))
    return (
        text + accent if len(text) == 1 else f"{accent.join(text)}{accent}" if len(text) <= 3 else f"({text}){accent}"
    )


def _root(node: Element) -> str:
    inner = _row(node)
    return f"√{inner}" if re.fullmatch(r"\w", inner.strip()) or inner.strip().isdigit() else f"√({inner.strip()})"


def _nth_root(node: Element) -> str:
    inner, degree = node
    return f"{_raised(_text(degree))}√({_text(inner).strip()})"


def _table(node: Element) -> str:
    rows = ["，".join(filter(None, (_row(cell).strip().rstrip(",，") for cell in row))) for row in node]
    return "； ".join(row for row in rows if row)


def _fenced(node: Element) -> str:
    return f"{node.get('open', '(')}{','.join(_text(child) for child in node)}{node.get('close', ')')}"


def _leaf(node: Element) -> str:
    return node.text or ""


def _words(node: Element) -> str:
    return (node.text or "").replace("\xa0", " ")


_NODES: Mapping[str, Callable[[Element], str]] = {
    "mi": _leaf,
    "mn": _leaf,
    "mo": _leaf,
    "mtext": _words,
    "mspace": lambda _: " ",
    "mfrac": _fraction,
    "msup": _superscript,
    "msub": _subscript,
    "msubsup": _both,
    "munderover": _both,
    "munder": _subscript,
    "mover": _over,
    "msqrt": _root,
    "mroot": _nth_root,
    "mtable": _table,
    "mfenced": _fenced,
    "annotation": lambda _: "",
}
