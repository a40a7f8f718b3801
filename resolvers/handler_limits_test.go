package resolvers

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
)

func TestMeter(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	m := newMeter()
	m.now = func() time.Time { return now }
	for i := range 60 {
		if wait := m.take(caller{subject: "a"}, 1, 60); wait != 0 {
			t.Fatalf("request %d of 60 has to wait %s", i+1, wait)
		}
	}
	if m.take(caller{subject: "a"}, 1, 60) == 0 {
		t.Error("the 61st request of a minute need not wait")
	}
	if m.take(caller{subject: "b"}, 1, 60) != 0 {
		t.Error("another caller has to wait")
	}
	now = now.Add(1100 * time.Millisecond)
	if m.take(caller{subject: "a"}, 1, 60) != 0 {
		t.Error("a second later nothing is allowed")
	}
	if m.take(caller{subject: "large"}, 10_000, 5000) != 0 {
		t.Error("what is larger than a minute's allowance is never allowed")
	}
	if wait := m.take(caller{subject: "large"}, 1, 5000); wait < time.Minute || wait > 61*time.Second {
		t.Errorf("after it the caller waits %s, want a minute", wait)
	}
}

func TestMeterForgets(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	m := newMeter()
	m.now = func() time.Time { return now }
	addr := netip.MustParseAddr("10.0.0.0")
	for range maxCallers + 10 {
		m.take(caller{client: addr}, 1, 60)
		addr = addr.Next()
	}
	if len(m.until) > maxCallers {
		t.Errorf("%d callers are kept", len(m.until))
	}
}

func TestRates(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Rates = Rates{Requests: 3, Cost: 1000, UserRequests: 5, UserCost: 600} })
	statuses := func(n int, document string, headers ...string) (last reply) {
		for range n {
			last = b.ask(document, "", headers...)
		}
		return last
	}
	if r := statuses(3, "{ __typename }"); r.status != 200 {
		t.Errorf("the third of three: %d", r.status)
	}
	r := statuses(1, "{ __typename }", "X-Forwarded-For", "203.0.113.9")
	if r.status != 429 || r.code() != codeRate || r.header.Get("Retry-After") == "" {
		t.Errorf("the fourth of three, with a made-up address: %d %s %v", r.status, r.text, r.header)
	}
	token := bearer(b.token(models.RoleViewer, time.Minute))
	if r := statuses(1, "{ __typename }", "Authorization", token); r.status != 200 {
		t.Errorf("a token from the same address: %d", r.status)
	}
	if r := statuses(3, "{ dear }", "Authorization", token); r.status != 429 || r.code() != codeRate {
		t.Errorf("1,500 of a cost of 600: %d %s", r.status, r.text)
	}
	if r := statuses(1, "{ __typename }", "Authorization", "Bearer x.y.z"); r.status != 429 {
		t.Errorf("guessing tokens from a used-up address: %d, want 429", r.status)
	}
}

func TestClientAddress(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.7:1", "", "192.0.2.7"},
		{"192.0.2.7:1", "203.0.113.9", "192.0.2.7"}, // nobody we trust
		{"10.0.0.1:1", "203.0.113.9", "203.0.113.9"},
		{"10.0.0.1:1", "6.6.6.6, 203.0.113.9", "203.0.113.9"}, // what the client itself has written does not count
		{"10.0.0.1:1", "203.0.113.9, 10.0.0.2", "203.0.113.9"},
		{"10.0.0.1:1", "nonsense", "10.0.0.1"},
		{"[2001:db8:1:2:3:4:5:6]:1", "", "2001:db8:1:2::"},
		{"[::ffff:192.0.2.7]:1", "", "192.0.2.7"},
		{"[fe80::1%eth0]:1", "", "fe80::"},
		{"nonsense", "", "invalid IP"},
	} {
		r := &http.Request{RemoteAddr: c.remote, Header: http.Header{}}
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := clientAddress(r, trusted).String(); got != c.want {
			t.Errorf("%s for %q: %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func TestLoad(t *testing.T) {
	l := newLoad(1, 1, 50*time.Millisecond)
	ctx := t.Context()
	first, r := l.enter(ctx)
	if r != nil {
		t.Fatal("the first has to wait")
	}
	var waiting sync.WaitGroup
	waiting.Add(1)
	var queued *refusal
	go func() { defer waiting.Done(); _, queued = l.enter(ctx) }()
	for l.waiting.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	if _, r := l.enter(ctx); r == nil || r.status != 503 || r.retryAfter == 0 {
		t.Errorf("the third is not sent away: %v", r)
	}
	waiting.Wait()
	if queued == nil || queued.status != 503 {
		t.Errorf("who waits too long is not sent away: %v", queued)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, r := l.enter(gone); r == nil || r.code() != codeTimeout {
		t.Errorf("who is gone is let in: %v", r)
	}
	first.leave()
	if _, r := l.enter(ctx); r != nil {
		t.Error("the place is not free again")
	}
}

// TestWritesLeaveRoom fills all places of mutations and looks whether one may read.
func TestWritesLeaveRoom(t *testing.T) {
	l := newLoad(2, 0, 50*time.Millisecond)
	ctx := t.Context()
	writer, r := l.enter(ctx)
	if r != nil || writer.write(ctx) != nil {
		t.Fatal("the first mutation has to wait")
	}
	second, r := l.enter(ctx)
	if r != nil {
		t.Fatal("who is to be read has to wait")
	}
	if r := second.write(ctx); r == nil || r.status != 503 || r.retryAfter == 0 {
		t.Errorf("a mutation too many is not sent away: %v", r)
	}
	second.leave()
	for range 2 {
		if _, r := l.enter(ctx); r != nil {
			t.Errorf("mutations take the places of reading: %v", r)
		}
	}
	writer.leave()
	writer.leave()
	if r := l.writes.take(ctx); r != nil {
		t.Error("the place of a mutation is not free again")
	}
}

func TestOverload(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Concurrent, o.Queue = 1, 0 })
	done := make(chan reply)
	go func() { done <- b.ask("{ slow }", "") }()
	time.Sleep(100 * time.Millisecond)
	if r := b.ask("{ __typename }", ""); r.status != 503 || r.header.Get("Retry-After") == "" || r.code() != codeUnavailable {
		t.Errorf("with the only place taken: %d %s", r.status, r.text)
	}
	<-done
	if r := b.ask("{ __typename }", ""); r.status != 200 {
		t.Errorf("afterwards: %d", r.status)
	}
}

// form makes a multipart body of names and values; a name with a colon is a file.
func form(t *testing.T, parts ...[2]string) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, part := range parts {
		name, file, isFile := strings.Cut(part[0], ":")
		if !isFile {
			if err := w.WriteField(name, part[1]); err != nil {
				t.Fatal(err)
			}
			continue
		}
		to, err := w.CreateFormFile(name, file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

func TestMultipart(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	b := newBench(t)
	token := bearer(b.token(models.RoleEditor, time.Minute))
	const operation = `{"query":"mutation($f: Upload!) { upload(file: $f) }","variables":{"f":null}}`
	ops := [2]string{"operations", operation}
	for name, c := range map[string]struct {
		parts [][2]string
		code  string
		data  string
	}{
		"good":              {[][2]string{ops, {"map", `{"0":["variables.f"]}`}, {"0:../../minutes.txt", "纪要"}}, "", "minutes.txt 6 纪要"},
		"no file":           {[][2]string{ops, {"map", `{"0":["variables.f"]}`}}, codeBadInput, ""},
		"no map":            {[][2]string{ops}, codeBadInput, ""},
		"map first":         {[][2]string{{"map", "{}"}, ops}, codeBadInput, ""},
		"file not mapped":   {[][2]string{ops, {"map", `{"0":["variables.f"]}`}, {"1:x", "x"}}, codeBadInput, ""},
		"no such place":     {[][2]string{ops, {"map", `{"0":["variables.f.99"]}`}, {"0:x", "x"}}, codeBadInput, ""},
		"outside":           {[][2]string{ops, {"map", `{"0":["query"]}`}, {"0:x", "x"}}, codeBadInput, ""},
		"empty map":         {[][2]string{ops, {"map", "{}"}}, codeBadInput, ""},
		"map of numbers":    {[][2]string{ops, {"map", `{"0":[1]}`}, {"0:x", "x"}}, codeBadInput, ""},
		"not a file":        {[][2]string{{"operations", `{"query":"query($s: String) { take(string: $s) }","variables":{"s":null}}`}, {"map", `{"0":["variables.s"]}`}, {"0:x", "x"}}, codeBadInput, ""},
		"a list":            {[][2]string{{"operations", `{"query":"query($l: [String]) { __typename @skip(if: true) t: take }","variables":{"l":[null]}}`}, {"map", `{"0":["variables.l.0"]}`}, {"0:x", "x"}}, codeValidation, ""},
		"too large":         {[][2]string{ops, {"map", `{"0":["variables.f"]}`}, {"0:x", strings.Repeat("x", 2<<20)}}, codeBadInput, ""},
		"too many files":    {[][2]string{ops, {"map", `{"0":["variables.f"],"1":["a"],"2":["a"],"3":["a"],"4":["a"],"5":["a"],"6":["a"],"7":["a"],"8":["a"],"9":["a"],"10":["a"]}`}}, codeBadInput, ""},
		"operations a list": {[][2]string{{"operations", "[" + operation + "]"}, {"map", `{"0":["0.variables.f"]}`}, {"0:x", "x"}}, codeBadInput, ""},
	} {
		body, contentType := form(t, c.parts...)
		r := b.do("POST", "/graphql", body, "Content-Type", contentType, preflightHeader, "1", "Authorization", token)
		if r.code() != c.code || c.data != "" && r.body.Data["upload"] != c.data {
			t.Errorf("%s: %d %s, want %q %s", name, r.status, r.text, c.code, c.data)
		}
		blocked := b.do("POST", "/graphql", body, "Content-Type", contentType, "Authorization", token)
		if blocked.status != 403 || blocked.code() != codeCSRF {
			t.Errorf("%s without the header: %d %s", name, blocked.status, blocked.text)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("files are left: %v", left)
	}
	if r := b.ask("mutation($f: Upload!) { upload(file: $f) }", `{"f":"/etc/passwd"}`, "Authorization", token); r.code() != codeBadInput {
		t.Errorf("text for a file: %s", r.text)
	}
}
