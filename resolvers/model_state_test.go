package resolvers

import (
	"maps"
	"slices"
	"strings"
)

// thing is a record of the model. Which it is says its kind: a person, a meeting, or the seat of a person in a meeting.
type thing struct {
	kind            string
	name            string // of a person; title of a meeting
	detail          string // pinyin of a person; place of a meeting; capacity of a seat
	aliases         string // of a person: in order, with commas
	meeting, person int    // of a seat: handles
	public          bool   // its own visibility
	version         int
	gone            bool
	into            int // of a merged person: the handle of the one kept, from 1; 0 for none
}

// model is what the graph should hold. Records are known by handles, their places in the list, from 1.
type model struct {
	things   []thing
	imported map[int]bool
}

func (m *model) copied() *model {
	return &model{things: slices.Clone(m.things), imported: maps.Clone(m.imported)}
}

func (m *model) at(handle int) *thing { return &m.things[handle-1] }

func (m *model) add(t thing) int {
	t.version = 1
	m.things = append(m.things, t)
	return len(m.things)
}

// resolve follows merges.
func (m *model) resolve(handle int) int {
	for m.at(handle).into != 0 {
		handle = m.at(handle).into
	}
	return handle
}

// handles of records of a kind, those that are gone among them.
func (m *model) handles(kind string) []int {
	var out []int
	for i, t := range m.things {
		if t.kind == kind {
			out = append(out, i+1)
		}
	}
	return out
}

// visible says whether a guest sees a record: it and all that it belongs to are public.
func (m *model) visible(handle int) bool {
	t := m.at(handle)
	if t.gone || !t.public {
		return false
	}
	return t.kind != "seat" || m.visible(t.meeting) && m.visible(t.person)
}

// seen are the records of a kind that a reader sees.
func (m *model) seen(kind string, guest bool) []int {
	return slices.DeleteFunc(m.handles(kind), func(h int) bool { return m.at(h).gone || guest && !m.visible(h) })
}

// seats are those of a person or of a meeting.
func (m *model) seats(handle int) []int {
	return slices.DeleteFunc(m.handles("seat"), func(h int) bool {
		return m.at(h).gone || m.at(h).person != handle && m.at(h).meeting != handle
	})
}

// sameSeat is the seat of a person in a meeting in a capacity, 0 for none.
func (m *model) sameSeat(meeting, person int, capacity string) int {
	for _, h := range m.seats(meeting) {
		if s := m.at(h); s.person == person && s.detail == capacity {
			return h
		}
	}
	return 0
}

// merge makes one person of two. Seats move; of two that would be the same, the moved one goes.
func (m *model) merge(keep, gone int) {
	k, g := m.at(keep), m.at(gone)
	for _, h := range m.seats(gone) {
		s := m.at(h)
		if m.sameSeat(s.meeting, keep, s.detail) != 0 {
			s.gone = true
			continue
		}
		s.person = keep
		s.version++
	}
	names := k.names()
	for _, name := range g.names() {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	k.aliases = strings.Join(names[1:], ",")
	g.gone, g.into = true, keep
	for i := range m.things {
		if m.things[i].into == gone {
			m.things[i].into = keep
		}
	}
}

// names of a person, the main one first.
func (t *thing) names() []string {
	if t.aliases == "" {
		return []string{t.name}
	}
	return append([]string{t.name}, strings.Split(t.aliases, ",")...)
}
