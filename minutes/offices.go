package minutes

// officeEnds are the words that the title of an office ends in.
var officeEnds = newWords(`书记 副书记 第一书记 常委 委员 成员 党组成员 党委委员 党工委委员 班子成员 市长 副市长 县长 副县长 区长 副区长 州长 副州长 盟长 副盟长 旗长 副旗长 镇长 副镇长 乡长 副乡长
	委员长 副委员长 省长 副省长 代市长 代县长 代区长 主席 副主席 主任 副主任 局长 副局长 厅长 副厅长 部长 副部长 院长 副院长 检察长 副检察长 秘书长 副秘书长 处长 副处长 科长 副科长 股长 副股长 所长 副所长
	站长 副站长 队长 副队长 支队长 副支队长 大队长 副大队长 总队长 副总队长 中队长 司长 副司长 署长 行长 副行长 校长 副校长 园长 董事长 副董事长 总经理 副总经理 总裁 副总裁 经理 副经理
	总工程师 总会计师 总经济师 总规划师 总农艺师 总法律顾问 总监 总工 巡视员 一级巡视员 二级巡视员 副巡视员 调研员 一级调研员 二级调研员 三级调研员 四级调研员 副调研员 主任科员 一级主任科员 二级主任科员 三级主任科员 四级主任科员
	科员 督察专员 督查专员 总督学 督学 组长 副组长 政委 副政委 政治委员 参谋长 司令员 副司令员 专员 副专员 主编 总编 总编辑 台长 副台长 社长 副社长 馆长 副馆长 会长 副会长 理事长 副理事长 理事 监事长 监事
	负责人 主要负责人 负责同志 主要负责同志 分管负责人 分管领导 教授 副教授 研究员 高级工程师 工程师 律师 顾问 法律顾问 秘书 主管 总干事 干事 召集人 轮值主席 编审 参事 书记官 专门委员 村长 支书 村支书 董事 独立董事 职工董事 股东代表 院士 博士 医师 会计 出纳 文书
	记者 总指挥 副总指挥 指挥长 副指挥长 主任委员 副主任委员 组员 课长 副课长 课员 召集委员 议长 副议长 议员 议事处处长 行政长官 司司长 常务秘书 政务司司长 总干事 场长 库长 段长 矿长 厂长 副厂长 辅导员 系主任 教务长 总务长 学生代表 社区代表 群众代表 党员代表 居民代表 职工代表 企业代表 业主代表 教师代表 村民代表 村委 组委 主持人`)

// office reads one person: their offices, their body, their name, from a phrase such as 市政府办公室主任巫刚,
// 县委副书记、县长黄国杰, 胡卫江市长, 斗门生态环境分局局长梁其明同志, 市发改委万芬奇.
type person struct {
	name         stretch
	given        stretch // where the office stands within the name, and name is the surname alone
	organization stretch
	title        stretch
	all          stretch
}

var honorifics = newWords("同志 先生 女士 小姐 等同志 等人")

// person reads s as one person, or answers false. Outside lists only a known surname makes a name.
func (t *text) person(s stretch) (person, bool) {
	p, ok := t.listedPerson(s)
	return p, ok && (t.nameScore(p.name) >= 3 || p.name == p.all)
}

// listedPerson reads an entry of a list of people, where any name may stand.
func (t *text) listedPerson(s stretch) (person, bool) {
	s = t.trim(s)
	p := person{all: s}
	if n := honorifics.before(t.ch, s.a, s.b); n > 0 {
		s.b -= n
	}
	if s.len() < 2 {
		return p, false
	}
	// 胡卫江市长: the office behind the name.
	if n := officeEnds.before(t.ch, s.a, s.b); n > 0 {
		for k := s.b - n; k > s.a+1; k-- {
			name := stretch{s.a, k}
			if name.len() > 4 || t.nameScore(name) < 3 || !t.plainOffice(stretch{k, s.b}) {
				continue
			}
			if name.len() == 4 && doubleSurnames.at(t.ch, s.a, s.b) == 0 {
				continue
			}
			p.name, p.title = name, stretch{k, s.b}
			return p, true
		}
		return p, false
	}
	name, score := t.splitName(s)
	if score == 0 {
		return p, false
	}
	p.name = name
	p.organization, p.title = t.splitOffice(stretch{s.a, name.a})
	return p, true
}

// plainOffice reports whether s is an office without the name of a body in it: 市长, 常务副市长, 副主任.
func (t *text) plainOffice(s stretch) bool {
	n := officeEnds.before(t.ch, s.a, s.b)
	if n == 0 {
		return false
	}
	rest := stretch{s.a, s.b - n}
	return rest.empty() || officeFore.run(t.ch, rest.a, rest.b) == rest.b
}

var officeFore = newWords("副 常务 第一 代 代理 党组 党委 执行 总 一级 二级 三级 四级 原 前 名誉")

// splitName finds the name at the end of s, behind an office or a body, or s itself where it is a name.
func (t *text) splitName(s stretch) (stretch, int) {
	best, top := stretch{}, 0
	whole := s.len() > 2 && bodyEnds.before(t.ch, s.a, s.b) > 0 // 党委办公室 is no 公室 of 党委办
	for n := 2; n <= 7 && n <= s.len(); n++ {
		name, head := stretch{s.b - n, s.b}, stretch{s.a, s.b - n}
		score := t.nameScore(name)
		if score == 0 || whole && score < 5 {
			continue
		}
		switch {
		case head.empty():
			if score < 3 || bodyEnds.is(t.ch, s.a, s.b) {
				continue // 市市场: a name without a surname is one only in a list of names
			}
			score += 6
		case officeEnds.before(t.ch, head.a, head.b) > 0, head.len() > 0 && t.ch[head.b-1] == '）':
			score += 6
		case bodyEnds.before(t.ch, head.a, head.b) > 0 || score >= 3 && t.bodyEnd(head):
			score += 5
		default:
			score -= 2
		}
		if score > top {
			best, top = name, score
		}
	}
	if i := t.dottedName(s); i >= 0 {
		return stretch{i, s.b}, 9
	}
	if top < 5 {
		return stretch{}, 0
	}
	return best, top
}

// dottedName answers where a name with a middle dot begins that ends s, or -1.
func (t *text) dottedName(s stretch) int {
	dot := -1
	for i := s.b - 1; i > s.a && s.b-i < 14; i-- {
		if t.ch[i] == '·' {
			dot = i
		}
	}
	if dot < 0 {
		return -1
	}
	for i := dot - 1; i >= s.a && dot-i <= 8; i-- {
		if i == s.a || officeEnds.before(t.ch, s.a, i) > 0 || t.bodyEnd(stretch{s.a, i}) {
			return i
		}
	}
	return -1
}

// sharedEnds are offices whose first character is the last of the body's name.
var sharedEnds = newWords("局长 课长 科长 处长 厅长 部长 所长 站长 队长 院长 司长")

// groupOffices begin offices of a party group, which is a body within the body.
var groupOffices = newWords("党组 党委 党工委")

// splitOffice parts what stands before a name into the body and the office. One office is split, of a list of
// offices the whole is the title.
func (t *text) splitOffice(s stretch) (organization, title stretch) {
	s = t.trim(s)
	if s.empty() {
		return stretch{}, stretch{}
	}
	if len(t.split(s, "、")) > 1 && officeEnds.before(t.ch, s.a, s.b) > 0 {
		return stretch{}, s
	}
	n := officeEnds.before(t.ch, s.a, s.b)
	if n == 0 {
		return s, stretch{}
	}
	k := s.b - n
	for {
		fore := officeFore.before(t.ch, s.a, k)
		if fore == 0 {
			break
		}
		k -= fore
	}
	head := stretch{s.a, k}
	if head.empty() {
		return stretch{}, s
	}
	if g := groupOffices.at(t.ch, k, s.b); g > 0 && k+g < s.b && t.bodyEnd(head) { // 区政府|党组成员 is 成员 of 区政府党组
		return stretch{s.a, k + g}, stretch{k + g, s.b}
	}
	if n == 2 && k == s.b-2 && sharedEnds.at(t.ch, k, s.b) > 0 && !t.bodyEnd(head) && head.len() >= 2 && t.bodyEnd(stretch{s.a, k + 1}) {
		return stretch{s.a, k + 1}, stretch{k, s.b} // 区财政局长 is 长 of 区财政局
	}
	if weakEnds.is(t.ch, head.a, head.b) { // 外部董事, 驻村第一书记
		return stretch{}, s
	}
	if !t.bodyEnd(head) { // 市政府副秘书长 has a body, 分管副市长 has none
		if i := t.lastBodyEnd(head); i > head.a {
			return stretch{head.a, i}, stretch{i, s.b}
		}
		return stretch{}, s
	}
	return head, stretch{k, s.b}
}
