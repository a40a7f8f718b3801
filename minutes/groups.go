package minutes

func (t *text) excuses(s stretch) bool {
	return t.contains(s, "请假") || t.contains(s, "缺席") || t.contains(s, "因公") || t.contains(s, "因病") || t.contains(s, "因事") || t.contains(s, "出差")
}

// isPlaceholder reports whether s stands for a name that was left out: ×××, 张某.
func (t *text) isPlaceholder(s stretch) bool {
	for i := s.a; i < s.b; i++ {
		if t.ch[i] == '×' || t.ch[i] == '*' || t.ch[i] == 'X' && s.len() < 6 || t.ch[i] == '某' || t.ch[i] == '_' || t.ch[i] == '…' {
			return true
		}
	}
	return false
}

// isCount reports whether s only counts: 92人.
func (t *text) isCount(s stretch) bool {
	_, j := t.number(s.a, s.b)
	if j == s.a && (t.ch[j] == '共' || t.ch[j] == '计' || t.ch[j] == '等') {
		_, j = t.number(s.a+1, s.b)
	}
	return j > s.a && (j == s.b || t.ch[j] == '人' || t.ch[j] == '名')
}

// delegates reports whether s is a body's unnamed representative: 海关代表.
func (t *text) delegates(s stretch) bool {
	return t.ends(s, "代表") && s.len() > 3 && !t.contains(s, "村民") && !t.contains(s, "职工") && !t.contains(s, "群众") && !t.isCollective(s) && !t.contains(s, "人大代表")
}

func (ls *listReader) delegate(s stretch) {
	t := ls.t
	body := stretch{s.a, s.b - 2}
	if !t.bodyEnd(body) || t.isCollective(body) || t.contains(body, "部分") {
		return
	}
	for _, part := range t.joined(body) {
		ls.found = append(ls.found, participant{person: person{organization: part, all: part}, unnamed: true, capacity: "REPRESENTATIVE", status: "PRESENT", items: ls.label.items})
	}
	ls.endRun()
}

// namelessGroup reports whether s is a group without a body of its own: 各区镇负责人, 县政府在家领导, 相关部门负责同志.
func (t *text) namelessGroup(s stretch) bool {
	n := groupEnds.before(t.ch, s.a, s.b)
	if officeEnds.before(t.ch, s.a, s.b) > max(n, 2) {
		return false // 市政府党组成员
	}
	return n > 0 || t.isCollective(s) && t.nameScore(s) < 5
}

// groupFore are groups that may stand before the first of those that belong to it.
var groupFore = newWords("市领导 县领导 区领导 州领导 省领导 局领导 校领导 院领导 厅领导 委领导 镇领导 旗领导 盟领导 公司领导 集团领导 班子成员 领导 领导班子成员 市政府领导 县政府领导 区政府领导 副县级领导 市级领导 县级领导 区级领导 委员 代表 同志")

var groupEnds = newWords("负责人 负责同志 主要负责人 主要负责同志 分管负责人 分管负责同志 相关负责人 有关负责人 有关同志 相关人员 有关人员 全体成员 班子成员 领导 领导班子 成员 部门 单位 工作人员 等 群众 相关同志 全体人员 分管领导 主要领导 负责人员 人员 干部 中层干部")

func (t *text) isTopOffice(title stretch) bool {
	return t.contains(title, "市长") || t.contains(title, "县长") || t.contains(title, "区长") || t.contains(title, "书记")
}

func (t *text) bodyOrOffice(s stretch) bool {
	return t.bodyEnd(s) || officeEnds.before(t.ch, s.a, s.b) > 0
}
