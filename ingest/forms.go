package ingest

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/minutebook/minutebook/store"
)

//go:embed offices.tsv
var officesTable string

// offices maps the forms of names of offices, without the place, to the official ones.
var offices = sync.OnceValue(func() map[string][]string {
	table := map[string][]string{}
	for line := range strings.Lines(officesTable) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		official, shorts, _ := strings.Cut(line, "\t")
		table[official] = append([]string{official}, table[official]...)
		for short := range strings.FieldsSeq(shorts) {
			table[short] = append(table[short], official)
		}
	}
	return table
})

// whose says to which jurisdiction a name belongs, as seen from the one in whose minutes it stands.
type whose string

const (
	own     whose = ""        // 市科技局, 太仓市科学技术局, 太仓生态环境局, 科技局
	nation  whose = "nation"  // 国务院, 党中央
	above   whose = "above:"  // followed by the level: 市城管局 in a district's minutes
	placed  whose = "at:"     // followed by the place: 望江区发改委, 苏州市财政局
	several whose = "several" // a group without a name of its own: 各镇人民政府
)

// form is what a name of an organization says, read from a jurisdiction.
type form struct {
	whose   whose
	core    string // the office without the place
	offices []string
	full    bool // written with the whole name of the place: 太仓市…, not 市…
}

// same reports whether two forms name the same office of the same jurisdiction, by the table of offices.
func (f form) same(g form) bool {
	if f.whose != g.whose {
		return false
	}
	return slices.ContainsFunc(f.offices, func(office string) bool { return slices.Contains(g.offices, office) })
}

// viewpoint is a jurisdiction as names are read from it: the places from the widest to its own. Without a place there is
// only the body that met.
type viewpoint struct{ places []string }

func (v viewpoint) place() string {
	if len(v.places) == 0 {
		return ""
	}
	return v.places[len(v.places)-1]
}

// read takes a name of an organization apart.
func (v viewpoint) read(name string) form {
	name = store.Fold(name)
	if collective(name) {
		return form{whose: several, core: name, offices: []string{name}}
	}
	if cut, ok := strings.CutPrefix(name, "国家税务总局"); ok && cut != "" {
		name = cut
	}
	if national(name) {
		return form{whose: nation, core: name, offices: []string{name}, full: true}
	}
	name = withoutMeeting(name)
	name, prefix := organsOfParties(name)
	at, rest, full := v.cutPlace(name)
	if prefix != "" {
		rest = prefix + strings.TrimPrefix(strings.TrimPrefix(rest, "委员会"), "委")
	}
	rest = seat(at, rest)
	return form{whose: at, core: rest, offices: officesOf(rest), full: full}
}

// withoutMeeting turns the name of a meeting into the body that meets: 市政府常务会议.
func withoutMeeting(name string) string {
	for _, ending := range []string{"常务会议", "全体会议", "党组会议"} {
		if cut, ok := strings.CutSuffix(name, ending); ok && cut != "" {
			return cut
		}
	}
	if cut, ok := strings.CutSuffix(name, "会会议"); ok {
		return cut + "会"
	}
	return name
}

// organsOfParties takes away what names a party or league before the place, and gives what it means after it: 中共太仓市委
// is the 委 of 太仓市, 团市委 is the 团委.
func organsOfParties(name string) (rest, prefix string) {
	for _, word := range []string{"中国共产党", "中共"} {
		if cut, ok := strings.CutPrefix(name, word); ok && cut != "中央" && !strings.HasPrefix(cut, "中央") {
			return cut, "委"
		}
	}
	for _, word := range []string{"中国共产主义青年团", "共产主义青年团", "共青团"} {
		if cut, ok := strings.CutPrefix(name, word); ok && cut != "" {
			return cut, "团委"
		}
	}
	if runes := []rune(name); len(runes) == 3 && runes[0] == '团' && runes[2] == '委' && rank(runes[1]) > 0 {
		return string(runes[1:]), "团委"
	}
	for _, word := range []string{"中国人民政治协商会议", "政协"} {
		if cut, ok := strings.CutPrefix(name, word); ok && firstPlace(cut) != "" {
			return cut, "政协"
		}
	}
	return name, ""
}

// cutPlace says whose a name is and what is left of it.
func (v viewpoint) cutPlace(name string) (at whose, rest string, full bool) {
	if len(v.places) == 0 {
		return own, name, false
	}
	whole := strings.Join(v.places, "")
	for _, prefix := range []string{whole, v.place()} {
		if cut, ok := strings.CutPrefix(name, prefix); ok && cut != "" {
			if lower, rest := cutPlaces(cut); len(lower) > 0 {
				return placed + whose(lower[len(lower)-1]), rest, true
			}
			return own, cut, true
		}
	}
	if places, cut := cutPlaces(name); len(places) > 0 {
		return v.elsewhere(places), cut, true
	}
	if s := stem(v.place()); s != "" {
		if cut, ok := strings.CutPrefix(name, s); ok && len([]rune(cut)) > 1 {
			return own, cut, false
		}
	}
	runes := []rune(name)
	mine := last(v.place())
	if len(runes) < 2 || rank(runes[0]) < 2 || listed(name) || isWord(name) {
		return own, name, false
	}
	rest = string(runes[1:])
	switch {
	case level(runes[0]) == level(mine):
		return own, rest, false
	case rank(runes[0]) > rank(mine):
		return above + whose(string(level(runes[0]))), rest, false
	}
	return own, name, false
}

// isWord reports names that begin with a word, not with the letter of a level: 市场监管局, 市政园林局.
func isWord(name string) bool {
	if strings.HasPrefix(name, "市政") {
		return !strings.HasPrefix(name, "市政府") && !strings.HasPrefix(name, "市政协") && !strings.HasPrefix(name, "市政务") &&
			!strings.HasPrefix(name, "市政法") && !strings.HasPrefix(name, "市政研")
	}
	return strings.HasPrefix(name, "市场") || strings.HasPrefix(name, "市容") || strings.HasPrefix(name, "县域") || strings.HasPrefix(name, "省际")
}

// elsewhere is the place of a name that says one, or a place above that is known.
func (v viewpoint) elsewhere(places []string) whose {
	deepest := places[len(places)-1]
	if slices.Contains(v.places[:len(v.places)-1], deepest) {
		return above + whose(string(level(last(deepest))))
	}
	return placed + whose(deepest)
}

// level makes traditional letters of levels simplified ones.
func level(r rune) rune {
	switch r {
	case '縣':
		return '县'
	case '區':
		return '区'
	case '鄉':
		return '乡'
	case '鎮':
		return '镇'
	}
	return r
}

// seat gives one form to what a place and its government are called alike: 城厢镇 and 城厢镇人民政府, 娄东街道 and
// 娄东街道办事处, 科教新城 and its 管委会, 望江区 and 望江区政府.
func seat(at whose, rest string) string {
	if rest == "" && strings.HasPrefix(string(at), string(placed)) {
		return "人民政府"
	}
	for _, s := range []struct{ ending, after string }{
		{"人民政府", "镇乡"}, {"政府", "镇乡"}, {"公所", "鎮鄉"}, {"街道办事处", ""}, {"街道办", ""},
		{"管理委员会", "区城园港"}, {"管委会", "区城园港"},
	} {
		cut, ok := strings.CutSuffix(rest, s.ending)
		switch {
		case !ok || cut == "":
		case s.after == "":
			return cut + "街道"
		case strings.ContainsRune(s.after, last(cut)):
			return cut
		}
	}
	return rest
}

// officesOf lists the official forms a name of an office may stand for; what the table does not know stands for itself.
func officesOf(core string) []string {
	if known := offices()[core]; known != nil {
		return known
	}
	return []string{core}
}

// listed reports an office that stands in the table.
func listed(core string) bool { return offices()[core] != nil }

// collective reports a name of a group: 各镇人民政府, 相关部门, 人社、公安、司法等部门.
func collective(name string) bool {
	for _, word := range []string{"各", "相关", "有关", "全市", "全县", "全区", "全省", "全体", "其他", "参会", "责任单位", "牵头单位", "牵头部门", "配合部门", "配合单位"} {
		if strings.HasPrefix(name, word) {
			return true
		}
	}
	for _, word := range []string{"各", "等部门", "等单位", "相关", "有关", "直属", "职能部门", "主管部门", "班子", "领导", "同志", "负责人"} {
		if strings.Contains(name, word) && !strings.Contains(name, "领导小组") && !strings.Contains(name, "直属机关") {
			return true
		}
	}
	return strings.HasSuffix(name, "部门") || strings.ContainsRune(name, '、') || name == "街道" || name == "乡镇"
}

// national reports a body of the whole country.
func national(name string) bool {
	for _, word := range []string{"国务院", "党中央", "中共中央", "中央", "全国", "国家", "中华人民共和国", "最高人民"} {
		if strings.HasPrefix(name, word) && !strings.HasSuffix(name, "分局") && !strings.HasSuffix(name, "支局") && !strings.Contains(name, "监管局") {
			return true
		}
	}
	return name == "內政部" || name == "内政部" || name == "行政院" || name == "立法院"
}

// shortens reports a form that may abbreviate another of the same jurisdiction. Two offices of the table are told apart there.
func (f form) shortens(g form) bool {
	return g.whose == f.whose && (!listed(f.core) || !listed(g.core)) && abbreviates(f.core, g.core)
}

// abbreviates reports whether a short name of an office may have been made of the longer one by leaving out characters
// within it: 文博中心 of 文化博览中心. What merely leaves out the end or the middle as a whole (财政局 of 财政监督局) is as likely
// another office.
func abbreviates(short, long string) bool {
	a, endA := cutKind(short)
	b, endB := cutKind(long)
	if endA == "" || endA != endB || len(a) < 2 || len(b) < len(a)+2 || a[0] != b[0] || strings.Contains(string(b), string(a)) {
		return false
	}
	i := 0
	for _, r := range b {
		if i < len(a) && a[i] == r {
			i++
		}
	}
	return i == len(a)
}

// kindsOfOffices are the endings by which offices of one kind are known, long forms with their short ones.
var kindsOfOffices = []struct{ long, short string }{
	{"委员会办公室", "委办"}, {"办公室", "办"}, {"管理委员会", "管委会"}, {"委员会", "委"}, {"分局", "分局"}, {"管理局", "局"}, {"局", "局"},
	{"管理中心", "中心"}, {"指挥中心", "中心"}, {"中心", "中心"}, {"集团有限公司", "集团"}, {"集团公司", "集团"}, {"集团", "集团"}, {"有限公司", "公司"}, {"公司", "公司"},
	{"协会", "协"}, {"联合会", "联"}, {"委", "委"}, {"办", "办"}, {"协", "协"}, {"联", "联"}, {"部", "部"}, {"院", "院"}, {"学院", "院"}, {"开发区", "区"}, {"区", "区"},
}

func cutKind(name string) (rest []rune, ending string) {
	for _, kind := range kindsOfOffices {
		if cut, ok := strings.CutSuffix(name, kind.long); ok && cut != "" {
			return []rune(cut), kind.short
		}
	}
	return []rune(name), ""
}
