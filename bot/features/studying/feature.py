"""Questions are posed, answered, helped with, put off and repeated."""

from bot.core.chat.command import Phrase, When
from bot.core.chat.option import Count, Label, Topic
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
COUNT = Count(
    Label("count", "题数", "題數"), Label("how many questions", "复习几题", "複習幾題"), 1, sessions.MAX_COUNT
)
TOPIC = Topic(Label("topic", "主题", "主題"), Label("of which topic", "哪个主题", "哪個主題"))
MINUTES = Count(
    Label("minutes", "分钟", "分鐘"),
    Label("after how many minutes", "过多少分钟再问", "過多少分鐘再問"),
    5,
    24 * 60,
    form="{}分钟",
)


def _under_a_question(zh: str, en: str) -> tuple[Phrase, ...]:
    """Let the words of a button under an open question mean what the button does."""
    return (Phrase(zh, When.QUESTION_OPEN, "zh"), Phrase(en, When.QUESTION_OPEN, "en"))


FEATURE = Feature(
    commands=(
        Served(
            Label("daily", "今日", "今日"),
            Label("today's question", "今天的题", "今天的題"),
            rank=10,
            aliases=("每日", "题"),
            is_shared=True,
            act=lambda turn, _: posing.daily(turn),
        ),
        Served(
            Label("hint", "提示", "提示"),
            Label("a hint for the open question", "给一点提示", "給一點提示"),
            rank=30,
            phrases=_under_a_question("提示", "hint"),
            act=lambda turn, _: attempting.hint(turn),
        ),
        Served(
            Label("skip", "跳过", "跳過"),
            Label("leave the open question for later", "这题以后再答", "這題以後再答"),
            rank=40,
            phrases=_under_a_question("跳过", "skip"),
            act=lambda turn, _: attempting.skip(turn),
        ),
        Served(
            Label("answer", "答案", "答案"),
            Label("show the answer; counts as not known", "看答案，记作没答上", "看答案，記作沒答上"),
            rank=50,
            aliases=("看答案",),
            phrases=_under_a_question("看答案", "show answer"),
            act=lambda turn, _: attempting.show_answer(turn),
        ),
        Served(
            Label("review", "复习", "複習"),
            Label("go through what you have learnt, now", "马上复习学过的题", "馬上複習學過的題"),
            rank=60,
            usage=Label("10 probability", "10 概率论", "10 概率論"),
            options=(COUNT, TOPIC),
            is_shared=True,
            act=sessions.review,
        ),
        Served(
            Label("wrong", "错题", "錯題"),
            Label("repeat what you failed until it is right", "重做答错的题，直到答对", "重做答錯的題，直到答對"),
            rank=70,
            aliases=("错题本",),
            is_shared=True,
            act=lambda turn, _: sessions.wrong(turn),
        ),
        Served(
            Label("snooze", "稍后", "稍後"),
            Label("ask the open question again later", "这题过一会儿再问", "這題過一會兒再問"),
            rank=80,
            aliases=("推迟",),
            usage=Label("1 hour", "1小时", "1小時"),
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
