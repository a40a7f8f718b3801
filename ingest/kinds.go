package ingest

import (
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// organizationKinds tell the kind of an organization by the end of its name; the first that fits counts.
var organizationKinds = []struct {
	kind    models.OrganizationKind
	endings string
}{
	{models.OrganizationKindParty, "常委会党 党组 党委 党工委 纪委 纪委监委 巡察办 团委 团市委 团县委 团区委"},
	{models.OrganizationKindCourt, "法院 检察院 檢察署"},
	{models.OrganizationKindLegislature, "人大 人大常委会 人民代表大会 人民代表大会常务委员会 人大常委会办公室 人大办 人大办公室 議會 代表會 立法院"},
	{models.OrganizationKindCompany, "公司 集团 银行 支行 分行 集團 人行 电厂 水厂"},
	{models.OrganizationKindAssociation, "妇联 科协 工商联 残联 文联 侨联 社科联 总工会 工会 协会 联合会 商会 学会 红十字会 供销社 促进会 協會"},
	{models.OrganizationKindInstitution, "学院 学校 大学 中学 小学 幼儿园 医院 中心 档案馆 图书馆 博物馆 研究院 研究所 电视台 党校 站 大學 學校"},
	{models.OrganizationKindSubdivision, "镇 乡 街道 街道办事处 街道办 开发区 高新区 经开区 园区 度假区 港区 新城 新区 社区 村 鎮 鄉 公所 村委会 居委会"},
	{models.OrganizationKindGovernment, "政府 政府办 府办 政府办公室 政府办公厅 人民政府党组 公署"},
	{models.OrganizationKindDepartment, "局 厅 处 署 支队 大队 总队 指挥部 军分区 人武部 海关 國 處"},
	{models.OrganizationKindCommittee, "委员会 常委会 领导小组 工作组 指导组 專案小組 委員會 安委会 监委 監委 专班 组"},
	{models.OrganizationKindDepartment, "委 办 办公室 室 部 科 院 总社 分中心"},
}

// departments are departments of a government whose names end as those of committees do: 市发改委.
var departments = strings.Fields("发展和改革委员会 经济和信息化委员会 工业和信息化委员会 科学技术委员会 住房和城乡建设委员会 城乡建设委员会 建设和管理委员会 交通运输委员会 交通委员会 " +
	"农业委员会 农业农村委员会 商务委员会 卫生健康委员会 卫生和计划生育委员会 国有资产监督管理委员会 教育委员会 投资促进委员会 城市管理委员会")

// isDepartment reports whether an office is one of them; the committees of congresses are none.
func isDepartment(name, core string) bool {
	return !strings.Contains(name, "人大") && !strings.Contains(name, "政协") &&
		slices.ContainsFunc(departments, func(ending string) bool { return strings.HasSuffix(core, ending) })
}

// organizationKind is the kind of an organization by its name.
func organizationKind(name string, f form) models.OrganizationKind {
	if f.whose == several {
		return models.OrganizationKindCollective
	}
	core := f.offices[0]
	switch {
	case core == "人民政府", core == "人民政府办公室":
		return models.OrganizationKindGovernment
	case core == "委员会", strings.HasPrefix(core, "委"), strings.HasPrefix(name, "中共"), strings.Contains(core, "共产主义青年团"):
		return models.OrganizationKindParty
	case strings.HasPrefix(core, "政治协商"), strings.HasPrefix(core, "人民代表大会"):
		return models.OrganizationKindLegislature
	case isDepartment(name, core):
		return models.OrganizationKindDepartment
	}
	for _, rule := range organizationKinds {
		for ending := range strings.FieldsSeq(rule.endings) {
			if strings.HasSuffix(name, ending) || strings.HasSuffix(core, ending) {
				return rule.kind
			}
		}
	}
	return models.OrganizationKindOther
}

// documentKinds tell the kind of a paper by the last words of its title.
var documentKinds = []struct {
	kind  models.DocumentKind
	words string
}{
	{models.DocumentKindMinutes, "纪要 紀錄 纪录"},
	{models.DocumentKindMeasures, "办法 细则 措施 制度 規則 规则 要點"},
	{models.DocumentKindRegulation, "条例 规定 准则 法 條例 決定 决定"},
	{models.DocumentKindReport, "报告 汇报 報告 通报 情况"},
	{models.DocumentKindOpinion, "意见 意見"},
	{models.DocumentKindNotice, "通知 公告 通告 函"},
	{models.DocumentKindPlan, "规划 计划 方案 要点 纲要 計畫 安排 清单 行动 预案 草案"},
}

// documentKind is the kind of a paper by its title.
func documentKind(title string) models.DocumentKind {
	bare, _ := cutStage(title)
	for { // 三年行动方案（2026—2028年）
		open := strings.LastIndexAny(bare, "（(")
		if open <= 0 || !strings.HasSuffix(bare, "）") && !strings.HasSuffix(bare, ")") {
			break
		}
		bare = bare[:open]
	}
	for _, rule := range documentKinds {
		for word := range strings.FieldsSeq(rule.words) {
			if strings.HasSuffix(bare, word) {
				return rule.kind
			}
		}
	}
	return models.DocumentKindOther
}

// stages are the marks of drafts at the end of a title.
var stages = []string{"送审稿", "审议稿", "讨论稿", "征求意见稿", "草案", "草稿", "修订草案", "报审稿", "上会稿", "初稿", "修改稿", "送审", "代拟稿", "审定稿", "草案送审稿"}

// cutStage parts a title from the mark of its draft: 政府工作报告 and 送审稿.
func cutStage(title string) (bare, stage string) {
	for _, mark := range stages {
		for _, brackets := range []string{"（）", "()"} {
			b := []rune(brackets)
			if cut, ok := strings.CutSuffix(title, string(b[0])+mark+string(b[1])); ok && cut != "" {
				return cut, mark
			}
		}
	}
	return title, ""
}

// recurring reports a paper that comes again under the same title, so that the title alone does not say which it is: a
// report whose title names no year.
func recurring(title string) bool {
	kind := documentKind(title)
	yearly := kind == models.DocumentKindReport || kind == models.DocumentKindPlan && !strings.HasSuffix(title, "规划")
	return yearly && !strings.ContainsAny(title, "0123456789〇")
}
