package resolvers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// TrustedMode says what happens to documents that are not in the manifest.
type TrustedMode string

// Modes of trusted documents.
const (
	TrustedOff     TrustedMode = "off"     // any document runs
	TrustedLog     TrustedMode = "log"     // any document runs, and one that is not in the manifest is logged
	TrustedEnforce TrustedMode = "enforce" // only documents of the manifest run
)

// Manifest holds documents that were stored when a client was built, by each of their names.
type Manifest struct {
	byName map[string]string
	texts  map[string]bool
}

var errManifest = errors.New("the manifest is neither an object of ids and documents, as relay-compiler and graphql-codegen write it, " +
	"nor a manifest of Apollo's")

// ReadManifest reads a manifest: a JSON object of ids and documents, as relay-compiler and graphql-codegen write it, or
// the manifest of Apollo's tools. A document is known by its id there and by the SHA-256 of its text.
func ReadManifest(text []byte) (*Manifest, error) {
	var apollo struct {
		Operations []struct {
			ID   string `json:"id"`
			Body string `json:"body"`
		} `json:"operations"`
	}
	m := &Manifest{byName: map[string]string{}, texts: map[string]bool{}}
	if err := json.Unmarshal(text, &apollo); err == nil && apollo.Operations != nil {
		for _, operation := range apollo.Operations {
			m.add(operation.ID, operation.Body)
		}
		return m, nil
	}
	var plain map[string]string
	if err := json.Unmarshal(text, &plain); err != nil {
		return nil, errManifest
	}
	for id, document := range plain {
		m.add(id, document)
	}
	return m, nil
}

func (m *Manifest) add(id, document string) {
	m.byName[id] = document
	m.byName[hashOf(document)] = document
	m.texts[document] = true
}

// Len returns how many documents there are.
func (m *Manifest) Len() int { return len(m.texts) }

// Check returns the documents' names that the schema of a handler does not take, so that a manifest of another version
// is noticed at the start.
func (m *Manifest) Check(h *Handler) error {
	var wrong []error
	for name, document := range m.byName {
		if name == hashOf(document) {
			continue
		}
		if _, r := h.guard.read(document); r != nil {
			wrong = append(wrong, fmt.Errorf("the document %s of the manifest: %s", clip(name), r.errors[0].Message))
		}
	}
	return errors.Join(wrong...)
}

const hashPrefix = "sha256:"

func hashOf(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hashPrefix + hex.EncodeToString(sum[:])
}

// persistence finds the document of a request that names one instead of sending it.
type persistence struct {
	mode     TrustedMode
	manifest *Manifest // nil where there is none
	log      *slog.Logger
	sent     *sentDocuments // nil where automatic persisted queries are off
}

// resolve puts the document that a request means into the request, or says that there is none.
func (p *persistence) resolve(ctx context.Context, req *request) *refusal {
	name, r := documentName(req)
	if r != nil {
		return r
	}
	if req.query == "" && name != "" {
		document, known := p.find(name)
		if !known {
			return refuse(codePersisted, "PersistedQueryNotFound")
		}
		req.query = document
	}
	if p.manifest == nil || p.mode == TrustedOff || p.manifest.texts[req.query] {
		return nil
	}
	if p.mode == TrustedEnforce {
		return refuse(codePersisted, "only documents that were stored beforehand run here: send documentId")
	}
	p.log.WarnContext(ctx, "document outside of the manifest", "request", exchangeFrom(ctx).id, "hash", hashOf(req.query))
	return nil
}

// documentName returns the name by which a request speaks of its document, "" where it does not. A document that comes
// with a hash must be the one of the hash.
func documentName(req *request) (string, *refusal) {
	name := req.documentID
	if extension, ok := req.extensions["persistedQuery"].(map[string]any); ok && name == "" {
		hash, _ := extension["sha256Hash"].(string)
		name = hashPrefix + hash
		if req.query != "" && name != hashOf(req.query) {
			return "", refuse(codeBadInput, "sha256Hash is not the hash of the query")
		}
	} else if req.query != "" && name != "" {
		return "", refuse(codeBadInput, "send query or documentId, not both")
	}
	return name, nil
}

func (p *persistence) find(name string) (string, bool) {
	if p.manifest != nil {
		if document, known := p.manifest.byName[name]; known {
			return document, true
		}
	}
	if p.sent != nil {
		return p.sent.get(name)
	}
	return "", false
}

// keep remembers a good document that came with its hash, for clients of automatic persisted queries.
func (p *persistence) keep(req *request) {
	if _, automatic := req.extensions["persistedQuery"]; automatic && p.sent != nil {
		p.sent.add(hashOf(req.query), req.query)
	}
}

// maxSent bounds the documents that clients have sent with a hash.
const maxSent = 8 << 20

// sentDocuments keeps the texts of documents by their hash, as many as fit.
type sentDocuments struct {
	mu   sync.Mutex
	used int
	list *simplelru.LRU[string, string]
}

func newSentDocuments(most int) *sentDocuments {
	s := &sentDocuments{}
	s.list, _ = simplelru.NewLRU(max(1, most), func(_, document string) { s.used -= len(document) }) // fails for sizes below 1 only
	return s
}

func (s *sentDocuments) get(name string) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.list.Get(name)
}

func (s *sentDocuments) add(name, document string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.list.Contains(name) {
		return
	}
	s.used += len(document)
	s.list.Add(name, document)
	for s.used > maxSent {
		s.list.RemoveOldest()
	}
}
