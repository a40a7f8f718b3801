package ingest

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// generator invents minutes in the form of the executive meetings of a city, for measurements. The same seed gives the
// same texts.
type generator struct {
	random *rand.Rand
	cities []*city
}

// city is an invented city: its offices with the people in them, who stay for all its meetings.
type city struct {
	name    string
	leaders []string
	offices []string
	staff   map[string][]string
	held    int // meetings so far
}

var (
	syllables = []rune("安宁平江河清源川林泽云石文华新丰泰和昌顺")
	surnames  = []rune("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金")
	given     = []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧建国志远文博雅思宇晨浩然子涵一鸣俊峰晓东立新")
	bureaus   = strings.Fields(`发改委 教育局 科技局 工信局 公安局 民政局 司法局 财政局 人社局 资源规划局 生态环境局 住建局 城管局 交通运输局 水务局 农业农村局
		商务局 文体广旅局 卫健委 退役军人局 应急管理局 审计局 市场监管局 统计局 医保局 行政审批局 金融监管局 信访局 人防办 机关事务局 供销社 总工会 妇联 科协 残联`)
	matters = strings.Fields(`城市更新 防洪排涝 养老服务 公共数据 食品安全 道路照明 教育布局 科技创新 污染防治 安全生产 住房保障 交通组织 乡村建设 就业促进 文物保护
		营商环境 招商引资 垃圾分类 供水保障 应急管理`)
	papers = strings.Fields(`行动方案 实施方案 管理办法 专项规划 工作要点 实施意见`)
	duties = strings.Fields(`压实责任，狠抓落实，确保各项任务按期完成 坚持问题导向，逐项整改，建立长效机制 加强统筹协调，强化要素保障，形成工作合力
		广泛征求意见，优化工作流程，提升服务水平 紧盯重点环节，加强日常监管，严防各类风险 完善配套政策，加大宣传力度，营造良好氛围`)
)

func newGenerator(seed uint64, cities int) *generator {
	g := &generator{random: rand.New(rand.NewPCG(seed, 1))}
	seen := map[string]bool{}
	for len(g.cities) < cities {
		name := string(g.pick(syllables)) + string(g.pick(syllables)) + "市"
		if !seen[name] {
			seen[name] = true
			g.cities = append(g.cities, g.city(name))
		}
	}
	return g
}

func (g *generator) pick(from []rune) rune { return from[g.random.IntN(len(from))] }

func (g *generator) word(from []string) string { return from[g.random.IntN(len(from))] }

// person invents a name of three characters.
func (g *generator) person() string {
	return string(g.pick(surnames)) + string(g.pick(given)) + string(g.pick(given))
}

func (g *generator) city(name string) *city {
	c := &city{name: name, staff: map[string][]string{}}
	for range 8 {
		c.leaders = append(c.leaders, g.person())
	}
	for _, bureau := range bureaus {
		office := "市" + bureau
		c.offices = append(c.offices, office)
		c.staff[office] = []string{g.person(), g.person(), g.person()}
	}
	return c
}

// minutes invents the minutes of the next meeting of a city: items matters and so many people.
func (g *generator) minutes(items, people int) string {
	c := g.cities[g.random.IntN(len(g.cities))]
	c.held++
	year, month, day := 2000+c.held/40, 1+c.held%12, 1+c.held%28
	var b strings.Builder
	fmt.Fprintf(&b, "%s人民政府\n常务会议纪要\n\n第%d号\n\n%s人民政府办公室　　%d年%d月%d日\n\n", c.name, c.held, c.name, year, month, day)
	fmt.Fprintf(&b, "%d年%d月%d日上午，%s市长主持召开市政府第%d次常务会议，纪要如下：\n\n", year, month, day, c.leaders[0], c.held)
	for i := range items {
		g.item(&b, c, i, year)
	}
	g.list(&b, c, people)
	fmt.Fprintf(&b, "%s人民政府办公室 整理\n%d年%d月%d日\n（此件公开发布）\n\n", c.name, year, month, day)
	b.WriteString("主送：各镇人民政府，市各委办局，各直属单位。\n抄送：市委各部委办局，市人大常委会办公室，市政协办公室，市监委，市法院，市检察院。\n")
	return b.String()
}

var numerals = strings.Fields("一 二 三 四 五 六 七 八 九 十 十一 十二")

func (g *generator) item(b *strings.Builder, c *city, i, year int) {
	office := g.word(c.offices)
	matter, form := g.word(matters), g.word(papers)
	title := fmt.Sprintf("%s%s%s（%d年第%d批）", c.name, matter, form, year, g.random.IntN(9)+1)
	fmt.Fprintf(b, "%s、审议《%s》\n\n", numerals[i], title)
	fmt.Fprintf(b, "会议听取并审议了%s关于《%s》起草情况的汇报。会议原则同意该《%s》，会后由%s根据会议讨论情况修改完善，以市政府办名义印发。\n\n", office, title, form, office)
	b.WriteString("会议强调，")
	for j, numeral := range []string{"（一）", "（二）", "（三）"} {
		fmt.Fprintf(b, "%s%s要%s。", numeral, g.word(c.offices), g.word(duties))
		if j < 2 {
			b.WriteString("\n")
		}
	}
	b.WriteString("\n\n")
}

// list writes who attended: the leaders, and people of the offices until there are enough.
func (g *generator) list(b *strings.Builder, c *city, people int) {
	fmt.Fprintf(b, "出席：%s。\n\n列席：", strings.Join(c.leaders[1:], "、"))
	written := len(c.leaders)
	for n := 0; written < people; n++ {
		office := c.offices[n%len(c.offices)]
		if n > 0 {
			b.WriteString("，")
		}
		b.WriteString(office)
		for k := 0; k < 2 && written < people; k++ {
			if k > 0 {
				b.WriteString("、")
			}
			b.WriteString(c.staff[office][(n/len(c.offices)+k)%3])
			written++
		}
	}
	b.WriteString("。\n\n")
}
