package store

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store/storetest"
)

// cutter stands between the store and a server, and cuts the line once after a COMMIT has gone through.
type cutter struct {
	server string
	armed  atomic.Bool
}

// cuttable returns the address of the database by way of a cutter.
func cuttable(t *testing.T, database string) (string, *cutter) {
	t.Helper()
	address, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	c := &cutter{server: address.Host}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go c.serve(client)
		}
	}()
	address.Host = listener.Addr().String()
	return address.String(), c
}

func (c *cutter) serve(client net.Conn) {
	server, err := net.Dial("tcp", c.server)
	if err != nil {
		_ = client.Close()
		return
	}
	hangUp := func() { _ = errors.Join(client.Close(), server.Close()) }
	go func() {
		_, _ = io.Copy(client, server)
		hangUp()
	}()
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if n > 0 {
			commit := bytes.HasSuffix(buffer[:n], []byte("\x03COMMIT")) && c.armed.CompareAndSwap(true, false)
			if commit {
				_ = client.Close() // the answer goes nowhere
			}
			_, _ = server.Write(buffer[:n])
			if commit {
				time.Sleep(100 * time.Millisecond)
				err = io.EOF
			}
		}
		if err != nil {
			hangUp()
			return
		}
	}
}

// TestLostCommit loses the answer to a commit: without a key the outcome is unknown and said to be; with one it is found out.
func TestLostCommit(t *testing.T) {
	database, line := cuttable(t, storetest.MySQL(t))
	w := writer{t, opened(t, database)}
	create := func(tx *Tx) (models.ID, error) {
		record, err := tx.Create(Schema.People, map[string]any{"name": "甲"})
		if err != nil {
			return models.ID{}, err
		}
		return record.Meta().ID, nil
	}
	line.armed.Store(true)
	_, err := w.s.WriteOnce(t.Context(), admin, Once{}, create)
	if !errors.Is(err, models.ErrUnavailable) || !strings.Contains(err.Error(), "may have been made") {
		t.Errorf("without a key: %v", err)
	}
	line.armed.Store(true)
	id, err := w.s.WriteOnce(t.Context(), admin, Once{Key: "k"}, create)
	if err != nil || id.IsZero() {
		t.Fatalf("with a key: %v", err)
	}
	if line.armed.Load() {
		t.Error("the line was never cut")
	}
	w.do("count", func(tx *Tx) error {
		rows, err := tx.find(&Schema.People.typing, nil, "", "name = ?", "甲")
		if len(rows) != 2 {
			t.Errorf("%d people after two requests", len(rows))
		}
		return err
	})
	w.verify()
}

// TestLostConnection loses the connection in the middle of a transaction, which then runs again.
func TestLostConnection(t *testing.T) {
	w := writer{t, opened(t, storetest.MySQL(t))}
	tries := 0
	err := w.s.Write(t.Context(), admin, func(tx *Tx) error {
		tries++
		if _, err := tx.Create(Schema.People, map[string]any{"name": "甲"}); err != nil {
			return err
		}
		if tries == 1 {
			err := tx.exec("KILL CONNECTION_ID()")
			return err
		}
		return nil
	})
	if err != nil || tries != 2 {
		t.Errorf("%d tries: %v", tries, err)
	}
	w.verify()
}

// TestFailureUndoesAll lets a transaction fail after it has written.
func TestFailureUndoesAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := writer{t, opened(t, database)}
		failed := errors.New("failed")
		for _, end := range []func() error{func() error { return failed }, func() error { panic(failed) }} {
			func() {
				defer func() { _ = recover() }()
				err := w.s.Write(t.Context(), admin, func(tx *Tx) error {
					if _, err := tx.Create(Schema.People, map[string]any{"name": "甲"}); err != nil {
						return err
					}
					return end()
				})
				if !errors.Is(err, failed) {
					t.Errorf("%v", err)
				}
			}()
		}
		report, err := w.s.Verify(t.Context())
		if err != nil || report.Records != 0 || report.Changes != 0 || len(report.Problems) > 0 {
			t.Errorf("%+v %v", report, err)
		}
	})
}
