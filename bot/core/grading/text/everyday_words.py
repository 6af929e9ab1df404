"""Everyday words: what is one of them is nobody's slip of the keyboard, and is not broken up by a mend."""

from __future__ import annotations

_CHINESE = """
每个 一个 各个 这个 几个 多个 整个 单个 直接 接近 特征 存在 只有 一眼 一次 多次 部分 位置 网格 格子
语义 状态 样本 采样 数据 数量 前向 反向 方向 重心 中心 像素 方框 测试 依次 重要 连接 相连 例如 因果
关系 变化 高于 低于 大于 小于 等于 对于 由于 用于 关于 导数 常数 参数 系数 指数 函数 同时 时候 以及
没有 具有 所有 进行 使用 利用 通过 经过 超过 必须 步子 步骤 整体 整张 一般 一样 一直 一起 一种 一定
同样 这样 怎样 应该 可以 能够 需要 因此 所以 因为 但是 如果 然后 最后 以后 之后 之前 之间 其中 其他
其实 实际 实现 事先 首先 先后 图像 图片 好像 倍数 序列 队列 排列 比例 分支 分值 公式 方式 形式 输入
输出 统计 计算 预测 检测 意思 注意 容易 简单 困难 目标 背景 前景 边缘 位移 单位 记录 距离 概率 期望
独立 事件 结果 原因 先验 后验 学习 训练 深度 长度 宽度 高度 速度 精度 尺度 梯度 角度 程度 密度 步长
延长 增长 生成 形成 组成 成为 分之 分层 可疑 插值 同一 另一 往上 越多 越少 倒数 不同 不能 转置 先在
两段 三段 分别 区别 类别 识别 特别 个别 分成 分为 认为 作为 称为 变为
"""
_ENGLISH = """
whose there their these where which while those other every after under still first about above
again among being below could should would great large small since until using value model layer
input learn place point right wrong start state class score their thing think three times train
under write years
"""
COMMON = frozenset(_CHINESE.split())
"""Chinese words of two characters."""
USUAL = frozenset(_ENGLISH.split())
"""English words of five letters or more."""
