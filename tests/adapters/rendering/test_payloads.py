"""Markup, escaping, splitting and folding, on both chat platforms."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.chats.discord.sending.render import LIMIT
from bot.adapters.chats.discord.sending.render import _Markdown as DiscordMarkdown
from bot.adapters.chats.discord.sending.render import render as discord
from bot.adapters.chats.telegram.render import _Html as TelegramHtml
from bot.adapters.chats.telegram.render import render as telegram
from bot.adapters.markdown import emphasis, parser
from bot.adapters.rendering.dialect import fits, visible
from bot.adapters.rendering.payload import Payload
from bot.adapters.rendering.splitting import cut_of
from bot.core.chat.messages import Reply
from bot.core.content.document import (
    AnswerCard,
    Block,
    Code,
    Divider,
    File,
    Formula,
    Heading,
    Listing,
    Math,
    Paragraph,
    Picture,
    Quote,
    Source,
    Spoiler,
    Table,
    Text,
    paragraph,
    spans,
)
from bot.ports import Typesetter
from tests.adapters.rendering.conftest import Drawing, judged, seen_in_discord, seen_in_terminal, units

Render = Callable[[Reply, Typesetter | None], tuple[Payload, ...]]
BOTH = pytest.mark.parametrize("render", [telegram, discord], ids=["telegram", "discord"])
WIDE_FORMULA = r"\frac{a+b}{c+d}"


def seen(render: Render, payloads: tuple[Payload, ...]) -> list[str]:
    """Return what a reader sees of each payload."""
    if render is telegram:
        return [judged(payload.text)["text"] for payload in payloads]
    return [seen_in_discord(payload.text) for payload in payloads]


def texts(render: Render, *blocks: Block) -> list[str]:
    return [payload.text for payload in render(Reply(blocks), None)]


MARKUP: dict[str, tuple[Block, str, str]] = {
    "a heading": (Heading(spans("标题")), "<b>标题</b>", "### 标题"),
    "a smaller heading": (Heading(spans("标题"), 2), "<b>标题</b>", "**标题**"),
    "styles": (
        Paragraph((Text("粗", bold=True), Text("斜", italic=True), Text("a_b", code=True))),
        "<b>粗</b><i>斜</i><code>a_b</code>",
        "**粗***斜*`a_b`",
    ),
    "mathematics": (Paragraph((Text("即 "), Math(r"\frac{a_k}{2}"))), "即 aₖ/2", "即 aₖ/2"),
    "a list": (Listing(((paragraph("甲"),), (paragraph("乙"),))), "• 甲\n• 乙", "- 甲\n- 乙"),
    "a numbered list": (
        Listing(((paragraph("甲"),), (paragraph("乙"),)), is_ordered=True, start=3),
        "3. 甲\n4. 乙",
        "3. 甲\n4. 乙",
    ),
    "a list in a list": (
        Listing(((paragraph("甲"), Listing(((paragraph("子"),),))),)),
        "• 甲\n\u2003• 子",
        "- 甲\n  - 子",
    ),
    "a quotation": (
        Quote((paragraph("一"), paragraph("二"))),
        "<blockquote>一\n\n二</blockquote>",
        "> 一\n> \n> 二",
    ),
    "a spoiler": (Spoiler((paragraph("答"),)), "<tg-spoiler>答</tg-spoiler>", "||答||"),
    "code": (
        Code("a<b", "python"),
        '<pre><code class="language-python">a&lt;b</code></pre>',
        "```python\na<b\n```",
    ),
    "a flat formula": (Formula(r"\sigma^2"), "<pre>σ²</pre>", "```\nσ²\n```"),
    "a source": (Source(("一", "二")), "<i>— 一 › 二</i>", "-# — 一 › 二"),
    "a missing picture": (Picture("", "一张图"), "<i>🖼 一张图</i>", "-# 🖼 一张图"),
    "a divider": (Divider(), "────────", "────────"),
    "a link": (
        Paragraph((Text("见", href="https://a.b/c"),)),
        '<a href="https://a.b/c">见</a>',
        "[见](<https://a.b/c>)",
    ),
    "a link that runs code": (Paragraph((Text("见", href="javascript:x"),)), "见", "见"),
    "a table of two columns": (
        Table((((Text("操作"),), (Text("时间"),)), ((Text("查"),), (Text("快"),)))),
        "<b>操作</b><b> · </b><b>时间</b>\n• <b>查</b> · 快".replace("<b> · </b>", " · "),
        "**操作** · **时间**\n- **查** · 快",
    ),
}


@pytest.mark.parametrize(("block", "html", "markdown_"), MARKUP.values(), ids=MARKUP)
def test_a_block_is_written(block: Block, html: str, markdown_: str) -> None:
    assert texts(telegram, block) == [html]
    assert texts(discord, block) == [markdown_]
    assert judged(html)["@type"] == "formattedText"


def test_a_wide_table_names_its_columns_in_each_row() -> None:
    rows = (((Text("层"),), (Text("核"),), (Text("步"),)), ((Text("一"),), (Math("3"),), (Text("2"),)))
    (page,) = seen(telegram, telegram(Reply((Table(rows),)), None))
    assert page == "层\n• 一：核 3；步 2"


HOSTILE = (
    "<b>x</b> & <a href='x'>y</a> &lt;",
    "*a* **b** _c_ __d__ ~~e~~ `f` ||g|| [h](https://i.j) <@123> <#4> <:k:5> @everyone",
    "# 标题",
    "- 项",
    "1. 项",
    "> 引",
    "-# 小",
    "a\\*b \\ \\_",
    "```\ncode\n```",
    "\u202eabc\u2066",
    "{0} %s ${x}",
)


@BOTH
@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_seen_as_they_wrote_it(render: Render, text: str) -> None:
    (page,) = seen(render, render(Reply((paragraph(text), Quote((paragraph(text),)))), None))
    plain = re.sub(r"[\u202a-\u202e\u2066-\u2069]", "", text)
    assert page.count(plain) == 2 or page.replace("\n> ", "\n").count(plain) == 2


@BOTH
@given(text=st.text(max_size=200))
def test_any_text_at_all_can_be_written(render: Render, text: str) -> None:
    blocks = (
        Paragraph((Text(text), Text(text, bold=True), Text(text, code=True), Math(text))),
        Code(text),
        Formula(text),
    )
    for payload in render(Reply((*blocks, Spoiler(blocks), Quote(blocks), Listing((blocks,)))), None):
        if render is telegram:
            assert judged(payload.text)["@type"] == "formattedText"


LONG = {
    "many paragraphs": tuple(paragraph(f"第{n}段。" + "话" * 300) for n in range(40)),
    "one endless paragraph": (paragraph("这一句话有点长，但是还没有完。" * 900),),
    "no place to pause": (paragraph("话" * 9000),),
    "emoji only": (paragraph("😀" * 5000),),
    "joined emoji": (paragraph("👩‍👩‍👧" * 1500),),
    "a long list": (Listing(tuple((paragraph(f"第{n}项" + "话" * 50),) for n in range(200))),),
    "one long item": (Listing(((paragraph("话" * 9000),),)),),
    "long code": (Code("\n".join(f"line {n} = {n}" for n in range(900)), "python"),),
    "a long quotation": (Quote(tuple(paragraph("话" * 200) for _ in range(60))),),
    "hundreds of bold words": (Paragraph(tuple(Text(f"词{n}", bold=n % 2 == 0) for n in range(900))),),
    "formulas on end": (Paragraph(tuple(Math(rf"\frac{{a_{n}}}{{b+c}}") for n in range(900))),),
    "escapes only": (paragraph("*_`~|<>" * 1000),),
    "a formula of ten megabytes": (Formula("x" * 10_000_000), Paragraph((Math("y" * 10_000_000),))),
}


@BOTH
@pytest.mark.parametrize("blocks", LONG.values(), ids=LONG)
def test_a_long_answer_is_split_where_it_may_be(render: Render, blocks: tuple[Block, ...]) -> None:
    payloads = render(Reply(blocks), None)
    for number, payload in enumerate(payloads, 1):
        if render is telegram:
            read = judged(payload.text)
            assert read["@type"] == "formattedText"
            assert units(read["text"]) <= 4096
            assert len(read["entities"]) <= 100
        assert units(payload.text) <= LIMIT or render is telegram
        assert "\ufffd" not in payload.text
        assert not payload.text.startswith(("\u200d", "\u0301"))
        if len(payloads) > 1:
            assert f"({number}/{len(payloads)})" in payload.text.replace("\\", "")


@BOTH
def test_nothing_is_lost_in_splitting(render: Render) -> None:
    blocks = tuple(paragraph(f"〔{n}〕" + "这一句有点长。" * 20) for n in range(100))
    pages = seen(render, render(Reply(blocks), None))
    assert re.findall(r"〔(\d+)〕", "".join(pages)) == [str(n) for n in range(100)]
    assert all(re.search(r"。\n\(\d+/\d+\)$", page) for page in pages), "each payload ends with a sentence"


@given(st.text(alphabet="话，。 a😀\u0301\u200d", min_size=2, max_size=60))
def test_a_text_is_cut_within_it_and_not_within_a_character(text: str) -> None:
    cut = cut_of(text)
    assert 0 <= cut < len(text)
    if cut and text[cut - 1] not in "。，, .":
        assert text[cut] not in "\u0301\u200d"


# --- images ----------------------------------------------------------------------------------------


@BOTH
def test_a_formula_stands_where_it_is_spoken_of(render: Render) -> None:
    blocks = (paragraph("之前"), Formula(WIDE_FORMULA), paragraph("之后"), Source(("源",)))
    payloads = render(Reply(blocks), Drawing())
    assert [(payload.text.splitlines()[0], [i.alt for i in payload.images]) for payload in payloads] == [
        ("之前", [WIDE_FORMULA]),
        ("之后", []),
    ]


@BOTH
def test_a_formula_that_cannot_be_typeset_is_code(render: Render) -> None:
    class Broken(Drawing):
        def formula(self, latex: str) -> None:
            self.asked.append(latex)

    (payload,) = render(Reply((paragraph("前"), Formula(WIDE_FORMULA), paragraph("后"))), Broken())
    assert "(a + b)/(c + d)" in payload.text
    assert "<pre>" in payload.text or "```" in payload.text


def test_a_caption_of_telegram_takes_what_fits_above_the_picture() -> None:
    payloads = telegram(Reply((paragraph("长" * 1000), paragraph("短" * 100), Formula(WIDE_FORMULA))), Drawing())
    assert [(len(payload.text), len(payload.images)) for payload in payloads] == [(1000, 0), (100, 1)]


def test_a_figure_has_its_caption_where_the_image_has_no_description() -> None:
    figure = Picture("figures/iou.png", "两个框")
    assert [payload.text for payload in telegram(Reply((figure,)), Drawing())] == ["<i>两个框</i>"]
    assert [payload.text for payload in discord(Reply((figure,)), Drawing())] == [""]


@BOTH
def test_a_card_is_an_album_and_without_a_typesetter_its_words(render: Render) -> None:
    card = AnswerCard("标题", (paragraph("正文"),))
    assert [len(payload.images) for payload in render(Reply((card,)), Drawing())] == [10, 2]
    (page,) = seen(render, render(Reply((card,)), None))
    assert page == "标题\n\n正文"


@BOTH
def test_a_file_goes_with_its_name(render: Render) -> None:
    file = File("a.csv", "1,2", "text/csv")
    (payload,) = render(Reply((paragraph("给你"), file)), None)
    assert payload.file == file
    assert "a.csv" in payload.text


def test_the_rest_of_an_answer_is_folded_where_that_can_be() -> None:
    reply = Reply((paragraph("摘要"),), more=(paragraph("其余"),))
    assert [p.text for p in telegram(reply, None)] == ["摘要\n\n<blockquote expandable>其余</blockquote>"]
    assert [p.text for p in discord(reply, None)] == ["摘要\n\n其余"]
    long = Reply((paragraph("摘要"),), more=(paragraph("其余"), Formula(WIDE_FORMULA)))
    assert [len(p.images) for p in telegram(long, Drawing())] == [1]


def test_the_terminal_names_the_files_of_pictures() -> None:
    shown = seen_in_terminal(Reply((Picture("figures/iou.png", "两个框"), Picture("", "没了的图"))))
    assert "两个框 figures/iou.png" in shown
    assert "没了的图" in shown


@pytest.mark.parametrize(
    ("source", "bold"),
    [
        ("**注意：**接着写", ["注意："]),
        ("看**“引”**字", ["“引”"]),
        ("**含 $x$ 的：**后", ["含 ", " 的："]),
        ("a ** b ** c", []),
        ("只有**一个", []),
        ("`**注：**码`", []),
    ],
)
def test_bold_beside_chinese_is_bold(source: str, bold: list[str]) -> None:
    (placed,) = parser.parse(source)
    assert isinstance(placed.block, Paragraph)
    assert [s.text for s in placed.block.inlines if isinstance(s, Text) and s.bold] == bold
    assert emphasis.mended(placed.block.inlines) == placed.block.inlines


def test_no_space_stays_beside_a_formula_that_stood_in_a_paragraph() -> None:
    found = [placed.block for placed in parser.parse("前 $$x$$ 后")]
    assert found == [paragraph("前"), Formula("x"), paragraph("后")]


def test_renderers_know_no_platform_library() -> None:
    root = Path(__file__).resolve().parents[3] / "bot" / "adapters"
    chats = root / "chats"
    renderers = (chats / "telegram" / "render.py", chats / "discord" / "sending" / "render.py")
    for path in (*renderers, root / "rendering" / "markup.py"):
        assert not re.search(r"^(?:import|from) (?:telegram|discord)\b", path.read_text(encoding="utf-8"), re.MULTILINE)


@given(text=st.text())
def test_signs_that_nobody_sees_are_dropped_and_all_others_kept(text: str) -> None:
    unseen = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
    assert visible(text) == unseen.sub("", text)


@given(
    text=st.lists(st.sampled_from(["字", "a", "😀", "&amp;", "<b>粗</b>", "</", "<i>"]), max_size=30).map("".join),
    limit=st.integers(0, 60),
)
def test_a_short_text_is_not_counted_and_the_answer_is_the_same(text: str, limit: int) -> None:
    for dialect in (TelegramHtml(), DiscordMarkdown()):
        counted = dialect.size(text) <= limit and dialect.entities(text) <= dialect.max_entities
        assert fits(dialect, text, limit) is counted
