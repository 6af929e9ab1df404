"""What the tutor says to things that only a chat platform has: edits, votes, voice, taps, half-typed words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.chat.events import ReplySent
from bot.core.chat.messages import Message, Mode, Replies, Sender, Sent
from bot.core.content.document import source_text
from bot.features.turn import Knowledge
from tests.flows.conftest import Learner

RIGHT = "固定大王，53 个位置里 8 个合适，8/53"


def sends(ann: Learner, text: str = "", **more: Any) -> Replies:
    """Send a message with everything that a platform may say of it."""
    ann.count += 1
    message = Message(f"{ann.user}-{ann.count}", ann.address, Sender(ann.user, "Ann"), text, ann.now, **more)
    ann.replies = ann.tutor.handle(message)
    return ann.replies


def text_of(replies: Replies) -> str:
    return "\n".join(source_text(reply.blocks) for reply in replies)


def test_an_edit_of_a_marked_answer_changes_no_mark(ann: Learner) -> None:
    ann.says("/daily")
    ann.says(RIGHT)
    assert "不再计分" in text_of(sends(ann, "1/6", is_edit=True))
    assert "通过 1 次" in ann.says("/stats")


def test_an_edit_that_changes_nothing_is_passed_over(ann: Learner) -> None:
    ann.says("/daily")
    ann.says(RIGHT)
    assert sends(ann, RIGHT, is_edit=True) == ()


def test_an_edited_question_is_asked_anew(ann: Learner) -> None:
    ann.says("什么是感受也")
    assert "输入图像" in text_of(sends(ann, "什么是感受野", is_edit=True))


def test_a_vote_is_the_answer_to_its_poll(ann: Learner) -> None:
    ann.says("", pressed="q:harris-corner")
    (question,) = ann.replies
    assert question.quiz is not None
    assert question.quiz.options[question.quiz.right] == "边缘"
    assert question.ref is not None
    ann.tutor.note(ReplySent(ann.address, question.ref, Sent(("9",), "poll-1")), ann.now)
    ann.says("/topics")
    letter = "ABCDEFGH"[question.quiz.right]
    marked = text_of(sends(ann, letter, poll_id="poll-1"))
    assert "通过 · 100%" in marked
    assert "你说：边缘" in marked


@pytest.mark.parametrize(("attachment", "words"), [("voice", "语音"), ("photo", "图片"), ("sticker", "图片")])
def test_what_cannot_be_read_is_answered_kindly(ann: Learner, attachment: str, words: str) -> None:
    assert words in text_of(sends(ann, attachment=attachment))


def test_a_picked_offer_takes_the_place_of_the_offer_and_a_written_number_does_not(ann: Learner) -> None:
    ann.says("卷积")
    picked = ann.replies[0].choices[0].id
    assert [reply.mode for reply in sends(ann, pressed=picked)] == [Mode.EDIT]
    ann.says("卷积")
    assert [reply.mode for reply in sends(ann, "/1")] == [Mode.NEW]


def test_a_contest_is_noted_without_a_message_of_its_own(ann: Learner) -> None:
    ann.says("/daily")
    ann.says("1/6 吧，每份机会相同")
    contest = next(choice.id for choice in ann.replies[0].choices if choice.id.startswith("contest-mark:"))
    assert [reply.mode for reply in sends(ann, pressed=contest)] == [Mode.TOAST]


SUGGESTED: dict[str, tuple[str, tuple[str, ...]]] = {
    "a name": ("感受野", ("感受野",)),
    "a question": ("什么是感受野", ("感受野",)),
    "pinyin initials": ("gsy", ("感受野",)),
    "terms in a sentence": ("比较 +感受野+ 和 +FPN+", ("展开 感受野、FPN（特征金字塔网络）",)),
    "nothing that is taught": ("今天天气怎么样", ()),
}


@pytest.mark.parametrize(("typed", "titles"), SUGGESTED.values(), ids=SUGGESTED)
def test_what_is_typed_brings_suggestions(ann: Learner, typed: str, titles: tuple[str, ...]) -> None:
    found = ann.tutor.suggest(typed, "zh")
    assert tuple(one.title for one in found)[: len(titles)] == titles
    assert bool(found) is bool(titles)


def test_a_term_that_is_unknown_is_left_as_it_is(knowledge: Knowledge, ann: Learner) -> None:
    (whole,) = ann.tutor.suggest("先看 +感受野+ 再看 +量子纠缠+", "zh")
    assert "先看 感受野 再看 量子纠缠" in source_text(whole.reply.blocks)
    assert len(ann.tutor.suggest("", "en")) == min(10, len(knowledge.library.concepts))


def test_a_list_of_terms_is_joined_as_its_language_joins_it(ann: Learner) -> None:
    (whole,) = ann.tutor.suggest("比较 +感受野+ 和 +FPN+", "en")
    assert whole.title.startswith("With Receptive field, ")
    assert "、" not in whole.title
