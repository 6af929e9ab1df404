"""What the tutor says in and about live quizzes, in English. Keys are shared with `zh_live`; a test compares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    # beginning one, and how it stands
    "live.title": "Live quiz",
    "live.only-in-groups": "A live quiz is for groups and channels: add me there and send /live.",
    "live.none": "No live quiz is running. Send /live to begin one.",
    "live.count": "{count} questions",
    "live.fewer": "Only {count} questions fit, so those it is.",
    "live.none-fit": "No question fits. Try another topic or difficulty, or add “short answers”.",
    "live.time": "{seconds} seconds each",
    "live.time.mixed": "{choice} seconds for a choice, {short} for a short answer",
    "live.rule": "Every answer in time counts the same, however fast; your first one counts.",
    "live.soon": "The first question comes in a moment.",
    "live.runs": "A live quiz is running here already; begin the next one when it is over.",
    "live.state.asking": "Question {round} of {rounds} is open.",
    "live.state.between": "{round} of {rounds} questions asked, the next comes in a moment.",
    "live.state.paused": "Paused after {round} of {rounds} questions.",
    "live.usage": "For example: /live 8 probability difficulty 2-3 20s each short answers",
    "live.wish.count": "1 to 20 questions; “{about}” is not.",
    "live.wish.window": "10 to 300 seconds a question; “{about}” is not.",
    # leading it
    "live.not-yours": "Only whoever began it and the admins may.",
    "live.paused": "The live quiz is paused; it can go on within an hour.",
    "live.paused-after": "This question goes on, then the quiz is paused; it can go on within an hour.",
    "live.resumed": "The live quiz goes on.",
    "live.done": "Done.",
    # a round
    "live.round": "Live quiz {round}/{rounds}",
    "live.how.letters": "Tap a letter or reply with it within {seconds} seconds. Your first one counts.",
    "live.how.poll": "Choose within {seconds} seconds; your first choice counts.",
    "live.how.words": "Reply to this message in a few words within {seconds} seconds. Your first one counts.",
    "live.got": "Got it: {answer}",
    "live.first-counts": "You have answered; your first answer “{answer}” counts.",
    "live.too-late": "The time for this question is up; this one does not count.",
    "live.not-an-answer": "I could not tell what you answered. Nothing was counted; try again.",
    # its result, and the end
    "live.result": "Question {round}",
    "live.tally": "{answers} answered, {right} were right.",
    "live.nobody": "Nobody answered.",
    "live.over": "The live quiz is over",
    "live.ending.done": "All {rounds} questions were asked.",
    "live.ending.idle": "Nobody answered two questions in a row, so we stop here.",
    "live.ending.stopped": "We stop here.",
    "live.ending.unsent": "Sorry, this question could not be sent, so we stop here.",
    "live.ending.lost": "Sorry, I was away for a while, so we stop here.",
    "live.ending.empty": "No further question fits, so we stop here.",
    "live.ending.left": "It was paused for more than an hour, so we stop here.",
    "live.place": "{place}. {name}: {points} points ({right} of {answers} right)",
    "live.more": "{count} more took part",
    "live.hidden": "{count} more go unnamed",
    "live.foot": "10 points a question, a share for part of it, fast or slow alike; equal points share a place. "
    "Nothing of it counts on the board; everybody's own reviews are up to date.",
    # choices
    "do.live-pause": "Pause",
    "do.live-resume": "Go on",
    "do.live-stop": "End it",
}
