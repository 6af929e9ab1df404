"""Answers to many questions of the pack, by the form they take: terse, joined, elliptic, listed."""

from __future__ import annotations

import pytest

from bot.core.content.library import Question
from bot.core.grading import Grader

LONE_CHARACTERS = [
    ("one-stage-vs-two-stage/difference", "one-stage快，two-stage准", 0.3, 1),
    ("iou-vs-giou/difference", "IoU不相交为0，GIoU看外接框", 0.5, 1),
    ("precision-recall/definitions", "阈值高，精确率升，召回率降", 0.2, 0.6),
    ("normal-distribution/definition", "σ大胖，σ小瘦", 0.2, 0.6),
    ("nms-vs-soft-nms/difference", "NMS删，soft-NMS降", 0.3, 1),
    ("bn-vs-ln/difference", "BN 竖着，LN 横着", 0, 1),
    ("stack-and-queue/difference", "栈后进先出，队列先进先出", 0.6, 1),
]
LISTS = [
    ("markov-chain/definition", "未来状态只依赖于当前状态，与历史无关，由状态空间、转移矩阵、初始分布组成", 0.9, 1),
    ("normal-distribution/definition", "正态分布 期望 方差 对称 胖 瘦", 0, 0.25),
    ("conv-1x1/uses", "升维，降维，跨通道融合，加非线性，省参数", 0.9, 1),
    ("sample-imbalance/methods", "OHEM、Focal Loss、GHM、难负样本挖掘、ATSS", 0.3, 0.8),
    ("small-object-detection/methods", "特征金字塔、少下采样、放大输入、复制小目标、上下文", 0.6, 1),
    ("long-tail/methods", "过采样、欠采样、重加权、BBN、解耦、数据增强", 0.3, 0.8),
    ("dropout/purpose", "随机丢神经元，防过拟合，像集成，测试全用，要缩放", 0.8, 1),
    (
        "edge-detection/definition",
        "edges are where intensity changes, use gradient, Sobel, Canny, smooth first",
        0.6,
        1,
    ),
    ("vanishing-gradient/why", "BN、残差、ReLU、梯度裁剪、好的初始化", 0.1, 0.5),
    ("yolov4/improvements", "CSPDarkNet53, SPP, PAN, Mosaic, CIoU, Mish", 0.2, 0.9),
    ("nms/steps", "sort by score, keep the top box, drop overlaps, repeat, misses close objects", 0.8, 1),
    ("dilated-conv/purpose", "空洞率、感受野、分辨率不变、无池化、采样点、语义分割", 0, 0.25),
    ("bn-vs-ln/difference", "BN LN 批次 通道 样本 均值 方差 RNN CNN", 0, 0.25),
    ("receptive-field/definition", "感受野 输入 输出 区域 步长 k-1", 0, 0.25),
    ("law-of-large-numbers/definition", "样本 均值 期望 收敛 频率 概率 对 大量", 0, 0.25),
    ("dropout/purpose", "神经元 随机 丢弃 过拟合 集成 对 测试 缩放", 0, 0.25),
]
JOINED_BY_AND = [
    ("bn-vs-ln/difference", "BN normalises over the batch and LN over the features", 0.6, 1),
    ("nms-vs-soft-nms/difference", "NMS removes overlapping boxes and soft-NMS lowers their scores", 0.6, 1),
    (
        "one-stage-vs-two-stage/difference",
        "two-stage proposes regions first and one-stage predicts boxes directly",
        0.6,
        1,
    ),
    (
        "total-probability-vs-bayes/difference",
        "total probability goes from cause to effect and Bayes from effect to cause",
        0.8,
        1,
    ),
    (
        "one-stage-vs-two-stage/difference",
        "one-stage proposes regions first and two-stage predicts boxes directly",
        0,
        0.25,
    ),
    ("nms-vs-soft-nms/difference", "soft-NMS removes overlapping boxes and NMS lowers their scores", 0, 0.25),
    ("bn-vs-ln/difference", "BN and LN both normalise over the batch", 0, 0.5),
    ("stack-and-queue/difference", "a stack is last in first out and a queue is first in first out", 0.6, 1),
    (
        "deformable-vs-dynamic-conv/difference",
        "deformable conv learns offsets for sampling points and dynamic conv weights several kernels by attention",
        0.6,
        1,
    ),
    ("nms-vs-soft-nms/difference", "NMS 把重叠框删掉和 soft-NMS 降低分数", 0.6, 1),
]
POLARITY = [
    ("yolov3/improvements", "用 sigmoid 不用 softmax", 0.2, 1),
    ("yolov3/improvements", "别用 softmax，用 sigmoid", 0.2, 1),
    ("iou-vs-giou/difference", "when two boxes don't touch the loss has no gradient", 0.3, 1),
    ("iou/definition", "when the boxes don't overlap there is no gradient", 0.2, 1),
    ("one-stage-vs-two-stage/difference", "区别就是有没有候选区域这一步：one-stage 没有，two-stage 有", 0.6, 1),
    ("vision-tasks/difference", "实例分割和语义分割的差别在有没有区分个体：实例分割区分，语义分割不区分", 0.3, 1),
    ("yolo-vs-ssd/difference", "看有没有用 anchor：SSD 用，YOLOv1 没用", 0.5, 1),
    ("fast-rcnn/improvements", "用 softmax 不用 SVM", 0.2, 1),
    ("pan/vs-fpn", "别只自顶向下，再加一条自底向上的路", 0.5, 1),
    ("dilated-conv/purpose", "别用池化，扩大感受野", 0.6, 1),
    ("fast-rcnn/improvements", "别再用 SVM，改成 softmax", 0.2, 1),
    ("nms-vs-soft-nms/difference", "两者差在删不删框：NMS 删，soft-NMS 只降低分数", 0.6, 1),
]
ELLIPSES = [
    ("one-stage-vs-two-stage/difference", "Two-stage proposes regions first. One-stage does not.", 0.6, 1),
    ("one-stage-vs-two-stage/difference", "two-stage 有候选区域，one-stage没有", 0.6, 1),
    ("bn-vs-ln/difference", "BN 依赖 batch，LN 不", 0.2, 0.5),
    ("bn-vs-ln/difference", "BN depends on the batch size, LN doesn't", 0.2, 0.5),
    ("anchor-based-vs-anchor-free/difference", "anchor-based 要预设框，anchor-free 不用", 0.6, 1),
    ("vision-tasks/difference", "实例分割区分个体，语义分割不", 0.5, 1),
    ("yolo-vs-ssd/difference", "SSD 用 anchor，YOLOv1 没有", 0.5, 1),
    ("instance-segmentation/versus-semantic", "实例分割区分同类个体，语义分割不区分", 0.5, 1),
    ("bn-vs-ln/difference", "LN 依赖 batch，BN 不", 0, 0.25),
    ("one-stage-vs-two-stage/difference", "one-stage 有候选区域，two-stage没有", 0, 0.25),
    ("pan/vs-fpn", "PAN 有自底向上的路径，FPN 没有", 0.3, 1),
    ("yolo-vs-ssd/difference", "SSD uses anchors, YOLOv1 does not.", 0.3, 1),
    ("bn-vs-ln/difference", "LN 与批次大小无关，BN 不是", 0.1, 1),
    ("one-stage-vs-two-stage/difference", "two-stage 会先提候选区域，one-stage 不会", 0.5, 1),
    ("one-stage-vs-two-stage/difference", "one-stage 没有候选区域，two-stage 有", 0.5, 1),
    ("one-stage-vs-two-stage/difference", "two-stage 没有候选区域，one-stage 有", 0, 0.25),
]
EMBEDDED_QUESTIONS = [
    ("deformable-vs-dynamic-conv/difference", "可变形卷积学偏移，动态卷积看输入决定怎么加权", 0.6, 1),
    ("dynamic-conv/idea", "用注意力决定怎么给几个卷积核加权", 0.4, 1),
    ("anchor/meaning", "预设的框，网络预测里面是什么", 0.3, 1),
    ("residual-block/explain", "它是怎么解决退化的呢", 0, 0),
    ("focal-loss/idea", "降低简单样本的权重，γ决定降多少", 0.3, 1),
    ("receptive-field/definition", "输出上一个点能看到输入的哪块区域", 0.4, 1),
    ("rpn/what", "对每个 anchor 判断里面是什么，前景还是背景，再回归偏移量", 0.3, 1),
    ("dynamic-conv/idea", "动态卷积会怎样给卷积核加权呢", 0, 0),
]


@pytest.mark.parametrize(
    ("name", "answer", "least", "most"),
    [*LONE_CHARACTERS, *LISTS, *JOINED_BY_AND, *POLARITY, *ELLIPSES, *EMBEDDED_QUESTIONS],
)
def test_an_answer_earns_what_it_says_in_whatever_form(
    grader: Grader, questions: dict[str, Question], name: str, answer: str, least: float, most: float
) -> None:
    assert least <= grader.grade(questions[name], answer).fraction <= most
