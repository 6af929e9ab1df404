"""Concepts are asked for."""

from bot.core.chat.option import Concept
from bot.features.asking import searching
from bot.features.asking.buttons import Reject, ShowCard, ShowConcept, ShowDarkCard, ShowWhole
from bot.features.feature import Feature, Served, tap

QUESTION = Concept("text", line="ask", is_required=True)

FEATURE = Feature(
    commands=(
        Served("ask", rank=20, options=(QUESTION,), is_shared=True, act=searching.asked),
        Served("why", rank=210, act=lambda turn, _: searching.why(turn)),
    ),
    taps=(
        tap(ShowConcept, lambda turn, it: searching.show(turn, it.concept_id)),
        tap(ShowWhole, lambda turn, it: searching.show_whole(turn, it.concept_id)),
        tap(ShowCard, lambda turn, it: searching.show_card(turn, it.concept_id)),
        tap(ShowDarkCard, lambda turn, it: searching.show_card(turn, it.concept_id, is_dark=True)),
        tap(Reject, lambda turn, it: searching.reject(turn, it.concept_id)),
    ),
)
