"""Who somebody is: the first meeting, their language, one record on two platforms, their own data."""

from bot.core.chat.option import Label, OneOf, Text
from bot.features.feature import Feature, Served, tap
from bot.features.people import linking, personal_data, speaking, welcoming
from bot.features.people.buttons import AskTopics, AskZone, Begin

CODE = Text(Label("code", "绑定码", "綁定碼"), Label("the other side's code", "另一边给的码", "另一邊給的碼"))
LANGUAGE = OneOf(
    Label("language", "语言", "語言"),
    Label("what the tutor speaks", "导师说什么语言", "導師說什麼語言"),
    (("zh", Label("Chinese", "中文", "中文")), ("en", Label.same("English"))),
)

FEATURE = Feature(
    commands=(
        Served(
            Label("privacy", "隐私", "隱私"),
            Label("what is stored, and why", "存了哪些数据、为什么", "存了哪些資料、為什麼"),
            rank=230,
            act=lambda turn, _: personal_data.privacy(turn),
        ),
        Served(
            Label("export", "导出", "匯出"),
            Label("get all your data as files", "导出你的全部数据", "匯出你的全部資料"),
            rank=240,
            act=lambda turn, _: personal_data.export(turn),
        ),
        Served(
            Label("forget", "注销", "註銷"),
            Label("erase all your data", "删除你的全部数据", "刪除你的全部資料"),
            rank=250,
            aliases=("删除数据",),
            act=personal_data.forget,
        ),
        Served(
            Label("link", "绑定", "綁定"),
            Label("one record on two platforms", "两个平台合成一份记录", "綁定另一個平台上的你"),
            rank=260,
            usage=Label.same("ABCD2345"),
            options=(CODE,),
            act=linking.link,
        ),
        Served(
            Label("unlink", "解绑", "解綁"),
            Label("part this platform's account again", "把这个平台的账号分出来", "把這個帳號分出來"),
            rank=270,
            act=lambda turn, _: linking.unlink(turn),
        ),
        Served(
            Label("language", "语言", "語言"),
            Label("switch language / 切换语言", "切换语言 / switch language", "切換語言 / switch language"),
            rank=330,
            usage=Label.same("zh | en"),
            options=(LANGUAGE,),
            act=speaking.speak,
        ),
        Served(
            Label("start", "开始", "開始"),
            Label("begin", "从头开始", "從頭開始"),
            rank=340,
            act=welcoming.start,
        ),
    ),
    taps=(
        tap(AskZone, lambda turn, it: welcoming.ask_zone(turn, it.wishes)),
        tap(AskTopics, lambda turn, it: welcoming.ask_topics(turn, it.wishes)),
        tap(Begin, lambda turn, it: welcoming.finish(turn, it.wishes)),
    ),
)
