package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/search"
	"github.com/minutebook/minutebook/store/storetest"
)

// sentences are what the texts of the measurement are made of.
var sentences = strings.FieldsFunc(`会议听取并审议了市水务局关于城市防洪排涝能力提升三年行动方案起草情况的汇报。会议原则同意该行动方案，会后由市水务局根据会议讨论情况修改完善。
提交市委常委会审议通过后，以市政府名义印发。要坚持全市一盘棋，建立源头减排、管网排放、蓄排并举、超标应急的工程体系。市财政局、市发改委要抢抓政策窗口，做深做实项目前期。
要落实属地责任，汛前完成排水管网清淤和泵站检修，确保安全度汛。数据分级、授权和责任追究等条款仍需深入论证。由市数据局会同市司法局进一步征求各县区和市直部门意见。
对企业群众反映集中的多头填报、重复提交问题逐项提出解决办法。要严格合法性审核，把好个人信息保护关。把新增设施优先安排在老年人口密度高的老城街道。
要严格执行新建住宅小区配套养老服务用房要求，对欠账小区列出补建清单。要推动医疗与养老有序衔接，让失能老人就近得到照护。道路交通、建筑施工和有限空间作业风险依然突出。
主要负责同志每月至少带队检查一次。深入开展有限空间作业专项整治，完成市政井、化粪池底数排查并建立台账。对事故多发路段挂牌治理。按照条例逐项压实属地管理、行业监管和企业主体责任。
政府投资项目要带头做到按时足额拨付工程款，坚决防止发生新的欠薪。对恶意欠薪的依法从严处理。按日处理四万吨规模建设，完成立项和环评，年底前通水运行。要提前介入、靠前服务。`, func(r rune) bool { return r == '。' || r == '\n' })

// sentence makes a text of words, some of them often and most of them rare.
func (v *vocabulary) sentence() string {
	var b strings.Builder
	for b.Len() < 120+v.rng.IntN(180) {
		b.WriteString(v.words[v.zipf.Uint64()])
		if v.rng.IntN(6) == 0 {
			b.WriteString("，")
		}
	}
	return b.String()
}

type vocabulary struct {
	rng   *rand.Rand
	zipf  *rand.Zipf
	words []string
}

func newVocabulary() *vocabulary {
	v := &vocabulary{rng: rand.New(rand.NewPCG(1, 1))}
	var characters []rune
	for _, s := range sentences {
		characters = append(characters, []rune(s)...)
	}
	for range 2000 {
		characters = append(characters, rune(0x4e00+v.rng.IntN(6000)))
	}
	for range 20_000 {
		var b strings.Builder
		for range 2 + v.rng.IntN(2) {
			b.WriteRune(characters[v.rng.IntN(len(characters))])
		}
		v.words = append(v.words, b.String())
	}
	v.zipf = rand.NewZipf(v.rng, 1.1, 8, uint64(len(v.words)-1))
	return v
}

// TestSearchSpeed measures searching and writing 200,000 short texts, or as many as MINUTEBOOK_SEARCH_TEXTS says; without
// that it is skipped.
func TestSearchSpeed(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("MINUTEBOOK_SEARCH_TEXTS"))
	if err != nil {
		t.Skip("set MINUTEBOOK_SEARCH_TEXTS to the number of texts")
	}
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		words := newVocabulary()
		rng := words.rng
		council := &models.Organization{Base: models.Base{ID: models.NewID(), Visibility: models.VisibilityPublic}, Name: "云湖市人民政府", Kind: models.OrganizationKindGovernment}
		started, all := time.Now(), []string(nil)
		for done := 0; done < n; {
			err := s.Write(t.Context(), admin, func(tx *Tx) error {
				if done == 0 {
					if err := tx.Add(council); err != nil {
						return err
					}
				}
				for range 20 {
					day := models.Date(fmt.Sprintf("20%02d-%02d-%02d", 10+rng.IntN(16), 1+rng.IntN(12), 1+rng.IntN(28)))
					m := &models.Meeting{Base: models.Base{ID: models.NewID(), Visibility: models.VisibilityPublic}, Title: fmt.Sprintf("云湖市人民政府常务会议第%d次", rng.IntN(500)), HeldOn: day,
						State: models.MeetingStateHeld, BodyID: council.ID}
					item := &models.AgendaItem{Base: models.Base{ID: models.NewID(), Visibility: models.VisibilityPublic}, MeetingID: m.ID, Position: 1, Kind: models.AgendaItemKindDeliberate,
						Title: "审议" + sentences[rng.IntN(len(sentences))], HeldOn: day}
					if err := tx.Add(m, item); err != nil {
						return err
					}
					for i := range 48 {
						text := words.sentence()
						all = append(all, text)
						d := &models.Directive{Base: models.Base{ID: models.NewID(), Visibility: models.VisibilityPublic}, AgendaItemID: item.ID, Position: i + 1, Text: text, HeldOn: day}
						if err := tx.Add(d); err != nil {
							return err
						}
					}
					done += 50
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		took := time.Since(started)
		t.Logf("%d texts written in %.1f s, %.1f ms for 1,000", n, took.Seconds(), took.Seconds()*1e6/float64(n))
		s.measure(t, all)
	})
}

func (s *Store) measure(t *testing.T, all []string) {
	rng := rand.New(rand.NewPCG(2, 2))
	for _, length := range []int{1, 2, 3, 4, 6} {
		for _, kind := range []string{"rows", "rows and total", "groups by year"} {
			var times []time.Duration
			var hits []int
			for range 60 {
				runes := []rune(all[rng.IntN(len(all))])
				from := rng.IntN(len(runes) - length)
				q, err := search.Parse(string(runes[from : from+length]))
				if err != nil {
					t.Fatal(err)
				}
				e := s.Hits(t.Context(), Search{Query: q})
				query := &Query{Entity: e, Sort: e.Sort, Rows: kind != "groups by year", Total: kind == "rows and total", Page: &Page{Size: 20}}
				if !query.Rows {
					query.Page = nil
					query.Groups = []*Grouping{{Key: "g", By: []*Dimension{e.dims["YEAR"]}, First: 100}}
				}
				started := time.Now()
				if query.Rows {
					page, err := s.SearchPage(t.Context(), models.Actor{}, query)
					if err != nil {
						t.Fatal(err)
					}
					hits = append(hits, page.TotalCount)
				} else if _, err := s.loader(t.Context(), models.Actor{}).level(query, level{}); err != nil {
					t.Fatal(err)
				}
				times = append(times, time.Since(started))
			}
			slices.Sort(times)
			slices.Sort(hits)
			line := fmt.Sprintf("%d characters, %s: p50 %.1f ms, p95 %.1f ms", length, kind, ms(times[len(times)/2]), ms(times[len(times)*95/100]))
			if kind == "rows and total" {
				line += fmt.Sprintf(", %d hits in the middle, %d at most", hits[len(hits)/2], hits[len(hits)-1])
			}
			t.Log(line)
		}
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
