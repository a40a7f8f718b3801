package yardstick

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/minutebook/minutebook/models"
)

// below are the written members of a level, by the record they belong to.
type below map[models.ID][]byte

func (b below) add(owner []byte, write func([]byte) []byte) {
	var id models.ID
	copy(id[:], owner)
	out := b[id]
	if len(out) > 0 {
		out = append(out, ',')
	}
	b[id] = write(out)
}

// padded fills a list of ids up to the length that the statement was prepared for.
func padded(ids []models.ID, n int) []any {
	args := make([]any, n)
	for i := range args {
		args[i] = ids[min(i, len(ids)-1)][:]
	}
	return args
}

func (s *Server) whole(ctx context.Context, out []byte, _ models.ID, _ *http.Request) ([]byte, error) {
	type meeting struct {
		id   models.ID
		head []byte
	}
	var meetings []meeting
	var ids, items []models.ID
	err := s.rows(ctx, "meetings", 3, func(v []sql.RawBytes) {
		if len(meetings) == 20 {
			return
		}
		m := meeting{}
		copy(m.id[:], v[0])
		m.head = text(text(nil, `{"title":`, v[1]), `,"heldOn":`, v[2])
		meetings, ids = append(meetings, m), append(ids, m.id)
	})
	if err != nil {
		return nil, err
	}
	type item struct {
		id    models.ID
		title []byte
	}
	held := map[models.ID][]item{}
	err = s.rows(ctx, "items", 3, func(v []sql.RawBytes) {
		var owner models.ID
		i := item{title: text(nil, `{"title":`, v[2])}
		copy(owner[:], v[0])
		copy(i.id[:], v[1])
		held[owner], items = append(held[owner], i), append(items, i.id)
	}, padded(ids, 20)...)
	if err != nil {
		return nil, err
	}
	presenters, documents, decisions, directives := below{}, below{}, below{}, below{}
	args := padded(items, 180)
	for name, read := range map[string]func(v []sql.RawBytes){
		"presenters": func(v []sql.RawBytes) {
			presenters.add(v[0], func(out []byte) []byte { return append(text(out, `{"organization":{"name":`, v[1]), '}', '}') })
		},
		"documents": func(v []sql.RawBytes) {
			documents.add(v[0], func(out []byte) []byte {
				return append(text(text(text(out, `{"shortTitle":`, v[3]), `,"node":{"title":`, v[1]), `,"kind":`, v[2]), '}', '}')
			})
		},
		"decisions": func(v []sql.RawBytes) {
			decisions.add(v[0], func(out []byte) []byte { return append(text(text(out, `{"outcome":`, v[1]), `,"text":`, v[2]), '}') })
		},
		"directives": func(v []sql.RawBytes) {
			directives.add(v[0], func(out []byte) []byte { return append(text(text(out, `{"label":`, v[1]), `,"text":`, v[2]), '}') })
		},
	} {
		columns := map[string]int{"presenters": 2, "documents": 4, "decisions": 3, "directives": 3}[name]
		if err := s.rows(ctx, name, columns, read, args...); err != nil {
			return nil, err
		}
	}
	out = append(out, `{"meetings":{"nodes":[`...)
	for i, m := range meetings {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, m.head...), `,"agendaItems":{"nodes":[`...)
		for j, item := range held[m.id] {
			if j > 0 {
				out = append(out, ',')
			}
			out = append(append(out, item.title...), `,"presenters":{"nodes":[`...)
			out = append(append(out, presenters[item.id]...), `]},"documents":{"edges":[`...)
			out = append(append(out, documents[item.id]...), `]},"decisions":{"nodes":[`...)
			out = append(append(out, decisions[item.id]...), `]},"directives":{"nodes":[`...)
			out = append(append(out, directives[item.id]...), `]}}`...)
		}
		out = append(out, `]}}`...)
	}
	return append(out, `]}}`...), nil
}

func (s *Server) person(ctx context.Context, out []byte, id models.ID, _ *http.Request) ([]byte, error) {
	if err := s.rows(ctx, "person", 1, func(v []sql.RawBytes) { out = text(out, `{"person":{"name":`, v[0]) }, id[:]); err != nil {
		return nil, err
	}
	var ids []models.ID
	var heads [][]byte
	err := s.rows(ctx, "attended", 3, func(v []sql.RawBytes) {
		if len(ids) == 20 {
			return
		}
		var m models.ID
		copy(m[:], v[0])
		ids, heads = append(ids, m), append(heads, text(text(nil, `{"meeting":{"title":`, v[1]), `,"heldOn":`, v[2]))
	}, id[:])
	if err != nil {
		return nil, err
	}
	items := below{}
	if len(ids) > 0 {
		err = s.rows(ctx, "items", 3, func(v []sql.RawBytes) {
			items.add(v[0], func(out []byte) []byte { return append(text(out, `{"title":`, v[2]), '}') })
		}, padded(ids, 20)...)
	}
	out = append(out, `,"attendances":{"nodes":[`...)
	for i, head := range heads {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(out, head...), `,"agendaItems":{"nodes":[`...)
		out = append(append(out, items[ids[i]]...), `]}}}`...)
	}
	return append(out, `]}}}`...), err
}
