package minutes

import "strings"

// surnames of one character. The commoner ones are listed first; a name that begins with any of them is plausible, one
// that does not is accepted only where nothing else fits its place.
var surnames = newWords(`王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 罗 高 郑 梁 谢 宋 唐 许 韩 邓 冯 曹 彭 曾 肖 萧 田 董 潘 袁 蔡 蒋 余 于
	杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 傅 方 邹 熊 白 孟 秦 邱 侯 江 尹 薛 闫 阎 雷 龙 黎 史 陶 贺 毛 郝 顾 龚 邵 万
	覃 武 钱 戴 严 莫 孔 向 常 汤 康 易 乔 赖 文 施 洪 季 葛 庞 柳 殷 章 温 阮 安 齐 樊 左 申 鲁 岳 倪 焦 俞 兰 梅 聂 路 毕 关 伍 翟 詹 欧 项 纪 祝 邢 霍 骆 宁 柴
	焦 谷 舒 牛 尤 管 牟 凌 单 包 游 冉 耿 滕 卓 裴 蒲 席 娄 苗 喻 翁 屈 颜 解 童 宫 盛 卞 甘 简 时 辛 司 车 代 艾 靳 符 穆 饶 涂 古 连 池 柯 阳 商 褚 米 占 桂
	应 窦 房 戚 强 丛 景 巩 成 盘 边 麦 沙 瞿 冷 凤 栾 岑 项 郎 宗 敖 晏 佟 木 全 芦 蔺 尚 华 胥 卜 仇 冀 荆 苟 晋 乐 伏 师 粟 邸 谈 匡 祁 阚 储 明 匡 虞 党 隋
	鲍 迟 巫 花 荣 庄 慕 燕 普 井 鹿 尉 操 茹 相 丘 桑 麻 化 展 国 原 郁 撒 衣 扈 闻 寇 那 狄 缪 仲 柏 杭 亓 赫 满 封 宿 农 卿 覃 揭 芮 耿 弓 闵 奚 蓝 经 幸 司 韶 郜 薄 弋
	宣 邬 荀 糜 松 段 富 乌 焦 巴 牧 隗 山 全 郗 班 仰 秋 伊 宫 栾 暴 钭 厉 戎 祖 刘 束 蒙 阴 蓬 池 乔 胥 双 莘 贡 劳 逄 姬 冉 宰 郦 雍 却 璩 濮 寿 通 扶 堵 冀
	郏 浦 尚 温 别 晏 瞿 阎 充 连 茹 习 宦 鱼 容 古 慎 戈 廖 庾 终 暨 居 衡 步 都 弘 国 广 禄 阙 东 殳 沃 利 蔚 越 夔 隆 厍 晁 勾 融 訾 曾 毋 沙 乜 养 鞠 须 丰 巢 蒯
	查 后 红 权 逯 盖 益 桓 公 岳 帅 缑 亢 况 有 琴 竺 佘 佴 墨 哈 谯 笪 年 爱 仝 位 冼 区 苑 线 豆 帖 但 皮 门 修 潭 税 锁 来 亚 才 达 旦 格 其 斯 热 阿 买 艾 吾 努 吐 库 依
	杲 乘 仉 仵 冮 呼 哈 啜 字 寸 尧 展 巨 开 念 战 扎 操 斗 旷 昝 暴 朴 者 楚 欣 歹 水 池 洛 海 渠 滑 漆 潮 濯 瓮 由 直 矫 禹 禚 竹 粘 绳 缠 羿 肇 腾 良 芈 药 菅 裘 言 计 辜 辛 逯 邰 郄 郇 郐 郤 郸 鄂 鄢 酆 随 隽 青 靖 鞏 顿 香 鲜 黑 鼓 齐 臧 支 占 干 承 敬 晨 曲 朗 檀 汝 沐 泉 洗 淦 湛 牙 牵 玉 生 甄 畅 矣 礼 种 空 端 练 缴 耶 腊 茅 菊 萨 蓟 虎 行 衷 见 訾 贠 贯 质 赏 赛 辉 过 邝 郅 钮 银 镡 问 院 零 雒 顼 么 佐 佀 侍 俎 信 值 偶 光 克 兆 初 刁 厚 卫 双 召 呙 员 品 哪 喜 嵇 律 恽 改 斛 昌 晓 智 束 植 步 母 毓 江 沃 法 涌 狐 珠 瑚 登 皇 盈 眭 矿 磨 祭 稽 筱 线 罕 羊 翦 自 艳 苍 苑 茆 茶 莎 菏 葵 蓝 蔄 蕾 薄 蘧 补 覀 詹 诸 豹 贝 资 赤 邴 郎 郭 酉 释 钦 铁 锡 镜 闭 闪 阔 陀 随 雪 韧 顺 颉 风 飞 骞 高 鬲 魁 鱼 鲍 鹏`)

// commonSurnames carry a name by themselves, without an office or a list around it.
var commonSurnames = newWords(`王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 罗 高 郑 梁 谢 宋 唐 许 韩 邓 冯 曹 彭 曾 肖 萧 田 董 潘 袁 蔡 蒋 余 于
	杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 傅 方 邹 熊 白 孟 秦 邱 侯 江 尹 薛 闫 阎 雷 龙 黎 史 陶 贺 毛 郝 顾 龚 邵 万
	覃 武 钱 戴 严 莫 孔 向 汤 康 易 乔 赖 文 施 洪 季 葛 庞 柳 殷 章 温 阮 齐 樊 左 申 鲁 岳 倪 焦 俞 兰 梅 聂 毕 伍 翟 詹 欧 祝 邢 霍 骆 宁 柴 舒 牛 尤 牟 凌
	包 游 冉 耿 滕 卓 裴 蒲 娄 苗 喻 翁 屈 颜 童 宫 盛 卞 甘 辛 艾 靳 符 穆 饶 涂 柯 褚 桂 窦 房 戚 丛 巩 瞿 栾 岑 郎 晏 佟 芦 蔺 胥 仇 荆 谈 匡 祁 阚 储 虞 隋 鲍
	迟 巫 庄 郁 缪 濮 浦 段 臧 甄 闻 杭 计 戎 嵇 茅 凤 祖 沙 华 宣 邬 解 车 杲 鞠 查 佘 冼 邝 邸 郗 郜 逄 亓 仝 昝 蓝 蒙`)

// doubleSurnames have two characters.
var doubleSurnames = newWords(`欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 司空 令狐 夏侯 宇文 长孙 轩辕 端木 独孤 南宫 申屠 呼延 闻人 澹台 公冶 宗政
	濮阳 淳于 单于 太叔 钟离 鲜于 闾丘 亓官 司寇 赫连 百里 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 第五 完颜 纳兰 那拉 范姜 张简 呼和 巴音`)

// nameScore says how plausible the characters of s are as the name of a person; 0 is not a name at all.
func (t *text) nameScore(s stretch) int {
	n := s.len()
	if n < 2 || n > 20 {
		return 0
	}
	dot := false
	for i := s.a; i < s.b; i++ {
		r := t.ch[i]
		if r == '·' && i > s.a && i < s.b-1 {
			dot = true
			continue
		}
		if !isHan(r) || isNameless(r) {
			return 0
		}
	}
	if dot { // 阿布都热西提·买买提
		return 6
	}
	if notNames.at(t.ch, s.a, s.b) == n || notNames.before(t.ch, s.a, s.b) >= 2 {
		return 0
	}
	if k := doubleSurnames.at(t.ch, s.a, s.b); k == 2 && (n == 3 || n == 4) {
		return 6
	} else if k == 2 && n == 5 { // 完颜阿骨打
		return 4
	}
	switch {
	case n >= 4 && n <= 7 && t.isRendered(s):
		return 4
	case n > 4:
		return 0
	case n == 4:
		if commonSurnames.at(t.ch, s.a, s.b) > 0 && commonSurnames.at(t.ch, s.a+1, s.b) > 0 {
			return 3 // 范徐丽泰: married name, or two surnames
		}
		return 1
	case commonSurnames.at(t.ch, s.a, s.b) > 0:
		return 5
	case surnames.at(t.ch, s.a, s.b) > 0:
		return 3
	}
	return 1
}

// rendered are the characters by which names of Mongolian, Tibetan and Uyghur are written without a dot: 乌云其其格.
const rendered = "乌云其格巴特尔苏图娜仁阿拉木斯日吉德宝音陶敖登高娃布赫那顺呼和哈达扎西次旦卓玛多杰才让央宗措姆加平旺久罗桑丹增土登白玛格桑边珠洛曲尼买提江古丽热依汗努尔艾力萨莎琴朝克额色钦勒毕力"

func (t *text) isRendered(s stretch) bool {
	for i := s.a; i < s.b; i++ {
		if !strings.ContainsRune(rendered, t.ch[i]) {
			return false
		}
	}
	return true
}

// isNameless reports whether a character never stands in a person's name.
func isNameless(r rune) bool {
	switch r {
	case '的', '了', '及', '与', '各', '等', '县', '局', '委', '办', '厅', '们', '者', '在', '被', '副', '并', '每', '该', '他', '是', '对', '〇':
		return true
	}
	return false
}

// notNames look like names and are not.
var notNames = newWords(`姓名 账号 帐号 职务 职称 备注 序号 签名 签到 电话 邮箱 代表 同志 领导 会议 书记 主任 主席 市长 县长 区长 局长 处长 部长 院长 科长 委员 常委 成员 部门 单位 人员 负责 负责人 出席 列席 请假 缺席 记录 主持
	时间 地点 街道 乡镇 政府 机关 公司 集团 银行 医院 学校 大学 学院 中心 协会 委员会 办公室 全体 有关 相关 各级 其他 其它 等人 秘书 秘书长 校长 经理 总经理 董事长 
	人大 政协 纪委 法院 检察院 公安 财政 教育 民政 司法 水利 水务 农业 农村 商务 文旅 卫健 应急 审计 税务 统计 医保 信访 国资 交通 住建 城管 环保 林业 气象 海关 工信
	发改 人社 宣传 组织 统战 政法 编办 妇联 工会 共青团 团委 科协 残联 工商联 文联 社联 供销社 管委会 人武部 高新区 开发区 经开区 度假区 旅游区 工业园 园区 新区 新城 港区 矿区 林区
	无 无人 暂无 从略 略 附后 名单 详见 另附 现场 情况 汇报 报告 审议 通过 同意 工作 讨论 研究 事项 议题 一级 二级 三级 四级 调研员 巡视员 主任科员 各区镇 在家 市领导 县领导 区领导 班子 高管 监事 董事 股东 律师 专家 记者 群众
	安全 生产 建设 项目 全市 全县 全区 全省 方案 计划 规划 年度 经济 社会 发展 企业 管理 服务 保障 能源 环境 生态 关于 应邀 特邀 邀请 参加 组长 组员 全程 主送 抄送 因公 因病 因事 出差 开会 学习 培训 休假 病假 事假 公出`)
