"""Concepts are asked for."""

from bot.core.chat.option import Concept, Label
from bot.features.asking import searching
from bot.features.asking.buttons import Reject, ShowCard, ShowConcept, ShowDarkCard, ShowWhole
from bot.features.feature import Feature, Served, tap

QUESTION = Concept(
    Label("text", "内容", "內容"), Label("what to look up", "要查的问题", "要查的問題"), is_required=True
)

FEATURE = Feature(
    commands=(
        Served(
            Label("ask", "问", "問"),
            Label("look a concept up", "查一个知识点", "查一個知識點"),
            rank=20,
            usage=Label("question", "问题", "問題"),
            options=(QUESTION,),
            is_shared=True,
            act=searching.asked,
        ),
        Served(
            Label("why", "为什么", "為什麼"),
            Label("how the last answer was found", "为什么给出这个回答", "為什麼給出這個回答"),
            rank=210,
            act=lambda turn, _: searching.why(turn),
        ),
    ),
    taps=(
        tap(ShowConcept, lambda turn, it: searching.show(turn, it.concept_id)),
        tap(ShowWhole, lambda turn, it: searching.show_whole(turn, it.concept_id)),
        tap(ShowCard, lambda turn, it: searching.show_card(turn, it.concept_id)),
        tap(ShowDarkCard, lambda turn, it: searching.show_card(turn, it.concept_id, is_dark=True)),
        tap(Reject, lambda turn, it: searching.reject(turn, it.concept_id)),
    ),
)
