package faults

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

const (
	createDocument = `mutation($input: CreatePersonInput!) { createPerson(input: $input) {
		person { id version name pinyin visibility } userErrors { code message } } }`
	updateDocument = `mutation($id: ID!, $patch: UpdatePersonPatch!, $version: Int) {
		updatePerson(id: $id, patch: $patch, expectedVersion: $version) {
		person { id version name pinyin visibility } userErrors { code message currentVersion } } }`
)

// person is a record as the API answers with it.
type person struct {
	ID         string
	Version    int
	Name       string
	Pinyin     string
	Visibility string
}

type userError struct {
	Code           string
	Message        string
	CurrentVersion int
}

// written is the answer of a mutation of a person, under whatever name.
func written(data json.RawMessage) (*person, []userError, error) {
	var fields map[string]struct {
		Person     *person
		UserErrors []userError
	}
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, nil, fmt.Errorf("%.200s: %w", data, err)
	}
	for _, payload := range fields {
		return payload.Person, payload.UserErrors, nil
	}
	return nil, nil, errors.New("an answer without a field")
}

// writer creates people and changes them, one request after the other.
type writer struct {
	scene *scene
	name  string
	rng   *rand.Rand
	own   []string // names of people whose state is certain
	sent  int
}

// write runs so many writers until stop is called, which waits for their last answers.
func (s *scene) write(ctx context.Context, writers int) (stop func()) {
	ended := make(chan struct{})
	var group sync.WaitGroup
	for i := range writers {
		s.writers++
		w := &writer{scene: s, name: fmt.Sprintf("W%03d", s.writers), rng: rand.New(rand.NewPCG(uint64(s.writers), uint64(i)))}
		group.Go(func() {
			for {
				select {
				case <-ended:
					return
				case <-ctx.Done():
					return
				case <-time.After(s.suite.pause):
				}
				if err := w.step(ctx); err != nil {
					s.breaksf("%s: %v", w.name, err)
					return
				}
			}
		})
	}
	return s.stopper(func() { close(ended); group.Wait() })
}

func (w *writer) step(ctx context.Context) error {
	if len(w.own) > 0 && w.rng.IntN(3) == 0 {
		return w.update(ctx)
	}
	return w.create(ctx)
}

// letters writes a number as a reading may be written.
func letters(n int) string {
	text := []byte{}
	for ; n > 0 || len(text) == 0; n /= 26 {
		text = append(text, byte('a'+n%26))
	}
	slices.Reverse(text)
	return "v " + string(text)
}

// create sends a new person, most of the time with a key, by which an answer that was lost is asked for again.
func (w *writer) create(ctx context.Context) error {
	w.sent++
	e := entry{Name: fmt.Sprintf("%s第%d号", w.name, w.sent), Pinyin: letters(w.sent), Visibility: "INTERNAL"}
	if w.rng.IntN(2) == 0 {
		e.Visibility = "PUBLIC"
	}
	input := map[string]any{"name": e.Name, "pinyin": e.Pinyin, "visibility": e.Visibility}
	keyed := w.rng.IntN(4) > 0
	if keyed {
		input["idempotencyKey"] = e.Name
	}
	e.Outcome = unknown
	if err := w.scene.ledger.note(e); err != nil {
		return err
	}
	for first := true; ; first = false {
		made, o, err := w.send(ctx, createDocument, map[string]any{"input": input})
		if err != nil {
			return err
		}
		w.scene.ledger.count(o)
		if o == acknowledged && !first {
			w.scene.ledger.settle()
		}
		if o == refused && !first {
			o = unknown // an earlier try may have been carried out
		}
		e.Outcome = o
		if made != nil {
			if made.Name != e.Name || made.Pinyin != e.Pinyin || made.Visibility != e.Visibility || made.Version != 1 {
				return fmt.Errorf("I1: sent %+v, answered %+v", e, *made)
			}
			e.ID, e.Version = made.ID, made.Version
			w.own = append(w.own, e.Name)
		}
		if o != unknown || !keyed || w.scene.over(ctx) {
			return w.scene.ledger.note(e)
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// update changes the reading of a person that only this writer changes.
func (w *writer) update(ctx context.Context) error {
	i := w.rng.IntN(len(w.own))
	w.scene.ledger.mu.Lock()
	e := *w.scene.ledger.entries[w.own[i]]
	w.scene.ledger.mu.Unlock()
	w.sent++
	reading := letters(w.sent)
	made, o, err := w.send(ctx, updateDocument, map[string]any{"id": e.ID, "patch": map[string]any{"pinyin": reading}, "version": e.Version})
	if err != nil {
		return fmt.Errorf("%w, of %+v", err, e)
	}
	w.scene.ledger.count(o)
	switch o {
	case acknowledged:
		if made.Pinyin != reading || made.Version != e.Version+1 {
			return fmt.Errorf("I5: version %d was changed to %q and answered as %+v", e.Version, reading, *made)
		}
		e.Pinyin, e.Version = reading, made.Version
	case unknown:
		e.Perhaps = reading
		w.own = slices.Delete(w.own, i, i+1)
	case refused:
		return nil
	}
	return w.scene.ledger.note(e)
}

// send sends a mutation. Its error is an invariant that is broken.
func (w *writer) send(ctx context.Context, document string, variables map[string]any) (*person, outcome, error) {
	began := time.Now()
	a, err := w.scene.editor().do(ctx, document, variables)
	if took := time.Since(began); took > slowest {
		return nil, "", fmt.Errorf("I8: a write took %s", took.Round(time.Millisecond))
	}
	w.scene.ledger.count("", a.codes...)
	switch {
	case errors.Is(err, errNotSent):
		return nil, refused, nil
	case err != nil || !a.certain():
		if a.has("INTERNAL") {
			return nil, "", fmt.Errorf("an internal error: %v", a.words)
		}
		return nil, unknown, nil
	case len(a.codes) > 0:
		return nil, refused, nil
	}
	made, problems, err := written(a.data)
	if err != nil {
		return nil, "", err
	}
	if len(problems) > 0 || made == nil {
		return nil, "", fmt.Errorf("I2, I5: a write that should succeed was refused: %+v", problems)
	}
	return made, acknowledged, nil
}
