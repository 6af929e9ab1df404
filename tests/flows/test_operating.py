"""What owners can do about the whole bot: see how it is, and write to everybody, with a look and a way back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.chat.incidents import Counts, Incident
from bot.core.content.document import source_text
from bot.core.content.library import Library, Topic
from bot.core.language.wording import Wording
from bot.errors import ContentError, Fault
from bot.features.turn import Knowledge
from bot.running.tutor import Operator, Tutor
from tests.flows.conftest import Learner

ALL = frozenset({"console"})


@pytest.fixture
def owner(ann: Learner) -> Learner:
    ann.tutor = Tutor(
        ann.store, ann.knowledge, language="zh", timezone="Asia/Shanghai", operator=Operator(("console:ann",))
    )
    ann.says("/subscribe 21:00")
    return ann


def waiting(owner: Learner) -> list[str]:
    return [source_text(notice.reply.blocks) for notice in owner.tutor.notices(ALL)]


def test_nothing_is_sent_before_it_was_seen_and_confirmed(owner: Learner) -> None:
    shown = owner.says("/broadcast 今晚 <维护>，$x$ 点")
    assert "今晚 <维护>，$x$ 点" in shown
    assert "发给 1 个" in shown
    assert waiting(owner) == []
    assert "正在逐个发给 1 个" in owner.taps("发送")
    assert waiting(owner) == ["今晚 <维护>，$x$ 点"]


def test_a_broadcast_can_be_stopped_on_its_way(owner: Learner) -> None:
    owner.says("/broadcast 今晚维护")
    owner.taps("发送")
    assert "1 条不会再发" in owner.taps("停止发送")
    assert waiting(owner) == []


def test_the_button_of_an_earlier_text_sends_no_later_one(owner: Learner) -> None:
    owner.says("/broadcast 甲")
    first = owner.replies[0].choices[0].id
    owner.says("/broadcast 乙")
    owner.says("", pressed=first)
    assert waiting(owner) == []


def test_a_second_tap_sends_nothing_twice(owner: Learner) -> None:
    owner.says("/broadcast 甲")
    send = owner.replies[0].choices[0].id
    owner.says("", pressed=send)
    owner.says("", pressed=send)
    assert waiting(owner) == ["甲"]


@pytest.mark.parametrize("text", ["", "长" * 1001], ids=["nothing", "too much"])
def test_a_broadcast_that_cannot_be_is_explained(owner: Learner, text: str) -> None:
    assert "最多 1000 字" in owner.says(f"/broadcast {text}")


def test_health_counts_people_and_pushes(owner: Learner) -> None:
    assert "学习者 1 人；订阅 1 个，暂停 0 个" in owner.says("/health")
    owner.says("/language en")
    assert "1 learner; 1 subscription, 0 paused" in owner.says("/health")


@pytest.mark.parametrize(
    ("language", "busy", "idle"),
    [
        ("zh", "Telegram 启动以来：发出 812、被拉黑 3、限流 1", "Discord 启动以来：还没有收发"),
        (
            "en",
            "Telegram since the start: sent 812, blocked 3, asked to wait 1",
            "Discord since the start: nothing yet",
        ),
    ],
)
def test_health_says_what_happened_on_each_platform(owner: Learner, language: str, busy: str, idle: str) -> None:
    happened = Counts({Incident.FLOOD: 1, Incident.BLOCKED: 3, Incident.SENT: 812, Incident.REFUSED: 0})
    owner.tutor = Tutor(
        owner.store,
        owner.knowledge,
        language=language,
        timezone="Asia/Shanghai",
        operator=Operator(("console:ann",), counts={"telegram": happened, "discord": Counts()}),
    )
    owner.says(f"/language {language}")
    said = owner.says("/health")
    assert busy in said
    assert idle in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_incident_has_a_word_of_its_own(language: str) -> None:
    words = Wording(language)
    said = {words(f"incident.{incident}", count=7) for incident in Incident}
    assert len(said) == len(Incident)
    assert all("7" in each for each in said)


@pytest.mark.parametrize("said", ["/health", "/reload", "/broadcast 你好"])
def test_only_owners_may(ann: Learner, said: str) -> None:
    assert "只有管理员" in ann.says(said)


def test_nobody_else_can_press_an_owners_button(owner: Learner) -> None:
    owner.says("/broadcast 甲")
    send, cancel = (choice.id for choice in owner.replies[0].choices)
    owner.user = "bob"
    owner.says("", pressed=send)
    owner.says("", pressed=cancel)
    assert waiting(owner) == []


def test_content_is_read_anew_and_a_faulty_one_is_not_taken(ann: Learner) -> None:
    small = replace(ann.knowledge, library=Library((Topic("cv", "视觉"),), ()))
    reads: list[Knowledge | ContentError] = [small, ContentError([Fault("iou.md", 3, "titel", "correct it")])]

    def read() -> Knowledge:
        result = reads.pop(0)
        if isinstance(result, ContentError):
            raise result
        return result

    ann.tutor = Tutor(
        ann.store, ann.knowledge, language="zh", timezone="Asia/Shanghai", operator=Operator(("console:ann",), read)
    )
    assert "0 个知识点" in ann.says("/reload")
    assert "视觉：0" in ann.says("/topics")
    faulty = ann.says("/reload")
    assert "1 处错误" in faulty
    assert "iou.md:3: titel" in faulty
    assert "视觉：0" in ann.says("/topics")
