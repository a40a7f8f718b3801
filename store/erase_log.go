package store

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/minutebook/minutebook/models"
)

// erasedField is the field of an ERASE entry that lists the entries which lost what they said.
const erasedField = "entries"

// erasedEntry is an entry that lost what it said, and the hash of what is left of it.
type erasedEntry struct {
	Change int64  `json:"change"`
	Left   string `json:"left"`
}

// remainder is the hash of an entry as it stands after an erasure: all of it, with its own hash.
func remainder(c *models.Change) string {
	parts := append(frame(nil, c), c.Content, []byte(c.FieldsJSON), reasonOf(c), merged(c), c.Batch[:], c.Hash)
	return hex.EncodeToString(hashOf(parts...))
}

// erasedIn reads the list of an ERASE entry.
func erasedIn(c *models.Change) ([]erasedEntry, error) {
	fields, err := fieldsOf(c)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(fields, func(f *models.FieldChange) bool { return f.Field == erasedField && f.After != nil })
	if i < 0 {
		return nil, nil
	}
	var all []erasedEntry
	err = json.Unmarshal([]byte(*fields[i].After), &all)
	return all, err
}

// log covers the name in what entries say, and takes their salt, so that nobody can try names against what is left.
func (e *eraser) log() error {
	like, args := e.like("fields", "reason")
	ids, err := e.tx.entriesWhere(like+" OR record_id = ?", append(args, e.subject.ID)...)
	if err != nil {
		return err
	}
	return e.oneByOne(&Schema.Changes.typing, ids, func(row any) error { return e.entry(row.(*models.Change)) })
}

// oneByOne locks rows and works on each, one in memory at a time: texts and entries are long.
func (e *eraser) oneByOne(t *typing, ids []models.ID, work func(row any) error) error {
	for _, id := range ids {
		rows, err := e.tx.find(t, &exclusively, "", "id = ?", id)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := work(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// entriesWhere returns the ids of entries in their order.
func (tx *Tx) entriesWhere(where string, args ...any) ([]models.ID, error) {
	return tx.ids("SELECT id FROM changes WHERE "+where+" ORDER BY sequence", args...)
}

// entry covers the name in one entry.
func (e *eraser) entry(c *models.Change) error {
	fields, err := fieldsOf(c)
	if err != nil {
		return fmt.Errorf("fields of change %d: %w", c.Sequence, err)
	}
	left, done := 0, 0
	for _, f := range fields {
		for _, value := range []**string{&f.Before, &f.After} {
			if *value == nil {
				continue
			}
			text, found, covered := e.value(c, f.Field, **value)
			*value, left, done = &text, left+found-covered, done+covered
		}
	}
	if c.Reason != nil {
		mine := make(marks, len(e.matcher.find(*c.Reason)))
		if e.self[c.Record] || e.means(c.Record) || e.touched[c.Record] {
			mine = every(len(mine))
		}
		reason := e.matcher.mask(*c.Reason, mine)
		c.Reason, left, done = &reason, left+len(mine)-mine.number(), done+mine.number()
	}
	if left > 0 && !e.namesakes[c.Record] {
		e.leave("changes.fields", models.EncodeID(c.Type, c.Record), left)
	}
	if done == 0 {
		return nil
	}
	e.count("changes.fields", done)
	c.FieldsJSON, c.Salt = jsonOf(fields), nil
	e.listed = append(e.listed, erasedEntry{c.Sequence, remainder(c)})
	return e.tx.exec("UPDATE changes SET fields = ?, reason = ?, salt = NULL WHERE id = ?", c.FieldsJSON, c.Reason, c.ID)
}

// value covers the name in a value of the log.
func (e *eraser) value(c *models.Change, field, value string) (text string, found, covered int) {
	if e.self[c.Record] {
		return e.ownValue(field, value)
	}
	return e.matcher.maskJSON(value, func(n int) marks {
		known := e.marked[c.Record][field]
		switch {
		case e.also(c.Record):
			return every(n)
		case e.namesakes[c.Record]:
			return make(marks, n)
		case len(known) > 0 && (len(known) == n || !e.means(c.Record)):
			return known.fits(n)
		case e.means(c.Record):
			return every(n)
		}
		return make(marks, n)
	})
}

// ownValue covers a value of the person's own entries: all of what names and identifies the person.
func (e *eraser) ownValue(field, value string) (text string, found, done int) {
	switch field {
	case "name", "pinyin":
		text = jsonOf(covered(unquoted(value)))
	case "names", "identifiers":
		text = coveredValues(value)
	default:
		return e.matcher.maskJSON(value, every)
	}
	if text == value {
		return value, 0, 0
	}
	return text, 1, 1
}

// coveredValues covers the names and identifiers in a list of them, as the log writes it.
func coveredValues(list string) string {
	return nameValues.ReplaceAllStringFunc(list, func(pair string) string {
		found := nameValues.FindStringSubmatch(pair)
		return found[1] + jsonOf(covered(unquoted(found[2])))
	})
}

// removed drops rows that are kept for undo and hold the name or belonged to the person.
func (e *eraser) removed() error {
	like, args := e.like("r.content")
	type kept struct {
		change, record models.ID
		recordType     models.RecordType
	}
	var all []kept
	err := e.tx.each("SELECT r.change_id, c.record_id, c.record_type FROM removed_rows r JOIN changes c ON c.id = r.change_id WHERE "+like+
		" OR c.record_id = ? OR c.merged_into = ? ORDER BY c.sequence", append(args, e.subject.ID, e.subject.ID), func(scan func(...any) error) error {
		var k kept
		err := scan(&k.change, &k.record, &k.recordType)
		all = append(all, k)
		return err
	})
	if err != nil {
		return err
	}
	for _, k := range all {
		var content string
		if err := e.tx.one("SELECT content FROM removed_rows WHERE change_id = ?", k.change, &content); err != nil {
			return err
		}
		_, names, _ := e.matcher.maskJSON(content, func(n int) marks { return make(marks, n) })
		switch {
		case e.self[k.record] || e.means(k.record) || names > 0 && e.touched[k.record]:
			e.dropped++
			e.count("removed_rows.content", names)
			if err := e.tx.exec("DELETE FROM removed_rows WHERE change_id = ?", k.change); err != nil {
				return err
			}
		case names > 0 && !e.namesakes[k.record]:
			e.leave("removed_rows.content", models.EncodeID(k.recordType, k.record), names)
		}
	}
	return nil
}

// jobs covers the name in what imports answered.
func (e *eraser) jobs() error {
	like, args := e.like("result", "file_name")
	var jobs []*models.ImportJob
	if err := e.tx.orm.Clauses(exclusively).Where(like, args...).Order("id").Find(&jobs).Error; err != nil {
		return fmt.Errorf("read: %w", err)
	}
	for _, job := range jobs {
		job.Result = &models.ImportResult{}
		if err := json.Unmarshal([]byte(job.ResultJSON), job.Result); err != nil {
			return fmt.Errorf("the result of import job %s: %w", job.ID, err)
		}
		// What an import says of a text that speaks of the person means the person, unless there is a namesake.
		about := func(id *models.ID) bool { return id != nil && (e.touched[*id] || e.means(*id)) }
		mine := e.also(job.ID) || (about(job.Result.Document) || about(job.Result.Meeting)) && len(e.namesakes) == 0
		which := func(n int) marks {
			if mine {
				return every(n)
			}
			return make(marks, n)
		}
		result, found, done := e.matcher.maskJSON(job.ResultJSON, which)
		if job.FileName != nil {
			named := which(len(e.matcher.find(*job.FileName)))
			name := e.matcher.mask(*job.FileName, named)
			job.FileName, found, done = &name, found+len(named), done+named.number()
		}
		if done > 0 {
			e.count("import_jobs.result", done)
			if err := e.tx.exec("UPDATE import_jobs SET result = ?, file_name = ? WHERE id = ?", result, job.FileName, job.ID); err != nil {
				return err
			}
		}
		if found > done {
			e.leave("import_jobs.result", models.EncodeTagged(models.TagImportJob, job.ID), found-done)
		}
	}
	return nil
}

// person erases the names and identifiers of the record. It stays, as a seat that somebody had is still a fact, under a name
// of as many marks.
func (e *eraser) person() error {
	id := e.subject.ID
	all, err := e.tx.readParts(namesField, id)
	if err != nil {
		return err
	}
	own, gone := []*part{}, []models.ID{}
	for _, p := range all[id] {
		name := p.row.(*models.Name)
		official := name.Text == e.subject.Name
		name.Text = covered(name.Text)
		if official {
			own = append(own, p)
			if err := e.tx.exec("UPDATE names SET text = ?, folded = ? WHERE id = ?", name.Text, Fold(name.Text), name.ID); err != nil {
				return err
			}
			continue
		}
		gone = append(gone, name.ID)
	}
	if len(gone) > 0 {
		e.changed = append(e.changed, models.FieldChange{Field: namesField.name, Before: namesField.showAll(all[id]), After: namesField.showAll(own)})
	}
	identifiers, err := e.tx.readParts(identifiersField, id)
	if err != nil {
		return err
	}
	if before := identifiersField.showAll(identifiers[id]); before != nil {
		text := coveredValues(*before)
		e.changed = append(e.changed, models.FieldChange{Field: identifiersField.name, Before: &text})
	}
	if e.subject.Pinyin != nil {
		text := jsonOf(covered(*e.subject.Pinyin))
		e.changed = append(e.changed, models.FieldChange{Field: "pinyin", Before: &text})
	}
	for chunk := range chunks(gone) {
		for _, statement := range []string{"DELETE FROM source_spans WHERE owner_id IN (", "DELETE FROM names WHERE id IN ("} {
			b := (&builder{}).text(statement).ids(chunk).text(")")
			if err := e.tx.exec(b.sql.String(), b.args...); err != nil {
				return err
			}
		}
	}
	if err := e.tx.exec("DELETE FROM identifiers WHERE owner_id = ?", id); err != nil {
		return err
	}
	e.count("people.name", 1)
	return e.tx.exec("UPDATE people SET name = ?, pinyin = NULL WHERE id = ?", covered(e.subject.Name), id)
}

// finish gives the records that changed a new version, so that whoever holds a copy reads them again, and writes down what was
// erased.
func (e *eraser) finish() error {
	delete(e.touched, e.subject.ID)
	ids := make([]models.ID, 0, len(e.touched))
	for id := range e.touched {
		ids = append(ids, id)
	}
	sortIDs(ids)
	for _, id := range ids {
		record, err := e.tx.owner(id)
		if err != nil {
			return err
		}
		if err := e.renew(models.OperationUpdate, record, nil); err != nil {
			return err
		}
	}
	record, err := e.tx.owner(e.subject.ID)
	if err != nil {
		return err
	}
	if err := e.renew(models.OperationUpdate, record, e.changed); err != nil {
		return err
	}
	slices.SortFunc(e.listed, func(a, b erasedEntry) int { return int(a.Change - b.Change) })
	list := jsonOf(e.listed)
	return e.renew(models.OperationErase, record, []models.FieldChange{{Field: erasedField, After: &list}})
}

// renew writes the next version of a record, with its entry in the log.
func (e *eraser) renew(operation models.ChangeOperation, record models.Record, fields []models.FieldChange) error {
	meta := record.Meta()
	meta.Version, meta.UpdatedAt, meta.NaturalKey = meta.Version+1, e.tx.now, naturalKey(record)
	noted := entry{before: meta.Public, fields: fields}
	noted.change.Reason = e.reason()
	e.tx.note(operation, record, noted)
	var key any
	if meta.NaturalKey != nil {
		key = meta.NaturalKey
	}
	return e.tx.exec(fmt.Sprintf("UPDATE %s SET version = ?, updated_at = ?, natural_key = ? WHERE id = ?", record.TableName()),
		meta.Version, meta.UpdatedAt, key, meta.ID)
}
