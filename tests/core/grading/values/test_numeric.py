from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.grading import Grader, KeyPoint, NumericKey, PartialAnswer, Rubric, Verdict
from bot.core.grading.values.expression import UnreadableError, evaluate, is_equivalent, parse
from bot.core.grading.values.numerals import as_formula_text, han_value
from bot.core.kinds import Numeric, Question


def numeric(key: NumericKey, rubric: Rubric | None = None) -> Numeric:
    return Numeric("c/n", "c", "概率是多少？", rubric=rubric, numeric=key)


EIGHTH = numeric(NumericKey("1/8", partial=(PartialAnswer("1/4", 0.25, "算成了一半"),), not_about=("打不死",)))
JOKERS = numeric(NumericKey("8/53", tolerance=0.001, about=("同一份 / 同组",), not_about=("不在一起 / 分开",)))
BUS = numeric(NumericKey("1-(1-p)^3", variables=("p",)))
STICK = numeric(NumericKey("2*ln(2)-1"))
BOXES = numeric(NumericKey("74/99"))

RIGHT = {
    "a fraction": (EIGHTH, "1/8"),
    "a decimal": (EIGHTH, "0.125"),
    "a decimal without its nought": (EIGHTH, ".125"),
    "per cent": (EIGHTH, "12.5%"),
    "a Chinese fraction": (EIGHTH, "八分之一"),
    "Chinese per cent": (EIGHTH, "百分之十二点五"),
    "LaTeX": (EIGHTH, r"$\frac{1}{8}$"),
    "LaTeX without braces": (EIGHTH, r"\frac18"),
    "a name before it": (EIGHTH, "p=0.125"),
    "about": (EIGHTH, "大约 0.125"),
    "over": (EIGHTH, "1 over 8"),
    "one in": (EIGHTH, "1 in 8"),
    "in words": (EIGHTH, "one eighth"),
    "a vulgar fraction": (EIGHTH, "⅛"),
    "full width": (EIGHTH, "１／８"),
    "unevaluated": (EIGHTH, "(5*5/2)/100"),
    "a working that ends in it": (EIGHTH, "面积 25/2，除以 100，所以是 1/8"),
    "a chain of equals": (EIGHTH, "25/2/100 = 12.5/100 = 0.125"),
    "said first, then why": (EIGHTH, "1/8，因为三角形的面积是 12.5"),
    "a value denied before": (EIGHTH, "不是 1/4，而是 1/8"),
    "a correction": (EIGHTH, "1/4……不对，应该是 1/8"),
    "another case in passing": (EIGHTH, "1/8，如果是整数就是 21/121"),
    "combinations": (JOKERS, "C(6,1)*C(52,7)/C(54,9)"),
    "combinations in LaTeX": (JOKERS, r"\frac{C_6^1 C_{52}^7}{C_{54}^9}"),
    "counts before the value": (JOKERS, "剩下 53 个位置里有 8 个和它同组，概率 8/53"),
    "rounded": (JOKERS, "0.151"),
    "a power": (BUS, "1-(1-p)^3"),
    "a power in Python": (BUS, "1-(1-p)**3"),
    "a superscript": (BUS, "1−(1−p)³"),
    "expanded": (BUS, "3p-3p^2+p^3"),
    "factored": (BUS, "p(3-3p+p^2)"),
    "spoken": (BUS, "一减去 (1-p) 的三次方"),
    "spoken without brackets": (BUS, "1减去1-p的三次方"),
    "with a letter of one's own": (BUS, "1-q^3，其中 q=1-p"),
    "as a product": (BUS, "1-(1-p)(1-p)(1-p)"),
    "a capital": (BUS, "1-(1-P)^3"),
    "a logarithm": (STICK, "2ln2-1"),
    "a logarithm's value": (STICK, "0.386"),
    "scientific": (numeric(NumericKey("1/100000002")), "1e-8"),
    "a hundred million": (numeric(NumericKey("1/100000002")), "1/(一亿+2)"),
    "a side of a square": (numeric(NumericKey("7")), "7×7"),
    "three digits": (BOXES, "0.747"),
    "two digits": (BOXES, "约 0.75"),
}


@pytest.mark.parametrize(("question", "answer"), RIGHT.values(), ids=RIGHT)
def test_a_right_value_earns_everything(engine: Grader, question: Question, answer: str) -> None:
    assert engine.grade(question, answer).fraction == 1.0


WRONG = {
    "another value": (EIGHTH, "3/8", "other-value"),
    "a whole number": (EIGHTH, "12.5", "other-value"),
    "the right value of something else": (EIGHTH, "打不死的概率是 1/8", "other-quantity"),
    "told afterwards to be of something else": (JOKERS, "8/53，这是不在一起的概率", "other-quantity"),
    "the right value denied": (EIGHTH, "不是 1/8", "no-value"),
    "right, then taken back": (EIGHTH, "1/8，不对，应该是 3/8", "other-value"),
    "hedged": (EIGHTH, "1/8 或者 3/8", "other-value"),
    "another polynomial": (BUS, "3p", "other-value"),
    "equal at the ends only": (BUS, "p^3", "other-value"),
    "one digit": (BOXES, "0.7", "other-value"),
    "no number": (EIGHTH, "很小", "no-value"),
    "digits of another script": (EIGHTH, "\u0661/\u0668", "no-value"),
}


@pytest.mark.parametrize(("question", "answer", "reason"), WRONG.values(), ids=WRONG)
def test_a_wrong_value_earns_nothing(engine: Grader, question: Question, answer: str, reason: str) -> None:
    grade = engine.grade(question, answer)
    assert (grade.fraction, grade.reason) == (0.0, reason)


def test_a_famous_half_right_value_earns_its_share_and_says_why(engine: Grader) -> None:
    grade = engine.grade(EIGHTH, "1/4")
    assert (grade.fraction, grade.reason, grade.points[0].note) == (0.25, "partial-value", "算成了一半")


def test_a_value_off_in_its_last_digit_is_close(engine: Grader) -> None:
    grade = engine.grade(BOXES, "0.74")
    assert (grade.fraction, grade.reason, grade.points[0].verdict) == (0.75, "close", Verdict.HIT)


LOOKS = {
    "a value": ("1/8", True),
    "a wrong value": ("3/4 吧", True),
    "a question": ("54 张牌分成 6 份的概率是多少", False),
}


@pytest.mark.parametrize(("text", "is_answer"), LOOKS.values(), ids=LOOKS)
def test_a_number_makes_an_answer_unless_it_is_asked_for(engine: Grader, text: str, *, is_answer: bool) -> None:
    assert EIGHTH.looks_like_answer(text, engine) is is_answer


METHOD = numeric(
    NumericKey("74/99", weight=1),
    Rubric((KeyPoint("alone", "一箱只放一个红球", 1, ("一个 / 1 个 + 红球",), ("均分 / 平分",)),)),
)
METHODS = {
    "the value alone": ("74/99", 1.0),
    "the method without the value": ("一个箱子放 1 个红球，其余放另一个", 0.5),
    "the method with a wrong value": ("一箱放 1 个红球，概率 1/3", 0.5),
    "neither": ("概率是 1/3", 0.0),
    "the value with a wrong method": ("平分，74/99", 0.5),
}


@pytest.mark.parametrize(("answer", "fraction"), METHODS.values(), ids=METHODS)
def test_points_pay_for_a_right_method(engine: Grader, answer: str, fraction: float) -> None:
    assert engine.grade(METHOD, answer).fraction == fraction


HOSTILE = [
    "2^(-100000000)",
    "9**9**9**9",
    "__import__('os').system('true')",
    "(" * 10_000 + "1" + ")" * 10_000,
    "-" * 5_000 + "1",
    "9" * 5_000,
    "1/" * 3_000 + "1",
    "1e999999999",
    "1/0",
    "0^-1",
    "ln(0)",
    "sqrt(-1)",
    "(-8)^(1/3)",
    "170!!!",
    "C(500,250)^400",
    "exp(exp(exp(9)))",
    "一" * 5_000,
    "一分之" * 1_500,
    "根号" * 2_000,
    r"\frac{" * 600,
    "1 = " * 1_000,
    "概率是 1 或 " * 500,
    "\u0661\u0662",
    "不" * 4_096,
    "不把对将" * 1_000,
]


@pytest.mark.parametrize("answer", HOSTILE, ids=lambda answer: answer[:16])
def test_hostile_text_is_harmless(engine: Grader, suppression: Question, answer: str) -> None:
    for question in (EIGHTH, BUS, suppression):
        started = time.thread_time()
        assert engine.grade(question, answer).fraction == 0.0
        assert time.thread_time() - started < 0.5


@given(st.text(alphabet="0123456789.+-*/^()%!eplnsqrtCA, =分之一二百", max_size=80))
def test_no_formula_raises(engine: Grader, text: str) -> None:
    for question in (EIGHTH, BUS):
        assert 0.0 <= engine.grade(question, text).fraction <= 1.0


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_fraction_equals_itself_in_any_writing(top: int, bottom: int) -> None:
    value = evaluate(parse(as_formula_text(f"{top}/{bottom}")))
    assert value == Fraction(top, bottom) == evaluate(parse(as_formula_text(rf"\frac{{{top}}}{{{bottom}}}")))
    assert value == evaluate(parse(as_formula_text(f"{bottom}分之{top}")))


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=5), st.integers(-5, 5))
def test_a_polynomial_is_equivalent_only_to_itself(coefficients: list[int], extra: int) -> None:
    terms = "+".join(f"({c})*p^{power}" for power, c in enumerate(coefficients))
    horner = "0"
    for coefficient in reversed(coefficients):
        horner = f"({horner})*p+({coefficient})"
    changed = parse(f"{terms}+({extra})*p^2", ("p",))
    assert is_equivalent(parse(terms, ("p",)), parse(horner, ("p",)), ("p",))
    assert is_equivalent(parse(terms, ("p",)), changed, ("p",)) is (extra == 0)


NUMERALS = {"五十三": "53", "一亿": "100000000", "十二点五": "12.5", "两百零八": "208", "三万五千": "35000", "〇": "0"}


@pytest.mark.parametrize(("written", "digits"), NUMERALS.items())
def test_chinese_numerals(written: str, digits: str) -> None:
    assert han_value(written) == digits


FORMULAS = {
    "2+3*4": 14,
    "2^3^2": 512,
    "-2^2": -4,
    "5!": 120,
    "50%": Fraction(1, 2),
    "C(4,2)": 6,
    "A(4,2)": 12,
    "3(1+1)": 6,
}


@pytest.mark.parametrize(("text", "value"), FORMULAS.items())
def test_formulas_are_evaluated_exactly(text: str, value: int | Fraction) -> None:
    assert evaluate(parse(text)) == value


@pytest.mark.parametrize("text", ["", "1+", "(1", "1)", "2 3", "a", "1//2", "C(2)", "x.y", "1_000"])
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        parse(text)
