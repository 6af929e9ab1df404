"""Inline formulas as Unicode; the table is for a person to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content.lint import formulas
from bot.adapters.rendering.mathtext import to_unicode
from bot.core.content.library import Library

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "formulas.txt"

CASES: dict[str, str] = {
    r"\frac{1}{2}+\frac{1}{2}\cdot\frac{49}{99}": "½ + ½·49/99",
    r"\frac{1}{2} \frac{49}{99}": "½·49/99",
    r"1-(1-p)^3": "1 − (1 − p)³",
    r"\sigma^2": "σ²",
    r"c^{(o)}": "c⁽ᵒ⁾",
    r"\frac{8}{53}\approx 0.151": "8/53 ≈ 0.151",
    r"\frac{C_6^1 C_{52}^7}{C_{54}^9}": "C₆¹C₅₂⁷/C₅₄⁹",
    r"\frac{1}{N}+\frac{1}{D_K^2}": "1/N + 1/D_K²",
    r"\sqrt{\sigma^2+\epsilon}": "√(σ² + ϵ)",
    r"\hat{z}_i^l": "ẑᵢˡ",
    r"\frac{1}{N}\sum_{n=1}^{N} z_n": "1/N·∑ₙ₌₁ᴺ zₙ",
    r"y=A^{T}x": "y = Aᵀx",
    r"O(n\log n)": "O(n log n)",
    r"-1": "−1",
    r"x\in[0,1]": "x ∈ [0, 1]",
    r"A\cap B": "A∩B",
    r"\mathrm{IoU}\ge 0.5": "IoU ≥ 0.5",
    r"\frac{1}{\sigma\sqrt{2\pi}}": "1/(σ√(2π))",
    r"\frac{\rho^2(b,c)}{2\sigma^2}": "ρ²(b, c)/(2σ²)",
    r"\frac{x-x_a}{w_a}": "(x − xₐ)/wₐ",
    r"k_wk_h": "k_w·kₕ",
    r"E_{n_j}": "E_(nⱼ)",
    r"\lambda\frac{1}{N}": "λ·1/N",
    r"\sum_i\frac{a_i}{b}": "∑ᵢ aᵢ/b",
    r"k\bmod m": "k mod m",
    r"\det M": "det M",
    r"F''": "F″",
    r"\begin{pmatrix}0.9&0.1\\0.5&0.5\end{pmatrix}": "(0.9，0.1； 0.5，0.5)",
    r"\begin{cases}1,&x>0\\0,&x\le 0\end{cases}": "{1，x > 0； 0，x ≤ 0",
}


@pytest.mark.parametrize(("latex", "text"), CASES.items(), ids=CASES)
def test_a_formula_reads(latex: str, text: str) -> None:
    assert to_unicode(latex) == text


def test_no_formula_of_the_pack_keeps_a_backslash(pack: Library) -> None:
    found = [
        latex
        for concept in pack.concepts
        for passage in concept.passages
        for block in passage.blocks
        for latex in formulas(block)
        if "\\" in to_unicode(latex) or "{\\" in to_unicode(latex)
    ]
    assert found == []


@given(st.text(alphabet=r"\{}^_&abc frac12()$%#\n", max_size=60))
def test_any_text_never_raises(latex: str) -> None:
    assert isinstance(to_unicode(latex), str)


def test_an_endless_formula_comes_back_as_it_was() -> None:
    assert to_unicode("x" * 5000) == "x" * 5000
    assert isinstance(to_unicode("{" * 900 + "}" * 900), str)


def test_every_formula_of_the_pack_can_be_read(pack: Library, request: pytest.FixtureRequest) -> None:
    """The golden file is for a person to read: the text that stands for each formula, and its LaTeX."""
    blocks = (block for concept in pack.concepts for passage in concept.passages for block in passage.blocks)
    written = dict.fromkeys(latex for block in blocks for latex in formulas(block))
    page = "".join(f"{to_unicode(latex)}\n    {' '.join(latex.split())}\n" for latex in written)
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(page, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == page
