"""The index of the shipped pack, and a small pack that tests can read at a glance."""

from __future__ import annotations

import pytest

from bot.adapters.content import language
from bot.core.content.document import paragraph
from bot.core.content.library import (
    Concept,
    Facet,
    Lexicon,
    Library,
    Passage,
    Topic,
)
from bot.core.grading import NumericKey
from bot.core.kinds import Numeric
from bot.core.language.characters import Language
from bot.core.retrieval import Index


@pytest.fixture(scope="session")
def words() -> Language:
    """Characters and word frequencies."""
    return language.full()


@pytest.fixture(scope="session")
def index(pack: Library, words: Language) -> Index:
    """The index of the shipped pack."""
    return Index.build(pack, words)


def concept(concept_id: str, title: str, *names: str, **more: str) -> Concept:
    """Make a concept with an opening passage and one passage a facet given by its English name."""
    opening = Passage(None, "", (paragraph(more.pop("says", title)),))
    cues = tuple(filter(None, more.pop("cues", "").split("；")))
    parts = [Passage(Facet[facet.upper()], facet, (paragraph(text),)) for facet, text in more.items()]
    return Concept(concept_id, "cv", title, origin=f"什么是{title}", names=names, cues=cues, passages=(opening, *parts))


BUS = Numeric(
    "bus/p",
    "bus",
    "一分钟内有车经过的概率是 p，三分钟内有车经过的概率是多少？",
    numeric=NumericKey("1-(1-p)^3"),
)


@pytest.fixture(scope="session")
def small() -> Library:
    """Five concepts."""
    bus = concept("bus", "公交站三分钟内来车的概率")
    concepts = (
        concept(
            "dilated",
            "空洞卷积",
            "dilated convolution",
            "膨胀卷积",
            says="在卷积核里插入空洞。",
            formula="k + (k-1)(r-1)",
        ),
        concept("transposed", "转置卷积", "反卷积", "deconvolution", says="把特征图放大。"),
        concept("nms", "NMS", "非极大值抑制", says="删掉重复的框。", drawback="漏检", difference="soft-NMS 只降分"),
        concept("soft-nms", "soft-NMS", "软 NMS", says="只降低分数。"),
        concept("dropout", "Dropout", "随机失活", cues="训练时随机关掉一部分神经元", purpose="防止过拟合"),
        Concept(**{**{f: getattr(bus, f) for f in bus.__slots__}, "questions": (BUS,)}),
    )
    lexicon = Lexicon(
        synonyms=(("空洞卷积", "扩张卷积"), ("神经元", "节点")),
        neighbours=("LSTM", "因果卷积"),
        look_alikes=(("卷", "券"),),
    )
    return Library((Topic("cv", "计算机视觉"),), concepts, lexicon)


@pytest.fixture(scope="session")
def small_index(small: Library, words: Language) -> Index:
    """Their index."""
    return Index.build(small, words)
