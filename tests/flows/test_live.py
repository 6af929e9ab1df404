"""A live quiz in a group's chat: rounds with a window each, whoever leads it, and what goes wrong on the way."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.store import open_store
from bot.core.chat.events import ReplySent
from bot.core.chat.messages import Address, Message, Reply, Role, Sender, Sent
from bot.core.content.library import Question
from bot.core.groups import live_quiz
from bot.core.groups.group import GroupMode, Member
from bot.core.groups.live_quiz import LiveQuiz, LiveState
from bot.core.kinds import Choice, Cloze
from bot.core.records.records import Delivery, DeliveryState
from bot.errors import DeliveryError, GoneError, RateLimitError, UncertainError
from bot.features.daily.outcomes import Outcome
from bot.features.turn import Knowledge
from bot.ports import Store
from bot.running.tutor import Tutor
from tests.flows.rooms import PLATFORM, Room, text_of

LETTERS = "ABCDEFGHIJ"
PLATFORMS = frozenset({PLATFORM})
WINDOW = live_quiz.CHOICE_WINDOW_S + live_quiz.GRACE.seconds


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> Room:
    return Room(Tutor(store, knowledge, language="zh", timezone="Asia/Shanghai"), store, knowledge)


def quiz_in(room: Room) -> LiveQuiz:
    with room.store.transaction() as tx:
        group = tx.group_at(room.address)
        found = tx.live(group.id) if group else None
        assert found
        return found


def delivery_in(room: Room) -> Delivery:
    asked = quiz_in(room).asked[-1]
    with room.store.transaction() as tx:
        found = tx.delivery(asked)
        assert found
        return found


def question_in(room: Room) -> Question:
    return room.knowledge.library.questions[delivery_in(room).question_id]


def right(question: Question) -> str:
    """An answer that earns the whole mark."""
    match question:
        case Choice():
            return LETTERS[[question.options[index].is_right for index in question.shown_order()].index(True)]
        case Cloze():
            return "，".join(blank[0] for blank in question.blanks)
        case _:
            return question.model[0]


def wrong(question: Question) -> str:
    return next(letter for letter in LETTERS[: len(question.listed)] if letter != right(question))


def post_in(room: Room) -> str:
    """The post of the question that was asked last."""
    return next(post for post, reply in reversed(room.posted) if reply.ref and reply.ref.role is Role.QUESTION)


def answers(room: Room, *people: str, is_right: bool = True, is_unseen: bool = True) -> None:
    asked, post = question_in(room), post_in(room)
    for person in people:
        room.says(person, right(asked) if is_right else wrong(asked), to=post, is_unseen=is_unseen)


def next_round(room: Room) -> str:
    """Let the next question come."""
    return "\n".join(room.waits(seconds=live_quiz.PAUSE.seconds))


def closes(room: Room) -> str:
    """Let the window of the open round pass."""
    return "\n".join(room.waits(seconds=WINDOW))


def begins(room: Room, wishes: str = "/live 3") -> str:
    """Begin a quiz and let its first question come."""
    room.says("bob", wishes)
    return "\n".join(room.waits(seconds=live_quiz.FIRST_AFTER.seconds))


# --- the usual way ---------------------------------------------------------------------------------


def test_five_members_play_three_rounds_and_two_share_a_place(room: Room) -> None:
    said = room.says("bob", "/live 3 概率论 难度1-3 每题20秒")
    assert "3 题，只要概率论，难度 1 到 3，每题 20 秒。" in said
    assert "快慢得分一样" in said
    (question,) = room.waits(seconds=5)
    assert "随堂测 1/3" in question
    assert "20 秒内" in question
    answers(room, "ann", "bob", "cat")
    answers(room, "dan", "eve", is_right=False)
    assert room.waits(seconds=20) == [], "what is on its way may still arrive"
    (result,) = room.waits(seconds=2)
    assert f"参考答案：{right(question_in(room))}. " in result
    assert "5 人作答，3 人答对。" in result
    assert room.last[1].answers == post_in(room)
    next_round(room)
    answers(room, "ann", "bob", "dan")
    room.waits(seconds=22)
    next_round(room)
    answers(room, "bob", "ann", is_right=True)
    answers(room, "cat", is_right=False)
    (last,) = room.waits(seconds=22)
    assert "3 题都出完了。" in last
    assert "第 1 名 Ann：30 分（答 3 题，对 3 题）" in last
    assert "第 1 名 Bob：30 分（答 3 题，对 3 题）" in last
    assert "第 3 名 Cat：10 分（答 2 题，对 1 题）" in last
    assert "第 3 名 Dan：10 分（答 2 题，对 1 题）" in last
    assert "第 5 名 Eve：0 分（答 1 题，对 0 题）" in last
    assert "不计入排行榜" in last
    assert len(room.posted) == 1 + 3 + 3, "one message a question, one a result"
    assert room.waits(hours=2) == []
    asked = [room.knowledge.library.questions[reply_question(room, reply)] for _, reply in room.posted if reply.ref]
    assert len(set(asked)) == 3
    assert all(isinstance(question, Choice) and question.difficulty <= 3 for question in asked)


def reply_question(room: Room, reply: Reply) -> str:
    assert reply.ref
    with room.store.transaction() as tx:
        found = tx.delivery(reply.ref.delivery_id)
        assert found
        return found.question_id


def test_what_was_answered_is_remembered_and_is_worth_nothing_on_the_board(room: Room) -> None:
    begins(room)
    answers(room, "ann")
    answers(room, "cat", is_right=False)
    delivery, asked = delivery_in(room), question_in(room)
    with room.store.transaction() as tx:
        for user, lapses in (("ann", 0), ("cat", 0)):
            account = tx.account(PLATFORM, user)
            assert account
            card = tx.card(account.learner_id, asked.id)
            assert card
            assert (card.reps, card.lapses) == (1, lapses)
            assert tx.award_for(delivery.id, account.learner_id) is None
        ann, cat = (tx.account(PLATFORM, user) for user in ("ann", "cat"))
        assert ann
        assert cat
        due = [card.due for who in (ann, cat) if (card := tx.card(who.learner_id, asked.id))]
        assert due[0] > due[1], "who failed sees it sooner"


def test_nothing_of_a_mark_is_told_before_the_time_is_up(room: Room) -> None:
    begins(room)
    asked, post = question_in(room), post_in(room)
    assert room.answers_alone("ann", wrong(asked), post) == f"收到：{wrong(asked)}"
    assert room.answers_alone("bob", right(asked), post) == f"收到：{right(asked)}"
    assert room.says("cat", f"选{right(asked)}", to=post) == ""
    assert room.says("dan", wrong(asked), to=post) == ""
    assert room.marks == [("cat", "👌"), ("dan", "👌")]
    assert "cat" not in room.heard
    assert "4 人作答，2 人答对。" in closes(room)


def test_the_first_answer_counts(room: Room) -> None:
    begins(room)
    asked, post = question_in(room), post_in(room)
    room.answers_alone("ann", wrong(asked), post)
    assert f"第一次的「{wrong(asked)}」算数" in room.answers_alone("ann", right(asked), post)
    assert room.answers_alone("ann", wrong(asked), post) == f"收到：{wrong(asked)}", "said twice it is the same"
    room.says("bob", right(asked), to=post)
    room.says("bob", wrong(asked), to=post)
    assert f"第一次的「{right(asked)}」算数" in room.told("bob")
    assert "2 人作答，1 人答对。" in closes(room)


def test_an_answer_that_comes_too_late_counts_for_nothing(room: Room) -> None:
    begins(room)
    asked, post = question_in(room), post_in(room)
    room.now += timedelta(seconds=WINDOW)
    assert room.answers_alone("ann", right(asked), post).startswith("收到"), "in the last moment"
    room.now += timedelta(seconds=1)
    assert "时间已经到了" in room.answers_alone("bob", right(asked), post)
    assert "1 人作答" in "\n".join(room.ticks())
    assert "时间已经到了" in room.answers_alone("cat", right(asked), post)
    next_round(room)
    assert "时间已经到了" in room.answers_alone("dan", right(asked), post), "an earlier question"
    with room.store.transaction() as tx:
        account = tx.account(PLATFORM, "bob")
        assert account
        assert tx.attempts(account.learner_id) == []


@pytest.mark.parametrize("text", ["哈哈", "不知道", "这题什么意思？"])
def test_talk_under_a_question_uses_up_nobodys_answer(room: Room, text: str) -> None:
    begins(room)
    asked, post = question_in(room), post_in(room)
    assert room.says("ann", text, to=post) == ""
    assert "还没有算" in room.told("ann")
    answers(room, "ann", is_unseen=False)
    assert room.marks == [("ann", "👌")]
    assert f"参考答案：{right(asked)}" in closes(room)


def test_short_answers_have_longer_and_partial_marks_count(room: Room) -> None:
    said = room.says("bob", "/live 2 概率论 简答")
    assert "选择题 30 秒，简答题 90 秒" in said
    room.waits(seconds=5)
    answers(room, "ann")
    closes(room)
    question = next_round(room)
    asked = question_in(room)
    assert not isinstance(asked, Choice)
    assert "90 秒内回复这条消息" in question
    assert room.says("ann", right(asked), to=post_in(room)) == ""
    assert room.waits(seconds=32) == []
    assert "第 1 名 Ann：20 分" in "\n".join(room.waits(seconds=60))


def test_a_group_that_answers_by_poll_has_polls(room: Room) -> None:
    room.says("ann", "/group 9:00 揭晓 6小时 投票")
    begins(room)
    post, reply = room.last
    assert reply.quiz
    assert reply.quiz.is_open
    assert "第一次选的算数" in text_of(reply)
    asked = delivery_in(room)
    with room.store.transaction() as tx:
        tx.add_posts(room.address, asked.id, Role.QUESTION, Sent((post,), "poll-1"))
    for user in ("cat", "dan"):
        letter = LETTERS[reply.quiz.right]
        vote = Message(
            f"vote-{user}", Address(PLATFORM, user), Sender(user, user.title()), letter, room.now, poll_id="poll-1"
        )
        assert room.tutor.handle(vote) == (), "a poll is its own receipt"
    assert "2 人作答，2 人答对。" in closes(room)


# --- beginning -------------------------------------------------------------------------------------


def test_a_quiz_needs_no_daily_question_and_makes_none(room: Room) -> None:
    assert "随堂测 1/3" in begins(room)
    assert "还没有学习小组" in room.says("ann", "/group")
    assert "没有随堂测" in Room(room.tutor, room.store, room.knowledge, Address(PLATFORM, "-200")).says(
        "ann", "/live 停"
    )


def test_a_second_quiz_waits_for_the_first(room: Room) -> None:
    begins(room)
    assert "已经有一场" in room.says("cat", "/live 9 概率论")
    assert "正在答第 1/3 题" in room.says("cat", "/live")
    room.says("bob", "/live 停")
    assert "5 题，每题 30 秒" in room.says("cat", "/live")
    assert quiz_in(room).number == 2


def test_two_topics_of_one_chat_have_a_quiz_each(room: Room) -> None:
    begins(room)
    other = Room(room.tutor, room.store, room.knowledge, replace(room.address, thread="7"), count=500)
    assert "随堂测" in other.says("cat", "/live 2")


def test_alone_there_is_no_quiz(room: Room) -> None:
    assert "群或频道" in room.writes("ann", "/live")


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ("30", "1 到 20 题，「30」不行"),
        ("每题1秒", "10 到 300 秒，「每题1秒」不行"),
        ("难度9", "难度是 1 到 5"),
        ("唐诗", "没看懂「唐诗」"),
    ],
)
def test_what_cannot_be_is_said_with_an_example(room: Room, wishes: str, said: str) -> None:
    answer = room.says("ann", f"/live {wishes}")
    assert said in answer
    assert "/live 8 概率论" in answer
    with room.store.transaction() as tx:
        assert tx.group_at(room.address) is None


def test_it_asks_no_more_than_there_is_and_nothing_that_was_asked_today(room: Room) -> None:
    fitting = {
        question.id
        for question in room.knowledge.library.questions.values()
        if isinstance(question, Choice)
        and question.difficulty == 1
        and room.knowledge.library.by_id[question.concept_id].topic_id == "probability"
    }
    assert 0 < len(fitting) < 10, "the pack has other questions now: choose another difficulty"
    assert f"只有 {len(fitting)} 题" in room.says("ann", "/live 20 概率论 难度1")
    room.waits(seconds=5)
    asked = [question_in(room).id]
    while quiz_in(room).state is not LiveState.OVER:
        answers(room, "ann")
        closes(room)
        next_round(room)
        asked.append(question_in(room).id)
    assert set(asked) == fitting
    assert "没有符合条件的题" in room.says("ann", "/live 概率论 难度1")
    room.waits(days=1)
    assert f"{len(fitting)} 题" in room.says("ann", "/live 概率论 难度1")


# --- leading ---------------------------------------------------------------------------------------


def test_a_round_goes_on_when_the_quiz_is_paused_and_nothing_comes_after_it(room: Room) -> None:
    begins(room)
    assert "这题照常作答" in room.says("bob", "/live 暂停")
    assert "暂停中，已出 1/3 题" in room.says("cat", "/live")
    answers(room, "cat")
    assert "1 人作答" in closes(room)
    assert room.waits(minutes=30) == []
    assert "随堂测继续" in room.says("bob", "/live 继续")
    assert "随堂测 2/3" in "\n".join(room.waits(seconds=5))


def test_it_is_paused_between_two_rounds_and_taken_up_by_a_button(room: Room) -> None:
    begins(room)
    answers(room, "cat")
    closes(room)
    number = quiz_in(room).number
    assert room.taps("bob", f"lv:pause:{number}") == ""
    assert room.told("bob") == "好。"
    assert room.ticks() == ["随堂测暂停了，一小时内可以继续。 [继续] [结束]"], "all see it, whoever tapped"
    assert room.waits(minutes=5) == []
    room.taps("ann", f"lv:resume:{number}")
    assert room.ticks() == ["随堂测继续。 [暂停] [结束]"]
    assert "随堂测 2/3" in "\n".join(room.waits(seconds=5))


def test_a_quiz_that_stays_paused_is_over_after_an_hour(room: Room) -> None:
    begins(room)
    answers(room, "cat")
    closes(room)
    room.says("bob", "/live 暂停")
    assert room.waits(minutes=59) == []
    (last,) = room.waits(minutes=1)
    assert "暂停超过一小时" in last
    assert "第 1 名 Cat：10 分" in last


def test_stopping_tells_the_open_question_and_the_table(room: Room) -> None:
    begins(room)
    answers(room, "cat")
    said = room.says("bob", "/live 停")
    assert f"参考答案：{right(question_in(room))}" in said
    assert "第 1 名 Cat：10 分（答 1 题，对 1 题）" in said
    assert room.waits(hours=1) == []
    assert "时间已经到了" in room.answers_alone("dan", "A", post_in(room))


def test_a_question_that_waits_is_not_sent_when_the_quiz_was_stopped(room: Room) -> None:
    room.says("bob", "/live 3")
    room.now += timedelta(seconds=5)
    room.tutor.settle(room.now)
    assert "先到这里" in room.says("bob", "/live 停")
    assert room.ticks() == []
    assert delivery_in(room).state is DeliveryState.SKIPPED


def test_only_whoever_began_it_and_the_admins_lead_it(room: Room) -> None:
    begins(room)
    number = quiz_in(room).number
    for verb in ("暂停", "停"):
        room.says("cat", f"/live {verb}")
        assert "只有发起人和管理员" in room.told("cat")
    room.taps("cat", f"lv:stop:{number}")
    assert "只有发起人和管理员" in room.told("cat")
    assert quiz_in(room).state is LiveState.ASKING
    room.taps("ann", f"lv:stop:{number}")
    assert quiz_in(room).state is LiveState.OVER
    assert "随堂测结束" in "\n".join(room.ticks())


@pytest.mark.parametrize("choice_id", ["lv:stop:1", "lv:stop:", "lv:", "lv:fly:2", "lv:stop:²", "lv:stop:9"])
def test_a_button_of_another_quiz_does_nothing(room: Room, choice_id: str) -> None:
    begins(room)
    room.says("bob", "/live 停")
    begins(room)
    room.taps("ann", choice_id)
    assert "过期" in room.told("ann")
    assert quiz_in(room).state is LiveState.ASKING


# --- what ends it ----------------------------------------------------------------------------------


def test_two_rounds_without_an_answer_end_it(room: Room) -> None:
    begins(room, "/live 9")
    assert "没有人作答" in closes(room)
    next_round(room)
    last = closes(room)
    assert "连着两题没有人作答" in last
    assert "名" not in last.partition("随堂测结束")[2].replace("没有人", "")
    assert room.waits(hours=1) == []


def ticks_without_sending(room: Room, error: DeliveryError) -> Sequence[str]:
    """Run one tick whose question does not get through."""
    room.tutor.settle(room.now)
    for outgoing in room.tutor.take(PLATFORMS, room.now):
        room.tutor.record([Outcome(outgoing, error)], room.now)
    return [text_of(notice.reply) for notice in room.tutor.notices(PLATFORMS)]


@pytest.mark.parametrize(
    "error", [DeliveryError("no"), RateLimitError("wait", retry_after_s=30)], ids=["failing", "flood"]
)
def test_a_question_that_does_not_get_through_ends_it_after_a_while(room: Room, error: DeliveryError) -> None:
    room.says("bob", "/live 3")
    said: list[str] = []
    for _ in range(200):
        room.now += timedelta(seconds=1)
        said += ticks_without_sending(room, error)
        if said:
            break
    assert "没能发出来" in said[0]
    assert quiz_in(room).state is LiveState.OVER
    assert timedelta(seconds=100) < room.now - delivery_in(room).created_at < timedelta(seconds=130)


def test_a_group_that_is_closed_ends_it_at_once(room: Room) -> None:
    room.says("bob", "/live 3")
    room.now += timedelta(seconds=5)
    ticks_without_sending(room, GoneError("kicked", reason="kicked"))
    room.now += timedelta(seconds=1)
    room.tutor.settle(room.now)
    assert quiz_in(room).state is LiveState.OVER


def test_a_question_that_may_have_arrived_takes_answers_and_is_not_repeated(room: Room) -> None:
    room.says("bob", "/live 2")
    room.now += timedelta(seconds=5)
    ticks_without_sending(room, UncertainError("no answer"))
    room.now += timedelta(seconds=1)
    room.tutor.settle(room.now)
    assert quiz_in(room).closes_at == room.now + timedelta(seconds=WINDOW - 1)
    closes(room)
    first = quiz_in(room).asked[0]
    next_round(room)
    answers(room, "ann")
    closes(room)
    room.waits(minutes=11)
    assert [reply for _, reply in room.posted if reply.ref and reply.ref.delivery_id == first] == []


def test_the_window_begins_when_the_question_has_been_sent(room: Room) -> None:
    room.says("bob", "/live 3")
    room.now += timedelta(seconds=5)
    room.tutor.settle(room.now)
    (outgoing,) = room.tutor.take(PLATFORMS, room.now)
    room.now += timedelta(seconds=40)
    room.tutor.settle(room.now)
    assert quiz_in(room).closes_at is None
    room.tutor.record([Outcome(outgoing, Sent(("late",)))], room.now)
    sent_at = room.now
    room.now += timedelta(seconds=3)
    room.tutor.settle(room.now)
    assert quiz_in(room).closes_at == sent_at + timedelta(seconds=WINDOW)
    assert room.answers_alone("ann", "A", "late").startswith("收到")


def test_who_answers_before_the_sending_was_noted_is_in_time(room: Room) -> None:
    room.says("bob", "/live 3")
    room.now += timedelta(seconds=5)
    room.tutor.settle(room.now)
    (outgoing,) = room.tutor.take(PLATFORMS, room.now)
    assert outgoing.reply.ref
    room.tutor.note(ReplySent(room.address, outgoing.reply.ref, Sent(("quick",))), room.now)
    room.now += timedelta(seconds=2)
    assert room.answers_alone("ann", "A", "quick").startswith("收到")
    assert delivery_in(room).state is DeliveryState.SENT
    room.tutor.record([Outcome(outgoing, Sent(("quick",)))], room.now + timedelta(seconds=4))
    assert "1 人作答" in closes(room)


def test_a_question_that_vanished_from_the_content_is_passed_over(room: Room, knowledge: Knowledge) -> None:
    begins(room)
    answers(room, "ann")
    gone = question_in(room)
    concepts = tuple(
        replace(concept, questions=tuple(question for question in concept.questions if question.id != gone.id))
        for concept in knowledge.library.concepts
    )
    fewer = replace(knowledge, library=replace(knowledge.library, concepts=concepts))
    room.tutor = Tutor(room.store, fewer, language="zh", timezone="Asia/Shanghai")
    assert gone.prompt not in "\n".join(room.waits(seconds=1))
    assert "过期" in room.answers_alone("cat", "A", post_in(room))
    assert "随堂测 2/3" in next_round(room)


# --- restarts and two processes --------------------------------------------------------------------


def test_a_restart_within_a_window_changes_nothing(room: Room) -> None:
    begins(room)
    answers(room, "ann")
    room.now += timedelta(seconds=10)
    room.restarts()
    answers(room, "cat")
    assert "2 人作答，2 人答对。" in "\n".join(room.waits(seconds=WINDOW - 10))
    room.restarts()
    assert "随堂测 2/3" in next_round(room)


def test_a_round_whose_end_was_slept_through_is_closed_once_and_the_quiz_goes_on(room: Room) -> None:
    begins(room)
    answers(room, "ann")
    room.now += timedelta(minutes=9)
    room.restarts()
    (result,) = room.ticks()
    assert "1 人作答" in result
    assert room.waits(seconds=1) == []
    assert "随堂测 2/3" in next_round(room)


@pytest.mark.parametrize("is_open", [True, False], ids=["in a round", "between two"])
def test_after_a_long_sleep_it_ends_with_the_table(room: Room, *, is_open: bool) -> None:
    begins(room)
    answers(room, "ann")
    if not is_open:
        closes(room)
    room.now += timedelta(minutes=12)
    room.restarts()
    (last,) = room.ticks()
    assert "中断了一阵" in last
    assert "第 1 名 Ann：10 分" in last
    assert room.waits(seconds=30) == []


def test_a_question_that_waited_through_a_short_sleep_is_still_asked(room: Room) -> None:
    room.says("bob", "/live 3")
    room.now += timedelta(seconds=5)
    room.tutor.settle(room.now)
    room.now += timedelta(minutes=5)
    room.restarts()
    assert "随堂测 1/3" in "\n".join(room.ticks())
    answers(room, "ann")
    assert "1 人作答" in closes(room)


def test_a_question_that_waited_through_a_long_sleep_is_not(room: Room) -> None:
    room.says("bob", "/live 3")
    room.now += timedelta(seconds=5)
    room.tutor.settle(room.now)
    room.now += timedelta(minutes=11)
    room.restarts()
    (last,) = room.ticks()
    assert "中断了一阵" in last


def test_two_processes_that_move_it_at_once_ask_and_tell_once(room: Room, knowledge: Knowledge, tmp_path: Path) -> None:
    stores = [open_store(f"sqlite:///{tmp_path / 'tutor.sqlite3'}") for _ in range(2)]
    tutors = [Tutor(each, knowledge, language="zh", timezone="Asia/Shanghai") for each in stores]
    room.says("bob", "/live 3")
    with ThreadPoolExecutor(2) as workers:
        for seconds in (
            live_quiz.FIRST_AFTER.seconds,
            WINDOW,
            live_quiz.PAUSE.seconds,
            WINDOW,
            live_quiz.PAUSE.seconds,
            WINDOW,
        ):
            room.now += timedelta(seconds=seconds)
            list(workers.map(lambda tutor: tutor.settle(room.now), tutors))
            room.ticks()
            if quiz_in(room).is_open:
                answers(room, "ann")
    for each in stores:
        each.close()
    assert quiz_in(room).state is LiveState.OVER
    questions = [reply for _, reply in room.posted if reply.ref]
    results = [reply for _, reply in room.posted if "人作答" in text_of(reply)]
    assert (len(questions), len(results)) == (3, 3)
    assert "第 1 名 Ann：30 分" in text_of(room.last[1])


# --- people ----------------------------------------------------------------------------------------


def test_a_member_who_is_hidden_is_counted_and_never_named(room: Room) -> None:
    begins(room, "/live 1")
    answers(room, "ann", "cat")
    with room.store.transaction() as tx:
        group, account = tx.group_at(room.address), tx.account(PLATFORM, "cat")
        assert group
        assert account
        member = tx.member(group.id, account.learner_id)
        assert isinstance(member, Member)
        tx.save_member(replace(member, is_hidden=True))
    last = closes(room)
    assert "2 人作答，2 人答对。" in last
    assert "Cat" not in last
    assert "另有 1 人不公开姓名" in last


def test_who_is_forgotten_in_the_middle_breaks_nothing(room: Room) -> None:
    begins(room, "/live 2")
    answers(room, "bob", "cat")
    room.writes("bob", "/forget 删除")
    assert "1 人作答，1 人答对。" in closes(room)
    next_round(room)
    room.says("bob", "/live 停")
    assert "只有发起人和管理员" in room.told("bob"), "who is back is somebody new"
    answers(room, "cat")
    assert "第 1 名 Cat：20 分" in closes(room)


def test_many_take_part_and_the_first_ten_are_named(room: Room) -> None:
    begins(room, "/live 1")
    people = [f"p{number:02}" for number in range(13)]
    answers(room, *people)
    last = closes(room)
    assert "13 人作答，13 人答对。" in last
    assert last.count("第 1 名") == 10
    assert "还有 3 人参加" in last


def test_a_groups_language_is_spoken(room: Room) -> None:
    room.says("ann", "/group 9:00 英文 揭晓 6小时")
    with room.store.transaction() as tx:
        group = tx.group_at(room.address)
        assert group
        assert group.mode is GroupMode.PRIVATE
    assert "Live quiz 1/3" in begins(room)
    answers(room, "cat")
    assert "1 answered, 1 was right." in closes(room)


def test_a_quiz_that_was_asked_for_knows_no_quiet_hours(room: Room) -> None:
    room.says("ann", "/group 9:00 勿扰 22:00-7:00 揭晓 6小时")
    room.waits(hours=15)
    assert "随堂测 1/3" in begins(room)
