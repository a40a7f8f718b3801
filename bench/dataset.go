// Package bench measures minutebook against a server written by hand for the same answers: a generated data set, the
// questions, a load generator, and results. Nothing of it is part of the product.
package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/minutebook/minutebook/models"
)

// Size says how much is generated. A meeting has 9 items, each with one presenter, one document, one decision and
// three directives, and 60 attendances.
type Size struct {
	Name                              string
	Meetings, Bodies, Bureaus, People int
}

// Sizes of data sets, by name.
var Sizes = map[string]Size{
	"XS": {"XS", 200, 4, 30, 400},
	"S":  {"S", 2_000, 10, 60, 3_000},
	"L":  {"L", 100_000, 100, 60, 60_000},
}

// Counts of what belongs to one meeting.
const (
	itemsPerMeeting       = 9
	directivesPerItem     = 3
	attendancesPerMeeting = 60
)

// Known are the records that the questions are about.
type Known struct {
	Meetings, Bodies, Bureaus, People []models.ID
}

// Open opens a database named by a mysql:// address, for statements of the bench itself.
func Open(database string) (*sql.DB, error) {
	u, err := url.Parse(database)
	if err != nil || u.Scheme != "mysql" {
		return nil, errors.New("the database must be named by a mysql:// address")
	}
	c := mysql.NewConfig()
	c.Net, c.Addr, c.DBName, c.User = "tcp", u.Host, strings.TrimPrefix(u.Path, "/"), u.User.Username()
	c.Passwd, _ = u.User.Password()
	c.MaxAllowedPacket = 64 << 20
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(25)
	db.SetMaxIdleConns(25)
	return db, nil
}

// generator writes rows in bulk, beside the store: what is measured is reading.
type generator struct {
	ctx    context.Context
	db     *sql.DB
	rng    *rand.Rand
	tables map[string]*bulk
	now    string
}

// bulk collects rows of one table.
type bulk struct {
	columns string
	width   int
	values  []any
}

// rowsPerInsert keeps a statement below the 65,535 parameters that the protocol allows.
const rowsPerInsert = 500

// Generate fills an empty, migrated database. Progress is told every ten thousandth meeting.
func Generate(ctx context.Context, db *sql.DB, size Size, progress func(done int)) (*Known, error) {
	g := &generator{ctx: ctx, db: db, rng: rand.New(rand.NewPCG(1, uint64(size.Meetings))), tables: map[string]*bulk{},
		now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006-01-02 15:04:05.000000")}
	known := &Known{}
	if err := g.organizations(size, known); err != nil {
		return nil, err
	}
	for i := range size.People {
		id := models.NewID()
		known.People = append(known.People, id)
		if err := g.record("people", id, "name, pinyin", fmt.Sprintf("张%04d", i), fmt.Sprintf("zhang %04d", i)); err != nil {
			return nil, err
		}
	}
	for i := range size.Meetings {
		if err := g.meeting(i, size, known); err != nil {
			return nil, err
		}
		if progress != nil && (i+1)%10_000 == 0 {
			progress(i + 1)
		}
	}
	return known, g.flush()
}

// Analyze lets the database count what it plans with.
func Analyze(ctx context.Context, db *sql.DB) error {
	for _, table := range order {
		if _, err := db.ExecContext(ctx, "ANALYZE TABLE "+table); err != nil {
			return err
		}
	}
	return nil
}

func (g *generator) organizations(size Size, known *Known) error {
	for i := range size.Bodies {
		body := models.NewID()
		known.Bodies = append(known.Bodies, body)
		if err := g.record("organizations", body, "name, kind, parent_id", fmt.Sprintf("第%d市人民政府", i), "GOVERNMENT", nil); err != nil {
			return err
		}
		for j := range size.Bureaus {
			id := models.NewID()
			known.Bureaus = append(known.Bureaus, id)
			if err := g.record("organizations", id, "name, kind, parent_id", fmt.Sprintf("第%d市第%d局", i, j), "DEPARTMENT", body[:]); err != nil {
				return err
			}
		}
	}
	return nil
}

// record adds a row of a record's table.
func (g *generator) record(table string, id models.ID, columns string, values ...any) error {
	return g.add(table, "id, version, visibility, public, created_at, updated_at, "+columns, append([]any{id[:], 1, "PUBLIC", 1, g.now, g.now}, values...)...)
}

// order lists the tables so that each stands after those it refers to.
var order = []string{"organizations", "people", "documents", "meetings", "agenda_items", "agenda_item_documents", "presentations", "decisions",
	"decision_documents", "directives", "attendances"}

func (g *generator) add(table, columns string, values ...any) error {
	b := g.tables[table]
	if b == nil {
		b = &bulk{columns: columns, width: len(values)}
		g.tables[table] = b
	}
	b.values = append(b.values, values...)
	if len(b.values) >= b.width*rowsPerInsert*20 {
		return g.flush()
	}
	return nil
}

// flush writes everything that was collected, in one transaction.
func (g *generator) flush() error {
	tx, err := g.db.BeginTx(g.ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(g.ctx, "SET unique_checks = 0, foreign_key_checks = 0"); err != nil {
		return err
	}
	for _, table := range order {
		b := g.tables[table]
		if b == nil {
			continue
		}
		for from := 0; from < len(b.values); from += b.width * rowsPerInsert {
			values := b.values[from:min(from+b.width*rowsPerInsert, len(b.values))]
			row := "(?" + strings.Repeat(",?", b.width-1) + ")"
			text := "INSERT INTO " + table + " (" + b.columns + ") VALUES " + row + strings.Repeat(","+row, len(values)/b.width-1)
			if _, err := tx.ExecContext(g.ctx, text, values...); err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
		}
		b.values = b.values[:0]
	}
	return tx.Commit()
}

func (g *generator) meeting(i int, size Size, known *Known) error {
	at := i % len(known.Bodies)
	held := time.Date(2006, 1, 4, 0, 0, 0, 0, time.UTC).AddDate(0, 0, (i*7)%(20*365)).Format(time.DateOnly)
	id, chair := models.NewID(), known.People[(at*37)%len(known.People)]
	known.Meetings = append(known.Meetings, id)
	body := known.Bodies[at]
	err := g.record("meetings", id, "title, series, ordinal, term, held_on, time_of_day, place, state, body_id, chair_id",
		fmt.Sprintf("第%d市人民政府常务会议第%d次", at, i), "常务会议", i/len(known.Bodies)+1, "16", held, "上午", "市政府第一会议室", "HELD", body[:], chair[:])
	if err != nil {
		return err
	}
	bureaus := known.Bureaus[at*size.Bureaus : (at+1)*size.Bureaus]
	for j := range itemsPerMeeting {
		if err := g.item(id, body, held, i, j, bureaus); err != nil {
			return err
		}
	}
	start := g.rng.IntN(len(known.People))
	for j := range attendancesPerMeeting {
		person, bureau := known.People[(start+j*j)%len(known.People)], bureaus[j%len(bureaus)]
		attendance := models.NewID()
		capacity := "OBSERVING"
		if j < 7 {
			capacity = "ATTENDING"
		}
		if err := g.record("attendances", attendance, "position, label, capacity, status, meeting_id, person_id, organization_id, held_on",
			j+1, fmt.Sprintf("第%d局张%d", j, j), capacity, "PRESENT", id[:], person[:], bureau[:], held); err != nil {
			return err
		}
	}
	return nil
}

func (g *generator) item(meeting, body models.ID, held string, i, j int, bureaus []models.ID) error {
	item, document, decision, presentation := models.NewID(), models.NewID(), models.NewID(), models.NewID()
	bureau := bureaus[g.rng.IntN(len(bureaus))]
	title := fmt.Sprintf("关于推进第%d项产业创新集群建设的实施方案（%d）", j, i)
	text := strings.Repeat("会议强调，要加强统筹协调，压实工作责任，确保各项任务落地见效。", 2)
	return firstError(
		func() error {
			return g.record("documents", document, "title, kind, issued_by_id", title, "PLAN", body[:])
		},
		func() error {
			return g.record("agenda_items", item, "position, number, kind, title, text, meeting_id, held_on", j+1, strconv.Itoa(j+1), "DELIBERATE", "审议《"+title+"》", text, meeting[:], held)
		},
		func() error {
			return g.add("agenda_item_documents", "agenda_item_id, document_id, meeting_id, position, role, short_title", item[:], document[:], meeting[:], 1, "UNDER_REVIEW", "实施方案")
		},
		func() error {
			return g.add("presentations", "id, agenda_item_id, position, organization_id, held_on, public", presentation[:], item[:], 1, bureau[:], held, 1)
		},
		func() error {
			return g.record("decisions", decision, "position, text, outcome, agenda_item_id, meeting_id, held_on", j+1, "会议原则同意该《实施方案》，会后由牵头部门修改完善，以市政府办名义印发。", "APPROVED_IN_PRINCIPLE", item[:], meeting[:], held)
		},
		func() error {
			return g.add("decision_documents", "decision_id, document_id, position", decision[:], document[:], 1)
		},
		func() error {
			for k := range directivesPerItem {
				if err := g.record("directives", models.NewID(), "position, label, text, agenda_item_id, held_on", k+1, "（"+"一二三"[k*3:k*3+3]+"）", text, item[:], held); err != nil {
					return err
				}
			}
			return nil
		},
	)
}

func firstError(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
