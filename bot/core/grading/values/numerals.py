r"""Numbers as people write them -> formulas: 八分之一, 百分之十二点五, \frac18, 1 over 8, (1-p) 的三次方, p³."""

import re
import unicodedata
from collections.abc import Callable

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "壹": 1, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN = "零〇一壹二两三四五六七八九十百千万亿"
_HAN_NUMBER = rf"(?<![{_HAN}])[{_HAN}]++(?:点[零〇一二三四五六七八九]++)?"
_NOT_A_NUMBER = re.compile(
    r"一(?=起|样|般|定|致|些|直|旦|共|下|边|切|方面|旁|并|律|来|块|半(?!$))|(?<=[唯统第同任万每哪某进])一"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿᵖ", "0123456789+-()np")
_OF_PARTS = rf"(?:(?<![0-9.])[0-9.]++|{_HAN_NUMBER}|\([^()]{{0,60}}\))"
_ENGLISH = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "hundred": 100,
}  # fmt: skip
_FRACTIONS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip

MAX_CLAUSE = 400
"""Characters of a clause that are read; no formula that a person writes is longer."""

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def han_value(text: str) -> str:
    """Return a Chinese numeral in digits: 五十三 -> 53, 一亿 -> 100000000, 十二点五 -> 12.5, 〇九 -> 09."""
    whole, _, decimals = text.partition("点")
    if all(char in _DIGITS for char in whole):
        number = "".join(str(_DIGITS[char]) for char in whole)
    else:
        number = str(_han_whole(whole))
    return number + ("." + "".join(str(_DIGITS[char]) for char in decimals) if decimals else "")


def _han_whole(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif _UNITS[char] < 10**4:
            section, digit = section + (digit or 1) * _UNITS[char], 0
        else:
            total, section, digit = (total + section + digit or 1) * _UNITS[char], 0, 0
    return min(total + section + digit, 10**18)


def _power_mark(match: re.Match[str]) -> str:
    return f"^({match[0].translate(_SUPERSCRIPTS)})"


def _english_fraction(match: re.Match[str]) -> str:
    top = match[1].lower()
    number = 1 if top in ("a", "an") else _ENGLISH.get(top, top)
    return f"({number}/{_FRACTIONS[match[2].lower()]})"


_WORDS = "|".join(_ENGLISH)
_LATEX: tuple[Rule, ...] = (
    (re.compile(r"[⁰¹²³⁴-⁹⁺⁻⁽⁾ⁿᵖ]+"), _power_mark),
    (re.compile(r"\\[dt]?frac\s*([0-9])\s*([0-9])"), r"((\1)/(\2))"),
    (re.compile(r"\\(?:left|right|displaystyle|,|;|!|quad|mathrm|text)"), ""),
    (re.compile(r"\\(?:times|cdot)"), "*"),
    (re.compile(r"\\(?:approx|simeq)"), "≈"),
    (re.compile(r"\\binom\{([^{}]*)\}\{([^{}]*)\}"), r"C(\1,\2)"),
    (re.compile(r"[{\[]"), "("),
    (re.compile(r"[}\]]"), ")"),
    (re.compile(r"\\(pi|ln|log|exp|sqrt)"), r"\1"),
    (re.compile(r"[$\\]"), ""),
)
_INDEX = r"(?:\{ *([0-9]+) *\}|([0-9]+))"
_CHOOSE = (re.compile(rf"C_?{_INDEX} *\^ *{_INDEX}"), re.compile(rf"C\^{_INDEX} *_ *{_INDEX}"))
_FRAC = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_SQRT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
_OPERAND_BEFORE, _OPERAND_AFTER = r"(?<=[0-9a-zA-Z)%!]) *", r" *(?=[0-9a-zA-Z(√.])"
_SPOKEN: tuple[Rule, ...] = (
    (re.compile(rf"百分之({_OF_PARTS})"), r"(\1)%"),
    (re.compile(rf"千分之({_OF_PARTS})"), r"((\1)/1000)"),
    (re.compile(rf"({_OF_PARTS})\s*分之\s*({_OF_PARTS})"), r"((\2)/(\1))"),
    (re.compile(rf"\b(a|an|[0-9]+|{_WORDS})[ -]({'|'.join(_FRACTIONS)})s?\b", re.IGNORECASE), _english_fraction),
    (re.compile(rf"\b({_WORDS})\b", re.IGNORECASE), lambda match: str(_ENGLISH[match[1].lower()])),
    (re.compile(r"(?<![一大多过前后上下两半])半(?=[格个倍层块])"), "(1/2)"),
    (re.compile(r"一半|\b(?:half)\b"), "(1/2)"),
    (re.compile(r"(?<![0-9.])([0-9.]++) *([百千万亿]+)"), lambda match: f"({match[1]}*{han_value('一' + match[2])})"),
    (re.compile(_HAN_NUMBER), lambda match: han_value(match[0])),
)
_OPERATORS: tuple[Rule, ...] = (
    (re.compile(r"(?<![0-9a-zA-Z)正]) *(?:负的?|\b(?:negative|minus)\b) *(?=[0-9.(])"), "-"),
    (re.compile(r"(?<![0-9.])([0-9]+\.[0-9]+|[0-9]{2,}) ?k(?![a-z0-9^(])"), r"(\1*1000)"),
    (re.compile(r"(?<![0-9.])([0-9]+(?:\.[0-9]+)?) ?million\b"), r"(\1*1000000)"),
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))"), ""),
    (re.compile(r"(?<=减)去? *([0-9]+ *[-−减]去? *[a-z]) *的? *([0-9]+) *次[方幂]"), r"(\1)^\2"),
    (re.compile(r"的? *([0-9]+) *次[方幂]"), r"^\1"),
    (re.compile(r"的?平方(?!根)| squared\b"), "^2"),
    (re.compile(r"的?立方(?!根)| cubed\b"), "^3"),
    (re.compile(r"根号|√"), "sqrt"),
    (re.compile(r" *\b(?:to the power(?: of)?|raised to(?: the)?(?: power(?: of)?)?)\b *"), "^"),
    (re.compile(_OPERAND_BEFORE + r"(?:减去?|minus\b|−|–|—)" + _OPERAND_AFTER), "-"),
    (re.compile(_OPERAND_BEFORE + r"(?:加上?|plus\b)" + _OPERAND_AFTER), "+"),
    (re.compile(_OPERAND_BEFORE + r"(?:乘以?|乘上|times\b|[×·⋅x✕])" + _OPERAND_AFTER), "*"),
    (re.compile(_OPERAND_BEFORE + r"(?:除以|over\b|out of\b|divided by\b|÷|⁄|∕)" + _OPERAND_AFTER), "/"),
    (re.compile(r"(?<=[0-9]) +in +(?=[0-9])"), "/"),
    (re.compile(r"(?<=[0-9)]) *(?:percent\b|per cent\b|个百分点)"), "%"),
    (re.compile(r"\*\*"), "^"),
    (re.compile(r"π"), "pi"),
)


def as_formula_text(text: str) -> str:
    """Return a clause with every number and operator word in the form that `expression` reads."""
    text = _CHOOSE[0].sub(lambda m: f"C({m[1] or m[2]},{m[3] or m[4]})", text[:MAX_CLAUSE])
    text = _CHOOSE[1].sub(lambda m: f"C({m[3] or m[4]},{m[1] or m[2]})", text)
    for _ in range(4):
        text = _SQRT.sub(r"sqrt(\1)", _FRAC.sub(r"((\1)/(\2))", text))
    text = _applied(text, _LATEX)
    text = "".join(
        f"({unicodedata.normalize('NFKC', char)})" if unicodedata.name(char, "").startswith("VULGAR") else char
        for char in text
    )
    text = unicodedata.normalize("NFKC", text).replace("⁄", "/")
    text = _applied(_NOT_A_NUMBER.sub("#", text), _SPOKEN)
    return _applied(_lowered(text), _OPERATORS)


def _lowered(text: str) -> str:
    """Lower every letter but the C and A of combinations: C(6,1)."""
    return re.sub(r"[A-Z](?!\([^()]*,)", lambda match: match[0].lower(), text)


def _applied(text: str, rules: tuple[Rule, ...]) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text
