BEGIN TRANSACTION;
CREATE TABLE account (
	id INTEGER NOT NULL, 
	learner_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	user_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(learner_id) REFERENCES learner (id), 
	UNIQUE (platform, user_id)
);
INSERT INTO "account" VALUES(1,1,'console','ann','ann');
INSERT INTO "account" VALUES(2,2,'telegram','bob','bob');
CREATE TABLE address (
	id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	thread VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (platform, chat, thread)
);
INSERT INTO "address" VALUES(1,'console','ann','');
INSERT INTO "address" VALUES(2,'telegram','bob','');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	learner_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	delivery_id INTEGER NOT NULL, 
	question_id VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	sent_at DATETIME NOT NULL, 
	study_day DATE NOT NULL, 
	aids VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES account (id), 
	FOREIGN KEY(delivery_id) REFERENCES delivery (id), 
	FOREIGN KEY(learner_id) REFERENCES learner (id)
);
INSERT INTO "attempt" VALUES(1,2,2,2,'jokers-in-one-hand/probability','固定大王，小王剩 53 个位置，其中 8 个合适，8/53','2026-11-24 00:00:08.000000','2026-11-24','');
CREATE TABLE award (
	attempt_id INTEGER NOT NULL, 
	learner_id INTEGER NOT NULL, 
	group_id INTEGER, 
	delivery_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	points INTEGER NOT NULL, 
	is_quotable BOOLEAN NOT NULL, 
	PRIMARY KEY (attempt_id), 
	FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	FOREIGN KEY(learner_id) REFERENCES learner (id), 
	FOREIGN KEY(group_id) REFERENCES study_group (id), 
	FOREIGN KEY(delivery_id) REFERENCES delivery (id), 
	UNIQUE (delivery_id, learner_id)
);
CREATE TABLE "card" (
	learner_id INTEGER NOT NULL, 
	question_id VARCHAR NOT NULL, 
	stability FLOAT NOT NULL, 
	difficulty FLOAT NOT NULL, 
	due DATE NOT NULL, 
	last_review DATE NOT NULL, 
	state INTEGER NOT NULL, 
	reps INTEGER NOT NULL, 
	lapses INTEGER NOT NULL, 
	has_failed BOOLEAN NOT NULL, 
	is_retired BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (learner_id, question_id), 
	FOREIGN KEY(learner_id) REFERENCES learner (id)
);
INSERT INTO "card" VALUES(2,'jokers-in-one-hand/probability',2.3065,2.11810397045901588342e+00,'2026-11-26','2026-11-24',2,1,0,0,0);
CREATE TABLE contest (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	learner_id INTEGER NOT NULL, 
	attempt_id INTEGER, 
	subject VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	state VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	FOREIGN KEY(learner_id) REFERENCES learner (id), 
	UNIQUE (attempt_id)
);
CREATE TABLE conversation (
	address_id INTEGER NOT NULL, 
	learner_id INTEGER NOT NULL, 
	delivery_id INTEGER, 
	concept_id VARCHAR NOT NULL, 
	choices TEXT NOT NULL, 
	last_text TEXT NOT NULL, 
	aids VARCHAR NOT NULL, 
	at DATETIME NOT NULL, session VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY (address_id, learner_id), 
	FOREIGN KEY(address_id) REFERENCES address (id), 
	FOREIGN KEY(delivery_id) REFERENCES delivery (id), 
	FOREIGN KEY(learner_id) REFERENCES learner (id)
);
INSERT INTO "conversation" VALUES(1,1,1,'jokers-in-one-hand','[]','因为每份机会相同，所以是 1/6','','2026-11-24 00:00:06.000000','');
INSERT INTO "conversation" VALUES(2,2,NULL,'jokers-in-one-hand','[]','wwwww xyzzy 是什么','','2026-11-24 00:00:10.000000','');
CREATE TABLE "delivery" (
	id INTEGER NOT NULL, 
	owner_kind VARCHAR NOT NULL, 
	owner_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	local_date DATE NOT NULL, 
	ordinal INTEGER NOT NULL, 
	address_id INTEGER NOT NULL, 
	question_id VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	state_at DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	platform VARCHAR DEFAULT ('') NOT NULL, 
	due_at DATETIME NOT NULL, 
	is_repeat BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (owner_kind, owner_id, kind, local_date, ordinal), 
	FOREIGN KEY(address_id) REFERENCES address (id)
);
INSERT INTO "delivery" VALUES(1,'learner',1,'daily','2026-11-24',0,1,'receptive-field/definition','looked-up 0 1 228 -','sent','2026-11-24 00:00:03.000000','2026-11-24 00:00:03.000000',0,'console','2026-11-24 00:00:03.000000',0);
INSERT INTO "delivery" VALUES(2,'learner',2,'daily','2026-11-24',0,2,'jokers-in-one-hand/probability','new 0 1 27 -','sent','2026-11-24 00:00:07.000000','2026-11-24 00:00:07.000000',0,'telegram','2026-11-24 00:00:07.000000',0);
CREATE TABLE due (
	next_at DATETIME NOT NULL, 
	subscription_id INTEGER NOT NULL, 
	owner_kind VARCHAR NOT NULL, 
	owner_id INTEGER NOT NULL, 
	address_id INTEGER NOT NULL, 
	platform VARCHAR NOT NULL, 
	schedule TEXT NOT NULL, 
	unanswered INTEGER NOT NULL, 
	PRIMARY KEY (next_at, subscription_id)
)
 WITHOUT ROWID

;
INSERT INTO "due" VALUES('2026-12-06 01:00:00.000000',1,'learner',1,1,'console','{"times": ["09:00:00"], "timezone": "Asia/Shanghai", "weekdays": [0, 1, 2, 3, 4, 5, 6], "per_push": 3, "topics": [], "difficulty": [1, 5], "quiet": null, "easy_days": [], "vacation_until": "2026-12-05"}',0);
CREATE TABLE excused (
	learner_id INTEGER NOT NULL, 
	day DATE NOT NULL, 
	PRIMARY KEY (learner_id, day), 
	FOREIGN KEY(learner_id) REFERENCES learner (id)
);
INSERT INTO "excused" VALUES(1,'2026-11-24');
INSERT INTO "excused" VALUES(1,'2026-11-25');
INSERT INTO "excused" VALUES(1,'2026-11-26');
INSERT INTO "excused" VALUES(1,'2026-11-27');
INSERT INTO "excused" VALUES(1,'2026-11-28');
INSERT INTO "excused" VALUES(1,'2026-11-29');
INSERT INTO "excused" VALUES(1,'2026-11-30');
INSERT INTO "excused" VALUES(1,'2026-12-01');
INSERT INTO "excused" VALUES(1,'2026-12-02');
INSERT INTO "excused" VALUES(1,'2026-12-03');
INSERT INTO "excused" VALUES(1,'2026-12-04');
INSERT INTO "excused" VALUES(1,'2026-12-05');
CREATE TABLE forgotten (
	key_hash VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (key_hash)
);
CREATE TABLE grading (
	id INTEGER NOT NULL, 
	attempt_id INTEGER NOT NULL, 
	rubric_hash VARCHAR NOT NULL, 
	grader_version VARCHAR NOT NULL, 
	fraction FLOAT NOT NULL, 
	reason VARCHAR NOT NULL, 
	points TEXT NOT NULL, 
	cause VARCHAR NOT NULL, 
	rating INTEGER, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(attempt_id) REFERENCES attempt (id), 
	FOREIGN KEY(rubric_hash) REFERENCES rubric (hash)
);
INSERT INTO "grading" VALUES(1,1,'c73a82619a7756b0','2',1.0,'','[{"point_id":"value","text":"结果是 8/53","verdict":"hit","evidence":"8/53","weight":4.0,"note":""},{"point_id":"fix","text":"固定一张王，看另一张落在剩下的位置里与它同份的机会","verdict":"hit","evidence":"固定大王","weight":3.0,"note":""},{"point_id":"count","text":"剩下 53 个位置里有 8 个同组（用组合数数也一样）","verdict":"hit","evidence":"小王剩 53 个位置","weight":1.0,"note":""}]','first',3,'2026-11-24 00:00:08.000000');
CREATE TABLE learner (
	id INTEGER NOT NULL, 
	language VARCHAR NOT NULL, 
	timezone VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, retention FLOAT DEFAULT '0.9' NOT NULL, exam DATE, 
	PRIMARY KEY (id)
);
INSERT INTO "learner" VALUES(1,'zh','Asia/Shanghai','2026-11-24 00:00:01.000000',0.9,NULL);
INSERT INTO "learner" VALUES(2,'zh','Asia/Shanghai','2026-11-24 00:00:07.000000',0.9,NULL);
CREATE TABLE link_code (
	account_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	until DATETIME NOT NULL, 
	PRIMARY KEY (account_id), 
	FOREIGN KEY(account_id) REFERENCES account (id), 
	UNIQUE (code)
);
INSERT INTO "link_code" VALUES(1,'CG96JHG8','2026-11-24 00:10:06.000000');
CREATE TABLE live (
	group_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	rounds INTEGER NOT NULL, 
	window_s INTEGER NOT NULL, 
	topics VARCHAR NOT NULL, 
	lowest INTEGER NOT NULL, 
	highest INTEGER NOT NULL, 
	has_short BOOLEAN NOT NULL, 
	begun_by INTEGER, 
	begun_at DATETIME NOT NULL, 
	state VARCHAR NOT NULL, 
	asked VARCHAR NOT NULL, 
	is_open BOOLEAN NOT NULL, 
	closes_at DATETIME, 
	idle INTEGER NOT NULL, 
	wakes_at DATETIME, 
	PRIMARY KEY (group_id), 
	FOREIGN KEY(group_id) REFERENCES study_group (id), 
	FOREIGN KEY(begun_by) REFERENCES learner (id)
);
CREATE TABLE lookup (
	learner_id INTEGER NOT NULL, 
	concept_id VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (learner_id, concept_id), 
	FOREIGN KEY(learner_id) REFERENCES learner (id)
);
INSERT INTO "lookup" VALUES(1,'receptive-field','2026-11-24 00:00:02.000000');
INSERT INTO "lookup" VALUES(1,'jokers-in-one-hand','2026-11-24 00:00:04.000000');
CREATE TABLE member (
	group_id INTEGER NOT NULL, 
	learner_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	joined_on DATE NOT NULL, 
	is_hidden BOOLEAN NOT NULL, 
	has_left BOOLEAN NOT NULL, 
	PRIMARY KEY (group_id, learner_id), 
	FOREIGN KEY(group_id) REFERENCES study_group (id), 
	FOREIGN KEY(learner_id) REFERENCES learner (id)
);
CREATE TABLE miss (
	id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	decision VARCHAR NOT NULL, 
	concept_id VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "miss" VALUES(1,'wwwww xyzzy 是什么','refuse','','2026-11-24 00:00:10.000000');
CREATE TABLE notice (
	id INTEGER NOT NULL, 
	address_id INTEGER NOT NULL, 
	reply TEXT NOT NULL, 
	at DATETIME NOT NULL, learner_id INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(address_id) REFERENCES address (id)
);
CREATE TABLE phrase (
	id INTEGER NOT NULL, 
	question_id VARCHAR NOT NULL, 
	point_id VARCHAR NOT NULL, 
	phrase VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (question_id, point_id, phrase)
);
CREATE TABLE post (
	id INTEGER NOT NULL, 
	address_id INTEGER NOT NULL, 
	message_id VARCHAR NOT NULL, 
	poll_id VARCHAR, 
	delivery_id INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(address_id) REFERENCES address (id), 
	FOREIGN KEY(delivery_id) REFERENCES delivery (id), 
	UNIQUE (address_id, message_id)
);
INSERT INTO "post" VALUES(1,1,'p3-0',NULL,1,'question');
INSERT INTO "post" VALUES(2,2,'p7-0',NULL,2,'question');
CREATE TABLE receipt (
	address_id INTEGER NOT NULL, 
	wire_id VARCHAR NOT NULL, 
	replies TEXT NOT NULL, 
	at DATETIME NOT NULL, learner_id INTEGER, 
	PRIMARY KEY (address_id, wire_id), 
	FOREIGN KEY(address_id) REFERENCES address (id)
);
INSERT INTO "receipt" VALUES(1,'ann-6','[{"blocks":[{"inlines":[{"text":"你的绑定码：CG96JHG8，十分钟内有效。到另一个平台对我发：/link CG96JHG8","bold":false,"italic":false,"code":false,"href":null,"kind":"text"}],"kind":"paragraph"}],"choices":[],"audience":"private","mode":"new","ref":null,"more":[],"quiz":null,"answers":"","thread":""}]','2026-11-24 00:00:06.000000',1);
INSERT INTO "receipt" VALUES(2,'bob-9','[{"blocks":[{"inlines":[{"text":"这个码不对或者过期了。在另一个平台发 /link 再要一个。","bold":false,"italic":false,"code":false,"href":null,"kind":"text"}],"kind":"paragraph"}],"choices":[],"audience":"private","mode":"new","ref":null,"more":[],"quiz":null,"answers":"","thread":""}]','2026-11-24 00:00:09.000000',2);
INSERT INTO "receipt" VALUES(2,'bob-10','[{"blocks":[{"inlines":[{"text":"文档里没有这个内容，我不乱答。","bold":false,"italic":false,"code":false,"href":null,"kind":"text"}],"kind":"paragraph"}],"choices":[],"audience":"public","mode":"new","ref":null,"more":[],"quiz":null,"answers":"","thread":""}]','2026-11-24 00:00:10.000000',2);
CREATE TABLE rubric (
	hash VARCHAR NOT NULL, 
	json_text TEXT NOT NULL, 
	PRIMARY KEY (hash)
);
INSERT INTO "rubric" VALUES('c73a82619a7756b0','{"concept_id":"jokers-in-one-hand","id":"jokers-in-one-hand/probability","kind":"numeric","lexicon":{"antonyms":[["增大","减小"],["大","小"],["训练","测试"],["高","低"],["多","少"],["快","慢"],["高","矮"],["胖","瘦"],["易","难"],["简单","困难"],["容易","困难"],["易分","难分"],["易分样本","难样本"],["easy","hard"],["易分样本","难分样本"],["升高","降低"],["上升","下降"],["头部","尾部"],["多数","少数"],["过采样","欠采样"],["上采样","下采样"],["先验","后验"],["离散","连续"],["保留","删除"],["最大","最小"],["最高","最低"],["fast","slow"],["faster","slower"],["large","small"],["larger","smaller"],["high","low"],["higher","lower"],["more","less"],["more","fewer"],["依赖","独立于"],["加剧","缓解"],["增强","减弱"],["近","远"],["接近","远离"],["接近","偏离"],["大于","小于"],["超过","低于"],["高于","低于"],["以上","以下"],["浅","深"],["放大","缩小"],["全局","局部"],["乘以","除以"],["之前","之后"],["早","晚"],["rises","falls"],["before","after"],["above","below"],["deep","shallow"],["global","local"],["稳定","震荡"],["收敛","发散"],["密集","稀疏"],["软","硬"],["soft","hard"],["更多","更少"],["先","最后"]],"synonyms":[["增大","变大","扩大","提高","增加","变多","increase","enlarge"],["减小","变小","缩小","降低","减少","变少","decrease","reduce"],["特征图","feature map","feature maps"],["神经元","节点","neuron","unit","neurons","units"],["目标检测","物体检测","对象检测","物件侦测","目标侦测","object detection"],["检测","侦测","detection","detecting"],["检测器","侦测器","detector","detectors"],["分割","segmentation"],["卷积","convolution","convolutions","convolutional","conv"],["卷积核","滤波器","convolution kernel"],["通道","频道","channel","channels"],["概率","机率","几率","或然率","probability"],["正态分布","常态分布","常态分配","normal distribution","gaussian distribution"],["大数定律","大数定理","大数法则","law of large numbers"],["贝叶斯","贝氏","bayes","bayesian"],["贝叶斯公式","贝叶斯定理","贝氏定理","贝叶斯法则","bayes theorem","bayes rule","bayes formula"],["马尔可夫","马尔科夫","马可夫","马氏","markov"],["马尔可夫链","马氏链","马尔可夫过程","markov chain","markov chains"],["归一化","正规化","规范化","标准化","normalization","normalize","normalisation","norm"],["批量归一化","批归一化","批次归一化","批标准化","批规范化","批次正规化","批量正规化","batch normalization","batch norm","batchnorm"],["层归一化","层标准化","层正规化","层规范化","layer normalization","layer norm","layernorm"],["网络","网路","network","networks"],["神经网络","类神经网络","类神经网路","neural network","neural networks"],["图像","影像","图片","image","images"],["像素","画素","pixel","pixels"],["分辨率","解析度","resolution"],["参数","参数量","parameter","parameters","params"],["计算量","运算量","flops"],["数据","资料","data"],["样本","样例","sample","samples","example","examples"],["训练","training"],["测试","testing"],["学习率","learning rate","lr"],["损失","loss"],["损失函数","损失函式","目标函数","loss function"],["函数","函式","function"],["梯度","gradient","gradients"],["梯度消失","梯度消散","梯度弥散","vanishing gradient","vanishing gradients"],["梯度爆炸","exploding gradient","exploding gradients"],["过拟合","过度拟合","过适","overfitting","overfit"],["正则化","regularization"],["权重","权值","weight","weights"],["回归","迴归","regression"],["分类","classification"],["标签","标记","label","labels"],["残差","residual"],["小目标","小物体","小物件","small object","small objects"],["类别不平衡","类别不均衡","类不平衡","class imbalance"],["不平衡","不均衡","失衡","imbalance","imbalanced"],["长尾","长尾分布","long tail","long tailed"],["重采样","重抽样","resampling","resample"],["重加权","重新加权","reweighting","re-weighting"],["锚框","锚点框","先验框","anchor","anchors","anchor box","anchor boxes"],["候选区域","候选框","区域提议","区域建议","region proposal","region proposals","proposal","proposals"],["边界框","边框","包围框","bounding box","bounding boxes","bbox"],["真值框","真实框","ground truth box","gt box","gt 框"],["交并比","交集并集比","intersection over union"],["感受野","感知野","receptive field","receptive fields"],["池化","pooling"],["下采样","降采样","downsampling","downsample"],["上采样","升采样","upsampling","upsample"],["随机失活","随机丢弃","丢弃法"],["注意力","attention"],["注意力机制","attention mechanism"],["多尺度","multi scale","multiscale"],["单阶段","一阶段","one stage","single stage","onestage"],["两阶段","二阶段","双阶段","two stage","twostage"],["特征金字塔","特征金字塔网络","feature pyramid","feature pyramid network"],["期望","期望值","数学期望","expectation","expected value"],["方差","变异数","variance"],["均值","平均值","平均数","mean"],["标准差","standard deviation"],["矩阵","matrix"],["边缘检测","边缘侦测","边沿检测","edge detection"],["特征点检测","特征点侦测","关键点检测","兴趣点检测","feature point detection","keypoint detection"],["角点检测","角点侦测","corner detection"],["泛化","generalization","generalize"],["收敛","converge","convergence"],["激活函数","激活函式","激励函数","activation function"],["全连接层","全连接","fully connected layer","fc layer"],["推理","推断","inference"],["编码器","encoder"],["解码器","decoder"],["阈值","门槛值","threshold"],["偏移量","偏移","offset","offsets"],["置信度","信心度","confidence"],["精度","精确度","准确率","accuracy"],["召回率","召回","recall"],["查准率","精确率","precision"],["步长","步幅","stride"],["填充","padding"],["骨干网络","主干网络","backbone"],["公交车","巴士","公车","bus"],["硬币","铜板","coin"],["三角形","triangle"],["木棍","棍子","木棒","棒子","stick"],["难样本","困难样本","难例","hard example","hard examples"],["易分样本","简单样本","容易样本","easy example","easy examples"],["正负样本","positive and negative samples"],["交叉熵","cross entropy"],["丢弃","丢掉","关掉","扔掉","舍弃"],["相邻","挨着","挨得近","邻近","临近"],["看到","看见","看得到"],["筛选","挑选","挑出","选出","筛出"],["捷径","近路","旁路","短路"],["间隔","隔开","空格"],["过于自信","太自信","过度自信","overconfident"],["铺满","铺很多","密密麻麻"],["超参数","超参","hyperparameter","hyperparameters"]]},"model":["8/53，约 0.151","固定大王，小王剩 53 个位置，其中 8 个和大王同一份，所以是 8/53。","Fix one joker; 8 of the other 53 places are in its hand, so 8/53.","C(6,1)*C(52,7)/C(54,9)"],"numeric":{"about":["同一份 / 在一起 / 同组 / 一起 / 同一堆 / 同份","/53"],"also":[],"answer":"8/53","not_about":["不在一起 / 不在同一份 / 分开 / 不同组 / 不同份 / 不在同一堆 / not together / apart / different piles / different hands"],"partial":[{"fraction":0.25,"value":"45/53","why":"这是不在同一份的概率，再用 1 减"},{"fraction":0.25,"value":"4/159","why":"这只是两张王都在某一指定份的概率，还要乘 6"}],"tolerance":0.001,"variables":[],"weight":4.0},"prompt":"54 张牌（含大小王）平均分成 6 份，每份 9 张，大小王在同一份的概率是多少？","rubric":{"contrast":[],"full":1.0,"points":[{"accept":["固定 / 先放 / 先放好 / 放好 / 先发 / fix / place / given + 王 / 大王 / 小王 / 一张 / joker","剩 / 剩下 / 剩余 / 其余 / 还有 / 另外 / other / remaining + 位置 / 空位 / 名额 / places / slots / spots / positions","已经在 / 已在 + 一份 / 某一份 / 某份"],"contradict":[],"id":"fix","of":"","says":"固定一张王，看另一张落在剩下的位置里与它同份的机会","weight":3.0},{"accept":["C(52,7) / C52,7 / c_{52}^{7} / c_{52}^7","52 + 7","六份 / 6 份 / 每一份 / six + 相加 / 乘 / 乘以 / 互斥 / 任意一份 / times / sum","位置 / places / slots / 名额 + 8 / 53 / 八个"],"contradict":[],"id":"count","of":"","says":"剩下 53 个位置里有 8 个同组（用组合数数也一样）","weight":1.0}]}}');
CREATE TABLE secret (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE study_group (
	id INTEGER NOT NULL, 
	address_id INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	reveal_after_s INTEGER NOT NULL, 
	mode VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(address_id) REFERENCES address (id), 
	UNIQUE (address_id)
);
CREATE TABLE subscription (
	id INTEGER NOT NULL, 
	owner_kind VARCHAR NOT NULL, 
	owner_id INTEGER NOT NULL, 
	address_id INTEGER NOT NULL, 
	schedule TEXT NOT NULL, 
	next_at DATETIME NOT NULL, 
	paused VARCHAR NOT NULL, unanswered INTEGER DEFAULT '0' NOT NULL, missed INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(address_id) REFERENCES address (id), 
	UNIQUE (owner_kind, owner_id)
);
INSERT INTO "subscription" VALUES(1,'learner',1,1,'{"times": ["09:00:00"], "timezone": "Asia/Shanghai", "weekdays": [0, 1, 2, 3, 4, 5, 6], "per_push": 3, "topics": [], "difficulty": [1, 5], "quiet": null, "easy_days": [], "vacation_until": "2026-12-05"}','2026-12-06 01:00:00.000000','',0,0);
CREATE TABLE unheard (
	group_id INTEGER NOT NULL, 
	learner_id INTEGER NOT NULL, 
	delivery_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (group_id, learner_id, delivery_id), 
	FOREIGN KEY(group_id) REFERENCES study_group (id), 
	FOREIGN KEY(learner_id) REFERENCES learner (id), 
	FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);
CREATE TABLE wrong_code (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(account_id) REFERENCES account (id)
);
INSERT INTO "wrong_code" VALUES(1,2,'2026-11-24 00:00:09.000000');
CREATE INDEX ix_account_learner_id ON account (learner_id);
CREATE INDEX ix_receipt_at ON receipt (at);
CREATE INDEX ix_attempt_delivery_id ON attempt (delivery_id);
CREATE INDEX ix_attempt_learner_question ON attempt (learner_id, question_id);
CREATE INDEX ix_post_delivery_id ON post (delivery_id);
CREATE INDEX ix_post_poll_id ON post (poll_id);
CREATE INDEX ix_grading_attempt_id ON grading (attempt_id);
CREATE INDEX ix_contest_learner_id ON contest (learner_id);
CREATE INDEX ix_contest_state ON contest (state);
CREATE INDEX ix_subscription_address_id ON subscription (address_id);
CREATE INDEX ix_receipt_learner_id ON receipt (learner_id);
CREATE INDEX ix_notice_learner_id ON notice (learner_id);
CREATE INDEX ix_attempt_account_id ON attempt (account_id);
CREATE INDEX ix_conversation_delivery_id ON conversation (delivery_id);
CREATE INDEX ix_delivery_address_id ON delivery (address_id);
CREATE INDEX ix_delivery_waiting ON delivery (state, platform, due_at, id);
CREATE INDEX ix_wrong_code_account_id ON wrong_code (account_id);
CREATE INDEX ix_member_learner_id ON member (learner_id);
CREATE INDEX ix_award_group_day ON award (group_id, day);
CREATE INDEX ix_award_learner_day ON award (learner_id, day);
CREATE INDEX ix_unheard_at ON unheard (at);
CREATE INDEX ix_live_begun_by ON live (begun_by);
CREATE INDEX ix_live_wakes_at ON live (wakes_at);
COMMIT;
