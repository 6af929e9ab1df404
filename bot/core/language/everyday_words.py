"""Everyday words: what is one of them is nobody's slip of the keyboard, and is not broken up by a mend."""

EVERYDAY = frozenset([
    "每个", "一个", "各个", "这个", "几个", "多个", "整个", "单个", "直接", "接近", "存在", "只有", "一眼", "一次",
    "多次", "部分", "位置", "状态", "数据", "数量", "方向", "中心", "依次", "重要", "相连", "例如", "关系", "变化",
    "高于", "低于", "大于", "小于", "等于", "对于", "由于", "用于", "关于", "同时", "时候", "以及", "没有", "具有",
    "所有", "进行", "使用", "利用", "通过", "经过", "超过", "必须", "步骤", "整体", "整张", "一般", "一样", "一直",
    "一起", "一种", "一定", "同样", "这样", "怎样", "应该", "可以", "能够", "需要", "因此", "所以", "因为", "但是",
    "如果", "然后", "最后", "以后", "之后", "之前", "之间", "其中", "其他", "其实", "实际", "实现", "事先", "首先",
    "先后", "图片", "好像", "比例", "公式", "方式", "形式", "统计", "计算", "意思", "注意", "容易", "简单", "困难",
    "目标", "背景", "单位", "记录", "距离", "独立", "事件", "结果", "原因", "学习", "训练", "长度", "宽度", "高度",
    "速度", "角度", "程度", "延长", "增长", "形成", "组成", "成为", "分之", "可疑", "同一", "另一", "往上", "越多",
    "越少", "倒数", "不同", "不能", "先在", "两段", "三段", "分别", "区别", "特别", "个别", "分成", "分为", "认为",
    "作为", "称为", "变为", "whose", "there", "their", "these", "where", "which", "while", "those", "other", "every",
    "after", "under", "still", "first", "about", "above", "again", "among", "being", "below", "could", "should",
    "would", "great", "large", "small", "since", "until", "using", "value", "place", "point", "right", "wrong",
    "start", "state", "thing", "think", "three", "times", "write", "years",
])  # fmt: skip
"""Chinese words of two characters and English ones of five letters or more; those of a field stand in its lexicon."""
