package minutes

// bodyEnds are the words that the name of a body, unit, place of administration or firm ends in.
var bodyEnds = newWords(`局 分局 委 办 部 院 厅 处 科 所 站 队 支队 大队 总队 中心 街道 镇 乡 村 社区 公司 集团 支行 分行 银行 管委会 办事处 人大 政协 法院 检察院 人武部 武装部 委员会
	办公室 研究室 党校 大学 学院 学校 中学 小学 幼儿园 医院 卫生院 协会 学会 商会 联合会 促进会 基金会 妇联 工会 总工会 科协 残联 工商联 文联 侨联 社科联 作协 贸促会 红十字会 团委 供销社 信用社 联社 档案馆 图书馆 博物馆 文化馆
	政府 人民政府 市委 县委 区委 省委 州委 盟委 旗委 党委 党组 党工委 工委 党群工作部 纪委 监委 纪检监察组 监察委 政法委 组织部 宣传部 统战部 编办 巡察办 督查室 督查办 信访局 机要局 保密局 网信办 改革办 外办 台办 侨办 法制办 金融办
	电视台 报社 日报社 融媒体中心 消防救援大队 消防救援支队 消防大队 消防支队 交警大队 交警支队 武警支队 武警中队 指挥部 领导小组 工作组 专班 办 招商局 税务局 气象局 海关 海事局 邮政局 供电局 供电公司 电力公司 电信 移动 联通 铁塔
	人民银行 人行 银保监组 银监 监管组 证监局 经开区 开发区 高新区 度假区 旅游区 风景区 景区 保税区 工业园 工业园区 产业园 产业园区 园区 新区 新城 示范区 试验区 港区 矿区 林场 农场 牧场 水库 灌区 管理区 管理站 管理处 服务处 事务所 设计院 研究院 研究所 科学院
	区政府 市政府 县政府 县府 区府 市府 府办 政府办 市府办 区府办 县府办 省府办 人大办 政协办 委办 两办 国资委 发改委 发展改革委 住建委 卫健委 农业农村委 经信委 建设管理委 教工委 高教局 工信局 粮储局 林草局 文旅局 商务局 团市委 团县委 团区委 团省委 团工委 州团委
	村委会 居委会 党支部 党总支 业委会 理事会 监事会 董事会 股东会 工作部 财务部 综合部 工程部 市场部 法务部 审计部 人力资源部 投资部 运营部 项目部 营业部 门市部 事业部 教务处 财务处 人事处 科研处 学工部 后勤处 保卫处 国资处 审计处 基建处 招生办 研究生院 教育厅 财政厅 厅办公室 秘书处 秘书组 机关事务局
	社会工作部 数据局 数据资源局 政务服务局 政数局 综合执法局 执法局 公路局 航道局 港航局 地震局 烟草局 烟草专卖局 盐务局 林业局 水电局 电视局 供水公司 自来水公司 燃气公司 水务集团 城投集团 城投公司 交投集团 文旅集团 农商行 农商银行 建行 工行 农行 中行 农发行 邮储银行
	主席团 媒体 新闻媒体 公所 课 人力资源和社会保障局 住房和城乡建设局 自然资源和规划局 资源规划局 特区政府 政务司 财政司 律政司 民政事务总署 署 司 室 组 委员会 处 府 会 社 站 行 厂 店 馆 台 报 校 院 监狱 看守所 矿 局党组`)

// placeEnds are names of places that stand for the body that governs them in a list of units: 港区陆征, 高新区李刚.
var placeEnds = newWords("区 市 县 州 盟 旗 省 镇 乡 街道 新城 新区 港区 村 社区 团场 开发区 兵团")

// bodyEnd reports whether s ends as the name of a body does.
func (t *text) bodyEnd(s stretch) bool {
	return s.len() >= 2 && (bodyEnds.before(t.ch, s.a, s.b) > 0 || placeEnds.before(t.ch, s.a, s.b) > 0)
}

// lastBodyEnd answers the last index in s behind which the name of a body ends, or s.a.
func (t *text) lastBodyEnd(s stretch) int {
	for i := s.b; i > s.a+1; i-- {
		if bodyEnds.before(t.ch, s.a, i) > 0 {
			return i
		}
	}
	return s.a
}

// isCollective reports whether the name of an addressee is that of a group.
func (t *text) isCollective(s stretch) bool {
	for i := s.a; i < s.b; i++ {
		if t.ch[i] == '各' || t.has(i, s.b, "全体") || t.has(i, s.b, "有关") || t.has(i, s.b, "相关") || t.has(i, s.b, "所有") {
			return true
		}
	}
	return t.ends(s, "部门") || t.ends(s, "单位") || t.ends(s, "成员") || t.ends(s, "企业")
}

// names cuts a list of bodies: at 、 and ， and ；, and at 和 及 与 以及 where a body ends before and after it.
func (t *text) names(s stretch) []stretch {
	var all []stretch
	for _, part := range t.split(s, "，、；。") {
		all = append(all, t.joined(part)...)
	}
	return all
}

// longestJoined bounds a list of names joined by conjunctions alone.
const longestJoined = 200

// joined cuts at the conjunctions that join two bodies, not at those within the name of one (自然资源和规划局).
func (t *text) joined(s stretch) []stretch {
	s = t.trim(s)
	if s.empty() {
		return nil
	}
	if s.len() > longestJoined {
		return []stretch{s}
	}
	for i := s.a + 1; i < s.b-1; i = t.past(i) {
		n := 0
		switch {
		case t.has(i, s.b, "以及"):
			n = 2
		case t.ch[i] == '和' || t.ch[i] == '及' || t.ch[i] == '与' || t.ch[i] == '暨':
			n = 1
		}
		if n == 0 {
			continue
		}
		left, right := stretch{s.a, i}, stretch{i + n, s.b}
		if t.standsAlone(left) && t.standsAlone(right) {
			return append([]stretch{left}, t.joined(right)...)
		}
	}
	return []stretch{s}
}

// standsAlone reports whether s can be an addressee by itself.
func (t *text) standsAlone(s stretch) bool {
	if s.len() < 2 {
		return false
	}
	if t.bodyEnd(s) || t.isCollective(s) {
		return true
	}
	if p, ok := t.person(s); ok && !p.title.empty() && s.len() > p.name.len() && t.nameScore(p.name) >= 3 {
		return true // 区财政局局长李文勇
	}
	return addresseeEnds.before(t.ch, s.a, s.b) > 0 || t.isCollective(stretch{s.a, min(s.b, s.a+2)})
}
