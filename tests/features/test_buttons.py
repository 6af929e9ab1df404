"""Every button comes back as what it was, old posts' buttons too, and damaged ones as nothing."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.chat.button import MAX_ID_BYTES, Button, ButtonTable
from bot.core.chat.command import Who
from bot.core.groups.leaderboard import Period
from bot.core.groups.live_words import LiveVerb
from bot.features.asking.buttons import Reject, ShowCard, ShowConcept, ShowDarkCard, ShowWhole
from bot.features.authors.buttons import ContestMark, ReportMistake
from bot.features.daily.buttons import Setting
from bot.features.groups.buttons import AnswerAlone, GroupSetting, MayQuote, ShowBoard
from bot.features.live.buttons import LeadQuiz
from bot.features.owners.buttons import CancelBroadcast, SendBroadcast
from bot.features.people.buttons import AskTopics, AskZone, Begin
from bot.features.progress.buttons import ShowDarkStats, ShowStats
from bot.features.registry import BUTTONS, TAPS, needs_admin
from bot.features.studying import buttons as studying

FORMERLY: dict[str, Button] = {
    "c:receptive-field": ShowConcept("receptive-field"),
    "w:receptive-field": ShowWhole("receptive-field"),
    "p:receptive-field": ShowCard("receptive-field"),
    "pd:receptive-field": ShowDarkCard("receptive-field"),
    "no:receptive-field": Reject("receptive-field"),
    "q:receptive-field": studying.QuizMe("receptive-field"),
    "x:12": ContestMark(12),
    "e:receptive-field": ReportMistake("receptive-field"),
    "bs:0123456789abcdef": SendBroadcast("0123456789abcdef"),
    "bx:0123456789abcdef": CancelBroadcast("0123456789abcdef"),
    "h:12": studying.Hint(12),
    "s:12": studying.Skip(12),
    "a:12": studying.ShowAnswer(12),
    "m:12": studying.WasAnswer(12),
    "k:12": studying.WasQuestion(12),
    "z:12": studying.Snooze(12),
    "gq:12": AnswerAlone(12),
    "gs:reveal 6h": GroupSetting("reveal 6h"),
    "gs:09:00": GroupSetting("09:00"),
    "lv:pause:2": LeadQuiz(LiveVerb.PAUSE, 2),
    "lb:3:week": ShowBoard(3, Period.WEEK),
    "bw:12": MayQuote(12),
    "ez:12": studying.TooEasy(12),
    "kn:12": studying.Known(12),
    "more": studying.More(),
    "next": studying.Next(),
    "onward": studying.Onward(),
    "set:07:30": Setting("07:30"),
    "sc": ShowStats(),
    "sd": ShowDarkStats(),
    "w2:07:30": AskZone("07:30"),
    "w3:07:30 Asia/Shanghai": AskTopics("07:30 Asia/Shanghai"),
    "w4:07:30 Asia/Shanghai probability": Begin("07:30 Asia/Shanghai probability"),
}


@pytest.mark.parametrize(("old", "meant"), FORMERLY.items(), ids=FORMERLY)
def test_a_button_of_an_earlier_version_means_what_it_meant(old: str, meant: Button) -> None:
    assert BUTTONS.read(old) == meant


def test_no_button_that_was_ever_sent_is_forgotten() -> None:
    tried = {type(meant).word if old == meant.id else old.partition(":")[0] for old, meant in FORMERLY.items()}
    assert {word for kind in TAPS for word in kind.formerly} <= tried


VALUES: dict[type, st.SearchStrategy[object]] = {
    int: st.integers(0, 10**18 - 1),
    str: st.text(max_size=10).filter(lambda text: len(text.encode("utf-8", "replace")) <= 20),
}


def meanings(kind: type[Button]) -> st.SearchStrategy[Button]:
    hints = get_type_hints(kind)
    types = [hints[field.name] for field in fields(kind)]
    values = [VALUES[each] if each in VALUES else st.sampled_from(list(each)) for each in types]
    return st.builds(kind, *values)


@pytest.mark.parametrize("kind", TAPS, ids=lambda kind: kind.__name__)
@given(st.data())
def test_every_button_comes_back_as_it_was(kind: type[Button], data: st.DataObject) -> None:
    button = data.draw(meanings(kind))
    assert BUTTONS.read(button.id) == button
    assert len(button.id.encode()) <= MAX_ID_BYTES


@given(st.text(max_size=80) | st.tuples(st.sampled_from([*FORMERLY, *map(str, range(3))]), st.text()).map("".join))
def test_anything_else_is_read_without_a_fault(text: str) -> None:
    button = BUTTONS.read(text)
    assert button is None or type(button) in TAPS


DAMAGED: tuple[str, ...] = (
    "",
    ":",
    "zzz",
    "h",
    "h:",
    "h:x",
    "h:-1",
    "h:²",
    "h:１",
    "h:1:2",
    f"h:{10**18}",
    "more:",
    "more:1",
    "hint",
)
DAMAGED += ("lb:3", "lb:3:never", "lb:week:3", "lv:fly:2", "lv:stop:", "Hint:3", "c")


@pytest.mark.parametrize("text", DAMAGED)
def test_what_is_damaged_means_nothing(text: str) -> None:
    assert BUTTONS.read(text) is None


class Size(StrEnum):
    LARGE = "large"


class TwoWords(Button, formerly=("tw", "t2")):
    size: Size
    rest: str


def test_a_word_follows_from_the_name_and_the_last_field_takes_the_rest() -> None:
    assert TwoWords(Size.LARGE, "a:b").id == "two-words:large:a:b"
    assert TwoWords.read("t2:large:a:b") == TwoWords(Size.LARGE, "a:b")


def test_an_id_that_does_not_fit_is_refused_where_it_is_made() -> None:
    assert len(TwoWords(Size.LARGE, "x" * 48).id) == MAX_ID_BYTES
    with pytest.raises(ValueError, match="64 bytes"):
        _ = TwoWords(Size.LARGE, "界" * 17).id


def test_two_buttons_of_one_word_are_refused() -> None:
    with pytest.raises(ValueError, match="two buttons have one word"):
        ButtonTable([studying.Hint, studying.Hint])


def test_a_platform_is_asked_for_rights_only_where_they_matter() -> None:
    asked = {kind for kind in TAPS if kind.who is Who.CHAT_ADMIN}
    assert asked == {GroupSetting, LeadQuiz}
    assert needs_admin("", GroupSetting("off").id)
    assert needs_admin("", "gs:off")
    assert needs_admin("/group 9:00")
    assert not needs_admin("", studying.Hint(1).id)
    assert not needs_admin("", "zzz")
    assert not needs_admin("/daily")
    assert not needs_admin("什么是感受野")
