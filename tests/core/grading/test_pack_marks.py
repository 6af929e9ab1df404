"""Answers to many questions of the pack, right ones as learners jot them down, and wrong ones."""

from __future__ import annotations

import pytest

from bot.core.content.library import Question
from bot.core.grading import Grader

RIGHT = [
    (
        "receptive-field/definition",
        "输出特征图上一个像素对应到输入的区域大小；公式 RF_l = RF_{l-1} + (k-1)*前面stride连乘",
    ),
    (
        "receptive-field/definition",
        "the input region that one output pixel depends on; each layer adds (k-1) times the product of earlier strides",
    ),
    ("residual-block/explain", "y = F(x) + x，shortcut 直连；学残差比学恒等容易，解决深了反而变差，梯度也能直通"),
    ("dropout/purpose", "训练随机失活，防过拟合，相当于很多子网络集成；测试不失活，但输出要乘 p"),
    (
        "dropout/purpose",
        "Prevents overfitting: units can't co-adapt, it's like an ensemble. At test time use all units, scaled by p.",
    ),
    ("warm-up/purpose", "开始用小学习率慢慢加上去；一开始权重是随机的，lr 太大会炸"),
    ("label-smoothing/purpose", "one-hot 变成 1-ε 和 ε/(K-1)，别让模型太自信，起正则作用"),
    ("dilated-conv/purpose", "感受野变大，不用池化，分辨率不掉，参数不增加，多用在分割"),
    (
        "dilated-conv/purpose",
        "Larger receptive field without pooling or extra parameters, keeps resolution, for segmentation.",
    ),
    ("bn-vs-ln/difference", "BN：同一通道，跨 batch；LN：同一样本，跨特征。BN 小 batch 不行，LN 无所谓"),
    ("iou-vs-giou/difference", "IoU=交/并，没交集就是 0，没梯度；GIoU 再减去外接框空白占比，没交集也能优化"),
    ("nms-vs-soft-nms/difference", "前者直接删，后者降分；密集目标后者漏得少"),
    ("nms-vs-soft-nms/difference", "NMS: score -> 0. Soft-NMS: score * (1 - IoU). Fewer misses in crowds."),
    ("one-stage-vs-two-stage/difference", "一个一步到位直接回归，快；一个先提候选再精修，准"),
    ("one-stage-vs-two-stage/difference", "one-stage 少了候选这一步，所以快但样本不平衡；two-stage 多了这步，所以准"),
    ("anchor/meaning", "预先铺好的参考框，不同大小和比例；网络预测类别和相对它的偏移"),
    (
        "anchor-based-vs-anchor-free/difference",
        "有没有预设框：前者要铺 anchor、回归偏移，超参多；后者直接预测点或到四边的距离",
    ),
    ("conv-1x1/uses", "改通道数，跨通道融合，省计算，加 ReLU 增加非线性"),
    ("transposed-conv/idea", "乘以卷积矩阵的转置，把小图放大，参数可学，用在分割和 GAN"),
    ("group-and-separable-conv/how", "group: 1/g；dw+pw: 1/N+1/k^2，先逐通道再 1x1"),
    ("conv-arithmetic/formulas", "(W-K+2P)/S+1；Cin*Cout*K*K；参数量乘 H*W"),
    ("markov-chain/definition", "下一步只看现在，不看过去；状态空间 + 转移矩阵 + 初始分布"),
    ("markov-chain/definition", "P(X_{t+1}|X_t, ..., X_0) = P(X_{t+1}|X_t)，由状态集合、转移概率、初始概率组成"),
    ("normal-distribution/definition", "高斯分布，μ 定中心，σ 定胖瘦，σ 大就矮胖，关于 μ 对称"),
    ("normal-distribution/definition", "X~N(μ,σ²)，钟形，对称轴 μ，σ 越小越尖"),
    ("total-probability-vs-bayes/difference", "全概率：由因到果，求 P(A)；贝叶斯：由果到因，求 P(B|A)"),
    ("law-of-large-numbers/definition", "n 趋于无穷时样本均值依概率收敛到期望"),
    ("law-of-large-numbers/definition", "As n grows the sample mean converges to the expected value"),
    (
        "two-stage-evolution/evolution",
        "RCNN：SS 候选 + 逐个 CNN + SVM；Fast：整图一次 CNN + RoI Pooling；Faster：RPN 出候选；FPN：多尺度特征金字塔",
    ),
    (
        "yolo-evolution/evolution",
        "v1 网格回归；v2 anchor + BN + Darknet19；v3 FPN 三尺度 + Darknet53；v4 CSP + SPP + PAN + Mosaic",
    ),
    ("visual-attention/introduce", "通道注意力 SENet，空间+通道 CBAM，自注意力 Transformer；本质是给重要特征加权"),
    ("vision-tasks/difference", "检测出框；语义逐像素分类不分个体；实例分个体出 mask；全景两者都要，背景也算"),
    ("small-object-detection/methods", "FPN、高分辨率输入、少下采样、小目标过采样、切图检测"),
    ("sample-imbalance/methods", "OHEM 挑难样本；focal loss 压低易样本；正负 1:3；GHM 看梯度密度"),
    ("long-tail/methods", "重采样（尾部多采头部少采）、重加权、BBN、数据增强"),
    ("edge-detection/definition", "找灰度突变处：一阶导极大或二阶导过零，Sobel、Canny，先高斯平滑"),
    ("mean-ap/compute", "按置信度排序，IoU>0.5 算 TP，画 PR 曲线求面积得 AP，各类平均"),
    ("yolo-vs-ssd/difference", "SSD 多尺度特征图 + anchor，YOLOv1 单尺度网格无 anchor，SSD 小目标更好"),
    ("feature-point-detection/definition", "找角点等独特的点，对旋转、尺度、光照不变，SIFT/SURF/ORB，用来匹配"),
    ("precision-recall/definitions", "精确率=TP/(TP+FP)，召回率=TP/(TP+FN)，阈值高则精确率升召回率降"),
    ("stack-and-queue/difference", "栈 LIFO，函数调用；队列 FIFO，排队"),
    ("array-vs-linked-list/difference", "数组连续、随机访问 O(1)、插删 O(n)；链表不连续、查找 O(n)、插删 O(1)"),
    ("hash-collisions/resolve", "两个 key 落到同一槽；拉链法、开放寻址、扩容 rehash"),
    ("lru-cache/design", "哈希表 + 双向链表，访问就移到头，满了删尾"),
    ("b-plus-tree/why", "矮胖，IO 少；数据都在叶子；叶子链表好做范围查询"),
    ("union-find/how", "集合合并与查询，每个集合一棵树，路径压缩 + 按秩合并，近似 O(1)"),
    ("topological-sort/kahn", "不断删入度为 0 的点，把后继入度减 1；删不完说明有环"),
    ("heap/what", "完全二叉树，父≥子；插入放末尾上浮，删顶用末尾补再下沉，O(log n)"),
    ("focal-loss/idea", "(1-p)^γ 乘在交叉熵前，易分样本权重降低，专注难样本；α 管正负"),
    ("batch-norm/how", "对 batch 求均值方差标准化，再 γβ 缩放平移，加速收敛；测试用滑动平均"),
    ("detr/idea", "Transformer 直接输出一组框，匈牙利匹配一对一，所以不用 NMS 和 anchor"),
    ("giou/definition", "IoU - (C - U)/C；不相交也有梯度；包含时退化为 IoU"),
    ("fpn/idea", "自顶向下上采样 + 横向连接，深层语义浅层细节，多层预测利于小目标"),
    ("rpn/what", "输入特征图，每个位置对 k 个 anchor 二分类并回归偏移，输出候选框"),
    ("nms/steps", "按分数排，取最高，删掉与它 IoU 大的，重复；密集时漏检"),
    ("vanishing-gradient/why", "链式法则连乘，小于 1 就消失，大于 1 就爆炸；ReLU、BN、残差、裁剪"),
    ("self-attention/how", "softmax(QK^T/√d)V，全局，权重随输入变"),
    ("senet/steps", "squeeze 全局池化，excitation 两层 fc + sigmoid，乘回去"),
    ("roi-pooling/purpose", "不同大小的 RoI 变成固定大小，分格最大池化，因为 fc 要定长"),
]


@pytest.mark.parametrize(("name", "answer"), RIGHT)
def test_a_terse_right_answer_passes(grader: Grader, questions: dict[str, Question], name: str, answer: str) -> None:
    assert grader.grade(questions[name], answer).has_passed


WRONG = [
    ("receptive-field/definition", "感受野指卷积核的大小，3x3 卷积的感受野永远是 3"),
    ("residual-block/explain", "残差模块把输出减去输入，为的是让浅层网络更容易过拟合"),
    ("residual-block/explain", "残差连接没法解决退化问题，也缓解不了梯度消失，只是把通道拼接起来"),
    (
        "residual-block/explain",
        "Residual blocks concatenate input and output, which makes the gradient vanish faster in deep nets.",
    ),
    ("dropout/purpose", "dropout 在测试时随机丢弃神经元，训练时全部保留，用来加快推理"),
    ("dropout/purpose", "dropout 会加剧过拟合，因为神经元之间更加依赖彼此"),
    ("warm-up/purpose", "warm-up 就是学习率从大到小衰减，避免后期震荡，和权重初始化没什么关系"),
    ("warm-up/purpose", "训练初期要用大学习率快速收敛，warm-up 的作用是让学习率一开始就很大"),
    ("warm-up/purpose", "Warm-up begins with a high learning rate so early training becomes unstable on purpose"),
    ("label-smoothing/purpose", "label smoothing 让模型更加自信，把正确类标签提高到 1，错误类为 0"),
    ("label-smoothing/purpose", "标签平滑不能防止过拟合，它会使模型对正确类别更确信"),
    ("dilated-conv/purpose", "空洞卷积缩小感受野，减少参数量，分辨率会下降"),
    ("dilated-conv/purpose", "空洞卷积不能扩大感受野，它必须先下采样才行"),
    (
        "dilated-conv/purpose",
        "Dilated convolution downsamples the feature map to enlarge the receptive field and adds many parameters.",
    ),
    ("bn-vs-ln/difference", "LN 在批次维度上归一化，受 batch 大小影响；BN 在单个样本内部做，与 batch 无关，常用在 RNN"),
    ("bn-vs-ln/difference", "BN 不依赖 batch size，LN 才依赖"),
    (
        "bn-vs-ln/difference",
        "BN normalises within one sample over all neurons; LN normalises one neuron over the batch.",
    ),
    ("bn-vs-ln/difference", "两者没有区别，都是对整个批次的所有样本一起归一化"),
    ("iou-vs-giou/difference", "GIoU 是交并比，不相交时为 0；IoU 引入最小外接矩形，能反映距离"),
    ("iou-vs-giou/difference", "IoU 在两框不相交时也能反映距离，GIoU 则恒为 0"),
    (
        "iou-vs-giou/difference",
        "GIoU cannot tell how far apart two boxes are, IoU can because it uses the enclosing box",
    ),
    ("nms-vs-soft-nms/difference", "soft-NMS 把重叠的框直接删除，NMS 按 IoU 降低分数"),
    ("nms-vs-soft-nms/difference", "Soft-NMS raises the score of overlapping boxes so that more are missed"),
    ("one-stage-vs-two-stage/difference", "one-stage 先生成候选区域再分类，精度高但慢；two-stage 直接回归，速度快"),
    ("one-stage-vs-two-stage/difference", "two-stage 没有候选区域，one-stage 有"),
    (
        "one-stage-vs-two-stage/difference",
        "Two-stage detectors are faster because they skip region proposals, one-stage is more accurate",
    ),
    ("anchor/meaning", "anchor 是网络最后输出的框，直接预测绝对坐标，不需要先验"),
    ("anchor/meaning", "anchor 就是真实框的中心点，网络不用预测偏移"),
    ("anchor-based-vs-anchor-free/difference", "anchor-free 预设大量锚框，anchor-based 直接预测关键点"),
    (
        "anchor-based-vs-anchor-free/difference",
        "anchor-based 没有预设框，超参数少；anchor-free 要铺很多框，正负样本不平衡",
    ),
    ("conv-1x1/uses", "1x1 卷积不能改变通道数，也不能跨通道交互，只能改变宽高"),
    ("conv-1x1/uses", "1x1 卷积用来扩大感受野，增加参数量"),
    ("transposed-conv/idea", "转置卷积就是卷积的逆运算，可以把原图像素值还原，是不可学习的下采样"),
    ("transposed-conv/idea", "Transposed convolution downsamples the feature map and has no learnable parameters"),
    ("deformable-vs-dynamic-conv/difference", "动态卷积给采样点学偏移，可变形卷积对多个核做注意力加权"),
    ("deformable-vs-dynamic-conv/difference", "可变形卷积的采样位置固定在规则网格上，动态卷积的权重固定不变"),
    ("group-and-separable-conv/how", "分组卷积把参数量增加到 g 倍，深度可分离卷积先 1x1 混合通道再逐通道卷积"),
    ("group-and-separable-conv/how", "深度卷积负责混合通道，逐点卷积负责空间滤波"),
    ("conv-arithmetic/formulas", "输出尺寸等于输入加核边长减填充；参数量等于输入通道加输出通道"),
    ("markov-chain/definition", "未来状态与过去所有状态有关，与当前状态无关"),
    ("markov-chain/definition", "马尔可夫链要求未来不仅取决于当前，还取决于全部历史"),
    (
        "markov-chain/definition",
        "A Markov chain remembers its whole history; the next state depends on all past states",
    ),
    ("normal-distribution/definition", "正态分布是离散分布，σ 越大曲线越瘦高，离 μ 越远概率越大"),
    ("normal-distribution/definition", "方差越小图像越矮胖，均值决定胖瘦"),
    ("total-probability-vs-bayes/difference", "全概率公式由果推因，贝叶斯公式由因求果"),
    (
        "total-probability-vs-bayes/difference",
        "Bayes goes from causes to effect, total probability from the effect back to the cause",
    ),
    ("law-of-large-numbers/definition", "大数定律说的是前面一直出正面，后面反面就会多起来"),
    ("law-of-large-numbers/definition", "试验次数很多时，频率会偏离概率"),
    ("two-stage-evolution/evolution", "RCNN 用 RPN，Fast RCNN 每个候选都过一次 CNN，Faster RCNN 用选择性搜索"),
    (
        "two-stage-evolution/evolution",
        "Fast RCNN 用 RPN 代替选择性搜索；Faster RCNN 引入 RoI Pooling；FPN 只用最后一层特征",
    ),
    ("yolo-evolution/evolution", "YOLOv1 用 anchor，v2 去掉 anchor，v3 只在一个尺度预测，v4 用 ResNet 做主干"),
    ("visual-attention/introduce", "注意力机制给所有特征一样的权重，SENet 是空间注意力，CBAM 只有通道注意力"),
    ("vision-tasks/difference", "语义分割区分不同个体，实例分割给背景也分类，不区分个体；全景分割只管背景"),
    ("vision-tasks/difference", "目标检测给每个像素分类，语义分割输出边框"),
    ("small-object-detection/methods", "增加下采样倍数，降低输入分辨率，去掉特征金字塔"),
    ("sample-imbalance/methods", "OHEM 挑简单样本训练，Focal Loss 提高易分样本权重，GHM 只关注离群点"),
    ("sample-imbalance/methods", "Focal Loss 增大简单样本的损失，OHEM 丢掉损失大的样本"),
    ("long-tail/methods", "对头部类过采样，对尾部类欠采样，给头部类更大的权重"),
    ("edge-detection/definition", "边缘检测是找图像里灰度平坦的区域，用池化实现"),
    ("mean-ap/compute", "mAP 是所有图片准确率的平均，跟 PR 曲线没有关系"),
    ("yolo-vs-ssd/difference", "YOLOv1 在多张特征图上用 anchor 预测，SSD 只在一张 7×7 网格上直接回归"),
    ("feature-point-detection/definition", "特征点是灰度平坦、到处都一样的点，一旋转就会变"),
    ("hash-collisions/resolve", "哈希冲突是同一个键映射到两个位置，没法解决"),
    ("stack-and-queue/difference", "栈先进先出，队列后进先出"),
    ("array-vs-linked-list/difference", "链表支持 O(1) 随机访问，数组插入删除是 O(1)"),
    ("focal-loss/idea", "Focal Loss 提高易分样本的权重，让模型专注于简单样本"),
    ("batch-norm/how", "BN 用单个样本所有神经元的均值方差做标准化，没有可学习参数"),
    ("precision-recall/definitions", "精确率是真值里被找到的比例，召回率是预测里对的比例"),
    ("pan/vs-fpn", "PAN 只有自顶向下，FPN 再加自底向上"),
    ("quicksort-vs-mergesort/difference", "快排稳定，需要 O(n) 额外空间；归并不稳定，原地"),
    ("nms/steps", "按分数从低到高排序，保留重叠大的框"),
]


@pytest.mark.parametrize(("name", "answer"), WRONG)
def test_a_wrong_answer_does_not_pass(grader: Grader, questions: dict[str, Question], name: str, answer: str) -> None:
    assert grader.grade(questions[name], answer).fraction <= 0.5


DENIED = [
    ("iou/definition", "IoU is not zero when two boxes do not overlap"),
    ("residual-block/explain", "The shortcut does not add the input to the output"),
    ("residual-block/explain", "Residual blocks do not solve degradation and don't ease vanishing gradients"),
    ("dropout/purpose", "Dropout doesn't prevent overfitting and doesn't drop neurons during training"),
    ("dilated-conv/purpose", "It doesn't enlarge the receptive field and can't keep the resolution"),
    ("bn-vs-ln/difference", "BN does not depend on the batch size"),
    ("bn-vs-ln/difference", "LN is not independent of the batch size"),
    ("nms-vs-soft-nms/difference", "Soft-NMS does not lower the scores, NMS never removes boxes"),
    ("one-stage-vs-two-stage/difference", "One-stage is not faster, two-stage isn't more accurate"),
    ("anchor/meaning", "Anchors are not predefined boxes and the network does not predict offsets"),
    ("conv-1x1/uses", "1x1 conv can't change the number of channels and doesn't mix channels"),
    ("transposed-conv/idea", "It is not an upsampling and has no learnable weights"),
    ("markov-chain/definition", "The next state does not depend only on the current state but on the whole history"),
    ("markov-chain/definition", "未来状态不只与当前状态有关"),
    ("normal-distribution/definition", "正态分布不由均值和方差决定，也不关于均值对称"),
    ("law-of-large-numbers/definition", "样本再多，均值也不会接近期望"),
    ("law-of-large-numbers/definition", "样本多了均值也未必收敛到期望"),
    (
        "law-of-large-numbers/definition",
        "The sample mean never converges to the expectation no matter how many samples",
    ),
    ("warm-up/purpose", "warm-up 不是让学习率从小变大，对训练稳定性也没有帮助"),
    ("label-smoothing/purpose", "标签平滑并没有软化标签，也不是正则化"),
    ("vision-tasks/difference", "语义分割并不给每个像素分类，实例分割也不区分个体"),
    ("iou-vs-giou/difference", "GIoU 没有用最小外接框，不相交时照样没有梯度"),
    ("deformable-vs-dynamic-conv/difference", "可变形卷积没有学偏移，动态卷积也不对卷积核加权"),
    ("anchor-based-vs-anchor-free/difference", "anchor-based 并不预设参考框，anchor-free 也不是直接预测关键点"),
    ("two-stage-evolution/evolution", "Faster RCNN 没有用 RPN，Fast RCNN 没有用 RoI Pooling"),
    ("sample-imbalance/methods", "OHEM 不是挑难样本，Focal Loss 也不降低易分样本的权重"),
    ("edge-detection/definition", "边缘检测不看灰度变化，也不用梯度"),
    ("total-probability-vs-bayes/difference", "全概率公式不是由因求果，贝叶斯也不是由果推因"),
    ("receptive-field/definition", "感受野不是输入图像上的区域，跟输出的点没关系"),
    ("group-and-separable-conv/how", "分组卷积没有把通道分组，参数量也没有降到 1/g"),
    ("mean-ap/compute", "mAP 不对各类别取平均，AP 也不是 PR 曲线下的面积"),
    ("yolo-evolution/evolution", "YOLOv2 没有引入 anchor，YOLOv3 没有多尺度预测"),
    ("visual-attention/introduce", "SENet 不是通道注意力，CBAM 没有空间注意力"),
    ("small-object-detection/methods", "不用特征金字塔，不放大输入图像"),
    ("long-tail/methods", "不对尾部过采样，也不给尾部更大的权重"),
]


@pytest.mark.parametrize(("name", "answer"), DENIED)
def test_a_denial_of_what_is_right_earns_next_to_nothing(
    grader: Grader, questions: dict[str, Question], name: str, answer: str
) -> None:
    assert grader.grade(questions[name], answer).fraction <= 0.25
