package storetest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Kept returns a server whose data stays when it stops, in a folder of its own that is made where it is missing, and starts
// it when it does not run. It stops by itself ten minutes after the last connection was closed. Settings are further
// arguments of mariadbd.
func Kept(dir string, settings ...string) (*Server, error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return nil, err
	}
	unlock, err := lock(dir + ".lock")
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", dir, err)
	}
	defer unlock()
	state := filepath.Join(dir, "state.json")
	server := &Server{}
	text, err := os.ReadFile(state)
	switch {
	case err != nil || json.Unmarshal(text, server) != nil:
		if server, err = anew(dir); err != nil {
			return nil, err
		}
	case server.at(dir).answers():
		return server, nil
	}
	server.settings = settings
	if err := server.end(false); err != nil {
		return nil, err
	}
	if server.Port, err = freePort(); err != nil {
		return nil, err
	}
	if err := server.start(); err != nil {
		return nil, err
	}
	text, err = json.Marshal(server)
	if err != nil {
		return nil, err
	}
	return server, os.WriteFile(state, text, 0o600)
}

// anew takes away what an interrupted first start has left, and makes a new server in its place.
func anew(dir string) (*Server, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	return newServer(dir)
}

// at says where the data of a server is whose state was read.
func (s *Server) at(dir string) *Server {
	s.Dir = dir
	return s
}
