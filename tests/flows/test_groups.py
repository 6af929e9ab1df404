"""A study group's days: set up by an admin, one question, answers alone and in the open, a reveal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.chat.events import ChatMoved, ChatsClosed, ChatsOpened, MemberLeft
from bot.core.chat.messages import Address, Audience, Mode, Ref, Reply, Role
from bot.core.content.library import Question
from bot.core.groups.group import StudyGroup
from bot.core.kinds import Choice, Cloze, Open, Ordering
from bot.core.records.records import Delivery, DeliveryKind, DeliveryState, Owner, OwnerKind
from bot.errors import GoneError, MovedError, RateLimitError, UncertainError
from bot.features.daily.outcomes import Outcome
from bot.features.turn import Knowledge
from bot.ports import Store
from bot.running.tutor import Tutor
from tests.flows.rooms import PLATFORM, Room, text_of

WRONG = "完全不知道怎么说，大概和颜色有关"
SETTINGS = "/group 9:00 每天 揭晓 6小时"


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> Room:
    return Room(Tutor(store, knowledge, language="zh", timezone="Asia/Shanghai"), store, knowledge)


def group_in(room: Room) -> StudyGroup:
    with room.store.transaction() as tx:
        found = tx.group_at(room.address)
        assert found
        return found


def deliveries_of(room: Room, kind: DeliveryKind = DeliveryKind.DAILY, days_ago: int = 0) -> list[Delivery]:
    day = (room.now - timedelta(days=days_ago)).date()
    group = group_in(room)
    with room.store.transaction() as tx:
        return list(tx.deliveries(Owner(OwnerKind.GROUP, group.id), kind, day))


def question_in(room: Room) -> Question:
    return room.knowledge.library.questions[deliveries_of(room)[0].question_id]


def right(question: Question) -> str:
    """An answer that earns the whole mark."""
    match question:
        case Choice():
            shown = [question.options[index].is_right for index in question.shown_order()]
            return "ABCDEFGHIJ"[shown.index(True)]
        case Cloze():
            return "，".join(blank[0] for blank in question.blanks)
        case Ordering():
            order = question.shown_order()
            return "".join("ABCDEFGHIJ"[order.index(place)] for place in range(len(question.items)))
        case _:
            return question.model[0]


def questions_posted(room: Room) -> list[str]:
    return [post for post, reply in room.posted if reply.ref and reply.ref.role is Role.QUESTION]


def asked(room: Room, wishes: str = SETTINGS) -> tuple[str, Reply]:
    """Set the group up and let its first question come."""
    room.says("ann", wishes)
    room.waits(hours=1)
    return room.last


# --- setting up ------------------------------------------------------------------------------------


def test_an_admin_sets_a_group_up_and_everyone_else_is_told_who_may(room: Room) -> None:
    assert "还没有学习小组" in room.says("bob", "/group")
    room.says("bob", SETTINGS)
    assert "只有这里的管理员" in room.told("bob")
    with room.store.transaction() as tx:
        assert tx.group_at(room.address) is None
    text = room.says("ann", "/group 9:00 工作日 难度1-3 揭晓 6小时")
    assert "周一到周五 09:00（Asia/Shanghai），大家一起答一题，难度 1 到 3。" in text
    assert "出题 6 小时后揭晓答案。" in text
    assert "2026-11-24 09:00、2026-11-25 09:00" in text
    assert "只有这里的管理员" in room.says("bob", "/group"), "what is set everybody may see"


@pytest.mark.parametrize(
    ("wishes", "fault"),
    [
        ("揭晓 24小时", "10 分钟到 23 小时"),
        ("揭晓 5分钟", "10 分钟到 23 小时"),
        ("9:00 12:00 揭晓 4小时", "早于下一题"),
        ("每次3题", "小组每次只有一题"),
        ("记忆目标 95%", "小组每次只有一题"),
        ("随便写点别的", "没看懂「随便写点别的」"),
        ("25:00", "没有「25:00」这个时间"),
        ("难度7", "难度是 1 到 5"),
    ],
)
def test_a_wish_that_cannot_be_is_said_so_and_changes_nothing(room: Room, wishes: str, fault: str) -> None:
    room.says("ann", SETTINGS)
    before = group_in(room)
    assert fault in room.says("ann", f"/group {wishes}")
    assert group_in(room) == before
    assert "09:00" in room.says("ann", "/group")


def test_wishes_are_changed_one_by_one_and_the_rest_stays(room: Room) -> None:
    room.says("ann", "/group 9:00 12:00 周一三五 只要概率论 揭晓 2小时")
    assert "2 小时后揭晓" in room.says("ann", "/group 投票")
    text = room.says("ann", "/group 英文")
    assert "Mon, Wed, Fri" in text.replace("Monday", "Mon").replace("Wednesday", "Wed").replace("Friday", "Fri")
    assert "open polls" in text
    assert "2 h" in text
    text = room.says("ann", "/group 中文 20:30 reveal 90 min private")
    assert "周一、周三、周五 20:30" in text
    assert "1 小时 30 分钟后揭晓" in text
    assert "各自私下作答" in text


def test_buttons_do_what_their_words_say_for_admins_only(room: Room) -> None:
    room.says("ann", SETTINGS)
    room.says("ann", "/group")
    choices = {choice.label: choice.id for choice in room.last[1].choices}
    room.taps("bob", choices["停用"])
    assert "只有这里的管理员" in room.told("bob")
    room.taps("ann", choices["2h 后揭晓"])
    assert group_in(room).reveal_after == timedelta(hours=2)
    assert "不再往这里发题" in room.taps("ann", choices["停用"])
    assert room.waits(hours=1) == []
    assert "停用状态" in room.says("bob", "/group")
    assert "2026-11-25 09:00" in room.says("ann", "/group on")


def test_an_admin_who_was_demoted_changes_nothing_more(room: Room) -> None:
    room.says("ann", SETTINGS)
    room.admins = frozenset({"bob"})
    room.says("ann", "/group off")
    assert "只有这里的管理员" in room.told("ann")
    assert "不再往这里发题" in room.says("bob", "/group off")


def test_in_a_group_a_subscription_is_the_groups(room: Room) -> None:
    room.says("bob", "/subscribe 7:30")
    assert "只有这里的管理员" in room.told("bob")
    assert "每天 09:00" in room.says("ann", "/subscribe")
    with room.store.transaction() as tx:
        account = tx.account(PLATFORM, "ann")
        assert account
        assert tx.subscription(Owner(OwnerKind.LEARNER, account.learner_id)) is None


def test_a_group_is_set_up_where_it_is(room: Room) -> None:
    assert "要在群或频道里设置" in room.writes("ann", "/group 9:00")


def test_two_topics_of_one_chat_have_groups_of_their_own(room: Room) -> None:
    asked(room)
    other = replace(room, address=replace(room.address, thread="7"), posted=[], count=1000)
    other.says("ann", "/group 9:30 每天 英文 揭晓 1小时")
    posts = other.waits(minutes=30)
    assert len(posts) == 1
    assert "Answer" in posts[0]
    assert "每天 09:00" in room.says("ann", "/group")
    assert group_in(room).id != group_in(other).id


# --- answering -------------------------------------------------------------------------------------


def test_a_member_answers_alone_by_the_link_and_hears_the_whole_mark(room: Room) -> None:
    _, post = asked(room)
    question = question_in(room)
    text = room.follows("bob", post)
    assert question.prompt in text
    assert "「自习室」的题，第一次作答计分。" in text
    text = room.writes("bob", right(question))
    assert "100%" in text
    assert room.marks == []
    assert len(room.posted) == 2, "the settings and the question; nothing else stands in the group"
    assert "再答算练习" in room.follows("bob", post)


def test_a_reply_in_the_open_is_marked_by_a_sign_and_told_alone(room: Room) -> None:
    post, _ = asked(room)
    question = question_in(room)
    assert room.says("bob", right(question), to=post) == ""
    assert room.says("cat", WRONG, to=post) == ""
    assert room.marks == [("bob", "💯"), ("cat", "🤔")]
    assert "通过 · 100%" in room.told("bob")
    assert "参考答案" in room.told("cat")
    whispers = [reply for who in ("bob", "cat") for reply in room.heard[who]]
    assert {reply.audience for reply in whispers} == {Audience.WHISPER}
    assert {reply.ref and reply.ref.role for reply in whispers} == {Role.FEEDBACK}


def test_a_form_is_marked_without_a_sign(room: Room) -> None:
    post, _ = asked(room)
    assert "通过 · 100%" in room.answers_alone("bob", right(question_in(room)), post)
    assert room.marks == []


def test_not_knowing_gets_help_alone_and_is_no_answer(room: Room) -> None:
    post, _ = asked(room)
    assert room.says("bob", "不知道", to=post) == ""
    assert room.marks == [("bob", "🤔")]
    assert "看答案" in room.told("bob")
    assert "还没有人作答" in room.waits(hours=6)[-1]


def test_only_the_first_answer_counts(room: Room) -> None:
    post, reply = asked(room)
    question = question_in(room)
    room.answers_alone("bob", WRONG, post)
    assert "算练习" in room.answers_alone("bob", right(question), post)
    room.says("bob", right(question), to=post)
    room.follows("bob", reply)
    room.writes("bob", right(question))
    revealed = room.waits(hours=6)[-1]
    assert "1 人作答，0 人通过" in revealed
    assert "最先通过" not in revealed


def test_whoever_had_the_answer_shown_has_answered(room: Room) -> None:
    post, reply = asked(room)
    room.follows("bob", reply)
    shown = next(choice.id for choice in room.heard["bob"][-1].choices if choice.id.startswith("show-answer:"))
    assert "参考答案" in room.writes("bob", pressed=shown)
    room.answers_alone("bob", right(question_in(room)), post)
    assert "还没有人作答" in room.waits(hours=6)[-1], "what was shown is no answer, and what came after it neither"


def test_a_link_works_for_its_own_question_only_and_in_private_only(room: Room) -> None:
    _, reply = asked(room)
    link = reply.choices[0].opens
    number, seal = link.removeprefix("q_").split("_")
    for forged in (f"q_{number}_000000000000", f"q_{int(number) + 1}_{seal}", f"q_{number}_", "q_9" * 20):
        assert "过期" in room.writes("bob", f"/start {forged}")
    assert "请私聊我作答" in room.says("bob", f"/start {link}")
    room.taps("bob", reply.choices[0].id)
    assert link in room.told("bob"), "where a tap opens no chat it says how to get there"


def test_a_groups_question_is_not_put_off_nor_skipped_for_the_others(room: Room) -> None:
    _, reply = asked(room)
    room.follows("bob", reply)
    assert "不能推迟" in room.writes("bob", "/snooze")
    room.follows("bob", reply)
    room.writes("bob", "/skip")
    assert deliveries_of(room)[0].state is DeliveryState.SENT
    assert len(room.waits(hours=6)) == 1, "the reveal comes all the same"


def test_buttons_under_a_question_help_nobody_from_elsewhere(room: Room) -> None:
    post, _ = asked(room)
    number = deliveries_of(room)[0].id
    assert "过期" in room.writes("mallory", pressed=f"a:{number}")
    room.answers_alone("bob", WRONG, post)
    assert "参考答案" in room.writes("bob", pressed=f"a:{number}")


def test_chatter_is_not_read_as_an_answer(room: Room) -> None:
    asked(room)
    assert room.says("bob", right(question_in(room))) == ""
    assert "还没有人作答" in room.waits(hours=6)[-1]


def test_letters_of_a_choice_question_are_answered_alone(room: Room) -> None:
    post, reply = asked(room, "/group 9:00 每天 投票 揭晓 6小时")
    assert reply.quiz
    assert reply.quiz.is_open
    assert reply.choices == ()
    letter = right(question_in(room))
    assert "通过 · 100%" in room.answers_alone("bob", letter, post)
    revealed = room.waits(hours=6)[-1]
    assert "1 人作答，1 人通过，平均 100%" in revealed


def test_one_memory_in_two_groups_and_alone(room: Room) -> None:
    post, _ = asked(room)
    question = question_in(room)
    room.answers_alone("bob", right(question), post)
    with room.store.transaction() as tx:
        account = tx.account(PLATFORM, "bob")
        assert account
        cards = tx.cards(account.learner_id)
    assert [card.question_id for card in cards] == [question.id]
    other = replace(room, address=Address(PLATFORM, "-200"), posted=[], count=5000)
    other.says("ann", f"/group {other.now:%H}:30 每天")
    other.waits(minutes=30)
    assert question_in(other).id == question.id, "new to that group's members, of whom none is active yet"
    assert "算练习" in other.answers_alone("bob", right(question), other.last[0])
    assert "1 人作答" in room.waits(hours=6)[-1]


def test_what_members_need_decides_what_comes(room: Room) -> None:
    post, _ = asked(room)
    first = question_in(room)
    for user in ("bob", "cat", "dan"):
        room.answers_alone(user, WRONG, post)
    seen = [first.id]
    for _ in range(6):
        room.waits(days=1)
        seen.append(question_in(room).id)
        for user in ("bob", "cat"):
            room.answers_alone(user, right(question_in(room)), room.last[0])
    assert len(set(seen)) == len(seen), "nothing comes twice within a month"


# --- the reveal ------------------------------------------------------------------------------------


def test_the_reveal_tells_what_everybody_made_of_it(room: Room) -> None:
    room.says("ann", "/group 9:00 每天 难度1-5 揭晓 6小时")
    room.waits(hours=1)
    post, _ = room.last
    question = question_in(room)
    for user, text in (("bob", WRONG), ("cat", right(question)), ("dan", right(question)), ("eve", WRONG)):
        room.waits(minutes=1)
        room.answers_alone(user, text, post)
    revealed = room.waits(hours=6)[-1]
    assert room.last[1].answers == post
    assert room.last[1].ref == Ref(deliveries_of(room)[0].id, Role.ANSWER)
    assert "4 人作答，2 人通过" in revealed
    assert "最先通过：Cat" in revealed
    assert room.last[1].thread.startswith("2026-11-24")
    assert "参考答案" in revealed


def test_a_late_answer_is_marked_and_not_counted(room: Room) -> None:
    post, reply = asked(room)
    room.waits(hours=6)
    assert "不计入榜单" in room.follows("bob", reply)
    assert "通过 · 100%" in room.writes("bob", right(question_in(room)))
    assert "这次不计入榜单" not in room.told("bob"), "the link told so before"
    room.says("cat", right(question_in(room)), to=post)
    assert "这次不计入榜单" in room.told("cat")
    assert "这次不计入榜单" in room.answers_alone("dan", WRONG, post)
    number = deliveries_of(room)[0].id
    with room.store.transaction() as tx:
        assert tx.answered(number) == []


def test_a_wording_is_quoted_only_with_its_authors_leave(room: Room) -> None:
    asked(room)
    for _ in range(30):
        room.waits(days=1)
        if isinstance(question_in(room), Open):
            break
    question, post = question_in(room), questions_posted(room)[-1]
    assert isinstance(question, Open)
    mine = right(question)
    room.answers_alone("bob", mine, post)
    room.answers_alone("cat", mine, post)
    offered = next(choice for choice in room.heard["bob"][-1].choices if choice.label == "可以引用我的话")
    room.taps("mallory", offered.id)
    assert "过期" in room.told("mallory")
    room.taps("bob", offered.id)
    revealed = room.waits(hours=7)[-1]
    assert "Bob是这样说的：" in revealed
    assert mine in revealed


def test_a_reveal_survives_a_restart_and_comes_once(room: Room) -> None:
    asked(room)
    room.restarts()
    assert len(room.waits(hours=6)) == 1
    room.restarts()
    assert room.waits(minutes=30) == []
    assert [d.state for d in deliveries_of(room, DeliveryKind.REVEAL)] == [DeliveryState.SENT]


def test_a_reveal_that_is_hours_late_still_comes(room: Room) -> None:
    asked(room)
    room.now += timedelta(hours=11)
    room.restarts()
    assert "揭晓" in room.ticks()[0]


def test_a_question_that_may_have_arrived_is_revealed_once_somebody_answers(room: Room) -> None:
    room.says("ann", SETTINGS)
    room.now += timedelta(hours=1)
    while room.tutor.claim_due(room.now):
        pass
    (outgoing,) = room.tutor.take(frozenset({PLATFORM}), room.now)
    room.tutor.record([Outcome(outgoing, UncertainError("no answer came back"))], room.now)
    assert [d.state for d in deliveries_of(room)] == [DeliveryState.UNCERTAIN]
    room.follows("bob", outgoing.reply)
    room.writes("bob", right(question_in(room)))
    assert [d.state for d in deliveries_of(room)] == [DeliveryState.SENT]
    assert "1 人作答" in room.waits(hours=6)[-1]


# --- the chat and its people -----------------------------------------------------------------------


def test_a_supergroup_keeps_its_group(room: Room) -> None:
    post, _ = asked(room)
    room.answers_alone("bob", right(question_in(room)), post)
    room.tutor.note(ChatMoved(PLATFORM, "-100", "-100100"), room.now)
    room.address = Address(PLATFORM, "-100100")
    assert "1 人作答" in room.waits(hours=6)[-1]
    assert room.waits(hours=18) != []
    assert "每天 09:00" in room.says("ann", "/group")


def test_a_move_that_is_learnt_while_sending_is_followed(room: Room) -> None:
    room.says("ann", SETTINGS)
    room.now += timedelta(hours=1)
    while room.tutor.claim_due(room.now):
        pass
    (outgoing,) = room.tutor.take(frozenset({PLATFORM}), room.now)
    room.tutor.record([Outcome(outgoing, MovedError("moved", "-100100"))], room.now)
    (again,) = room.tutor.take(frozenset({PLATFORM}), room.now)
    assert again.address.chat == "-100100"


def test_thrown_out_it_is_quiet_and_let_in_again_it_goes_on(room: Room) -> None:
    asked(room)
    room.tutor.note(ChatsClosed((room.address,), "kicked"), room.now)
    room.waits(hours=6)
    assert room.waits(hours=18) == []
    room.tutor.note(ChatsOpened(PLATFORM, ("-100",)), room.now)
    assert len(room.waits(hours=24)) == 1


def test_let_in_again_it_stays_off_where_an_admin_switched_it_off(room: Room) -> None:
    room.says("ann", SETTINGS)
    room.says("ann", "/group off")
    room.tutor.note(ChatsOpened(PLATFORM, ("-100",)), room.now)
    assert room.waits(hours=2) == []


def test_a_topic_is_closed_with_its_chat(room: Room) -> None:
    room.address = replace(room.address, thread="7")
    room.says("ann", SETTINGS)
    room.tutor.note(ChatsClosed((Address(PLATFORM, "-100"),), "kicked"), room.now)
    assert room.waits(hours=2) == []
    room.tutor.note(ChatsOpened(PLATFORM, ("-100",)), room.now)
    assert len(room.waits(hours=24)) == 1


def test_a_chat_that_is_gone_pauses_its_group(room: Room) -> None:
    room.says("ann", SETTINGS)
    room.now += timedelta(hours=1)
    while room.tutor.claim_due(room.now):
        pass
    (outgoing,) = room.tutor.take(frozenset({PLATFORM}), room.now)
    room.tutor.record([Outcome(outgoing, RateLimitError("wait", 3))], room.now)
    room.now += timedelta(seconds=3)
    (again,) = room.tutor.take(frozenset({PLATFORM}), room.now)
    room.tutor.record([Outcome(again, GoneError("closed", "kicked"))], room.now)
    owner = Owner(OwnerKind.GROUP, group_in(room).id)
    with room.store.transaction() as tx:
        subscription = tx.subscription(owner)
    assert subscription
    assert subscription.paused == "kicked"


def test_who_left_is_no_member_until_they_answer_again(room: Room) -> None:
    post, _ = asked(room)
    room.answers_alone("bob", right(question_in(room)), post)
    room.tutor.note(MemberLeft(PLATFORM, "-100", "bob"), room.now)
    room.tutor.note(MemberLeft(PLATFORM, "-100", "a stranger"), room.now)
    assert "有 0 人作答" in room.says("ann", "/group")
    room.answers_alone("bob", right(question_in(room)), post)
    assert "有 1 人作答" in room.says("ann", "/group")


def test_a_name_that_changes_is_followed(room: Room) -> None:
    post, _ = asked(room)
    room.names["bob"] = "Bobby"
    room.answers_alone("bob", right(question_in(room)), post)
    assert "最先通过：Bobby" in room.waits(hours=6)[-1]


def test_whoever_is_forgotten_is_in_no_reveal(room: Room) -> None:
    post, _ = asked(room)
    room.answers_alone("bob", right(question_in(room)), post)
    room.answers_alone("cat", WRONG, post)
    room.writes("bob", "/forget 删除")
    revealed = room.waits(hours=6)[-1]
    assert "1 人作答，0 人通过" in revealed
    assert "Bob" not in revealed


def test_marks_that_could_not_be_whispered_are_told_together_once(room: Room) -> None:
    post, _ = asked(room)
    for user, text in (("bob", right(question_in(room))), ("cat", WRONG)):
        room.says(user, text, to=post)
        whisper = room.heard[user][-1]
        assert whisper.ref
        room.misses(user, whisper.ref)
        assert room.ticks() == []
        room.now += timedelta(seconds=20)
    (told,) = room.waits(seconds=30)
    assert "Bob 100%" in told
    assert "Cat 0%" in told
    assert "参考答案" not in told
    assert room.waits(minutes=5) == []


def test_fifty_answers_in_a_second_are_each_marked_once(room: Room) -> None:
    post, _ = asked(room)
    question = question_in(room)
    for number in range(50):
        room.says(f"user{number}", right(question) if number % 2 else WRONG, to=post)
    assert len(room.marks) == 50
    assert len(room.posted) == 2, "no message in the group for any of them"
    revealed = room.waits(hours=6)[-1]
    assert "50 人作答，25 人通过" in revealed


def test_nobody_answers_for_a_week_and_it_slows_down_until_somebody_does(room: Room) -> None:
    room.says("ann", SETTINGS)
    room.now += timedelta(hours=1)
    counts = [len([text for text in room.waits(days=1) if "今日一题" in text]) for _ in range(22)]
    assert sum(counts[:7]) == 7
    assert sum(counts[8:]) == 2
    assert "先改成每周一题" in "".join(text_of(reply) for _, reply in room.posted)
    room.answers_alone("bob", WRONG, questions_posted(room)[-1])
    assert len([text for text in room.waits(days=1) if "今日一题" in text]) == 1


def test_a_reaction_is_all_that_a_group_sees(room: Room) -> None:
    post, _ = asked(room)
    room.says("bob", WRONG, to=post)
    assert all(reply.mode is not Mode.REACTION for _, reply in room.posted)
    assert all("参考答案" not in text_of(reply) for _, reply in room.posted)


def test_the_last_answer_of_a_week_brings_the_weeks_board(room: Room) -> None:
    asked(room, "/group 9:00 工作日 揭晓 6小时")
    texts = []
    for _ in range(4):  # Tuesday to Friday
        room.answers_alone("bob", right(question_in(room)), questions_posted(room)[-1])
        texts += room.waits(hours=6)
        room.waits(hours=18)
    boards = [text for text in texts if ("Bob" in text and "本周" in text) or "11-23" in text]
    assert len(texts) == 4
    assert boards == texts[-1:]
    assert "40" in boards[0]


def test_help_that_is_asked_for_in_the_group_is_given_alone(room: Room) -> None:
    post, _ = asked(room)
    room.says("bob", "不知道", to=post)
    number, before = deliveries_of(room)[0].id, len(room.posted)
    assert room.taps("bob", f"h:{number}") == ""
    assert "提示" in room.told("bob")
    assert room.taps("bob", f"a:{number}") == ""
    assert "参考答案" in room.told("bob")
    assert len(room.posted) == before
