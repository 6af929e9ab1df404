"""An answer can be looked at as a picture, where pictures can be made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.content.document import AnswerCard
from bot.features.turn import Knowledge
from bot.ports import Store
from bot.running.tutor import Tutor
from tests.flows.conftest import Learner


@pytest.fixture
def reader(store: Store, knowledge: Knowledge) -> Learner:
    seeing = replace(knowledge, cards=lambda: True)
    return Learner(Tutor(store, seeing, language="zh", timezone="Asia/Shanghai"), store, seeing)


def test_a_card_shows_the_whole_concept_light_and_then_dark(reader: Learner) -> None:
    reader.says("什么是 focal loss")
    reader.taps("看图版")
    ((light,),) = [reply.blocks for reply in reader.replies]
    assert isinstance(light, AnswerCard)
    assert (light.title, light.is_dark) == ("Focal Loss", False)
    assert "缺点" in reader.taps("深色版")
    ((dark,),) = [reply.blocks for reply in reader.replies]
    assert dark == replace(light, is_dark=True)
    assert "深色版" not in [choice.label for choice in reader.replies[0].choices]


def test_a_card_replayed_is_the_same(reader: Learner) -> None:
    reader.says("什么是 focal loss")
    pressed = next(choice.id for choice in reader.replies[0].choices if choice.label == "看图版")
    reader.says("", pressed=pressed, wire_id="tap")
    first = reader.replies
    reader.says("", pressed=pressed, wire_id="tap")
    assert reader.replies == first


def test_without_a_font_no_card_is_offered(store: Store, knowledge: Knowledge) -> None:
    blind = Learner(Tutor(store, knowledge, language="zh", timezone="Asia/Shanghai"), store, knowledge)
    assert "看图版" not in blind.says("什么是 focal loss")


def test_a_card_of_something_gone_is_an_old_button(reader: Learner) -> None:
    assert "过期" in reader.says("", pressed="p:no-such-concept")
