package minutes

import "strings"

// Minutes of councils and committees, as in Taiwan, number their parts (一、時間 …… 七、審議案件 八、報告案件 九、臨時動議) and
// count the cases anew below each.

// caseParts are headings of parts that hold cases, otherParts of parts that hold none.
var (
	caseParts  = newWords("报告事项 报告案件 报告案 讨论事项 讨论案件 讨论案 审议事项 审议案件 审议案 提案讨论 承认事项 选举事项 备查事项 备查案件 核定事项 审查事项 审查案件 提案 提案事项 决议事项 研商事项 讨论提案 讨论及决议事项 讨论与决议事项 议决事项 讨论暨决议事项")
	otherParts = newWords("主席致词 主席致辞 主席报告 致词 散会 宣布开会 宣布散会 临时动议 主席结论 自由发言 意见交流 综合讨论 业务报告")
)

// partHeading answers what the numbered heading of a part says, and whether cases may stand below it.
func (t *text) partHeading(p stretch) (cases, ok bool) {
	m, j, marked := t.markAt(p.a, p.b)
	if bare := t.trim(p); !marked && bare.len() <= 6 && caseParts.is(t.ch, bare.a, bare.b) { // 討 論 事 項
		return true, true
	}
	if !marked || m.style != han && m.style != section {
		return false, false
	}
	rest := stretch{j, p.b}
	for i := j; i < min(p.b, j+12); i++ {
		if t.ch[i] == '：' || t.ch[i] == '（' {
			rest.b = i
			break
		}
	}
	rest = t.trim(rest)
	switch {
	case caseParts.is(t.ch, rest.a, rest.b):
		return true, true
	case otherParts.is(t.ch, rest.a, rest.b):
		return t.has(rest.a, rest.b, "临时动议") && !t.contains(p, "无"), true
	}
	return false, false
}

// readParts reads a paper of numbered parts, or answers false where it has no part that holds cases.
func (r *reader) readParts(body []stretch) bool {
	found := false
	for _, p := range body {
		cases, ok := r.t.partHeading(p)
		found = found || ok && cases
	}
	if !found {
		return false
	}
	from, cases, lead := 0, true, true
	for i := 0; i <= len(body); i++ {
		next, ok := true, i == len(body)
		if !ok {
			next, ok = r.t.partHeading(body[i])
		}
		if !ok {
			continue
		}
		if cases {
			r.readCases(body[from:i], lead)
		}
		from, cases, lead = i+1, next, false
	}
	return true
}

// readCases makes an item of each numbered paragraph of a part. Before the first part (lead) only what is concluded there
// and then is one: 確認上次會議紀錄.
func (r *reader) readCases(part []stretch, lead bool) {
	t := r.t
	sort := unmarked
	for i, p := range part {
		m, j, ok := t.markAt(p.a, p.b)
		if sort == unmarked && ok && r.concludedBelow(part, i) {
			sort = m.style
		}
		if !ok || m.style != sort || lead && !r.concludedBelow(part, i) {
			if n := len(r.items); n > 0 && sort != unmarked {
				r.items[n-1].body = append(r.items[n-1].body, p)
			}
			continue
		}
		title := t.trimHeading(stretch{j, p.b})
		if title.len() < 2 {
			continue
		}
		r.items = append(r.items, item{number: stretch{p.a, j}, title: title, heading: true, kind: t.kindOfTitle(title)})
	}
}

// concludedBelow reports whether a conclusion stands below paragraph i, before another of its kind.
func (r *reader) concludedBelow(part []stretch, i int) bool {
	t := r.t
	m, _, _ := t.markAt(part[i].a, part[i].b)
	for k := i + 1; k < min(len(part), i+12); k++ {
		if l, ok := t.labelAt(part[k].a, part[k].b); ok && l.kind == labelOutcome {
			return true
		}
		if n, _, ok := t.markAt(part[k].a, part[k].b); ok && n.style == m.style {
			return false
		}
	}
	return false
}

// middleOffices stand between the surname and the given name of a person: 高副主任委員以寧.
var middleOffices = newWords(`委员 主任委员 副主任委员 召集人 副召集人 召集委员 议员 理事 监事 理事长 常务理事 代表 主任 副主任 课长 局长 处长 秘书 主任秘书 主席 副主席 县长 副县长 市长 副市长
	主秘 主计 人事管理员 管理员 干事 课员 组员 专员 专门委员 理事 队长 馆长 园长 厂长 乡长 镇长 区长 里长 村长 校长 院长 部长 次长 司长 署长 组长 科长 教授 执行长 顾问 董事 董事长 秘书长 参议`)

// surnameFirst reads 高副主任委員以寧 and 紀委員東籬, whose office stands within the name. Offices other than those of
// committees are read so in traditional characters alone.
func (t *text) surnameFirst(s stretch) (person, bool) {
	s = t.trim(s)
	if s.len() < 4 || s.len() > 12 {
		return person{}, false
	}
	for _, k := range []int{2, 1} {
		surname := stretch{s.a, s.a + k}
		if k == 2 && !doubleSurnames.is(t.ch, surname.a, surname.b) || k == 1 && !surnames.is(t.ch, surname.a, surname.b) {
			continue
		}
		n := middleOffices.at(t.ch, surname.b, s.b)
		office := stretch{surname.b, surname.b + n}
		given := stretch{office.b, s.b}
		if n == 0 || given.len() < 1 || given.len() > 2 || t.bodyEnd(given) || officeEnds.before(t.ch, s.a, s.b) > 0 {
			continue
		}
		if !t.ends(office, "委员") && !t.traditional {
			continue
		}
		for i := given.a; i < given.b; i++ {
			if !isHan(t.ch[i]) || isNameless(t.ch[i]) || t.ch[i] == '会' {
				return person{}, false
			}
		}
		return person{name: surname, given: given, title: office, all: s}, true
	}
	return person{}, false
}

// nameOf answers the name of a person as the text writes it, without the office that may stand within.
func (t *text) nameOf(p person) string { return t.value(p.name) + t.value(p.given) }

// keyOf is nameOf in the characters by which names are compared.
func (t *text) keyOf(p person) string {
	var b strings.Builder
	b.WriteString(t.folded(p.name))
	b.WriteString(t.folded(p.given))
	return b.String()
}

// wholeName answers the stretch that holds a person's name.
func wholeName(p person) stretch {
	if p.given.empty() {
		return p.name
	}
	return cover(p.name, p.given)
}
