package store

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm/schema"

	"github.com/minutebook/minutebook/store/storetest"
)

// TestModelsFitTables compares gorm's view of every model with the columns of its table.
func TestModelsFitTables(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		s := opened(t, database)
		tables := append(slices.Clone(storedTables), &stored{typing: Schema.Changes.typing, name: "changes"},
			&stored{typing: removedTyping, name: "removed_rows"}, &stored{typing: keyTyping, name: "idempotency_keys"},
			&stored{typing: typed[Account](), name: "accounts"}, &stored{typing: typed[Revocation](), name: "revocations"})
		for _, table := range tables {
			parsed, err := schema.Parse(table.fresh(), &sync.Map{}, schema.NamingStrategy{})
			if err != nil {
				t.Fatal(err)
			}
			if parsed.Table != table.name {
				t.Errorf("the model of %s says %s", table.name, parsed.Table)
			}
			var columns []string
			for _, field := range parsed.Fields {
				if field.DBName != "" {
					columns = append(columns, field.DBName)
				}
			}
			slices.Sort(columns)
			var found []string
			for _, column := range columnsOf(t, s, table.name) {
				name, null := strings.CutSuffix(column, "?")
				found = append(found, name)
				checkNull(t, table, name, null)
			}
			if !slices.Equal(columns, found) {
				t.Errorf("%s has the columns %v, its model %v", table.name, found, columns)
			}
		}
	})
}

// checkNull reports a column that may be empty while its field cannot be, or the other way round.
func checkNull(t *testing.T, table *stored, column string, null bool) {
	t.Helper()
	field := reflect.TypeOf(table.fresh()).Elem().FieldByIndex(table.paths[column])
	empty := field.Type.Kind() == reflect.Pointer || column == "natural_key"
	if field.Type.Kind() == reflect.Slice && null { // no bytes are NULL
		return
	}
	if empty != null {
		t.Errorf("%s.%s: may be NULL: %v, may be nil: %v", table.name, column, null, empty)
	}
}

// columnsOf lists the columns of a table, with a question mark behind those that may be empty.
func columnsOf(t *testing.T, s *Store, table string) []string {
	t.Helper()
	query := "SELECT column_name, is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?"
	if s.dialect == SQLite {
		query = `SELECT name, "notnull" = 0 FROM pragma_table_info(?)`
	}
	rows, err := s.read.Query(query, table)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var out []string
	for rows.Next() {
		var name string
		var null bool
		if err := rows.Scan(&name, &null); err != nil {
			t.Fatal(err)
		}
		out = append(out, name+strings.Repeat("?", map[bool]int{true: 1}[null]))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}
