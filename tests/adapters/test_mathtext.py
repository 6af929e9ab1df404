"""Inline formulas as Unicode; the table is for a person to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.lint import formulas
from bot.adapters.mathtext import to_unicode
from bot.core.library import Library

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
