package ingest

import (
	"testing"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// townOf is a directory of a place with some organizations that belong to it, each by its names, the first its own.
func townOf(places []string, organizations ...[]string) *directory {
	d := newDirectory(viewpoint{places})
	d.home = known1(nil, government(places[len(places)-1]))
	d.home.record.Kind = models.OrganizationKindGovernment
	d.add(d.home)
	for _, names := range organizations {
		d.add(known1(&d.home.record.ID, names...))
	}
	return d
}

func known1(parent *models.ID, names ...string) *organization {
	o := &organization{record: &models.Organization{Name: names[0], ParentID: parent}}
	o.record.ID = models.NewID()
	for _, name := range names {
		o.names = append(o.names, &models.Name{Text: name, Folded: store.Fold(name)})
	}
	return o
}

func TestFindOrganization(t *testing.T) {
	taicang := []string{"太仓市"}
	for _, test := range []struct {
		name   string
		places []string
		known  [][]string
		want   string // the name of the one that is found; "?" for a question, "" for nothing
	}{
		{"市科技局", taicang, [][]string{{"太仓市科学技术局"}}, "太仓市科学技术局"},
		{"科技局", taicang, [][]string{{"太仓市科学技术局"}}, "太仓市科学技术局"},
		{"太仓市科技局", taicang, [][]string{{"市科技局"}}, "市科技局"},
		{"市发改委", taicang, [][]string{{"太仓市发展和改革委员会"}}, "太仓市发展和改革委员会"},
		{"市发展改革委", taicang, [][]string{{"市发改委"}}, "市发改委"},
		{"市发改委", taicang, [][]string{{"太仓市发展和改革局"}}, ""},
		{"市政府", taicang, [][]string{{"太仓市人民政府办公室"}}, "太仓市人民政府"},
		{"市政府办", taicang, [][]string{{"太仓市人民政府办公室"}}, "太仓市人民政府办公室"},
		{"政府办", taicang, [][]string{{"市政府办公室"}}, "市政府办公室"},
		{"市府办", taicang, nil, ""},
		{"市政府常务会议", taicang, nil, "太仓市人民政府"},
		{"市委办", taicang, [][]string{{"市委编办"}}, ""},
		{"市委办", taicang, [][]string{{"中共太仓市委办公室"}}, "中共太仓市委办公室"},
		{"市委", taicang, [][]string{{"中共太仓市委员会"}, {"市委办"}}, "中共太仓市委员会"},
		{"中共太仓市委", taicang, [][]string{{"市委"}}, "市委"},
		{"团市委", taicang, [][]string{{"共青团太仓市委员会"}}, "共青团太仓市委员会"},
		{"市政协", taicang, [][]string{{"政协太仓市委员会"}}, "政协太仓市委员会"},
		{"市人大", taicang, [][]string{{"市人大常委会"}}, ""},
		{"太仓市人民代表大会常务委员会", taicang, [][]string{{"市人大常委会"}}, "市人大常委会"},
		{"检察院", taicang, [][]string{{"太仓市人民检察院"}}, "太仓市人民检察院"},
		{"太仓生态环境局", taicang, [][]string{{"市生态环境局"}}, "市生态环境局"},
		{"国家税务总局太仓市税务局", taicang, [][]string{{"税务局"}}, "税务局"},
		{"市场监管局", taicang, [][]string{{"市市场监管局"}}, "市市场监管局"},
		{"高新区", taicang, [][]string{{"太仓高新区"}, {"太仓港经济技术开发区"}}, "太仓高新区"},
		{"科教新城", taicang, [][]string{{"科教新城管委会"}}, "科教新城管委会"},
		{"娄东街道", taicang, [][]string{{"娄东街道办事处"}}, "娄东街道办事处"},
		{"沙溪镇", taicang, [][]string{{"沙溪镇人民政府"}, {"浮桥镇人民政府"}}, "沙溪镇人民政府"},
		{"各镇人民政府", taicang, [][]string{{"沙溪镇人民政府"}}, ""},
		{"各镇人民政府", taicang, [][]string{{"各镇人民政府"}}, "各镇人民政府"},
		{"市文博中心", taicang, [][]string{{"太仓市文化博览中心"}}, "太仓市文化博览中心"},
		{"市财政局", taicang, [][]string{{"太仓市财政监督局"}}, ""},
		{"市城管局", taicang, [][]string{{"太仓市城市管理局"}, {"太仓市城市管理和综合执法局"}}, "?"},
		{"市环保局", taicang, [][]string{{"太仓市生态环境局"}}, ""},
		{"区教育局", []string{"长宁区"}, [][]string{{"长宁区教育局"}}, "长宁区教育局"},
		{"市教育局", []string{"长宁区"}, [][]string{{"长宁区教育局"}}, ""},
		{"县人社局", []string{"山丹县"}, [][]string{{"山丹县人力资源和社会保障局"}}, "山丹县人力资源和社会保障局"},
		{"苏州市科技局", taicang, [][]string{{"市科技局"}}, ""},
		{"望江区政府", []string{"云湖市"}, [][]string{{"市发改委"}}, ""},
		{"望江区政府", []string{"云湖市"}, [][]string{{"望江区"}}, "望江区"},
		{"云湖市望江区", []string{"云湖市"}, [][]string{{"望江区政府"}}, "望江区政府"},
		{"区发改委", []string{"云湖市", "望江区"}, [][]string{{"云湖市望江区发展和改革委员会"}}, "云湖市望江区发展和改革委员会"},
		{"国务院", taicang, [][]string{{"市政府办"}}, ""},
	} {
		fits := townOf(test.places, test.known...).find(test.name)
		got := ""
		switch {
		case len(fits) == 1:
			got = fits[0].organization.record.Name
		case len(fits) > 1:
			got = "?"
		}
		if got != test.want {
			t.Errorf("%s of %v among %v: got %q, want %q", test.name, test.places, test.known, got, test.want)
		}
	}
}

func TestFindOrganizationOfNoOtherCity(t *testing.T) {
	d := townOf([]string{"太仓市"})
	other := known1(nil, "张家港市人民政府")
	d.add(other)
	d.add(known1(&other.record.ID, "市科技局", "张家港市科学技术局"))
	d.add(known1(nil, "张家港市财政局"))
	for _, name := range []string{"市科技局", "科技局", "太仓市科学技术局", "市财政局", "财政局"} {
		if fits := d.find(name); len(fits) > 0 {
			t.Errorf("%s of 太仓市 was found to be %s of 张家港市", name, fits[0].organization.record.Name)
		}
	}
	loose := known1(nil, "太仓市财政局")
	d.add(loose)
	if fits := d.find("市财政局"); len(fits) != 1 || fits[0].organization != loose {
		t.Errorf("市财政局 was not found to be 太仓市财政局, which belongs nowhere: %v", fits)
	}
}

func TestCutPlaces(t *testing.T) {
	for name, want := range map[string][]string{
		"太仓市人民政府": {"太仓市"}, "云湖市望江区人民政府": {"云湖市", "望江区"}, "乌鲁木齐县人民政府": {"乌鲁木齐县"}, "内蒙古自治区包头市昆都仑区教育局": {"内蒙古自治区", "包头市", "昆都仑区"},
		"市科技局": nil, "城市管理局": nil, "高新区管委会": nil, "太仓港经济技术开发区": nil, "州市场监管局": nil, "各县（区）人民政府": nil, "局党组": nil,
		"霧汀縣都市計畫委員會": {"霧汀縣"}, "浦东新区财政局": {"浦东新区"}, "镇江市水利局": {"镇江市"}, "": nil, "市": nil, "县": nil,
	} {
		got, _ := cutPlaces(name)
		if len(got) != len(want) {
			t.Errorf("%s: %v, want %v", name, got, want)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: %v, want %v", name, got, want)
			}
		}
	}
}

func TestIdentifyPerson(t *testing.T) {
	city, bureau, office, other := models.NewID(), models.NewID(), models.NewID(), models.NewID()
	seen := func(sightings ...store.Sighting) *person {
		p := newPerson(&models.Person{Name: "王勇"}, false)
		p.record.ID = models.NewID()
		for _, s := range sightings {
			p.see(s)
		}
		return p
	}
	at := func(unit, body models.ID, capacity models.AttendanceCapacity) store.Sighting {
		return store.Sighting{Organization: unit, Body: body, Capacity: capacity}
	}
	none := models.ID{}
	ofBureau := seen(at(bureau, city, models.AttendanceCapacityObserving))
	ofOffice := seen(at(office, city, models.AttendanceCapacityObserving))
	member := seen(at(none, city, models.AttendanceCapacityAttending))
	elsewhere := seen(at(none, other, models.AttendanceCapacityAttending))
	envoy := seen(at(other, city, models.AttendanceCapacityObserving))
	for _, test := range []struct {
		name  string
		among []*person
		s     sighting
		want  *person
		asks  bool
	}{
		{"the same organization", []*person{ofBureau, ofOffice, member}, sighting{unit: bureau, body: city}, ofBureau, false},
		{"the same organization before another body", []*person{ofBureau}, sighting{unit: bureau, body: other}, ofBureau, false},
		{"no organization on either side", []*person{member, ofBureau}, sighting{body: city, leading: true}, member, false},
		{"no organization here, one known", []*person{ofBureau}, sighting{body: city}, ofBureau, false},
		{"no organization here, two known", []*person{ofBureau, ofOffice}, sighting{body: city}, nil, true},
		{"an organization here, none known", []*person{member}, sighting{unit: bureau, body: city}, member, false},
		{"another organization", []*person{ofOffice}, sighting{unit: bureau, body: city}, nil, true},
		{"who leads a district before the city", []*person{elsewhere}, sighting{unit: other, body: city}, elsewhere, false},
		{"who came for the district before leads it", []*person{envoy}, sighting{body: other, leading: true}, envoy, false},
		{"elsewhere", []*person{elsewhere}, sighting{body: city}, nil, true},
		{"nobody", nil, sighting{body: city}, nil, false},
	} {
		got, _, why, doubtful := identify(test.among, test.s)
		if got != test.want || (len(doubtful) > 0) != test.asks {
			t.Errorf("%s: got %v (%s) with %d candidates", test.name, got, why, len(doubtful))
		}
	}
}

func TestTitles(t *testing.T) {
	for title, want := range map[string]models.DocumentKind{
		"政府工作报告（送审稿）": models.DocumentKindReport, "云湖市城市防洪排涝能力提升三年行动方案（2026—2028年）": models.DocumentKindPlan,
		"太仓市市长质量奖评定管理办法": models.DocumentKindMeasures, "江苏省住宅物业消防安全管理规定": models.DocumentKindRegulation, "关于推进工作的意见": models.DocumentKindOpinion, "来信": models.DocumentKindOther,
	} {
		if got := documentKind(title); got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
	if bare, stage := cutStage("2026年政府工作报告（送审稿）"); bare != "2026年政府工作报告" || stage != "送审稿" {
		t.Errorf("the stage of a draft: %q and %q", bare, stage)
	}
	for title, want := range map[string]bool{"政府工作报告": true, "2026年政府工作报告": false, "太仓市城市照明专项规划": false, "公共数据管理办法": false} {
		if recurring(title) != want {
			t.Errorf("%s: comes again: %v", title, !want)
		}
	}
}

func TestDueOn(t *testing.T) {
	for words, want := range map[string]models.Date{
		"市资源规划局2026年7月15日前完成移交": "2026-07-15", "于6月30日前报送": "2026-06-30", "3月底前完成": "2027-03-31", "年底前盘活": "2026-12-31",
		"115年9月30日前提供": "2026-09-30", "修改完善": "", "2月30日前": "", "13月1日前": "",
	} {
		got := dueOn(words, "2026-06-24")
		if (got != nil || want != "") && or(got) != string(want) {
			t.Errorf("%s: %s, want %s", words, or(got), want)
		}
	}
}
