"""Questions are posed, answered, helped with, put off and repeated."""

from bot.core.chat.command import Phrase, When
from bot.core.chat.option import Count, Topic
from bot.features.feature import Feature, Served, tap
from bot.features.studying import attempting, posing, sessions
from bot.features.studying.buttons import (
    Hint,
    Known,
    More,
    Next,
    Onward,
    QuizMe,
    ShowAnswer,
    Skip,
    Snooze,
    TooEasy,
    WasAnswer,
    WasQuestion,
)

LATER = (
    r"(?:过|等)?\s?(?:[\d一二两三四五六七八九十半]{1,4}\s?[个個]?半?\s?(?:小[时時]|[钟鐘][头頭]|分[钟鐘]|刻[钟鐘])"
    r"|晚[点點]|待[会會]儿?|等[会會]儿?)"
    r"(?:以?[后後]|之[后後])?再?(?:问|問|说|說|答|来|來)(?:我|吧)*[。.!！~]?"
    r"|(?:ask|remind)(?: me)?(?: again)? (?:in (?:half )?(?:an?|\d{1,3}) (?:hours?|minutes?)|later)[.!]?"
)
"""Plain words that ask for a question to come back later."""
COUNT = Count("count", 1, sessions.MAX_COUNT, line="review")
TOPIC = Topic("topic", line="review")
MINUTES = Count("minutes", 5, 24 * 60, form="{}分钟")


def _under_a_question(zh: str, en: str) -> tuple[Phrase, ...]:
    """Let the words of a button under an open question mean what the button does."""
    return (Phrase(zh, When.QUESTION_OPEN, "zh"), Phrase(en, When.QUESTION_OPEN, "en"))


FEATURE = Feature(
    commands=(
        Served("daily", rank=10, aliases=("每日", "题"), is_shared=True, act=lambda turn, _: posing.daily(turn)),
        Served("hint", rank=30, phrases=_under_a_question("提示", "hint"), act=lambda turn, _: attempting.hint(turn)),
        Served("skip", rank=40, phrases=_under_a_question("跳过", "skip"), act=lambda turn, _: attempting.skip(turn)),
        Served(
            "answer",
            rank=50,
            aliases=("看答案",),
            phrases=_under_a_question("看答案", "show answer"),
            act=lambda turn, _: attempting.show_answer(turn),
        ),
        Served("review", rank=60, options=(COUNT, TOPIC), is_shared=True, act=sessions.review),
        Served("wrong", rank=70, aliases=("错题本",), is_shared=True, act=lambda turn, _: sessions.wrong(turn)),
        Served(
            "snooze",
            rank=80,
            aliases=("推迟",),
            options=(MINUTES,),
            phrases=(Phrase(LATER, is_argument=True),),
            act=posing.snooze,
        ),
    ),
    taps=(
        tap(Hint, posing.on_delivery(attempting.hint)),
        tap(Skip, posing.on_delivery(attempting.skip)),
        tap(ShowAnswer, posing.on_delivery(attempting.show_answer)),
        tap(Snooze, posing.on_delivery(lambda turn: posing.snooze(turn, ""))),
        tap(WasAnswer, posing.on_delivery(attempting.was_answer)),
        tap(WasQuestion, posing.on_delivery(attempting.was_question)),
        tap(TooEasy, lambda turn, it: attempting.too_easy(turn, it.attempt_id)),
        tap(Known, lambda turn, it: attempting.known_for_good(turn, it.attempt_id)),
        tap(QuizMe, lambda turn, it: posing.quiz(turn, it.concept_id)),
        tap(More, lambda turn, _: posing.practise(turn)),
        tap(Next, lambda turn, _: posing.daily(turn)),
        tap(Onward, lambda turn, _: sessions.go_on(turn)),
    ),
)
