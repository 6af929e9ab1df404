"""Study groups on Telegram: what everybody sees, what one person sees, and what nobody is told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.core.chat.incidents import Incident
from bot.core.chat.messages import Address, Audience, Choice, Message, Mode, Quiz, Ref, Replies, Reply, Role
from tests.adapters.chats.telegram.stage import Stage, staged, text
from tests.doubles.telegram.errors import TooManyRequests
from tests.doubles.telegram.flood import Limits
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Person, Telegram, shown
from tests.doubles.telegram.world import BOT_ID

Json = dict[str, Any]
FEEDBACK = Ref(7, Role.FEEDBACK)
LINE = "说全了三点里的两点，还差第三点。"
LONG, FIRST_LINES = "\n".join([LINE] * 20), "\n".join([LINE] * 11)
QUESTION = text("今日一题", choices=(Choice("gq:7", "作答", opens="q_7_a-B"),), ref=Ref(7, Role.QUESTION))
QUIZ = Quiz("哪一个？", ("甲", "乙"), 1, "乙才对", is_open=True)
MARK = (text("👍", mode=Mode.REACTION), text("差一点：少了第三点", audience=Audience.WHISPER, ref=FEEDBACK))


def whisper(words: str, **more: Any) -> Reply:
    return text(words, audience=Audience.WHISPER, **more)


def address(group: Group, topic: int = 0) -> Address:
    return Address("telegram", str(group.chat.id), str(topic) if topic else "")


async def asked(stage: Stage, group: Group, reply: Reply = QUESTION, topic: int = 0) -> Json:
    """Push a question to a group and return its post."""
    sent = await stage.chat.send(address(group, topic), reply)
    return group.chat.messages[int(sent.message_ids[0])]


def refusals(stage: Stage) -> list[str]:
    """Return what Telegram refused so far, and take it off the list."""
    found = [entry.error.partition(" ")[2] for entry in stage.telegram.refused]
    stage.telegram.refused.clear()
    return found


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(Telegram()) as made:
        yield made
        assert refusals(made) == []


# --- a question that opens a private chat ----------------------------------------------------------


async def test_in_a_group_the_button_leads_into_the_private_chat(stage: Stage) -> None:
    bob, cid = stage.telegram.people("Bob", "Cid")
    group = await stage.group(stage.ann, bob, cid)
    question = await asked(stage, group)
    for person in (stage.ann, bob, cid):
        person.opens("作答", question)
    await stage.telegram.until(lambda: len(stage.tutor.seen) == 3)
    assert {message.text for message in stage.tutor.seen} == {"/start q_7_a-B"}
    assert {message.address.chat for message in stage.tutor.seen} == {str(p.user.id) for p in (stage.ann, bob, cid)}
    assert all(message.is_direct for message in stage.tutor.seen)


async def test_the_link_stays_when_the_question_is_rewritten(stage: Stage) -> None:
    group = await stage.group(stage.ann)
    question = await asked(stage, group, text("设置", choices=(Choice("gs:1", "改"),)))
    stage.answers(text("今日一题", choices=QUESTION.choices, mode=Mode.EDIT))
    await stage.ann.picks("改", question)
    assert stage.ann.opens("作答", question)["text"] == "/start q_7_a-B"


async def test_in_private_the_same_choice_is_a_plain_button(stage: Stage) -> None:
    stage.answers(QUESTION)
    question = await stage.ann.asks("/daily")
    stage.answers(text("写下来", mode=Mode.TOAST))
    assert await stage.ann.picks("作答", question) == "写下来"
    assert stage.tutor.seen[-1].pressed == "gq:7"


# --- an answer that everybody sees -----------------------------------------------------------------


async def test_a_public_answer_gets_a_reaction_and_words_for_its_author_alone(stage: Stage) -> None:
    group = await stage.group(stage.ann, forum=True)
    question = await asked(stage, group, topic=group.topic("每日一题"))
    stage.answers(*MARK)
    answer = stage.ann.replies("因为共享权重", question)
    told = await stage.ann.hears("差一点")
    heard = stage.tutor.seen[-1]
    assert (heard.is_unseen, heard.place, heard.reply_to) == (False, "小组", str(question["message_id"]))
    assert heard.address == address(group, question["message_thread_id"])
    assert stage.telegram.reaction(answer) == "👍"
    assert stage.spoken(group) == [shown(question)]
    await stage.telegram.until(lambda: stage.tutor.confirmed)
    ((where, ref, sent),) = stage.tutor.confirmed
    assert (where, ref, sent.message_ids) == (stage.address, FEEDBACK, (str(told["message_id"]),))


def never_started(person: Person) -> None:
    person.user.started = False


def blocked(person: Person) -> None:
    person.user.blocked = True


def deleted(person: Person) -> None:
    person.user.deactivated = True


CLOSED_DOORS = {
    "never opened the private chat": (never_started, "bot can't initiate conversation with a user"),
    "blocked the bot": (blocked, "bot was blocked by the user"),
    "deleted their account": (deleted, "user is deactivated"),
}


@pytest.mark.parametrize(("shut", "words"), CLOSED_DOORS.values(), ids=CLOSED_DOORS)
async def test_what_cannot_be_whispered_is_noted_and_never_said_in_the_group(
    stage: Stage, shut: Callable[[Person], None], words: str
) -> None:
    group = await stage.group(stage.ann)
    question = await asked(stage, group)
    shut(stage.ann)
    stage.answers(*MARK)
    answer = stage.ann.replies("因为共享权重", question)
    await stage.telegram.until(lambda: stage.tutor.unheard)
    ((message, ref),) = stage.tutor.unheard
    assert (message.text, message.address, ref) == ("因为共享权重", address(group), FEEDBACK)
    assert stage.telegram.reaction(answer) == "👍"
    assert stage.spoken(group) == [shown(question)]
    assert stage.tutor.confirmed == []
    assert refusals(stage) == [f"Forbidden: {words}"]


async def test_nothing_is_whispered_to_an_administrator_who_speaks_as_the_group(stage: Stage) -> None:
    group = await stage.group(stage.ann)
    stage.answers(*MARK)
    stage.ann.says_anonymously("/topics", group)
    await stage.telegram.until(lambda: stage.tutor.unheard)
    assert stage.tutor.seen[0].sender.user_id == str(group.chat.id)
    assert stage.tutor.seen[0].is_admin
    assert stage.spoken(group) == []


async def test_a_whisper_that_belongs_to_no_delivery_is_simply_not_said(stage: Stage) -> None:
    bob = stage.telegram.person("Bob")
    group = await stage.group(bob)
    stage.tutor.answers = lambda message: (whisper("只给你看") if message.sender.name == "Bob" else text("好"),)
    bob.says("/topics", to=group)
    await stage.telegram.until(lambda: stage.telegram.refused)
    await stage.ann.asks("x")
    assert (stage.spoken(group), stage.tutor.unheard) == ([], [])
    assert refusals(stage) == ["Forbidden: bot can't initiate conversation with a user"]


REFUSED_REACTIONS: dict[str, tuple[str, tuple[str, ...] | None, list[str]]] = {
    "the group allows none": ("👍", (), ["Bad Request: REACTION_INVALID"]),
    "the group allows others": ("💯", ("❤",), ["Bad Request: REACTION_INVALID"]),
    "Telegram does not know it": ("✅", None, []),
}


@pytest.mark.parametrize(("emoji", "allowed", "refused"), REFUSED_REACTIONS.values(), ids=REFUSED_REACTIONS)
async def test_a_refused_reaction_is_skipped_and_the_words_still_come(
    stage: Stage, emoji: str, allowed: tuple[str, ...] | None, refused: list[str]
) -> None:
    group = await stage.group(stage.ann)
    question = await asked(stage, group)
    if allowed is not None:
        group.allows_reactions(*allowed)
    stage.answers(text(emoji, mode=Mode.REACTION), MARK[1])
    answer = stage.ann.replies("不知道", question)
    await stage.ann.hears("差一点")
    assert stage.telegram.reaction(answer) == ""
    assert stage.spoken(group) == [shown(question)]
    assert refusals(stage) == refused


@pytest.mark.parametrize("emoji", ["💯", "👍", "🤔"])
async def test_telegram_takes_every_mark_as_a_reaction(stage: Stage, emoji: str) -> None:
    group = await stage.group(stage.ann)
    question = await asked(stage, group)
    stage.answers(text(emoji, mode=Mode.REACTION))
    answer = stage.ann.replies("不知道", question)
    await stage.telegram.until(lambda: stage.telegram.reaction(answer) == emoji)


async def test_a_reaction_waits_a_moment_where_telegram_asks_for_one(stage: Stage) -> None:
    group = await stage.group(stage.ann)
    question = await asked(stage, group)
    stage.telegram.fails("setMessageReaction", TooManyRequests(1))
    stage.answers(*MARK)
    first, second = (stage.ann.replies(words, question) for words in ("甲", "乙"))
    late = str(second["message_id"])
    stage.telegram.fails("setMessageReaction", TooManyRequests(90), only=lambda call: call.get("message_id") == late)
    await stage.telegram.until(lambda: len(stage.tutor.confirmed) == 2)
    assert (stage.telegram.reaction(first), stage.telegram.reaction(second)) == ("👍", "")


# --- a tapped button -------------------------------------------------------------------------------

TAPS: dict[str, tuple[bool, Reply, str, bool]] = {
    "a short one is a toast": (True, whisper("答对了", ref=FEEDBACK), "答对了", False),
    "a long one is its first lines, and all of it in private": (True, whisper(LONG, ref=FEEDBACK), FIRST_LINES, True),
    "buttons come in private": (
        True, whisper("答对了", ref=FEEDBACK, choices=(Choice("c:1", "申诉"),)), "答对了", True,
    ),
    "what is a toast by its mode stays one": (True, whisper(LONG, mode=Mode.TOAST), FIRST_LINES, False),
    "without a private chat the first lines are all": (False, whisper(LONG, ref=FEEDBACK), FIRST_LINES, False),
}  # fmt: skip


@pytest.mark.parametrize(("is_open", "reply", "toast", "is_private"), TAPS.values(), ids=TAPS)
async def test_a_tap_is_answered_where_only_one_person_sees_it(
    stage: Stage, is_open: bool, reply: Reply, toast: str, is_private: bool
) -> None:
    group = await stage.group(stage.ann)
    question = await asked(stage, group, text("题", choices=(Choice("h:7", "提示"),)))
    stage.ann.user.started = is_open
    stage.answers(reply)
    assert await stage.ann.picks("提示", question) == toast
    await asyncio.sleep(0.1)
    assert bool(stage.ann.chat.messages) is is_private
    assert [ref for _, ref, _ in stage.tutor.confirmed] == ([FEEDBACK] if is_private else [])
    assert stage.spoken(group) == [shown(question)]
    assert stage.tutor.unheard == []
    assert refusals(stage) == ([] if is_open else ["Forbidden: bot can't initiate conversation with a user"])


LETTERS: dict[str, tuple[bool, str, bool]] = {
    "a short mark is a toast": (True, "对" * 200, False),
    "a longer one comes in private too": (True, "对" * 201, True),
    "emoji count double": (True, "💯" * 101, True),
    "nobody hears of a private chat that is closed": (False, "对" * 300, False),
}


@pytest.mark.parametrize(("is_open", "words", "is_private"), LETTERS.values(), ids=LETTERS)
async def test_a_tapped_letter_is_marked_in_a_toast(stage: Stage, is_open: bool, words: str, is_private: bool) -> None:
    group = await stage.group(stage.ann)
    question = await asked(stage, group, text("哪一个？", quiz=Quiz("哪一个？", ("甲", "乙"), 1)))
    stage.ann.user.started = is_open
    stage.answers(whisper(words, ref=FEEDBACK, choices=(Choice("c:1", "申诉"),)))
    toast = await stage.ann.picks("B", question)
    assert words.startswith(toast)
    assert len(toast) >= 100
    await asyncio.sleep(0.1)
    assert bool(stage.ann.chat.messages) is is_private
    heard = stage.tutor.seen[-1]
    assert (heard.text, heard.is_unseen, heard.place) == ("B", True, "小组")
    assert (len(stage.spoken(group)), stage.tutor.unheard) == (1, [])
    assert refusals(stage) == ([] if is_open else ["Forbidden: bot can't initiate conversation with a user"])


# --- a poll for everybody --------------------------------------------------------------------------


async def test_an_open_quiz_is_a_poll_and_each_vote_is_answered_in_private_or_not_at_all(stage: Stage) -> None:
    people = stage.telegram.people("Bob", "Cid", "Dan", "Eve", "Fay")
    group = await stage.group(stage.ann, *people, forum=True)
    topic = group.topic("每日一题")
    poll = await asked(stage, group, text("哪一个？", quiz=QUIZ, ref=Ref(7, Role.QUESTION)), topic)
    assert (poll["poll"]["type"], poll["poll"]["is_anonymous"], poll["message_thread_id"]) == ("quiz", False, topic)
    people[0].user.started = True
    stage.tutor.answers = lambda message: (whisper(f"{message.sender.name} 选了 {message.text}", ref=FEEDBACK),)
    for number, person in enumerate(people):
        person.votes(poll, number % 2)
    await people[0].hears("Bob 选了 A")
    await stage.telegram.until(lambda: len(stage.telegram.refused) == 4)
    assert {(m.text, m.poll_id, m.is_unseen) for m in stage.tutor.seen} == {
        (letter, poll["poll"]["id"], True) for letter in "AB"
    }
    assert stage.spoken(group) == [shown(poll)]
    assert stage.tutor.unheard == []
    assert set(refusals(stage)) == {"Forbidden: bot can't initiate conversation with a user"}


async def test_an_open_quiz_that_fits_into_no_poll_has_buttons_of_letters(stage: Stage) -> None:
    group = await stage.group(stage.ann)
    question = await asked(stage, group, text("A. 甲", quiz=Quiz("哪一个？", ("甲" * 101, "乙"), 1, is_open=True)))
    assert shown(question) == "A. 甲\n[A] [B]"


# --- the reveal ------------------------------------------------------------------------------------


async def test_the_reveal_stands_under_its_question_once(stage: Stage) -> None:
    group = await stage.group(stage.ann)
    question = await asked(stage, group)
    sent = await stage.chat.send(
        address(group), text("字" * 3000, "字" * 3000, answers=str(question["message_id"]), thread="讨论")
    )
    quoted = [group.chat.messages[int(number)].get("reply_to_message", {}) for number in sent.message_ids]
    assert [found.get("message_id") for found in quoted] == [question["message_id"], None]


@pytest.mark.parametrize("answers", ["1", "99999", "not a number", ""])
async def test_the_reveal_of_a_question_that_is_gone_is_a_plain_message(stage: Stage, answers: str) -> None:
    group = await stage.group(stage.ann)
    group.chat.messages.pop(1, None)
    sent = await stage.chat.send(address(group), text("答案", answers=answers))
    assert "reply_to_message" not in group.chat.messages[int(sent.message_ids[0])]


async def test_an_open_quiz_can_answer_a_post_as_well(stage: Stage) -> None:
    group = await stage.group(stage.ann)
    question = await asked(stage, group)
    poll = await asked(stage, group, text("哪一个？", quiz=QUIZ, answers=str(question["message_id"])))
    assert poll["reply_to_message"]["message_id"] == question["message_id"]


# --- who may administer ----------------------------------------------------------------------------


async def test_who_was_an_administrator_a_moment_ago_is_none_now(stage: Stage) -> None:
    bob = stage.telegram.person("Bob")
    group = await stage.group(stage.ann, bob)
    settings = await asked(stage, group, text("设置", choices=(Choice("gs:1", "改"), Choice("h:1", "看"))))
    stage.answers(whisper("好"))
    changes: tuple[Callable[[], None], ...] = (
        lambda: None,
        lambda: group.promotes(bob),
        group.hides_members,
        lambda: group.demotes(bob),
    )
    for change in changes:
        change()
        await bob.picks("改", settings)
    assert [message.is_admin for message in stage.tutor.seen] == [False, True, True, False]
    assert refusals(stage) == ["Bad Request: member list is inaccessible"] * 2


async def test_telegram_is_not_asked_where_it_does_not_matter(stage: Stage) -> None:
    group = await stage.group(stage.ann)
    settings = await asked(stage, group, text("设置", choices=(Choice("h:1", "看"),)))
    stage.answers(whisper("好"))
    await stage.ann.picks("看", settings)
    stage.answers(text("好"))
    await stage.ann.asks("/topics", to=group)
    assert stage.calls("getChatMember") == []
    assert [message.is_admin for message in stage.tutor.seen] == [False, False]


async def test_where_telegram_does_not_say_nobody_is_an_administrator(stage: Stage) -> None:
    group = await stage.group(stage.ann)
    settings = await asked(stage, group, text("设置", choices=(Choice("gs:1", "改"),)))
    stage.answers(whisper("好"))
    stage.telegram.fails("getChatMember", TooManyRequests(3))
    await stage.ann.picks("改", settings)
    assert [message.is_admin for message in stage.tutor.seen] == [False]


# --- comings and goings ----------------------------------------------------------------------------


@pytest.mark.parametrize("is_told_twice", [False, True], ids=["a plain bot", "a bot that is an administrator"])
async def test_who_leaves_or_is_thrown_out_is_noted(stage: Stage, is_told_twice: bool) -> None:
    bob, cid, dan = stage.telegram.people("Bob", "Cid", "Dan")
    group = await stage.group(stage.ann, bob, cid)
    if is_told_twice:
        group.promotes_bot(stage.ann)
    stage.tutor.noted.clear()
    dan.joins(group)
    bob.leaves(group)
    group.removes(cid, by=stage.ann)
    expected = {("left", "telegram", str(group.chat.id), str(person.user.id)) for person in (bob, cid)}
    await stage.telegram.until(lambda: len(stage.tutor.noted) == (4 if is_told_twice else 2))
    assert set(stage.tutor.noted) == expected
    assert (stage.tutor.seen, stage.spoken(group)) == ([], [])


async def test_who_may_not_write_is_still_there_until_they_leave(stage: Stage) -> None:
    bob = stage.telegram.person("Bob")
    group = await stage.group(stage.ann, bob)
    group.promotes_bot(stage.ann)
    group.mutes(bob)
    await asked(stage, group)
    assert [event[0] for event in stage.tutor.noted] == ["opened"]
    bob.leaves(group)
    await stage.telegram.until(lambda: len(stage.tutor.noted) == 3)
    assert stage.tutor.noted[1:] == [("left", "telegram", str(group.chat.id), str(bob.user.id))] * 2


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_bot_that_is_thrown_out_and_let_in_again_says_so(stage: Stage, kind: str) -> None:
    group = await stage.group(stage.ann, kind=kind)
    chat = str(group.chat.id)
    group.kicks_bot(stage.ann)
    await stage.telegram.until(lambda: ("closed", Address("telegram", chat), "kicked") in stage.tutor.noted)
    assert stage.chat.counts[Incident.KICKED] == 1
    group.adds_bot(stage.ann)
    await stage.telegram.until(lambda: len(stage.tutor.noted) == 3)
    assert [event[0] for event in stage.tutor.noted] == ["opened", "closed", "opened"]
    assert stage.tutor.noted[-1] == ("opened", "telegram", chat)
    await stage.telegram.until(lambda: len([m for m in group.chat.messages.values() if m["from"]["id"] == BOT_ID]) == 2)


async def test_a_bot_that_may_not_write_for_a_while_says_so(stage: Stage) -> None:
    group = await stage.group(stage.ann)
    stage.tutor.noted.clear()
    group.mutes_bot(stage.ann)
    group.unmutes_bot(stage.ann)
    await stage.telegram.until(lambda: len(stage.tutor.noted) == 2)
    opened = ("opened", "telegram", str(group.chat.id))
    assert stage.tutor.noted == [("closed", address(group), "missing-permissions"), opened]
    assert stage.chat.counts[Incident.MISSING_PERMISSIONS] == 1
    assert stage.spoken(group) == []


async def test_a_group_that_became_a_supergroup_is_open_and_not_greeted_again(stage: Stage) -> None:
    group = await stage.group(stage.ann, kind="group")
    stage.tutor.noted.clear()
    made = group.upgrades(stage.ann)
    await stage.telegram.until(lambda: stage.tutor.moves and len(stage.tutor.noted) == 2)
    assert stage.tutor.moves == [("telegram", str(group.chat.id), str(made.chat.id))]
    assert set(stage.tutor.noted) == {("opened", "telegram", str(made.chat.id))}
    question = await asked(stage, made)
    said = [shown(m) for m in made.chat.messages.values() if m["from"]["id"] == BOT_ID]
    assert said == [shown(question)]


async def test_a_group_is_called_what_it_is_called_now(stage: Stage) -> None:
    group = await stage.group(stage.ann)
    await stage.ann.asks("/topics", to=group)
    group.renames("大组")
    await stage.ann.asks("/topics", to=group)
    assert [message.place for message in stage.tutor.seen] == ["小组", "大组"]


# --- many at once ----------------------------------------------------------------------------------


async def test_fifty_answers_in_a_second_are_each_marked_once_within_the_limits() -> None:
    async with staged(Telegram(limits=Limits())) as stage:
        people = [stage.telegram.person(f"P{number}") for number in range(50)]
        for person in people:
            person.user.started = True
        group = await stage.group(*people)
        question = await asked(stage, group)
        stage.answers(*MARK)
        answers = [person.replies("因为共享权重", question) for person in people]
        await stage.telegram.until(lambda: len(stage.tutor.confirmed) == 50, within_s=30)
        assert {stage.telegram.reaction(answer) for answer in answers} == {"👍"}
        assert [len(person.chat.messages) for person in people] == [1] * 50
        assert len(stage.tutor.seen) == 50
        assert stage.spoken(group) == [shown(question)]
        assert refusals(stage) == []


async def test_a_private_chat_that_must_wait_holds_up_nobody_else(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.chats.telegram.answering.WHISPER_S", 0.05)
    bob = stage.telegram.person("Bob")
    bob.user.started = True
    group = await stage.group(stage.ann, bob)
    question = await asked(stage, group)
    stage.telegram.floods(stage.ann.chat, 2)
    stage.answers(*MARK)
    begun = time.monotonic()
    stage.ann.replies("甲", question)
    bob.replies("乙", question)
    await bob.hears("差一点")
    assert time.monotonic() - begun < 1.5
    await stage.ann.hears("差一点")


async def test_what_is_being_whispered_is_said_before_the_end() -> None:
    async with staged(Telegram()) as stage:
        group = await stage.group(stage.ann)
        question = await asked(stage, group)
        stage.telegram.floods(stage.ann.chat, 2)
        stage.answers(*MARK)
        stage.ann.replies("甲", question)
        await stage.telegram.until(lambda: stage.tutor.seen)
    assert "差一点" in stage.telegram.transcript(stage.ann.chat)


async def test_whoever_writes_too_fast_in_a_group_is_told_alone(stage: Stage) -> None:
    def quiet(_: Message) -> Replies:
        return ()

    group = await stage.group(stage.ann)
    stage.tutor.answers = quiet
    for _ in range(40):
        stage.ann.says("/topics", to=group)
    await stage.ann.hears("慢一点")
    assert stage.spoken(group) == []
