package models

import (
	"database/sql/driver"
	"fmt"
	"strings"
)

// Lines is a list of short texts kept in one column, a line each.
type Lines []string

// Scan implements sql.Scanner.
func (l *Lines) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*l = Lines{}
	case []byte:
		return l.Scan(string(v))
	case string:
		*l = Lines{}
		if v != "" {
			*l = strings.Split(v, "\n")
		}
	default:
		return fmt.Errorf("lines of type %T", src)
	}
	return nil
}

// Value implements driver.Valuer.
func (l Lines) Value() (driver.Value, error) { return strings.Join(l, "\n"), nil }
