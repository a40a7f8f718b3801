package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/minutebook/minutebook/models"
)

// removed are rows that a change took away, exactly as they were, for undo.
type removed struct {
	Table string           `json:"table"`
	Rows  []map[string]any `json:"rows"`
}

// removedRow is a row of removed_rows: what one change took away.
type removedRow struct {
	ChangeID models.ID `gorm:"column:change_id;primaryKey"`
	Content  string    `gorm:"column:content"`
}

// TableName names the table for gorm.
func (*removedRow) TableName() string { return "removed_rows" }

var removedTyping = typed[removedRow]()

// keep notes rows that the change removes.
func (e *entry) keep(t *stored, rows []any) {
	if len(rows) == 0 {
		return
	}
	if last := len(e.removed) - 1; last < 0 || e.removed[last].Table != t.name {
		e.removed = append(e.removed, removed{Table: t.name})
	}
	at := &e.removed[len(e.removed)-1]
	for _, row := range rows {
		values := map[string]any{}
		for _, column := range t.columnNames() {
			switch value := t.plain(row, column).(type) {
			case nil:
			case models.ID:
				values[column] = value.String()
			default:
				values[column] = value
			}
		}
		at.Rows = append(at.Rows, values)
	}
}

func encodeRemoved(all []removed) (string, error) {
	text, err := json.Marshal(all)
	if err != nil {
		return "", fmt.Errorf("note removed rows: %w", err)
	}
	return string(text), nil
}

// taken reads what a change took away, as models by table. A table or a column that is gone since is left out.
func (tx *Tx) taken(change models.ID) (map[*stored][]any, error) {
	rows, err := tx.find(&removedTyping, nil, "", "change_id = ?", change)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var all []removed
	if err := json.Unmarshal([]byte(rows[0].(*removedRow).Content), &all); err != nil {
		return nil, fmt.Errorf("removed rows of change %s: %w", change, err)
	}
	out := map[*stored][]any{}
	for _, r := range all {
		t := tableNamed(r.Table)
		if t == nil {
			continue
		}
		for _, values := range r.Rows {
			model, err := t.revive(values)
			if err != nil {
				return nil, fmt.Errorf("removed rows of change %s: %w", change, err)
			}
			out[t] = append(out[t], model)
		}
	}
	return out, nil
}

// revive makes a model of a row that was kept.
func (t *stored) revive(values map[string]any) (any, error) {
	model := t.fresh()
	for column, value := range values {
		if t.paths[column] == nil {
			continue
		}
		field := reflect.TypeOf(model).Elem().FieldByIndex(t.paths[column]).Type
		if field.Kind() == reflect.Pointer {
			field = field.Elem()
		}
		plain, err := revived(field, value)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", t.name, column, err)
		}
		t.set(model, column, plain)
	}
	return model, nil
}

// revived turns a value of JSON into the plain value of a field of that type.
func revived(field reflect.Type, value any) (any, error) {
	switch v := value.(type) {
	case float64:
		return int(v), nil
	case bool:
		return v, nil
	case []any:
		lines := make(models.Lines, len(v))
		for i := range v {
			lines[i] = fmt.Sprint(v[i])
		}
		return lines, nil
	case string:
		switch field {
		case reflect.TypeFor[models.ID]():
			return revivedID(v)
		case reflect.TypeFor[models.DateTime]():
			return models.ParseDateTime(v)
		case reflect.TypeFor[[]byte]():
			return base64.StdEncoding.DecodeString(v)
		}
		return v, nil
	}
	return nil, fmt.Errorf("a value of type %T", value)
}

// revivedID reads an id as ID.String writes it.
func revivedID(text string) (models.ID, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(raw) != 16 {
		return models.ID{}, fmt.Errorf("%q is no id", text)
	}
	return models.ID(raw), nil
}
