from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.content import errata
from bot.core.content.library import Library

PAGE = Path(__file__).resolve().parents[3] / "docs" / "ERRATA.md"


def test_the_page_of_errata_is_what_the_pack_says(pack: Library, request: pytest.FixtureRequest) -> None:
    page = errata.page(pack)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page


def test_every_corrected_concept_stands_on_it(pack: Library) -> None:
    page = errata.page(pack)
    corrected = [concept for concept in pack.concepts if concept.erratum]
    assert len(corrected) >= 10
    assert all(f"### {concept.title}：" in page for concept in corrected)
