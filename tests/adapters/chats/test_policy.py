"""The policy of replies: a table of every moment that a platform knows, and what holds in whatever moment."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import product

import pytest

from bot.adapters.chats.policy import Moment, Way, Ways, decide
from bot.core.chat.messages import Audience, Choice, Mode, Ref, Reply, Role
from bot.core.content.document import paragraph

HERE = Moment(can_react=True)
BUTTON = Moment(can_react=True, can_edit=True, can_toast=True)
COMMAND = Moment(can_show=True, can_post=True)
MOMENTS = {
    "a message alone with the bot": Moment(is_direct=True, can_react=True),
    "a button alone with the bot": replace(BUTTON, is_direct=True),
    "a command alone with the bot": replace(COMMAND, is_direct=True),
    "an own message by its button": replace(COMMAND, is_direct=True, can_edit=True),
    "a message in a group": HERE,
    "a button in a group": BUTTON,
    "a letter in a group": replace(BUTTON, is_unseen=True),
    "a vote": Moment(is_unseen=True),
    "a command for all": COMMAND,
    "a command for one": replace(COMMAND, is_unseen=True),
    "a shown message by its button": replace(COMMAND, is_unseen=True, can_edit=True, is_own=True),
    "a room in the terminal": replace(HERE, can_show=True),
}
TABLE = """
moment                        | audience | new                           | edit                          | toast         | reaction
------------------------------+----------+-------------------------------+-------------------------------+---------------+-----------------------------
a message alone with the bot  | any      | send                          | send                          | send          | react send
a button alone with the bot   | any      | send                          | edit send                     | toast         | react send
a command alone with the bot  | any      | send                          | send                          | show          | send
an own message by its button  | any      | send                          | edit send                     | show          | send
a message in a group          | public   | send                          | send                          | send          | react
a message in a group          | private  | write send                    | write send                    | write send    | react
a message in a group          | whisper  | whisper                       | whisper                       | whisper       | whisper
a button in a group           | public   | send                          | edit send                     | toast         | react
a button in a group           | private  | whole-toast write send        | whole-toast edit write send   | toast         | whole-toast react
a button in a group           | whisper  | whole-toast toast-too whisper | whole-toast toast-too whisper | toast         | whole-toast toast-too whisper
a letter in a group           | public   | toast                         | toast                         | toast         | toast
a letter in a group           | private  | toast                         | toast                         | toast         | toast
a letter in a group           | whisper  | whole-toast toast-too whisper | whole-toast toast-too whisper | toast         | whole-toast toast-too whisper
a vote                        | public   | whisper                       | whisper                       | whisper       |
a vote                        | private  | whisper                       | whisper                       | whisper       |
a vote                        | whisper  | whisper                       | whisper                       | whisper       | whisper
a command for all             | public   | send                          | send                          | show          |
a command for all             | private  | show                          | show                          | show          |
a command for all             | whisper  | show                          | show                          | show          | show
a command for one             | public   | show                          | show                          | show          |
a command for one             | private  | show                          | show                          | show          |
a command for one             | whisper  | show                          | show                          | show          | show
a shown message by its button | public   | show                          | edit show                     | show          |
a shown message by its button | private  | show                          | edit show                     | show          |
a shown message by its button | whisper  | show                          | edit show                     | show          | show
a room in the terminal        | public   | send                          | send                          | show          | react
a room in the terminal        | private  | show                          | show                          | show          | react
a room in the terminal        | whisper  | show                          | show                          | show          | show
"""  # noqa: E501  a table is read as one
_, HEAD, _, *ROWS = ([cell.strip() for cell in line.split("|")] for line in TABLE.splitlines())
CELLS = [
    (row[0], audience, Mode(mode), tuple(map(Way, cell.split())))
    for row in ROWS
    for mode, cell in zip(HEAD[2:], row[2:], strict=True)
    for audience in (Audience if row[1] == "any" else (Audience(row[1]),))
]
FOR_ALL = frozenset({Way.SEND, Way.POST, Way.REACT})
ENDS = frozenset({Way.SEND, Way.SHOW, Way.TOAST, Way.WHISPER})
NEEDED = {
    Way.REACT: "can_react",
    Way.EDIT: "can_edit",
    Way.TOAST: "can_toast",
    Way.WHOLE_TOAST: "can_toast",
    Way.TOAST_TOO: "can_toast",
    Way.SHOW: "can_show",
    Way.POST: "can_post",
}


def says(mode: Mode, audience: Audience, **more: object) -> Reply:
    return replace(Reply((paragraph("x"),), mode=mode, audience=audience), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("moment", "audience", "mode", "ways"), CELLS)
def test_the_table(moment: str, audience: Audience, mode: Mode, ways: Ways) -> None:
    assert decide(says(mode, audience), MOMENTS[moment]) == ways


def test_the_table_is_whole() -> None:
    cells = [(moment, audience, mode) for moment, audience, mode, _ in CELLS]
    assert sorted(cells) == sorted(product(MOMENTS, Audience, Mode))


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PRIVATE])
def test_a_question_that_a_command_asks_is_a_message_of_its_own(audience: Audience) -> None:
    question = says(Mode.NEW, audience, ref=Ref(7, Role.QUESTION))
    assert decide(question, COMMAND)[0] is Way.POST
    assert decide(question, replace(COMMAND, is_unseen=True)) == (Way.POST, Way.SHOW)
    assert Way.POST not in decide(question, replace(COMMAND, is_direct=True))
    assert Way.POST not in decide(replace(question, audience=Audience.WHISPER), COMMAND)
    assert Way.POST not in decide(replace(question, ref=Ref(7, Role.HINT)), COMMAND)


def test_what_has_choices_or_belongs_to_a_delivery_is_more_than_a_toast() -> None:
    taps = (Choice("a", "走"),)
    assert decide(says(Mode.NEW, Audience.PRIVATE, choices=taps), BUTTON) == (Way.WRITE, Way.SEND)
    assert decide(says(Mode.NEW, Audience.PRIVATE, ref=Ref(7, Role.HINT)), BUTTON) == (Way.WRITE, Way.SEND)
    assert decide(says(Mode.NEW, Audience.WHISPER, choices=taps), BUTTON) == (Way.TOAST_TOO, Way.WHISPER)


def every() -> list[tuple[Reply, Moment, Ways]]:
    flags = [field.name for field in fields(Moment)]
    moments = [Moment(**dict(zip(flags, values, strict=True))) for values in product((False, True), repeat=len(flags))]
    replies = [
        says(mode, audience, choices=choices, ref=ref)
        for mode, audience in product(Mode, Audience)
        for choices in ((), (Choice("a", "走"),))
        for ref in (None, Ref(7, Role.QUESTION), Ref(7, Role.HINT))
    ]
    return [(reply, moment, decide(reply, moment)) for reply, moment in product(replies, moments)]


def test_in_whatever_moment() -> None:
    for reply, moment, ways in every():
        case = f"{reply} {moment} {ways}"
        assert all(getattr(moment, NEEDED[way]) for way in ways if way in NEEDED), f"not possible there: {case}"
        assert len(set(ways)) == len(ways), case
        if reply.mode is not Mode.REACTION:
            assert ways, f"nobody hears it: {case}"
            assert ways[-1] in ENDS, f"it may get lost on the way: {case}"
        if moment.is_direct:
            assert ways[-1] in ENDS, f"nobody hears it: {case}"
        elif reply.audience is Audience.WHISPER:
            assert not FOR_ALL & set(ways), f"others hear it: {case}"
            assert moment.is_own or Way.EDIT not in ways, f"others read it: {case}"
        elif moment.is_unseen:
            assert Way.SEND not in ways, f"others hear of what they did not see: {case}"
