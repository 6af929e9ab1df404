"""Boards of study groups: who stands where, how the whole group does, and who would rather not be shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.core.chat.intents import OFF
from bot.core.chat.messages import Audience, Choice, Replies, Reply
from bot.core.chat.names import shown_name
from bot.core.content.document import AnswerCard, Block, BoardChart, Heading, Listing, Paragraph, Text, paragraph
from bot.core.groups.group import HELP_COSTS, QUESTION_POINTS, RECALL_CAP, RECALL_POINTS, StudyGroup
from bot.core.groups.leaderboard import SHOWN_PLACES, TEAM_GOAL, Period
from bot.core.language.wording import Wording
from bot.features.groups import awarding, views
from bot.features.groups.buttons import ShowBoard
from bot.features.groups.views import Leaderboard, Row, Team
from bot.features.turn import Knowledge, Turn, choice

PERIODS: Mapping[str, Period] = {
    "": Period.WEEK, "week": Period.WEEK, "本周": Period.WEEK, "本週": Period.WEEK, "周": Period.WEEK,
    "season": Period.SEASON, "quarter": Period.SEASON, "本季": Period.SEASON, "季": Period.SEASON, "all": Period.ALL,
    "总榜": Period.ALL, "總榜": Period.ALL, "全部": Period.ALL,
}  # fmt: skip
"""What the time of a board may be called."""
BACK = OFF | {"重新上榜", "上榜", "恢复", "恢復", "back", "show"}
"""What takes an opt-out back."""
WEEKLY_PLACES = 5
MAX_GROUPS = 20
"""Groups offered at most."""


# --- the board -------------------------------------------------------------------------------------


def leaderboard(turn: Turn, argument: str) -> Replies:
    """Show the board of the group that this chat is; in a direct chat, of the groups that the learner is in."""
    period = PERIODS.get(argument.lower())
    if period is None:
        return turn.say("board.usage")
    groups = _open_groups(turn)
    if not groups:
        return turn.say("board.no-groups" if turn.message.is_direct else "group.none")
    if len(groups) == 1:
        return _board(turn, groups[0], period)
    offered = (Choice(ShowBoard(group.id, period).id, title_of(group, turn.words)) for group in groups[:MAX_GROUPS])
    return turn.say("board.which", *offered)


def show(turn: Turn, group_id: int, period: Period) -> Replies:
    """Show the board that a button names."""
    group = next((group for group in _open_groups(turn) if group.id == group_id), None)
    return _board(turn, group, period) if group else turn.say("stale")


def _open_groups(turn: Turn) -> Sequence[StudyGroup]:
    """Return the groups whose boards may be shown here: a chat's own, else those that the learner is in."""
    if turn.message.is_direct:
        return turn.tx.groups_of(turn.learner.id)
    return _groups_here(turn)


def _groups_here(turn: Turn) -> Sequence[StudyGroup]:
    """Return the group of this address; where it has none, those of the chat's other topics, or of its channel."""
    address, within = turn.message.address, turn.message.within
    here = turn.tx.group_at(address)
    if here:
        return [here]
    around = turn.tx.groups_in(address.platform, within) if within else ()
    return around or turn.tx.groups_in(address.platform, address.chat)


def _board(turn: Turn, group: StudyGroup, period: Period) -> Replies:
    is_direct = turn.message.is_direct
    words = turn.words if is_direct else Wording(group.language)
    member = turn.tx.member(group.id, turn.learner.id)
    if member and not is_direct:
        member = awarding.join(turn, group)  # they are here, by the name that they have now
    others = [choice(words, other, ShowBoard(group.id, other)) for other in Period if other is not period]
    blocks = tuple(_blocks(turn, group, period, words))
    board = turn.in_place(Reply(blocks, tuple(others) if is_direct else ()))
    is_hidden = member is not None and member.is_hidden
    return turn.save((board, *_alone(turn, "board.hidden")) if is_hidden else (board,))


def _alone(turn: Turn, key: str) -> Replies:
    """Say a sentence to the learner and to nobody else."""
    said = turn.sentence(key)
    return (said if turn.message.is_direct else replace(said, audience=Audience.WHISPER),)


def _blocks(turn: Turn, group: StudyGroup, period: Period, words: Wording) -> Iterator[Block]:
    today = views.today_of(turn.tx, group, turn.now, turn.learner.timezone)
    board = views.board(turn.tx, group, period, today)
    yield _heading(f"{title_of(group, words)} · {words(f'board.title.{period}', date=board.first)}")
    if not board.rows:
        yield paragraph(words("board.empty"))
    else:
        yield Listing(tuple((said(line),) for line in _lines(words, board.top(SHOWN_PLACES))))
        yield from _below(words, board, turn.learner.id)
    yield from (paragraph(line) for line in _team_lines(words, board.team))
    yield paragraph(words("board.ties"))
    limits = {"most": QUESTION_POINTS, "help": HELP_COSTS, "recall": RECALL_POINTS, "cap": RECALL_CAP}
    yield paragraph(words("board.points", **limits))


def _below(words: Wording, board: Leaderboard, learner_id: int) -> Iterator[Block]:
    """Say how many share the last place shown, and where the asker stands if that is further down."""
    tied, own = board.tied_below(SHOWN_PLACES), board.below(SHOWN_PLACES, learner_id)
    if tied:
        yield paragraph(words("board.tied", place=board.top(SHOWN_PLACES)[-1].place, count=tied))
    if own:
        yield said(words("board.own", name=_name(own, words), place=own.place, score=_score(words, own)))


def _lines(words: Wording, rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        yield words("board.line", place=row.place, name=_name(row, words), score=_score(words, row))


def _score(words: Wording, row: Row) -> str:
    return words("board.score", points=row.points, answers=row.answers)


def _name(row: Row, words: Wording) -> str:
    return row.name or words("board.nobody")


def _team_lines(words: Wording, team: Team | None) -> Iterator[str]:
    """Say how long the whole group has kept at it; nothing before anybody answered."""
    if team:
        shown = {"count": team.count, "percent": round(100 * team.mean), "goal": round(100 * TEAM_GOAL)}
        yield words("board.team", days=team.days, **shown) if team.days else words("board.team.none", **shown)


def said(line: str) -> Paragraph:
    """Make a paragraph of a line that somebody's name is in: dollars in it are no mathematics."""
    return Paragraph((Text(line),))


def _heading(line: str) -> Heading:
    return Heading((Text(line),))


def name_of(name: str, words: Wording) -> str:
    """Return a member's name as the others see it."""
    return shown_name(name) or words("board.nobody")


def title_of(group: StudyGroup, words: Wording) -> str:
    """Return what a group is called."""
    return views.title(group) or words("board.group", number=group.id)


# --- the week that ends ----------------------------------------------------------------------------


def week_summary(board: Leaderboard, knowledge: Knowledge, words: Wording) -> tuple[Block, ...]:
    """Tell the board of a week: as a picture where there are any; nothing where nobody is on it."""
    if not board.rows:
        return ()
    shown, tied = board.top(WEEKLY_PLACES), board.tied_below(WEEKLY_PLACES)
    team = _team_lines(words, board.team)
    notes = (*([words("board.tied", place=shown[-1].place, count=tied)] if tied else []), *team)
    title = words("board.title.past", first=f"{board.first:%m-%d}", last=f"{board.last:%m-%d}")
    below = tuple(paragraph(line) for line in notes)
    if knowledge.has_cards:
        return (AnswerCard(title, (_chart(words, shown), *below)),)
    return (_heading(title), Listing(tuple((said(line),) for line in _lines(words, shown))), *below)


def _chart(words: Wording, rows: Sequence[Row]) -> BoardChart:
    most = max(1, *(row.points for row in rows))
    return BoardChart(tuple((str(row.place), _name(row, words), _score(words, row), row.points / most) for row in rows))


# --- who would rather not be shown -----------------------------------------------------------------


def opt_out(turn: Turn, argument: str) -> Replies:
    """Hide the learner in this group, or in all of theirs from a direct chat; "off" shows them again."""
    is_hidden = argument.lower() not in BACK
    groups = _open_groups(turn)
    if not groups:
        return turn.save(_alone(turn, "board.no-groups" if turn.message.is_direct else "group.none"))
    for group in groups:
        known = turn.tx.member(group.id, turn.learner.id) if turn.message.is_direct else None
        turn.tx.save_member(replace(known or awarding.join(turn, group), is_hidden=is_hidden))
    return turn.save(_alone(turn, "optout.done" if is_hidden else "optout.back"))
