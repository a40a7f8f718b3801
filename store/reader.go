package store

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/minutebook/minutebook/models"
)

// Problems are all that is wrong with the values of a request. Each has its place in the arguments, from the input or the
// patch downwards.
type Problems []*models.UserError //nolint:errname // several errors, told at once

// Error implements error.
func (p Problems) Error() string {
	messages := make([]string, len(p))
	for i, problem := range p {
		messages[i] = strings.TrimSpace(strings.Join(problem.Path, ".") + " " + problem.Message)
	}
	return strings.Join(messages, "; ")
}

// Unwrap lets errors.As find a single problem.
func (p Problems) Unwrap() []error {
	out := make([]error, len(p))
	for i, problem := range p {
		out[i] = problem
	}
	return out
}

// reader reads the values of one request. It goes on after a problem, so that all are told at once.
type reader struct {
	tx       *Tx
	problems Problems
	refs     []ref
}

// ref is an id of a request that has to be looked up. Put takes the id of the record it leads to.
type ref struct {
	to   *Entity
	id   models.ID
	path []string
	put  func(models.ID)
}

func (r *reader) fail(path []string, message string) {
	r.problems = append(r.problems, invalid(message, slices.Clone(path)...))
}

// err returns the problems, if there are any.
func (r *reader) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	return r.problems
}

// column reads a value of a column. It is nil where there is none, also when there is a problem.
func (r *reader) column(c *Column, null bool, value any, path []string) any {
	var plain any
	if value != nil {
		var err error
		if plain, err = c.parse(value); err != nil {
			r.fail(path, err.Error())
			return nil
		}
	}
	if plain == nil && !null {
		r.fail(path, "must have a value")
	}
	return plain
}

// reference reads the id of a record of an entity; put gets the id once it has been looked up.
func (r *reader) reference(to *Entity, null bool, value any, path []string, put func(models.ID)) {
	if value == nil {
		if !null {
			r.fail(path, "must have a value")
		}
		return
	}
	s, _ := value.(string)
	if name, ok := strings.CutPrefix(s, refMark); ok {
		known, there := r.tx.named[name]
		if !there || known.Type != to.Record {
			r.fail(path, "names no "+to.Name+" that stands before it in the request")
			return
		}
		put(known.ID)
		return
	}
	recordType, id, err := models.DecodeID(s)
	if err != nil || recordType != to.Record {
		r.fail(path, "must be the id of "+article(to.Name))
		return
	}
	r.refs = append(r.refs, ref{to, id, slices.Clone(path), put})
}

// under is a path with more steps below it.
func under(path []string, steps ...string) []string { return slices.Concat(path, steps) }

func article(name string) string {
	if strings.ContainsAny(name[:1], "AEIOU") {
		return "an " + name
	}
	return "a " + name
}

// lookUp finds the records that the ids of the request name, and keeps them from being deleted or closed before the
// transaction ends. One that the actor may not see is as good as one that is not there.
func (r *reader) lookUp() error {
	byEntity := map[*Entity][]ref{}
	for _, ref := range r.refs {
		byEntity[ref.to] = append(byEntity[ref.to], ref)
	}
	for _, to := range guarded {
		if err := r.lookUpIn(to, byEntity[to]); err != nil {
			return err
		}
	}
	return r.err()
}

func (r *reader) lookUpIn(to *Entity, refs []ref) error {
	ids := make([]models.ID, len(refs))
	for i, ref := range refs {
		ids[i] = ref.id
	}
	found := map[models.ID]bool{}
	if err := r.tx.readPublic(to, ids, found); err != nil {
		return err
	}
	for _, ref := range refs {
		id := ref.id
		if _, ok := found[id]; !ok {
			kept, err := r.tx.resolve(id)
			if err != nil {
				return err
			}
			if kept != id {
				if err := r.tx.readPublic(to, []models.ID{kept}, found); err != nil {
					return err
				}
				id = kept
			}
		}
		public, ok := found[id]
		if !ok || !public && !r.tx.actor.SeesInternal() {
			r.problems = append(r.problems, &models.UserError{Code: models.CodeNotFound, Message: "there is no such " + to.Name, Path: ref.path})
			continue
		}
		ref.put(id)
	}
	return nil
}

// given turns the values of a request into the forms that are read here: pointers into what they point to, named texts into
// texts, lists into []any. Days and moments stay.
func given(value any) any {
	switch v := value.(type) {
	case nil, string, int, bool, models.Date, models.DateTime, json.Number:
		return v
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, inner := range v {
			out[name] = given(inner)
		}
		return out
	}
	r := reflect.ValueOf(value)
	switch r.Kind() {
	case reflect.Pointer:
		if r.IsNil() {
			return nil
		}
		return given(r.Elem().Interface())
	case reflect.Slice:
		if r.IsNil() {
			return nil
		}
		out := make([]any, r.Len())
		for i := range out {
			out[i] = given(r.Index(i).Interface())
		}
		return out
	case reflect.String:
		return r.String()
	}
	return value
}

// UserErrors returns the expected failures that an error of this package stands for, or nil for any other error.
func UserErrors(err error) []*models.UserError {
	var problems Problems
	var one *models.UserError
	switch {
	case errors.As(err, &problems):
		return problems
	case errors.As(err, &one):
		return []*models.UserError{one}
	case errors.Is(err, models.ErrNotFound):
		return []*models.UserError{{Code: models.CodeNotFound, Message: "there is no such record", Path: []string{"id"}}}
	}
	return nil
}
