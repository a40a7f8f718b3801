package webhooks

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

var (
	ada      = models.Actor{Subject: "ada", Role: models.RoleAdmin}
	loopback = Networks{netip.MustParsePrefix("127.0.0.0/8")}
)

// receiver is an address that is told. It answers what answer says, or 204.
type receiver struct {
	t      *testing.T
	server *httptest.Server
	secret string
	answer func(http.ResponseWriter, *http.Request)

	mu     sync.Mutex
	ids    []string // of the requests, in order
	bodies []message
	busy   int
	most   int // requests at once
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{t: t, secret: NewSecret()}
	r.server = httptest.NewServer(r)
	t.Cleanup(r.server.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	stamp, _ := strconv.ParseInt(request.Header.Get("Webhook-Timestamp"), 10, 64)
	id := request.Header.Get("Webhook-Id")
	signature, err := Sign(r.secret, id, time.Unix(stamp, 0), body)
	if err != nil || signature != request.Header.Get("Webhook-Signature") || time.Since(time.Unix(stamp, 0)).Abs() > 5*time.Second {
		r.t.Errorf("signed %q, want %q (%v)", request.Header.Get("Webhook-Signature"), signature, err)
	}
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		r.t.Errorf("%s: %v", body, err)
	}
	r.mu.Lock()
	r.ids, r.bodies = append(r.ids, id), append(r.bodies, m)
	r.busy++
	r.most = max(r.most, r.busy)
	answer := r.answer
	r.mu.Unlock()
	if answer != nil {
		answer(w, request)
	} else {
		w.WriteHeader(http.StatusNoContent)
	}
	r.mu.Lock()
	r.busy--
	r.mu.Unlock()
}

func (r *receiver) say(answer func(http.ResponseWriter, *http.Request)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = answer
}

// told lists the records of the changes, in the order in which they came, each request of an id once.
func (r *receiver) told() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := map[string]bool{}
	var out []string
	for i, m := range r.bodies {
		if !seen[r.ids[i]] {
			for _, c := range m.Data.Changes {
				out = append(out, c.RecordID)
			}
		}
		seen[r.ids[i]] = true
	}
	return out
}

func (r *receiver) requests() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.ids)
}

// post is a database with a webhook.
type post struct {
	t    *testing.T
	s    *store.Store
	hook *models.Webhook
	r    *receiver
}

func newPost(t *testing.T, database string, change ...func(*models.Webhook)) post {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
	p := post{t: t, r: newReceiver(t), s: opened(t, database)}
	p.hook = &models.Webhook{URL: p.r.server.URL + "/hook?key=hidden", Secret: p.r.secret, Visibility: models.VisibilityPublic, Enabled: true}
	for _, c := range change {
		c(p.hook)
	}
	if err := p.s.AddWebhook(t.Context(), ada, p.hook, nil); err != nil {
		t.Fatal(err)
	}
	return p
}

func opened(t *testing.T, database string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), database, store.Options{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// sending runs a server that sends until the function that is returned is called.
func (p post) sending(s *store.Store, change ...func(*Options)) (stop func()) {
	p.t.Helper()
	options := Options{Networks: loopback, Patience: time.Second, GiveUp: time.Hour, Log: slog.New(slog.DiscardHandler)}
	for _, c := range change {
		c(&options)
	}
	h := New(s, options)
	h.poll = 10 * time.Millisecond
	h.pause = func(int) time.Duration { return 20 * time.Millisecond }
	ctx, cancel := context.WithCancel(p.t.Context())
	var done sync.WaitGroup
	done.Go(func() { h.Run(ctx) })
	stop = sync.OnceFunc(func() { cancel(); done.Wait() })
	p.t.Cleanup(stop)
	return stop
}

// person adds a person and returns the id.
func (p post) person(name string, visibility models.Visibility) string {
	p.t.Helper()
	person := &models.Person{Name: name}
	person.Visibility = visibility
	if err := p.s.Write(p.t.Context(), ada, func(tx *store.Tx) error { return tx.Add(person) }); err != nil {
		p.t.Error(err)
	}
	return models.EncodeID(models.TypePerson, person.ID)
}

func (p post) until(what string, ok func() bool) {
	p.t.Helper()
	for end := time.Now().Add(30 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("%s: not within 30 s", what)
		}
	}
}

// now returns the webhook as it is now.
func (p post) now() *models.Webhook {
	p.t.Helper()
	hook, err := p.s.Webhook(p.t.Context(), p.hook.ID)
	if err != nil {
		p.t.Fatal(err)
	}
	return hook
}

func (p post) caughtUp() {
	p.t.Helper()
	p.until("caught up", func() bool { return p.now().Behind == 0 })
}

func (p post) deliveries() []*models.WebhookDelivery {
	p.t.Helper()
	list, err := p.s.Deliveries(p.t.Context(), p.hook.ID, nil, 100, nil, true)
	if err != nil || list.TotalCount != len(list.Nodes) {
		p.t.Fatalf("%+v %v", list, err)
	}
	return list.Nodes
}

// TestDelivery tells what may be told, of the types that are wanted, when it is sent.
func TestDelivery(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		p := newPost(t, database, func(w *models.Webhook) { w.SetTypes([]models.RecordType{models.TypePerson}) })
		first := p.person("甲", models.VisibilityPublic)
		p.person("内", models.VisibilityInternal)
		organization := &models.Organization{Name: "局", Kind: models.OrganizationKindOther}
		organization.Visibility = models.VisibilityPublic
		closed := &models.Person{Name: "先"}
		closed.Visibility = models.VisibilityPublic
		if err := p.s.Write(t.Context(), ada, func(tx *store.Tx) error { return tx.Add(organization, closed) }); err != nil {
			t.Fatal(err)
		}
		err := p.s.Write(t.Context(), ada, func(tx *store.Tx) error {
			_, err := tx.SetVisibility(store.Schema.People, closed.ID, models.VisibilityInternal, nil)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		last := p.person("乙", models.VisibilityPublic)
		p.sending(p.s)
		p.caughtUp()
		if got, want := p.r.told(), []string{first, last}; !slices.Equal(got, want) {
			t.Errorf("told %v, want %v", got, want)
		}
		c := p.r.bodies[0].Data.Changes[0]
		if p.r.bodies[0].Type != "changes" || c.Operation != models.OperationCreate || c.Type != models.TypePerson || c.Actor != "ADMIN" || c.Cursor == "" ||
			!slices.Contains(c.Fields, "name") {
			t.Errorf("%+v", p.r.bodies[0])
		}
		if list := p.deliveries(); len(list) != 1 || list[0].State != models.DeliverySucceeded || list[0].Changes != 2 || list[0].Attempts != 1 || *list[0].ResponseStatus != 204 {
			t.Errorf("%+v", list[0])
		}
	})
}

// TestReceiverFails answers with errors, hangs, dies and redirects: all comes in the end, in order, under the id of the first try.
func TestReceiverFails(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		p := newPost(t, database)
		elsewhere := newReceiver(t)
		try := 0
		p.r.say(func(w http.ResponseWriter, request *http.Request) {
			switch try++; try {
			case 1:
				w.WriteHeader(http.StatusInternalServerError)
			case 2:
				<-request.Context().Done() // until the sender has had enough
			case 3:
				panic(http.ErrAbortHandler) // the connection breaks off
			case 4:
				http.Redirect(w, request, elsewhere.server.URL, http.StatusTemporaryRedirect)
			case 5:
				w.WriteHeader(http.StatusOK)
				for range 100 { // an answer without an end
					if _, err := w.Write(make([]byte, 64<<10)); err != nil {
						return
					}
				}
			}
		})
		want := []string{p.person("甲", models.VisibilityPublic)}
		p.sending(p.s, func(o *Options) { o.Patience = 300 * time.Millisecond })
		p.until("the first try", func() bool { return p.r.requests() > 0 })
		want = append(want, p.person("乙", models.VisibilityPublic))
		p.caughtUp()
		if got := p.r.told(); !slices.Equal(got, want) {
			t.Errorf("told %v, want %v", got, want)
		}
		if n := elsewhere.requests(); n > 0 {
			t.Errorf("%d redirects were followed", n)
		}
		list := p.deliveries()
		first := list[len(list)-1]
		if first.Attempts != 5 || first.State != models.DeliverySucceeded || p.now().FailingSince != nil {
			t.Errorf("%+v %+v", first, p.now())
		}
	})
}

// TestReceiverIsAway stops the receiver for longer than is waited for: the webhook is disabled, and goes on when it is enabled.
func TestReceiverIsAway(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		p := newPost(t, database)
		address := p.r.server.Listener.Addr().String()
		p.r.server.Close()
		want := []string{p.person("甲", models.VisibilityPublic)}
		stop := p.sending(p.s, func(o *Options) { o.GiveUp = 50 * time.Millisecond })
		p.until("disabled", func() bool { return !p.now().Enabled })
		hook, list := p.now(), p.deliveries()
		if hook.DisabledReason == nil || hook.FailingSince == nil || len(list) != 1 || list[0].State != models.DeliveryPending || list[0].Error == nil || list[0].ResponseStatus != nil {
			t.Errorf("%+v %+v", hook, list)
		}
		want = append(want, p.person("乙", models.VisibilityPublic))
		listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		stop()
		back := &http.Server{Handler: p.r, ReadHeaderTimeout: time.Second}
		go func() { _ = back.Serve(listener) }()
		t.Cleanup(func() { _ = back.Close() })
		if _, err := p.s.UpdateWebhook(t.Context(), p.hook.ID, map[string]any{"enabled": true, "failing_since": nil, "disabled_reason": nil, "next_at": models.Now()}); err != nil {
			t.Fatal(err)
		}
		p.sending(p.s)
		p.caughtUp()
		if got := p.r.told(); !slices.Equal(got, want) {
			t.Errorf("told %v, want %v", got, want)
		}
	})
}

func TestGone(t *testing.T) {
	p := newPost(t, storetest.SQLite(t))
	p.r.say(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) })
	p.person("甲", models.VisibilityPublic)
	p.sending(p.s)
	p.until("disabled", func() bool { return !p.now().Enabled })
	if n := p.r.requests(); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// TestTwoServersSend lets two servers send what three writers write, and stops one of them in the middle: everything comes
// once and in order, and never two requests at a time.
func TestTwoServersSend(t *testing.T) {
	database := storetest.MySQL(t)
	p := newPost(t, database)
	other := opened(t, database)
	p.r.say(func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(10 * time.Millisecond)
		w.WriteHeader(http.StatusOK)
	})
	stop := p.sending(p.s)
	p.sending(other)
	var writers sync.WaitGroup
	for range 3 {
		writers.Go(func() {
			for range 30 {
				p.person("甲", models.VisibilityPublic)
			}
		})
	}
	p.until("half of it", func() bool { return len(p.r.told()) > 30 })
	stop()
	writers.Wait()
	p.caughtUp()
	told := p.r.told()
	sorted := slices.Clone(told)
	slices.Sort(sorted)
	if len(told) != 90 || len(slices.Compact(sorted)) != 90 || p.r.most > 1 {
		t.Errorf("told %d, %d of them different, %d at a time", len(told), len(slices.Compact(sorted)), p.r.most)
	}
	last := ""
	for _, m := range p.r.bodies {
		for _, c := range m.Data.Changes {
			if c.At.String() < last {
				t.Errorf("out of order at %s", c.At)
			}
		}
	}
}

func TestTestAndRedelivery(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		p := newPost(t, database)
		h := New(p.s, Options{Networks: loopback, Patience: time.Second, GiveUp: time.Hour, Log: slog.New(slog.DiscardHandler)})
		t.Cleanup(h.client.CloseIdleConnections)
		d, err := h.Test(t.Context(), p.hook.ID)
		if err != nil || d.State != models.DeliverySucceeded || p.r.requests() != 1 || p.r.bodies[0].Type != "test" {
			t.Fatalf("%+v %v", d, err)
		}
		p.r.say(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
		if d, err := h.Test(t.Context(), p.hook.ID); err != nil || d.State != models.DeliveryFailed || *d.ResponseStatus != http.StatusTeapot {
			t.Fatalf("%+v %v", d, err)
		}
		p.r.say(nil)
		id := p.person("甲", models.VisibilityPublic)
		p.sending(p.s)
		p.caughtUp()
		again, err := h.Redeliver(t.Context(), p.deliveries()[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		p.until("sent again", func() bool {
			d, err := p.s.Delivery(t.Context(), again.ID)
			return err == nil && d.State == models.DeliverySucceeded
		})
		if got := p.r.told(); !slices.Equal(got, []string{id, id}) {
			t.Errorf("told %v", got)
		}
		if err := p.s.DeleteWebhook(t.Context(), p.hook.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := p.s.Delivery(t.Context(), again.ID); err == nil {
			t.Error("a delivery of a webhook that is gone")
		}
	})
}
