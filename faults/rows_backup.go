package faults

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// backupRows are backups taken while clients write, restored in another place.
func backupRows() []Row {
	return []Row{
		{"backup", MariaDB, "mariadb-dump under 8 writers, restored into another database", false, backupMariaDB},
		{"backup", SQLite, "VACUUM INTO under 8 writers, used as another file", false, backupSQLite},
	}
}

// restored looks whether a copy holds all that was acknowledged before it was taken.
func (s *scene) restored(ctx context.Context, database string, before map[string]entry) error {
	report, err := s.verify(ctx, database)
	if err != nil {
		return err
	}
	copied, err := newProgram(s.suite.Binary, filepath.Join(s.dir, "copy"), database)
	if err != nil {
		return err
	}
	p, err := copied.serve()
	if err != nil {
		return err
	}
	defer p.kill()
	if err := p.ready(ctx, startTime); err != nil {
		return err
	}
	there, err := s.everybody(ctx, s.clientAt(p, "ADMIN"))
	if err != nil {
		return err
	}
	missing, acks := 0, 0
	for name, e := range before {
		if e.Outcome != acknowledged {
			continue
		}
		acks++
		if found := there[name]; len(found) != 1 || found[0].ID != e.ID || found[0].Version < e.Version {
			missing++
			s.breaksf("I1: the copy has %+v of %+v", found, e)
		}
	}
	sent := s.ledger.copied()
	for name := range there {
		if _, known := sent[name]; !known {
			s.breaksf("I3: the copy has %s", name)
		}
	}
	s.notef("the copy has %d records and %d changes; of %d people acknowledged before, %d are missing", report.Records, report.Changes, acks, missing)
	return nil
}

func backupSQLite(ctx context.Context, s *scene) error {
	return underLoad(ctx, s, func() error {
		db, err := sql.Open("sqlite", "file:"+s.database[len("sqlite:"):]+"?_pragma=busy_timeout(5000)")
		if err != nil {
			return err
		}
		defer func() { _ = db.Close() }()
		target := filepath.Join(s.dir, "copy.db")
		before := s.ledger.copied()
		if _, err := db.ExecContext(ctx, "VACUUM INTO ?", target); err != nil {
			return err
		}
		s.rest(ctx, time.Second)
		return s.restored(ctx, "sqlite:"+target, before)
	})
}

func backupMariaDB(ctx context.Context, s *scene) error {
	for _, tool := range []string{"mariadb-dump", "mariadb"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fmt.Errorf("%w: %s is not installed", errNotHere, tool)
		}
	}
	return underLoad(ctx, s, func() error {
		before := s.ledger.copied()
		dump, err := s.tool(ctx, "mariadb-dump", nil, "--single-transaction", "--triggers", "--default-character-set=utf8mb4", "--hex-blob", "faults_backup")
		if err != nil {
			return err
		}
		if _, err := s.maria.Empty("faults_copy"); err != nil {
			return err
		}
		target, err := s.appointUser(ctx, "faults_copy")
		if err != nil {
			return err
		}
		if _, err := s.tool(ctx, "mariadb", dump, "faults_copy"); err != nil {
			return err
		}
		return s.restored(ctx, target, before)
	})
}

// tool runs a client of MariaDB as its administrator.
func (s *scene) tool(ctx context.Context, name string, in []byte, args ...string) ([]byte, error) {
	address, err := url.Parse(s.maria.URL(""))
	if err != nil {
		return nil, err
	}
	password, _ := address.User.Password()
	login := []string{"--no-defaults", "--host=127.0.0.1", "--port=" + address.Port(), "--user=" + address.User.Username(), "--protocol=tcp"}
	command := exec.CommandContext(ctx, name, append(login, args...)...)
	command.Env = append(os.Environ(), "MYSQL_PWD="+password)
	var out, complaint bytes.Buffer
	command.Stdin, command.Stdout, command.Stderr = bytes.NewReader(in), &out, &complaint
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", name, err, complaint.String())
	}
	return out.Bytes(), nil
}
