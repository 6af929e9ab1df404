"""A question out of a prompt and the text that answers it, where no author wrote one."""

import re

from bot.core.grading.points.deriving import derive_rubric
from bot.core.grading.values.expression import UnreadableError, parse
from bot.core.grading.values.numerals import as_formula_text
from bot.core.grading.values.numeric import NumericKey
from bot.core.kinds.numeric import Numeric
from bot.core.kinds.open import Open


def derive_question(prompt: str, reference: str) -> Open | Numeric:
    """Make a question of a prompt and the text that answers it.

    A reference that is hardly more than a value makes a numeric question, any other an open one.
    """
    value = _bare_value(reference)
    if value:
        return Numeric("", "", prompt, numeric=NumericKey(value, variables=_letters(value)))
    rubric = derive_rubric(prompt, reference)
    return Open("", "", prompt, rubric=rubric, reference=reference, model=(reference,))


def _bare_value(reference: str) -> str:
    text = reference.strip().strip("$。. ").strip()
    formula = as_formula_text(text)
    try:
        parse(formula, _letters(text))
    except UnreadableError:
        return ""
    return text


def _letters(text: str) -> tuple[str, ...]:
    return tuple(sorted(set(re.findall(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])", text)) - {"e"}))
