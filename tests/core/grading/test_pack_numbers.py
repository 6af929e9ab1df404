"""Numbers as learners write them, over many questions of the pack: which one is the result."""

from __future__ import annotations

import pytest

from bot.core.content.library import Question
from bot.core.grading import Grader

RIGHT = [
    ("anchor-count/small", "16×3+4×3+1×3=63"),
    ("anchor-count/small", "(16+4+1)*3，也就是 63"),
    ("conv-params/compute", "3*3*64*128 等于 73728"),
    ("conv-params/compute", "73,728"),
    ("rpn/channels", "4 个坐标乘 9 个 anchor，36"),
    ("rpn/channels", "9×4，36 个数"),
    ("nms/how-many", "B 被 A 压掉，剩下 A 和 C，共 2 个"),
    ("yolov3/boxes", "(169+676+2704)×3=10647"),
    ("yolov3/boxes", "13*13*3 + 26*26*3 + 52*52*3"),
    ("precision-recall/value", "精确率 6/8，召回率 6/10"),
    ("focal-loss/factor", "(1-0.9)^2 = 0.01"),
    ("focal-loss/factor", "百分之一"),
    ("ghm/beta", "1000/5000=0.2"),
    ("ghm/beta", "密度是 500/0.1=5000，权重是 1000/5000，即 0.2"),
    ("soft-nms/score", "0.8×(1-0.7)=0.24"),
    ("soft-nms/score", "IoU 0.7 大于 0.5，所以分数变成 0.24"),
    ("dropout/scaling", "乘 0.8，得 4"),
    ("batch-norm/compute", "均值 3，(3-3)/σ=0，0*2+1=1"),
    ("batch-norm/compute", "均值是 3，方差是 2，标准化后是 0，再乘 2 加 1，结果为 1"),
    ("layer-norm/compute", "均值 3，标准差 2，(5-3)/2=1"),
    ("panoptic-segmentation/pq", "1.4/(2+0.5+0.5)=0.467"),
    ("panoptic-segmentation/pq", "分子 1.4，分母 3，约 0.47"),
    ("vanishing-gradient/sigmoid", "0.25 的 5 次方，约 0.00098"),
    ("vanishing-gradient/sigmoid", "0.25^5"),
    ("vanishing-gradient/sigmoid", "4^-5"),
    ("feature-scaling/min-max", "(20-10)/(50-10)=0.25"),
    ("feature-scaling/min-max", "四分之一"),
    ("heap/children", "2*5+2=12"),
    ("heap/children", "左孩子 11，右孩子 12"),
    ("heap/children", "右孩子 12，左孩子 11"),
    ("b-plus-tree/height", "1000×1000×20=2000 万"),
    ("b-plus-tree/height", "两千万"),
    ("topological-sort/count", "2 种：1 2 3 4 和 1 3 2 4"),
    ("topological-sort/count", "1,2,3,4 或 1,3,2,4，一共两种"),
    ("union-find/groups", "{1,2,3,4} {5,6} {7} {8}，4 组"),
    ("union-find/groups", "剩 4 组"),
    ("array-vs-linked-list/address", "1000+25*4=1100"),
    ("search-trees/worst-height", "退化成链，15 层"),
    ("quicksort-vs-mergesort/comparisons", "log2(8)=3"),
    ("quicksort-vs-mergesort/comparisons", "8->4->2->1，三层"),
    ("hash-collisions/probe", "5"),
    ("hash-collisions/probe", "3 被占，4 也被占，放到 5"),
    ("markov-chain/two-steps", "0.9*0.9+0.1*0.5=0.86"),
    ("markov-chain/two-steps", "正常→正常→正常 0.81，正常→故障→正常 0.05，加起来 0.86"),
    ("transition-matrix/two-steps", "0.7×0.3+0.3×0.6=0.39"),
    ("transition-matrix/two-steps", "0.21+0.18"),
    ("total-probability-vs-bayes/factories", "0.008/0.014=4/7"),
    ("total-probability-vs-bayes/factories", "甲 3/7，乙 4/7"),
    ("bayes-theorem/positive", "大约六分之一"),
    ("bayes-theorem/positive", "1/6 左右，因为大多数阳性是健康人误检的"),
    ("normal-distribution/three-sigma", "约 95%"),
    ("normal-distribution/three-sigma", "68% 是 1σ，95% 是 2σ，99.7% 是 3σ，所以 95%"),
    ("jokers-in-one-hand/probability", "一张王固定，另一张在剩下 53 个位置中有 8 个和它同份，所以 8/53"),
    ("coin-after-heads/three-heads", "1/(3+2)=1/5"),
    ("broken-stick/triangle", "每段都不超过一半，面积占 1/4"),
    ("broken-stick/triangle", "x<1/2, y<1/2, x+y>1/2, so 1/4"),
    ("bus-stop/number", "1-0.8^3=0.488"),
    ("bus-stop/number", "没车 0.8^3=0.512，有车 0.488"),
    ("soldier-two-hits/kill", "x+y>=15，面积 12.5/100"),
    ("soldier-two-hits/integers", "满足的有 21 种，总共 121 种，21/121"),
    ("soldier-two-hits/integers", "21 / 121 ≈ 17.4%"),
    ("deformable-conv/offset-channels", "2×9=18"),
    ("deformable-conv/offset-channels", "3*3 个点每个两个方向，18"),
    ("bbn/alpha", "1-0.25=0.75"),
    ("resampling/square-root", "10/(30+10)=1/4"),
    ("reweighting/ratio", "1000/50，20 倍"),
    ("cbam/spatial-input", "2 个，平均和最大各一个"),
    ("cbam/spatial-input", "平均池化和最大池化各 1 个，共 2 个"),
    ("sift/neighbours", "8+9+9=26"),
    ("sift/neighbours", "同层 8 个，上下两层各 9 个，共 26"),
    ("harris-corner/response", "50-0.04*225=41"),
    ("harris-corner/response", "det=50，trace=15，R=50-0.04×15^2=41"),
    ("small-object-detection/cells", "16/32，半格"),
    ("small-object-detection/cells", "半格"),
    ("diou/nested", "1/4 - 2/32 = 3/16"),
    ("diou/nested", "0.1875"),
    ("giou/disjoint", "-0.333"),
    ("iou-vs-giou/compute-both", "1/7-2/9=-5/63"),
    ("iou-vs-giou/compute-both", "IoU=1/7，C=9，空白 2，GIoU=-0.079"),
    ("iou/compute", "交 1 并 7，1/7"),
    ("receptive-field/with-pooling", "3，4，8"),
    ("receptive-field/with-pooling", "第一层 3，池化后 4，再 3x3 加 2×2=4，最后 8"),
    ("anchor/decode", "100+0.2*50=110"),
    ("anchor/decode", "往右移 10，到 110"),
    ("hard-negative-mining/count", "20×3=60"),
    ("hard-negative-mining/count", "60 个负样本"),
    ("warm-up/linear", "0.1/5=0.02"),
    ("label-smoothing/value", "0.1/4=0.025"),
    ("fc-vs-conv-norm/statistics", "8×10×10=800"),
    ("yolov1/output", "7*7*30=1470"),
    ("yolov1/output", "7×7×(2×5+20)"),
    ("yolov2/channels", "5*(5+20)=125"),
    ("ssd/channels", "4×(21+4)=100"),
    ("spp/channels", "512*4=2048"),
    ("senet/parameters", "256*16*2=8192"),
    ("dilated-conv/effective-kernel", "3+(3-1)*(2-1)=5"),
    ("dilated-conv/stacked-field", "3，7，15"),
    ("encoder-decoder/four-poolings", "2^4=16"),
    ("transposed-conv/output-size", "(4-1)*2-2+4=8"),
    ("atss/threshold", "0.42"),
    ("conv-output-size/same-padding", "(7-1)/2=3"),
    ("conv-output-size/same-padding", "p=3"),
    ("depthwise-separable-conv/ratio", "1/N+1/K^2"),
    ("depthwise-separable-conv/ratio", "1/N 加 1/K²"),
    ("conv-output-size/compute", "15.5 then 向下取整 15"),
    ("giou/disjoint", "负三分之一"),
    ("giou/disjoint", "负的三分之一"),
    ("giou/disjoint", "minus one third"),
    ("iou-vs-giou/compute-both", "负 63 分之 5"),
    ("bottleneck/parameters", "6.96 万"),
    ("b-plus-tree/height", "2 千万"),
    ("b-plus-tree/height", "2000 万行"),
    ("coin-after-heads/probability", "1e-8"),
    ("coin-after-heads/probability", "约等于 0.00000001"),
    ("soldier-two-hits/kill", "如果连续是 1/8，如果是整数是 21/121"),
    ("soldier-two-hits/kill", "如果伤害连续，概率 1/8；如果整数，21/121"),
    ("soldier-two-hits/kill", "连续的话 1/8，整数的话 21/121"),
    ("soldier-two-hits/integers", "如果是连续的就是1/8，如果整数就是21/121"),
    ("conv-output-size/compute", "(32-5+2)/2+1，等于 15"),
    ("conv-output-size/compute", "(32-5+2)/2 = 14.5，取 14，加 1 得 15"),
    ("receptive-field/three-3x3", "三个 3×3 等于一个 7×7"),
    ("receptive-field/three-3x3", "每层加 2：3、5、7，所以是 7"),
    ("anchor-count/ssd300", "38*38*4+19*19*6+10*10*6+25*6+9*4+4 = 8732"),
    ("atss/threshold", "均值加标准差，0.3+0.12"),
    ("nms/how-many", "A 留下，B 和 A 的 IoU 0.6 被删，C 0.2 留下，剩 2 个"),
    ("nms/how-many", "2 个，A 和 C"),
    ("precision-recall/value", "召回率 = 6/10，精确率 = 6/8"),
    ("precision-recall/value", "6/10；精确率才是 6/8"),
    ("dropout/scaling", "5 × 0.8 = 4"),
    ("two-boxes/placement", "箱一 1 红，箱二 49 红 50 蓝，结果 1/2*(1+49/99)"),
    ("bayes-theorem/positive", "先算阳性 0.0099+0.0495=0.0594，再 0.0099/0.0594≈16.7%"),
    ("fpn/level", "P3"),
    ("fpn/level", "4 + log2(112/224) = 3"),
]


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_the_result_is_found_among_other_numbers(
    grader: Grader, questions: dict[str, Question], name: str, answer: str
) -> None:
    assert grader.grade(questions[name], answer).fraction == 1.0


NO_PASS = [
    ("anchor-count/small", "每张图 3 个，一共 9 个"),
    ("nms/how-many", "3 个都留下"),
    ("nms/how-many", "只剩 1 个"),
    ("precision-recall/value", "6/8"),
    ("focal-loss/factor", "0.1"),
    ("soft-nms/score", "0.56"),
    ("dropout/scaling", "5"),
    ("dropout/scaling", "要除以 0.8，是 6.25"),
    ("heap/children", "11"),
    ("union-find/groups", "3 组"),
    ("array-vs-linked-list/address", "1096"),
    ("search-trees/worst-height", "4"),
    ("total-probability-vs-bayes/factories", "乙 3/7"),
    ("bayes-theorem/positive", "99%"),
    ("jokers-in-one-hand/probability", "1/6"),
    ("coin-after-heads/three-heads", "1/2"),
    ("broken-stick/triangle", "1/2"),
    ("bus-stop/number", "没车的概率 0.512"),
    ("deformable-conv/offset-channels", "9"),
    ("giou/disjoint", "0"),
    ("depthwise-separable-conv/ratio", "1/(N+K^2)"),
    ("two-boxes/placement", "一个箱子只放 1 个红球，其余放另一个"),
    ("bus-stop/three-minutes", "用 1 减去三分钟都没有车的概率"),
    ("soldier-two-hits/kill", "两次之和 ≥15 的面积比"),
    ("broken-stick/triangle", "两边之和大于第三边，每段都小于一半，画面积"),
    ("giou/disjoint", "三分之一"),
    ("jokers-in-one-hand/probability", "先固定一张王，再看另一张落在同一份剩下的位置里的机会"),
    ("two-boxes/placement", "剩下 49 红 50 蓝放另一个箱子，这一个只放 1 个红球"),
]
"""Wrong results, and right methods that name no result."""


@pytest.mark.parametrize(("name", "answer"), NO_PASS)
def test_without_the_right_result_there_is_no_pass(
    grader: Grader, questions: dict[str, Question], name: str, answer: str
) -> None:
    assert grader.grade(questions[name], answer).fraction <= 0.5


SWAPPED_CONDITIONS = [
    ("soldier-two-hits/kill", "如果连续是 21/121，如果是整数是 1/8"),
    ("soldier-two-hits/integers", "如果整数是 1/8，如果连续是 21/121"),
    ("soldier-two-hits/kill", "连续的话 21/121，整数的话 1/8"),
]


@pytest.mark.parametrize(("name", "answer"), SWAPPED_CONDITIONS)
def test_a_value_counts_under_its_own_condition(
    grader: Grader, questions: dict[str, Question], name: str, answer: str
) -> None:
    assert grader.grade(questions[name], answer).fraction <= 0.5


METHODS_ONLY = [
    ("two-boxes/placement", "一个箱子只放 1 个红球，其余放另一个"),
    ("bus-stop/three-minutes", "用 1 减去三分钟都没有车的概率"),
    ("broken-stick/triangle", "两边之和大于第三边，每段都小于一半，画面积"),
    ("soldier-two-hits/kill", "两次之和 ≥15 的面积比"),
]


@pytest.mark.parametrize(("name", "answer"), METHODS_ONLY)
def test_a_method_without_a_result_says_that_it_is_missing(
    grader: Grader, questions: dict[str, Question], name: str, answer: str
) -> None:
    grade = grader.grade(questions[name], answer)
    assert grade.reason == "no-value"
    assert 0.0 < grade.fraction <= 0.5
