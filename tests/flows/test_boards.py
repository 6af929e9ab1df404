"""Boards of study groups: five members in two groups on two platforms, who tie, hide, leave and change their names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.chat.events import MemberLeft
from bot.core.chat.messages import Address, Audience, Message, Mode, Replies, Reply, Role, Sender, Sent
from bot.core.content.document import AnswerCard, BoardChart, Heading, Math, Paragraph, source_text, walk
from bot.core.groups.group import Award, Member, StudyGroup
from bot.core.language.wording import Wording
from bot.core.records.records import Account, Attempt, Learner, Owner, OwnerKind
from bot.features.daily.outcomes import Outcome, Outgoing
from bot.features.groups import views
from bot.features.groups.leaderboards import week_summary
from bot.features.turn import Knowledge
from bot.ports import Store, Transaction
from bot.running.tutor import Tutor
from tests.flows.conftest import said

MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
ROOM, HALL = Address("telegram", "-100", "7"), Address("discord", "900")
WRONG = "因为今天天气很好，所以大家都去公园散步了。"


@dataclass
class World:
    """Two chats and the people in them; time moves when the test moves it."""

    tutor: Tutor
    store: Store
    knowledge: Knowledge
    now: datetime = MONDAY
    count: int = 0
    replies: Replies = ()
    names: dict[str, str] = field(default_factory=dict)
    posted: list[Reply] = field(default_factory=list)
    questions: dict[Address, tuple[str, Outgoing]] = field(default_factory=dict)

    def says(
        self,
        user: str,
        text: str,
        at: Address | None = None,
        *,
        reply_to: str | None = None,
        pressed: str | None = None,
        platform: str = "telegram",
        within: str = "",
    ) -> str:
        """Send a message, alone with the tutor where no chat is named; return all that was answered."""
        self.count += 1
        message = Message(
            f"m{self.count}",
            at or Address(platform, f"dm-{user}"),
            Sender(user, self.names.get(user, user.title())),
            text,
            self.now,
            is_direct=at is None,
            is_admin=user == "ann",
            reply_to=reply_to,
            pressed=pressed,
            place="自习室" if at == ROOM else "Hall",
            within=within,
        )
        self.replies = self.tutor.handle(message)
        return "\n".join(said(reply) for reply in self.replies)

    def taps(self, user: str, label: str, at: Address | None = None) -> str:
        """Tap a choice of the last replies by its label."""
        found = [choice for reply in self.replies for choice in reply.choices if choice.label == label]
        assert found, f"no choice {label!r}"
        return self.says(user, "", at, pressed=found[0].id)

    def passes(self, **span: float) -> None:
        """Let time pass, and all be sent that falls due."""
        self.now += timedelta(**span)
        while self.tutor.claim_due(self.now):
            pass
        while taken := self.tutor.take(frozenset({"telegram", "discord"}), self.now):
            for outgoing in taken:
                self.count += 1
                post = f"post-{self.count}"
                self.posted.append(outgoing.reply)
                if outgoing.reply.ref and outgoing.reply.ref.role is Role.QUESTION:
                    self.questions[outgoing.address] = (post, outgoing)
                self.tutor.record([Outcome(outgoing, Sent((post,)))], self.now)

    def answers(self, user: str, *, well: bool, at: Address = ROOM) -> None:
        """Answer the chat's last question there."""
        post, outgoing = self.questions[at]
        with self.store.transaction() as tx:
            delivery = tx.delivery(outgoing.delivery_id)
            assert delivery
        question = self.knowledge.library.questions[delivery.question_id]
        self.says(user, question.model[0] if well else WRONG, at, reply_to=post)

    @property
    def board(self) -> list[str]:
        """The lines of the last reply that begin with a place."""
        return [line[2:] for line in self.text.splitlines() if line.startswith("• ")]

    @property
    def text(self) -> str:
        """The last reply that everybody sees, or the first of a direct chat."""
        return source_text(self.replies[0].blocks)

    @property
    def whispered(self) -> list[str]:
        return [source_text(r.blocks) for r in self.replies if r.audience is Audience.WHISPER]

    def group(self, tx: Transaction, at: Address = ROOM) -> StudyGroup:
        found = tx.group_at(at)
        assert found
        return found


@pytest.fixture
def world(store: Store, knowledge: Knowledge) -> World:
    """Two groups that get a question about probability at nine each day, the first today."""
    made = World(Tutor(store, knowledge, language="zh", timezone="Asia/Shanghai"), store, knowledge)
    for at in (ROOM, HALL):
        assert "9:00" in made.says("ann", "/group 9:00 每天 Asia/Shanghai 概率论", at)
    made.passes(hours=1)
    assert set(made.questions) == {ROOM, HALL}
    return made


@pytest.fixture
def tied(world: World) -> World:
    """After the first question: Ann and Bob had it, Cat and Dan had not; Eve is in the other group only."""
    for user, well in (("bob", True), ("ann", True), ("cat", False), ("dan", False)):
        world.answers(user, well=well)
    world.answers("eve", well=True, at=HALL)
    return world


def test_equals_share_a_place_and_what_counts_is_said(tied: World) -> None:
    text = tied.says("cat", "/leaderboard", ROOM)
    assert tied.board == [
        "第 1 名 Ann：10 分 · 1 题",
        "第 1 名 Bob：10 分 · 1 题",
        "第 3 名 Cat：0 分 · 1 题",
        "第 3 名 Dan：0 分 · 1 题",
    ]
    assert "自习室 · 本周榜（2026-11-23 起）" in text
    assert "同分看答题数" in text
    assert "最多 10 分，用了提示扣 2 分；到期的题答对一题 2 分，一天最多 10 分；揭晓以后的回答不计分" in text
    assert "Eve" not in text
    assert not tied.replies[0].choices, "a chat gets what was asked for and nothing to play with"


def test_a_second_answer_and_a_late_one_change_nothing(tied: World) -> None:
    tied.answers("dan", well=True)
    tied.passes(hours=13)
    tied.answers("fay", well=True)
    assert any("通过" in whisper for whisper in tied.whispered), "it is marked all the same"
    tied.says("cat", "/leaderboard", ROOM)
    assert tied.board[2:] == ["第 3 名 Cat：0 分 · 1 题", "第 3 名 Dan：0 分 · 1 题"]
    tied.says("fay", "/leaderboard", ROOM)
    assert "Fay" not in tied.text


def test_in_a_thread_the_board_is_that_of_its_channel(tied: World) -> None:
    thread = Address(ROOM.platform, "999")
    assert "这里还没有" in tied.says("cat", "/leaderboard", thread)
    assert "自习室 · 本周榜" in tied.says("cat", "/leaderboard", thread, within=ROOM.chat)
    tied.says("cat", "/optout", thread, within=ROOM.chat)
    tied.says("ann", "/leaderboard", ROOM)
    assert "Cat" not in tied.text


@pytest.mark.parametrize("word", ["/leaderboard 本季", "/排行榜 season", "/榜单 SEASON"])
def test_a_time_can_be_asked_for_in_both_languages(tied: World, word: str) -> None:
    assert "本季榜" in tied.says("ann", word, ROOM)


def test_another_time_is_explained(tied: World) -> None:
    assert tied.says("ann", "/leaderboard 昨天", ROOM) == "这样写：/leaderboard 本周，也可以是本季或总榜。"


def test_a_week_ends_on_sunday_at_the_groups(tied: World) -> None:
    tied.now = datetime(2026, 11, 29, 15, 59, tzinfo=UTC)
    tied.says("ann", "/leaderboard", ROOM)
    assert len(tied.board) == 4
    tied.now += timedelta(minutes=2)
    assert "还没有人得分" in tied.says("ann", "/leaderboard 本周", ROOM)
    assert "11-30 起" in tied.text
    tied.says("ann", "/leaderboard 总榜", ROOM)
    assert len(tied.board) == 4
    with tied.store.transaction() as tx:
        owner = Owner(OwnerKind.GROUP, tied.group(tx).id)
        subscription = tx.subscription(owner)
        assert subscription
        tx.save_subscription(
            replace(subscription, schedule=replace(subscription.schedule, timezone="America/Los_Angeles"))
        )
    tied.says("ann", "/leaderboard", ROOM)
    assert len(tied.board) == 4, "in California it is Sunday"


def test_who_hides_is_not_shown_nor_counted_and_keeps_everything(tied: World) -> None:
    tied.says("bob", "/optout", ROOM)
    assert tied.whispered == ["好，榜单和揭晓里不会再有你的名字，进度和积分都留着。想回来发 /optout off。"]
    assert len(tied.replies) == 1, "nothing is said in the open"
    tied.says("cat", "/leaderboard", ROOM)
    assert tied.board == ["第 1 名 Ann：10 分 · 1 题", "第 2 名 Cat：0 分 · 1 题", "第 2 名 Dan：0 分 · 1 题"]
    assert tied.whispered == []
    tied.says("bob", "/leaderboard", ROOM)
    assert "Bob" not in tied.text
    assert tied.whispered == ["你在这个小组是隐身的，榜单上没有你。想回来发 /optout off。"]
    assert "作答 1 次，通过 1 次" in tied.says("bob", "/stats")
    tied.says("bob", "/隐身 OFF", ROOM)
    assert tied.whispered == ["好，你回到榜单上了，积分都在。"]
    tied.says("cat", "/leaderboard", ROOM)
    assert "第 1 名 Bob：10 分 · 1 题" in tied.board


def test_one_may_hide_before_the_first_answer(world: World) -> None:
    world.says("fay", "/退出榜单", ROOM)
    world.answers("fay", well=True)
    assert "还没有人得分" in world.says("ann", "/leaderboard", ROOM)
    world.says("fay", "/optout off", ROOM)
    world.says("ann", "/leaderboard", ROOM)
    assert world.board == ["第 1 名 Fay：10 分 · 1 题"]


def test_from_a_direct_chat_one_hides_in_all_of_ones_groups(tied: World) -> None:
    tied.answers("ann", well=True, at=HALL)  # another learner: Discord's Ann is not linked
    with tied.store.transaction() as tx:
        account = tx.account("telegram", "ann")
        assert account
        tx.save_member(Member(tied.group(tx, HALL).id, account.learner_id, "Ann T.", date(2026, 11, 23)))
    assert tied.says("ann", "/optout").startswith("好，榜单和揭晓里不会再有你的名字")
    with tied.store.transaction() as tx:
        members = [tx.member(tied.group(tx, at).id, account.learner_id) for at in (ROOM, HALL)]
    assert [(member.name, member.is_hidden) for member in members if member] == [("Ann", True), ("Ann T.", True)]
    assert "你在这个小组是隐身的" in tied.says("ann", "/leaderboard") + tied.taps("ann", "自习室")
    tied.says("dan", "/leaderboard", ROOM)
    assert "Ann" not in tied.text


def _mathematics(reply: Reply) -> list[Math]:
    """Return the formulas in the lines of a reply."""
    lines = (part for block in reply.blocks for part in walk(block) if isinstance(part, Paragraph | Heading))
    return [span for line in lines for span in line.inlines if isinstance(span, Math)]


def test_who_has_left_is_not_on_the_board_and_is_again_once_back(tied: World) -> None:
    tied.tutor.note(MemberLeft("telegram", "-100", "bob"), tied.now)
    tied.says("cat", "/leaderboard", ROOM)
    assert tied.board[0] == "第 1 名 Ann：10 分 · 1 题"
    assert "Bob" not in tied.text
    assert "还不在任何学习小组里" in tied.says("bob", "/leaderboard")
    tied.says("bob", "/leaderboard", ROOM)
    tied.says("cat", "/leaderboard", ROOM)
    assert "第 1 名 Bob：10 分 · 1 题" in tied.board


def test_a_name_that_changed_is_shown_as_it_is_now(tied: World) -> None:
    tied.names["bob"] = "Bob $x^2$ *the* <b>Great</b>\n1. Eve"
    tied.says("bob", "/leaderboard", ROOM)
    assert tied.board[1].startswith("第 1 名 Bob $x^2$ *the* <b>")
    assert "\n1. Eve" not in tied.text
    assert not _mathematics(tied.replies[0]), "a name is only ever text"
    tied.names["bob"] = "\u200b"
    tied.says("bob", "/leaderboard", ROOM)
    assert "第 1 名 没有名字：10 分 · 1 题" in tied.board
    tied.names["ann"] = "Discord Ann"
    tied.says("ann", "/leaderboard", platform="discord")
    tied.says("cat", "/leaderboard", ROOM)
    assert "第 1 名 Ann：10 分 · 1 题" in tied.board, "what somebody is called elsewhere changes nothing"


def test_a_reveal_names_its_members_as_the_board_does(tied: World) -> None:
    tied.names["bob"] = "Bob $x^2$\n第 9 点大家都答到了"
    tied.answers("bob", well=True)
    tied.passes(hours=13)
    room = next(reply for reply in tied.posted if "4 人作答" in source_text(reply.blocks))
    assert "最先通过：Bob $x^2$ 第 9 点大…" in source_text(room.blocks).splitlines()
    assert not _mathematics(room)


def test_a_reveal_does_not_name_who_hides(tied: World) -> None:
    tied.says("bob", "/optout", ROOM)
    tied.passes(hours=13)
    room = next(text for reply in tied.posted if "4 人作答" in (text := source_text(reply.blocks)))
    assert "2 人通过" in room
    assert "Bob" not in room
    assert "最先通过" not in room, "Ann was not the first"


def test_nobody_sees_the_board_of_a_group_they_are_not_in(tied: World) -> None:
    assert "还不在任何学习小组里" in tied.says("eve", "/leaderboard")  # Eve is in the hall, on Discord
    with tied.store.transaction() as tx:
        room, hall = tied.group(tx), tied.group(tx, HALL)
    for period in ("week", "season", "all"):
        assert tied.says("eve", "", pressed=f"lb:{room.id}:{period}", platform="discord") == Wording("zh")("stale")
        assert tied.says("ann", "", HALL, pressed=f"lb:{room.id}:{period}") == Wording("zh")("stale")
    for forged in ("lb:", "lb:x:week", f"lb:{hall.id}:never", f"lb:{hall.id}", "lb:99999999999999999999:week"):
        assert tied.says("eve", "", pressed=forged, platform="discord") == Wording("zh")("stale")
    tied.says("eve", "/leaderboard", platform="discord")
    assert tied.board == ["第 1 名 Eve：10 分 · 1 题"]


def test_alone_one_chooses_among_ones_groups_and_turns_the_pages(tied: World) -> None:
    with tied.store.transaction() as tx:
        account = tx.account("telegram", "cat")
        assert account
        tx.save_member(Member(tied.group(tx, HALL).id, account.learner_id, "Cat", date(2026, 11, 23)))
    assert tied.says("cat", "/leaderboard 本季") == "看哪个小组的榜单？ [自习室] [Hall]"
    text = tied.taps("cat", "Hall")
    assert "Hall · 本季榜" in text
    assert tied.board == ["第 1 名 Eve：10 分 · 1 题"]
    assert text.endswith("[本周] [总榜]")
    assert "Hall · 总榜" in tied.taps("cat", "总榜")
    assert tied.replies[0].mode is Mode.EDIT


def test_a_chat_without_a_group_says_how_to_get_one(tied: World) -> None:
    for command in ("/leaderboard", "/optout"):
        assert "/group" in tied.says("cat", command, Address("telegram", "-200"))
    assert tied.whispered, "an opt-out is answered alone, whatever it is answered"
    assert "/group" in tied.says("zoe", "/leaderboard")
    assert "/group" in tied.says("zoe", "/optout")


def test_in_another_topic_of_the_chat_the_groups_board_is_shown(tied: World) -> None:
    assert "自习室 · 本周榜" in tied.says("cat", "/leaderboard", Address("telegram", "-100"))
    tied.says("bob", "/optout", Address("telegram", "-100", "8"))
    tied.says("cat", "/leaderboard", ROOM)
    assert "Bob" not in tied.text


def test_the_team_line_counts_what_was_revealed(tied: World) -> None:
    assert "全组" not in tied.says("ann", "/leaderboard", ROOM)
    tied.passes(hours=12, minutes=1)
    assert "全组连续 1 题平均得分不低于 50%，最近 1 题平均得分 50%。" in tied.says("ann", "/leaderboard", ROOM)
    tied.passes(hours=12)
    tied.answers("ann", well=False)
    tied.passes(hours=13)
    assert "全组最近 2 题平均得分 40%；平均得分不低于 50% 就开始算连续。" in tied.says("ann", "/leaderboard", ROOM)


def _crowd(world: World, points: list[int]) -> None:
    """Let so many people have these points for today's question."""
    with world.store.transaction() as tx:
        group = world.group(tx)
        _, outgoing = world.questions[ROOM]
        delivery = tx.delivery(outgoing.delivery_id)
        assert delivery
        for number, worth in enumerate(points, 1):
            learner, account = tx.add_learner(
                Learner(0, "zh", "Asia/Shanghai", world.now), Account(0, 0, "telegram", f"u{number}", f"U{number:02}")
            )
            made = tx.add_attempt(
                Attempt(
                    0,
                    learner.id,
                    account.id,
                    delivery.id,
                    delivery.question_id,
                    "x",
                    world.now,
                    MONDAY.date(),
                    frozenset(),
                )
            )
            tx.save_member(Member(group.id, learner.id, account.name, MONDAY.date()))
            tx.add_award(Award(made.id, learner.id, group.id, delivery.id, MONDAY.date(), worth))


def test_who_is_further_down_is_told_their_own_place(world: World) -> None:
    _crowd(world, [10, 9, 8, 7, 6, 5, 4, 3, 2, 2, 2, 2, 1])
    text = world.says("u13", "/leaderboard", ROOM)
    assert len(world.board) == 10
    assert world.board[-1] == "第 9 名 U10：2 分 · 1 题"
    assert "并列第 9 名的还有 2 人。" in text
    assert "U13 第 13 名：1 分 · 1 题" in text
    assert "第 13 名" not in world.says("u1", "/leaderboard", ROOM)
    assert "U11 第 9 名：2 分 · 1 题" in world.says("u11", "/leaderboard", ROOM)


def _week(world: World, *, has_cards: bool) -> str:
    knowledge, monday = replace(world.knowledge, cards=lambda: has_cards), MONDAY.date()
    revealing = world.questions[ROOM][1].delivery_id
    with world.store.transaction() as tx:
        blocks = week_summary(views.week(tx, world.group(tx), monday, revealing), knowledge, Wording("zh"))
    if has_cards:
        (card,) = blocks
        assert isinstance(card, AnswerCard)
        assert isinstance(card.blocks[0], BoardChart)
        assert card.blocks[0].rows[0][3] == 1.0
        return "\n".join((card.title, source_text(card.blocks)))
    return source_text(blocks)


def test_a_week_is_summed_up_alike_in_words_and_as_a_picture(world: World) -> None:
    _crowd(world, [10, 9, 8, 7, 6, 6, 5])
    world.says("u1", "/optout", ROOM)
    text = _week(world, has_cards=False)
    assert text.splitlines() == [
        "这周的榜单（11-23 到 11-29）",
        "• 第 1 名 U02：9 分 · 1 题",
        "• 第 2 名 U03：8 分 · 1 题",
        "• 第 3 名 U04：7 分 · 1 题",
        "• 第 4 名 U05：6 分 · 1 题",
        "• 第 4 名 U06：6 分 · 1 题",
        "全组连续 1 题平均得分不低于 50%，最近 1 题平均得分 73%。",
    ]
    shown = _week(world, has_cards=True)
    assert "1 · U02 · 9 分 · 1 题" in shown
    assert "U01" not in text + shown
    assert shown.splitlines()[0] == text.splitlines()[0]
    assert shown.splitlines()[-1] == text.splitlines()[-1]


def test_a_week_without_anybody_is_not_mentioned(world: World) -> None:
    assert _week(world, has_cards=False) == ""


def test_privacy_names_the_board(world: World) -> None:
    assert "/optout" in world.says("ann", "/privacy")


def test_a_group_that_is_off_has_its_board_still(tied: World) -> None:
    tied.says("ann", "/group off", ROOM)
    with tied.store.transaction() as tx:
        tx.unsubscribe(Owner(OwnerKind.GROUP, tied.group(tx).id))
    tied.says("cat", "/leaderboard", ROOM)
    assert len(tied.board) == 4
