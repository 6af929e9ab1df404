"""What is no answer whatever terms it holds: blanks, echoes of the question, lists of bare terms."""

import re

from bot.core.grading.text.folding import Folded, content_length
from bot.core.language.characters import is_han

_FILLER = (
    r"(?:[吧啊呀呢哦嗯额呃了的我真实在太是也都有点,.!?。~…\s]|sorry|抱歉|不好意思|老师|这个|这题|完全|这道题|题|目前|暂时|好像|"
    r"还|就|really|i m|im|i am|i|just|um+|uh+|hmm+|emm+|well|honestly)*"
)
_UNKNOWN = (
    r"(?:不知道|不晓得|不会做|不会|不懂|不清楚|不记得|记不得|记不清|想不起来?|想不出来?|没想法|没思路|没印象|没学过|没看过|"
    r"没听过|没复习到?|没研究过?|没怎么看|没什么思路|没想到|没有头绪|毫无头绪|忘记|忘光|忘|不太?确定|不太?清楚|不太?懂|不了解|没概念|"
    r"答不上来?|答不出来?|放弃|跳过|过|略|无|没有|看答案|求答案|下一题|下一个|pass|skip|idk|dunno|no idea|"
    r"(?:do ?n ?t|do not|can ?t|cannot) (?:know|remember|recall)|not sure|no clue|forgot|give up|next|none|nothing|"
    r"n/a|unknown|tell me|help|\?+|什么|啥|这是什么|怎么说|怎么答)"
)
_BLANK = re.compile(
    rf"{_FILLER}(?:{_UNKNOWN}{_FILLER})*(?:怎么(?:答|算|说|做)|是什么|答案|it|the answer|about this)?{_FILLER}"
)
_INTERROGATIVE = re.compile(
    r"什么|怎么|怎样|如何|为何|哪|吗|呢|多少|几|\b(?:what|how|why|which|when|where|explain|describe)\b"
)
_EMBEDS = re.compile(
    r"(?:决定|预测|判断|判定|估计|知道|学|看|控制|表示|说明|描述|告诉|选|确定|分辨|回答|输出|算|关心|取决于|在于|衡量|反映|"
    r"(?:decid|predict|tell|know|learn|control|show|say|see|choos|determin|measur|depend)[a-z]*)[^,。;?!]{0,8}$"
)
"""A question word behind one of these asks nothing: "决定怎么加权" is a claim."""
_GREEK = re.compile(r"[α-ωΑ-Ω]")
_LONE = re.compile(r"(?<![㐀-鿿])[㐀-鿿](?![㐀-鿿])")
_LONE_FUNCTION = frozenset("的了吧呢啊呀和与跟及是有在或请问即")


def is_blank(folded: Folded) -> bool:
    """Tell an answer that says nothing, or that it knows nothing."""
    text = folded.text
    if not any(char.isalnum() for char in text):
        return True
    return len(text) <= 60 and bool(_BLANK.fullmatch(text.replace("'", " ").strip()))


def grams(text: str) -> frozenset[str]:
    """Return the pairs of Chinese characters, those that stand alone, and the Latin words of a folded text."""
    pairs = {text[i : i + 2] for i in range(len(text) - 1) if is_han(text[i]) and is_han(text[i + 1])}
    lone = set(_LONE.findall(text)) - _LONE_FUNCTION
    return frozenset(pairs | lone | set(re.findall(r"[a-z0-9.]+", text)))


def echoes(text: str, prompt: frozenset[str]) -> bool:
    """Tell a stretch of folded text that only gives the question's words back."""
    own = grams(text)
    return bool(own) and len(own - prompt) <= 0.15 * len(own)


def is_echo(folded: Folded, prompt: Folded) -> bool:
    """Tell an answer that is the question, or the question as a statement."""
    filler = re.sub(
        r"就是|它们|两者|区别|不同|作用|是|的|有|问|题|请|介绍|解释|一下|关于|\b(?:the|is|are|a|of|what|it|difference|between)\b",
        "",
        folded.text,
    )
    return echoes(folded.text, grams(prompt.text)) or (
        content_length(folded.text) > 0 and echoes(filler, grams(prompt.text)) and not re.search(r"[=→≈]", filler)
    )


def is_question(text: str) -> bool:
    """Tell a clause that asks: by its mark, or by a question word that nothing governs at its beginning or end."""
    asked = _INTERROGATIVE.search(text)
    if asked is None:
        return False
    if text.endswith(("?", "吗", "呢")):
        return True
    return (text.endswith(("多少", "什么")) or len(text) <= 6) and not _EMBEDS.search(text[: asked.start()])


def copied_spans(text: str, prompt: str, shortest: int = 4) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a text, four characters or longer, that stand in the question letter for letter."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at + shortest <= len(text):
        length = shortest
        while text[at : at + length] in prompt:
            length += 1
            if at + length > len(text):
                break
        if length > shortest:
            spans.append((at, at + length - 1))
            at += length - 1
        else:
            at += 1
    return tuple(spans)
