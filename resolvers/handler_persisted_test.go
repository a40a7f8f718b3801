package resolvers

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

const storedDocument = "query Stored { __typename }"

func storedHash() string { return strings.TrimPrefix(hashOf(storedDocument), hashPrefix) }

func manifest(t *testing.T, text string) *Manifest {
	t.Helper()
	m, err := ReadManifest([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestReadManifest(t *testing.T) {
	quoted := strconv.Quote(storedDocument)
	for _, text := range []string{
		fmt.Sprintf(`{"abc":%s}`, quoted),
		fmt.Sprintf(`{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"abc","name":"Stored","type":"query","body":%s}]}`, quoted),
	} {
		m := manifest(t, text)
		for _, name := range []string{"abc", hashOf(storedDocument)} {
			if m.byName[name] != storedDocument {
				t.Errorf("%s: %s is not known", text, name)
			}
		}
		if m.Len() != 1 {
			t.Errorf("%s has %d documents", text, m.Len())
		}
	}
	for _, text := range []string{"", "[]", `{"abc":1}`, `"x"`} {
		if _, err := ReadManifest([]byte(text)); err == nil {
			t.Errorf("%q is taken for a manifest", text)
		}
	}
}

func TestTrustedDocuments(t *testing.T) {
	quoted := strconv.Quote(storedDocument)
	trusted := manifest(t, fmt.Sprintf(`{"abc":%s}`, quoted))
	for _, c := range []struct {
		mode TrustedMode
		body string
		code string
	}{
		{TrustedOff, `{"documentId":"abc"}`, ""},
		{TrustedOff, `{"documentId":"sha256:` + storedHash() + `"}`, ""},
		{TrustedOff, `{"documentId":"nothing"}`, codePersisted},
		{TrustedOff, `{"documentId":1}`, codeBadInput},
		{TrustedOff, `{"documentid":"abc"}`, codeBadInput},
		{TrustedOff, `{"documentId":"abc","query":"{ __typename }"}`, codeBadInput},
		{TrustedOff, `{"query":"{ __typename }"}`, ""},
		{TrustedLog, `{"query":"{ __typename }"}`, ""},
		{TrustedEnforce, `{"query":"{ __typename }"}`, codePersisted},
		{TrustedEnforce, `{"query":"` + storedDocument + `"}`, ""},
		{TrustedEnforce, `{"documentId":"abc"}`, ""},
		{TrustedEnforce, `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + storedHash() + `"}}}`, ""},
	} {
		b := newBench(t, func(o *Options) { o.TrustedMode, o.TrustedDocuments = c.mode, trusted })
		if r := b.post(c.body); r.code() != c.code || c.code == "" && r.body.Data["__typename"] != "Query" {
			t.Errorf("%s %s: %s, want %q", c.mode, c.body, r.text, c.code)
		}
		logged := strings.Contains(b.log.String(), "outside of the manifest")
		if want := c.mode == TrustedLog; logged != want {
			t.Errorf("%s %s: logged %v", c.mode, c.body, logged)
		}
	}
	b := newBench(t, func(o *Options) { o.TrustedDocuments = trusted })
	if r := b.do("GET", "/graphql?documentId=abc", ""); r.status != 200 || r.header.Get("ETag") == "" {
		t.Errorf("a document by GET: %d %s", r.status, r.text)
	}
	if err := trusted.Check(b.api); err != nil {
		t.Errorf("a good manifest: %v", err)
	}
	if err := manifest(t, `{"old":"{ gone }"}`).Check(b.api); err == nil || !strings.Contains(err.Error(), "old") {
		t.Errorf("a manifest of another schema: %v", err)
	}
}

func TestAutomaticPersistedQueries(t *testing.T) {
	hashed := `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + storedHash() + `"}}`
	on := newBench(t, func(o *Options) { o.AutomaticPersist = true })
	if r := on.post(hashed + "}"); r.code() != codePersisted || r.body.Errors[0].Message != "PersistedQueryNotFound" {
		t.Errorf("before it was sent: %s", r.text)
	}
	if r := on.post(hashed + `,"query":"{ other }"}`); r.code() != codeBadInput {
		t.Errorf("with the hash of another: %s", r.text)
	}
	if r := on.post(hashed + `,"query":"` + storedDocument + `"}`); r.code() != "" {
		t.Errorf("with the document: %s", r.text)
	}
	extensions := url.QueryEscape(`{"persistedQuery":{"version":1,"sha256Hash":"` + storedHash() + `"}}`)
	if r := on.do("GET", "/graphql?extensions="+extensions, ""); r.status != 200 || r.body.Data["__typename"] != "Query" {
		t.Errorf("after it was sent: %d %s", r.status, r.text)
	}
	off := newBench(t)
	off.post(hashed + `,"query":"` + storedDocument + `"}`)
	if r := off.post(hashed + "}"); r.code() != codePersisted {
		t.Errorf("where it is off: %s", r.text)
	}
}

func TestSentDocumentsAreBounded(t *testing.T) {
	s := newSentDocuments(1000)
	for i := range 2000 {
		document := fmt.Sprintf("{ __typename } # %d %s", i, strings.Repeat("x", 20<<10))
		s.add(hashOf(document), document)
	}
	if s.used > maxSent || s.list.Len() > 1000 {
		t.Errorf("%d documents of %d bytes are kept", s.list.Len(), s.used)
	}
}
