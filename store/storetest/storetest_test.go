package storetest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// connect opens the database of a setting, for as long as the test runs.
func connect(t *testing.T, database string) *session {
	t.Helper()
	session, err := open(database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.db.Close() })
	if name := session.server.Path[1:]; name != "" {
		session.db.SetMaxOpenConns(1) // so that USE holds
		if _, err := session.db.Exec("USE " + name); err != nil {
			t.Fatal(err)
		}
	}
	return session
}

func one(t *testing.T, session *session, query string) string {
	t.Helper()
	var value string
	if err := session.db.QueryRow(query).Scan(&value); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return value
}

func TestMySQLGivesAnEmptyDatabaseThatIsDropped(t *testing.T) {
	var database string
	given := t.Run("inner", func(t *testing.T) {
		database = MySQL(t)
		session := connect(t, database)
		if tables := one(t, session, "SELECT count(*) FROM information_schema.tables WHERE table_schema = database()"); tables != "0" {
			t.Errorf("%s tables in a fresh database", tables)
		}
		if set := one(t, session, "SELECT @@character_set_database"); set != "utf8mb4" {
			t.Errorf("character set %s, want utf8mb4", set)
		}
		if other := MySQL(t); other == database {
			t.Errorf("twice the same database %s", other)
		}
	})
	if !given || database == "" {
		return // said above
	}
	at := strings.LastIndex(database, "/")
	left := one(t, connect(t, database[:at+1]), "SELECT count(*) FROM information_schema.schemata WHERE schema_name = '"+database[at+1:]+"'")
	if left != "0" {
		t.Errorf("%s is still there after its test", database)
	}
}

func TestEachRunsOnBoth(t *testing.T) {
	var seen []string
	Each(t, func(_ *testing.T, database string) {
		kind, _, _ := strings.Cut(database, ":")
		seen = append(seen, kind)
	})
	want := "sqlite mysql"
	if os.Getenv("MINUTEBOOK_TEST_MYSQL") == "off" {
		want = "sqlite"
	}
	if got := strings.Join(seen, " "); got != want {
		t.Errorf("ran on %q, want %q", got, want)
	}
}

func TestSwitchedOffIsSkipped(t *testing.T) {
	t.Setenv("MINUTEBOOK_TEST_MYSQL", "off")
	t.Run("inner", func(t *testing.T) {
		defer func() {
			if !t.Skipped() {
				t.Error("not skipped")
			}
		}()
		MySQL(t)
	})
}

func TestAddressThatIsNone(t *testing.T) {
	for _, address := range []string{"root@tcp(localhost)/", "mysql:", "postgres://u:p@localhost/"} {
		if _, err := open(address); err == nil || !strings.Contains(err.Error(), "mysql://user:password@host:port/") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestProgramThatIsNotInstalled(t *testing.T) {
	_, err := program("mariadb-no-such-program")
	if err == nil || !strings.Contains(err.Error(), "apt-get install mariadb-server") {
		t.Errorf("the error does not say what to install: %v", err)
	}
}

func TestPrivateServerIsKilledAndRestarted(t *testing.T) {
	t.Parallel()
	requireServers(t)
	server := Private(t, "--innodb-flush-log-at-trx-commit=1")
	database, err := server.Create("ledger")
	if err != nil {
		t.Fatal(err)
	}
	before := connect(t, database)
	for _, statement := range []string{"CREATE TABLE acknowledged (n INT PRIMARY KEY)", "INSERT INTO acknowledged VALUES (7)"} {
		if _, err := before.db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	server.Kill(t)
	if pid := server.PID(); pid != 0 {
		t.Fatalf("process %d lives after the kill", pid)
	}
	if _, err := before.db.Exec("SELECT 1"); err == nil {
		t.Fatal("the server answers after the kill")
	}
	server.Restart(t)
	if kept := one(t, connect(t, database), "SELECT n FROM acknowledged"); kept != "7" {
		t.Errorf("read %s after the restart, want 7", kept)
	}
	if flush := one(t, connect(t, database), "SELECT @@innodb_flush_log_at_trx_commit"); flush != "1" {
		t.Errorf("innodb_flush_log_at_trx_commit is %s after the restart, want 1", flush)
	}
}

func TestServerThatNobodyUsesStops(t *testing.T) {
	t.Parallel()
	requireServers(t)
	server := Private(t)
	session := connect(t, server.URL(""))
	if _, err := session.db.Exec("UPDATE storetest.server SET used_at = now() - INTERVAL 1 HOUR"); err != nil {
		t.Fatal(err)
	}
	pid := server.PID()
	if server.gone(pid, 7*time.Second) {
		t.Fatal("the server stopped although this test is connected")
	}
	if _, err := session.db.Exec("UPDATE storetest.server SET used_at = now() - INTERVAL 1 HOUR"); err != nil {
		t.Fatal(err)
	}
	if err := session.db.Close(); err != nil {
		t.Fatal(err)
	}
	if !server.gone(pid, 20*time.Second) {
		t.Error("the server still runs long after its last use")
	}
}

func TestEmptyDropsWhatWasThere(t *testing.T) {
	requireServers(t)
	server, err := Shared()
	if err != nil {
		t.Fatal(err)
	}
	name := "minutebook_test_" + word(8)
	for _, step := range []struct {
		make func(string) (string, error)
		want string
	}{{server.Create, "0"}, {server.Create, "2"}, {server.Empty, "0"}} {
		database, err := step.make(name)
		if err != nil {
			t.Fatal(err)
		}
		session := connect(t, database)
		if tables := one(t, session, "SELECT count(*) FROM information_schema.tables WHERE table_schema = database()"); tables != step.want {
			t.Errorf("%s tables, want %s", tables, step.want)
		}
		for _, statement := range []string{ // two tables that refer to each other
			"CREATE TABLE IF NOT EXISTS a (n INT PRIMARY KEY)",
			"CREATE TABLE IF NOT EXISTS b (n INT PRIMARY KEY, FOREIGN KEY (n) REFERENCES a (n))",
			"ALTER TABLE a ADD FOREIGN KEY (n) REFERENCES b (n)",
		} {
			if _, err := session.db.Exec(statement); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := connect(t, server.URL("")).db.Exec("DROP DATABASE " + name); err != nil {
		t.Error(err)
	}
	if _, err := server.Create("a`b"); err == nil {
		t.Error("a name with a quote in it was taken")
	}
}

func TestSharedServerIsOne(t *testing.T) {
	requireServers(t)
	first, err := Shared()
	if err != nil {
		t.Fatal(err)
	}
	second, err := Shared()
	if err != nil {
		t.Fatal(err)
	}
	if first.Port != second.Port {
		t.Errorf("ports %d and %d, want one server", first.Port, second.Port)
	}
	connect(t, first.URL(""))
	if err := Stop(false); err == nil {
		t.Error("a server in use was stopped")
	}
}

func TestStateCutShort(t *testing.T) {
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "state.json"), []byte(`{"dir": "/tm`), 0o600); err != nil {
		t.Fatal(err)
	}
	if server, err := running(home); server != nil || err != nil {
		t.Errorf("a state file cut short gives %v, %v; want no server", server, err)
	}
}

// requireServers skips a test of servers started here where somebody else's is to be used.
func requireServers(t *testing.T) {
	t.Helper()
	if setting := os.Getenv("MINUTEBOOK_TEST_MYSQL"); setting != "" {
		t.Skip("no server is started here: MINUTEBOOK_TEST_MYSQL is set")
	}
}
