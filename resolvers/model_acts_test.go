package resolvers

import (
	"fmt"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"github.com/minutebook/minutebook/models"
)

func (h *history) createPerson(r *rapid.T) {
	t := thing{kind: "person", name: rapid.SampledFrom(modelNames).Draw(r, "name"), public: rapid.Bool().Draw(r, "public")}
	input := map[string]any{"input": map[string]any{"name": t.name, "visibility": visibilityOf(t.public), "pinyin": "zhao yi"}}
	t.detail = "zhao yi"
	answers := h.act(models.RoleEditor, `mutation($input: CreatePersonInput!) { createPerson(input: $input) { person { id } userErrors { code message } } }`,
		func(*backend) any { return input }, "", func() {})
	h.made(answers, t)
}

func (h *history) createMeeting(r *rapid.T) {
	t := thing{kind: "meeting", public: rapid.Bool().Draw(r, "public"), detail: "一号楼"}
	t.name = fmt.Sprintf("模型会议%d", len(h.model.things)+1)
	answers := h.act(models.RoleEditor, `mutation($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code message } } }`,
		func(b *backend) any {
			return map[string]any{"input": map[string]any{
				"title": t.name, "place": t.detail, "heldOn": "2024-06-01", "body": b.body, "visibility": visibilityOf(t.public),
			}}
		}, "", func() {})
	h.made(answers, t)
}

// link seats a person in a meeting.
func (h *history) link(r *rapid.T) {
	meeting, person := h.pick("meeting"), h.model.resolve(h.pick("person"))
	t := thing{
		kind: "seat", meeting: meeting, person: person, detail: rapid.SampledFrom([]string{"ATTENDING", "OBSERVING"}).Draw(r, "capacity"),
		public: rapid.Bool().Draw(r, "public"),
	}
	want := ""
	switch {
	case h.model.at(meeting).gone, h.model.at(person).gone:
		want = string(models.CodeNotFound)
	case h.model.sameSeat(meeting, person, t.detail) != 0:
		want = string(models.CodeDuplicate)
	}
	answers := h.act(models.RoleEditor, `mutation($input: CreateAttendanceInput!) { createAttendance(input: $input) { attendance { id } userErrors { code message } } }`,
		func(b *backend) any {
			return map[string]any{"input": map[string]any{
				"meeting": b.id(meeting), "person": b.id(person), "label": "代表", "capacity": t.detail, "position": 1, "visibility": visibilityOf(t.public),
			}}
		}, want, func() {})
	h.made(answers, t)
}

// edit changes one field, now and then with a version that is not the one there is.
func (h *history) edit(r *rapid.T) {
	kind := rapid.SampledFrom([]string{"person", "meeting"}).Draw(r, "kind")
	named := h.pick(kind)
	handle := h.model.resolve(named)
	t := h.model.at(handle)
	value, field, name := rapid.SampledFrom(modelWords).Draw(r, "value"), "pinyin", "Person"
	if kind == "meeting" {
		field, name = "place", "Meeting"
	}
	version := t.version
	want := h.lost(handle)
	if rapid.IntRange(0, 4).Draw(r, "staleness") == 0 {
		version++
		if want == "" {
			want = string(models.CodeConflict)
		}
	}
	document := fmt.Sprintf(`mutation($id: ID!, $patch: Update%[1]sPatch!, $v: Int) { update%[1]s(id: $id, patch: $patch, expectedVersion: $v) {
		%[2]s { id } userErrors { code message currentVersion } } }`, name, kind)
	h.act(models.RoleEditor, document, func(b *backend) any {
		return map[string]any{"id": b.id(named), "patch": map[string]any{field: value}, "v": version}
	}, want, func() {
		if t.detail != value {
			t.detail = value
			t.version++
			h.undoable = handle
		}
	})
}

func (h *history) setVisibility(r *rapid.T) {
	kind := rapid.SampledFrom([]string{"person", "meeting", "seat"}).Draw(r, "kind")
	named := h.pick(kind)
	handle := h.model.resolve(named)
	public := rapid.Bool().Draw(r, "public")
	h.act(models.RoleEditor, `mutation($id: ID!, $v: Visibility!) { setVisibility(id: $id, visibility: $v) { record { id } userErrors { code message } } }`,
		func(b *backend) any { return map[string]any{"id": b.id(named), "v": visibilityOf(public)} }, h.lost(handle), func() {
			if t := h.model.at(handle); t.public != public {
				t.public = public
				t.version++
				h.undoable = handle
			}
		})
}

// remove withdraws a record. A person who has a seat stays; a meeting goes with its seats.
func (h *history) remove(r *rapid.T) {
	kind := rapid.SampledFrom([]string{"person", "meeting", "seat"}).Draw(r, "kind")
	named := h.pick(kind)
	handle := h.model.resolve(named)
	want := h.lost(handle)
	if want == "" && kind == "person" && len(h.model.seats(handle)) > 0 {
		want = string(models.CodeInUse)
	}
	field := map[string]string{"person": "deletePerson", "meeting": "deleteMeeting", "seat": "deleteAttendance"}[kind]
	h.act(models.RoleAdmin, `mutation($id: ID!) { `+field+`(id: $id, reason: ERROR) { deletedId userErrors { code message } } }`,
		func(b *backend) any { return map[string]any{"id": b.id(named)} }, want, func() {
			if kind == "meeting" {
				for _, seat := range h.model.seats(handle) {
					h.model.at(seat).gone = true
				}
			}
			h.model.at(handle).gone = true
			h.undoable = handle
		})
}

func (h *history) merge(r *rapid.T) {
	named, gone := h.pick("person"), h.pick("person")
	keep := h.model.resolve(named)
	want := ""
	switch {
	case named == gone, keep == gone:
		want = string(models.CodeInvalid)
	case h.model.at(keep).gone, h.model.at(gone).gone:
		want = string(models.CodeNotFound)
	}
	h.act(models.RoleAdmin, `mutation($keep: ID!, $gone: [ID!]!) { mergePeople(keep: $keep, merge: $gone) { record { id } userErrors { code message } } }`,
		func(b *backend) any { return map[string]any{"keep": b.id(named), "gone": []string{b.id(gone)}} }, want, func() {
			h.model.merge(keep, gone)
			h.undoable = gone
			h.learnVersions()
		})
}

// undo takes back the last act: all is as before, but for the versions, which grow.
func (h *history) undo(r *rapid.T) {
	if h.undoable == 0 {
		r.Skip("nothing to take back")
	}
	handle, before := h.undoable, h.before
	changes := map[*backend]string{}
	for _, b := range h.backends {
		changes[b] = h.lastChange(b, b.id(handle))
	}
	h.act(models.RoleAdmin, `mutation($change: ID!) { undo(change: $change) { record { id } kept userErrors { code message } } }`,
		func(b *backend) any { return map[string]any{"change": changes[b]} }, "", func() {
			made := len(before.things) < len(h.model.things)
			now := h.model.things
			h.model = before
			if made { // a creation was taken back: the handle stays, of a record that is gone
				last := now[len(now)-1]
				last.gone = true
				h.model.things = append(h.model.things, last)
			}
			for i := range h.model.things {
				h.model.things[i].version = max(h.model.things[i].version, now[i].version)
			}
			h.learnVersions()
			h.before, h.undoable = nil, 0
		})
}

const modelMinutes = `青溪市人民政府常务会议纪要

〔2024〕{N}号

2024年6月{N}日上午，市长柳青川主持召开市政府第{N}次常务会议。会议纪要如下：

一、审议《青溪市河道保护管理办法》

会议听取了市水务局局长贺兰舟关于《青溪市河道保护管理办法》起草情况的汇报。

会议原则同意《青溪市河道保护管理办法》，由市水务局根据会议讨论情况修改完善后，以市政府名义印发。

出席：柳青川、闻人静
列席：贺兰舟
`

// importText imports one of three texts. The second time changes nothing.
func (h *history) importText(r *rapid.T) {
	n := rapid.IntRange(1, 3).Draw(r, "text")
	text := strings.ReplaceAll(modelMinutes, "{N}", strconv.Itoa(n))
	h.act(models.RoleEditor, `mutation($text: String!) { importMinutes(input: {text: $text, visibility: PUBLIC}) { meeting { id } userErrors { code message } } }`,
		func(*backend) any { return map[string]any{"text": text} }, "", func() { h.model.imported[n] = true })
}
