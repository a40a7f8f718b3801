// Command mariadb starts, stops and names the MariaDB server of the tests, for scripts/mariadb.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/minutebook/minutebook/store/storetest"
)

const usage = `usage: mariadb COMMAND

start           run the server of the tests unless it runs, and print its address
stop [--force]  stop it unless somebody uses it; with --force always
status          say whether it runs; exit 1 when it does not
url NAME        start it, create the database unless it exists, and print its setting
empty NAME      the same, but what the database held is dropped first
kept NAME       start a second server, whose data stays in the user's cache folder and whose memory suits measuring, create
                the database unless it exists, and print its setting
`

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "mariadb:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	switch {
	case len(arguments) == 1 && arguments[0] == "start":
		return start()
	case len(arguments) >= 1 && arguments[0] == "stop":
		return stop(len(arguments) == 2 && arguments[1] == "--force")
	case len(arguments) == 1 && arguments[0] == "status":
		return status()
	case len(arguments) == 2 && arguments[0] == "url":
		return address(arguments[1], (*storetest.Server).Create)
	case len(arguments) == 2 && arguments[0] == "empty":
		return address(arguments[1], (*storetest.Server).Empty)
	case len(arguments) == 2 && arguments[0] == "kept":
		return kept(arguments[1])
	}
	fmt.Fprint(os.Stderr, usage)
	return errors.New("no such command")
}

func start() error {
	server, err := storetest.Shared()
	if err != nil {
		return err
	}
	fmt.Println(server.URL(""))
	return nil
}

func stop(force bool) error {
	err := storetest.Stop(force)
	if errors.Is(err, storetest.ErrInUse) {
		fmt.Println(err)
		return nil
	}
	return err
}

func status() error {
	server, err := storetest.Running()
	if err != nil {
		return err
	}
	if server == nil {
		return errors.New("no server runs")
	}
	fmt.Printf("running, process %d, %s\n", server.PID(), server.URL(""))
	return nil
}

func kept(database string) error {
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	server, err := storetest.Kept(filepath.Join(cache, "minutebook", "bench-mariadb"), "--innodb-buffer-pool-size=4G", "--innodb-log-file-size=1G")
	if err != nil {
		return err
	}
	setting, err := server.Create(database)
	if err == nil {
		fmt.Println(setting)
	}
	return err
}

func address(database string, create func(*storetest.Server, string) (string, error)) error {
	server, err := storetest.Shared()
	if err != nil {
		return err
	}
	setting, err := create(server, database)
	if err != nil {
		return err
	}
	fmt.Println(setting)
	return nil
}
