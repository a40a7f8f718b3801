package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Shared returns the one server that all test processes of this user share, and starts it when it does not run. It stops
// by itself ten minutes after the last connection was closed.
func Shared() (*Server, error) {
	var server *Server
	err := locked(func(home string) (err error) {
		if server, err = running(home); server != nil || err != nil {
			return err
		}
		server, err = startShared(home)
		return err
	})
	return server, err
}

// Running returns the shared server when it answers, and nil when none does.
func Running() (*Server, error) {
	var server *Server
	err := locked(func(home string) (err error) {
		server, err = running(home)
		return err
	})
	return server, err
}

// ErrInUse is returned by Stop when somebody is connected.
var ErrInUse = errors.New("the server is in use; it stops by itself when it is not")

// Stop ends the shared server unless somebody uses it, and removes its data. With force it ends it all the same.
func Stop(force bool) error {
	return locked(func(home string) error {
		server, err := running(home)
		if err != nil {
			return err
		}
		if server != nil && !force {
			if used, err := server.used(); err != nil || used {
				return errors.Join(err, ErrInUse)
			}
		}
		return remove(home)
	})
}

// locked runs a step while no other process runs one, and gives it the folder of the shared server.
func locked(step func(home string) error) error {
	home := filepath.Join(os.TempDir(), fmt.Sprintf("minutebook-mariadb-%d", os.Getuid()))
	if err := os.MkdirAll(home, 0o700); err != nil {
		return err
	}
	if err := own(home); err != nil {
		return err
	}
	unlock, err := lock(filepath.Join(home, "lock"))
	if err != nil {
		return fmt.Errorf("lock %s: %w", home, err)
	}
	defer unlock()
	return step(home)
}

// running returns the server that the state file names, when it answers. A file cut short by a crash is as good as none.
func running(home string) (*Server, error) {
	text, err := os.ReadFile(statePath(home))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	server := &Server{}
	if err := json.Unmarshal(text, server); err != nil {
		return nil, nil //nolint:nilerr // cut short: said above
	}
	if !server.answers() {
		return nil, nil
	}
	return server, nil
}

// answers says whether the server can be used, and notes the time, so that the caller can connect before it stops.
func (s *Server) answers() bool {
	session, err := open(s.URL(""))
	if err != nil {
		return false
	}
	_, err = session.db.Exec("UPDATE storetest.server SET used_at = now()")
	return errors.Join(err, session.db.Close()) == nil
}

// startShared starts a server with fresh data, after what an earlier one left has been removed.
func startShared(home string) (*Server, error) {
	if err := remove(home); err != nil {
		return nil, err
	}
	dir := filepath.Join(home, "server")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	server, err := newServer(dir)
	if err != nil {
		return nil, err
	}
	state, err := json.Marshal(server)
	if err != nil {
		return nil, err
	}
	if err := server.start(); err != nil {
		return nil, err
	}
	return server, os.WriteFile(statePath(home), state, 0o600)
}

// remove ends the server in the folder, if one runs, and removes its data.
func remove(home string) error {
	server := &Server{Dir: filepath.Join(home, "server")}
	if err := server.end(false); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(statePath(home)), os.RemoveAll(server.Dir))
}

// used says whether anybody but the caller is connected.
func (s *Server) used() (bool, error) {
	session, err := open(s.URL(""))
	if err != nil {
		return false, err
	}
	defer func() { _ = session.db.Close() }()
	var others int
	err = session.db.QueryRow(`SELECT count(*) FROM information_schema.processlist
		WHERE user = ? AND id <> connection_id() AND command NOT IN ('Daemon', 'Connect')`, user).Scan(&others)
	return others > 0, err
}

func statePath(home string) string { return filepath.Join(home, "state.json") }
