package storetest

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	user         = "minutebook"
	startSeconds = 60
	idleMinutes  = 10
)

// Server is a mariadbd that was started here, with its data in a folder of its own.
type Server struct {
	Dir      string `json:"dir"`
	Port     int    `json:"port"`
	Password string `json:"password"`
	settings []string
}

// Private starts a server for one test, which may kill and restart it. Settings are further arguments of mariadbd, such as
// --innodb-flush-log-at-trx-commit=1. It is killed and its data removed when the test ends.
func Private(t testing.TB, settings ...string) *Server {
	t.Helper()
	server, err := Start(t.TempDir(), settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Crash() })
	return server
}

// Start starts a server as Private does, with its data in a folder that is there and empty, for a program that is no test.
// The caller ends it with Crash and removes the folder.
func Start(dir string, settings ...string) (*Server, error) {
	server, err := newServer(dir)
	if err != nil {
		return nil, err
	}
	server.settings = settings
	return server, server.start()
}

// Crash ends the server at once, as Kill does.
func (s *Server) Crash() error { return s.end(true) }

// Resume starts the server again on the same data and the same port, as Restart does.
func (s *Server) Resume() error { return s.start() }

// URL returns the setting of a database on this server, whether or not it exists.
func (s *Server) URL(database string) string {
	address := url.URL{
		Scheme: "mysql",
		User:   url.UserPassword(user, s.Password),
		Host:   net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)),
		Path:   "/" + database,
	}
	return address.String()
}

// Create makes the database unless it exists, and returns its setting.
func (s *Server) Create(database string) (string, error) {
	return s.prepare(database, "CREATE DATABASE IF NOT EXISTS "+database+" CHARACTER SET utf8mb4")
}

// Empty makes the database anew: what it held is gone. It returns its setting.
func (s *Server) Empty(database string) (string, error) {
	// One statement cannot drop tables that refer to each other, as CREATE OR REPLACE DATABASE finds too.
	return s.prepare(database, "SET foreign_key_checks = 0", "DROP DATABASE IF EXISTS "+database,
		"CREATE DATABASE "+database+" CHARACTER SET utf8mb4")
}

// prepare runs statements, on one connection, about a database whose name needs no quotes.
func (s *Server) prepare(database string, statements ...string) (string, error) {
	if strings.Trim(database, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" || database == "" {
		return "", fmt.Errorf("database %q: a name of small letters, digits and _ is wanted", database)
	}
	session, err := open(s.URL(""))
	if err != nil {
		return "", err
	}
	defer func() { _ = session.db.Close() }()
	session.db.SetMaxOpenConns(1)
	for _, statement := range statements {
		if _, err := session.db.Exec(statement); err != nil {
			return "", fmt.Errorf("database %s: %w", database, err)
		}
	}
	return s.URL(database), nil
}

// Kill ends the server at once, as a crash would.
func (s *Server) Kill(t testing.TB) {
	t.Helper()
	if err := s.end(true); err != nil {
		t.Fatal(err)
	}
}

// Restart starts the server again on the same data and the same port.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
}

// PID returns the number of the server's process, or 0 when none runs.
func (s *Server) PID() int {
	text, err := os.ReadFile(s.path("pid"))
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || !isServer(pid) {
		return 0
	}
	return pid
}

func (s *Server) path(name string) string { return filepath.Join(s.Dir, name) }

// newServer makes the data folder of a server that has not run yet.
func newServer(dir string) (*Server, error) {
	if _, err := program("mariadbd"); err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	server := &Server{Dir: dir, Port: port, Password: word(16)}
	if err := server.install(); err != nil {
		return nil, err
	}
	return server, nil
}

// install writes the system tables and the statements that mariadbd runs at each start. The server has a folder of its own
// for temporary tables too: each server removes at its start what it finds there, also the tables of another.
func (s *Server) install() error {
	program, err := program("mariadb-install-db")
	if err != nil {
		return err
	}
	if err := os.Mkdir(s.path("tmp"), 0o700); err != nil {
		return err
	}
	arguments := append([]string{
		"--no-defaults", "--datadir=" + s.path("data"), "--tmpdir=" + s.path("tmp"), "--auth-root-authentication-method=normal",
		"--skip-test-db", "--innodb-log-file-size=32M",
	}, asRoot()...)
	if output, err := exec.Command(program, arguments...).CombinedOutput(); err != nil {
		return fmt.Errorf("mariadb-install-db in %s: %w\n%s", s.Dir, err, output)
	}
	return os.WriteFile(s.path("init.sql"), []byte(s.statements()), 0o600)
}

// statements make the user of the tests, and an event that stops a server nobody uses: a test process holds a connection
// as long as it lives, so the server outlives every test and no test has to know whether it is the last. The event reads
// the time before it looks who is connected, so that whoever came in between is seen.
func (s *Server) statements() string {
	return strings.ReplaceAll(fmt.Sprintf(
		`DROP USER IF EXISTS 'root'@'localhost';
CREATE USER IF NOT EXISTS '%[1]s'@'%%' IDENTIFIED BY '%[2]s';
GRANT ALL PRIVILEGES ON *.* TO '%[1]s'@'%%' WITH GRANT OPTION;
CREATE DATABASE IF NOT EXISTS storetest;
CREATE OR REPLACE TABLE storetest.server (used_at DATETIME NOT NULL);
INSERT INTO storetest.server VALUES (now());
CREATE OR REPLACE DEFINER = '%[1]s'@'%%' EVENT storetest.idle ON SCHEDULE EVERY 5 SECOND DO BEGIN
  DECLARE idle BOOLEAN DEFAULT (SELECT used_at FROM storetest.server) < now() - INTERVAL %[3]d MINUTE;
  IF EXISTS (SELECT 1 FROM information_schema.processlist WHERE user = '%[1]s' AND id <> connection_id())
  THEN UPDATE storetest.server SET used_at = now();
  ELSEIF idle THEN SHUTDOWN;
  END IF; END;
`, user, s.Password, idleMinutes), "\n  ", " ")
}

// start runs mariadbd in the background, apart from this process, and waits until it answers.
func (s *Server) start() error {
	program, err := program("mariadbd")
	if err != nil {
		return err
	}
	log, err := os.OpenFile(s.path("log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	command := exec.Command(program, s.arguments()...)
	command.Stdout, command.Stderr = log, log
	command.SysProcAttr = apart()
	if err := command.Start(); err != nil {
		return fmt.Errorf("start %s: %w", program, err)
	}
	ended := make(chan struct{})
	go func() {
		_ = command.Wait() // the log says why it ended
		close(ended)
	}()
	if err := s.await(ended); err != nil {
		return errors.Join(err, s.end(true))
	}
	return nil
}

// await waits until the server answers. It gives up when the process ends or time runs out.
func (s *Server) await(ended <-chan struct{}) error {
	for deadline := time.Now().Add(startSeconds * time.Second); time.Now().Before(deadline); {
		if session, err := open(s.URL("")); err == nil {
			return session.db.Close()
		}
		select {
		case <-ended:
			return fmt.Errorf("mariadbd did not start; the end of its log:\n%s", s.logEnd())
		case <-time.After(50 * time.Millisecond):
		}
	}
	return fmt.Errorf("mariadbd did not answer within %d s; the end of its log:\n%s", startSeconds, s.logEnd())
}

// arguments are those of a server for tests: quick to start, careless of a power cut unless told otherwise.
func (s *Server) arguments() []string {
	flush := os.Getenv("MINUTEBOOK_TEST_MYSQL_FLUSH")
	if flush == "" {
		flush = "0"
	}
	arguments := append([]string{
		"--no-defaults", "--datadir=" + s.path("data"), "--tmpdir=" + s.path("tmp"),
		"--socket=" + s.path("sock"), "--pid-file=" + s.path("pid"),
		"--bind-address=127.0.0.1", "--port=" + strconv.Itoa(s.Port), "--skip-name-resolve", "--init-file=" + s.path("init.sql"),
		"--event-scheduler=ON", "--max-connections=1000", "--max-allowed-packet=64M",
		"--character-set-server=utf8mb4", "--skip-log-bin",
		"--innodb-buffer-pool-size=256M", "--innodb-log-file-size=32M", "--innodb-flush-log-at-trx-commit=" + flush,
	}, asRoot()...)
	return append(arguments, s.settings...)
}

// end stops the server and waits for it: with its leave, or at once.
func (s *Server) end(atOnce bool) error {
	pid := s.PID()
	if pid == 0 {
		return nil
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		return err
	}
	if !atOnce {
		_ = terminate(process)
		if s.gone(pid, 20*time.Second) {
			return nil
		}
	}
	_ = process.Kill()
	if !s.gone(pid, 10*time.Second) {
		return fmt.Errorf("mariadbd %d does not end", pid)
	}
	return os.Remove(s.path("pid"))
}

func (s *Server) gone(pid int, within time.Duration) bool {
	for deadline := time.Now().Add(within); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if !isServer(pid) {
			return true
		}
	}
	return false
}

func (s *Server) logEnd() string {
	text, err := os.ReadFile(s.path("log"))
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-2000):])
}

// program finds a program of MariaDB. Some are kept where only root looks.
func program(name string) (string, error) {
	for _, place := range []string{"", "/usr/sbin/", "/usr/local/sbin/", "/usr/libexec/"} {
		if found, err := exec.LookPath(place + name); err == nil {
			return found, nil
		}
	}
	return "", errors.New(name + " is not installed: apt-get install mariadb-server (on Debian), or name a server in " +
		"MINUTEBOOK_TEST_MYSQL (mysql://user:password@host:port/), or skip what needs one with MINUTEBOOK_TEST_MYSQL=off")
}

// asRoot is what mariadbd asks of root before it runs as root.
func asRoot() []string {
	if os.Geteuid() == 0 {
		return []string{"--user=root"}
	}
	return nil
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = listener.Close() }()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(port)
}
