// Command minutebook turns the minutes of meetings into a graph and serves it by GraphQL. This package wires the rooms
// together: commands, settings, addresses, start and stop. It holds no rule and no query.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/minutebook/minutebook/config"
	"github.com/minutebook/minutebook/minutes/extract"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == extract.ChildArgument { // the process that reads a stranger's PDF
		os.Exit(extract.RunChild(os.Stdin, os.Stdout, os.Stderr))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Getenv, console{os.Stdin, os.Stdout, os.Stderr}))
}

// console is where a command reads and writes.
type console struct {
	in       io.Reader
	out, err io.Writer
}

// command is one word of the command line.
type command struct {
	name string
	help string
	run  func(context.Context, invocation) error
}

// invocation is a command as it was called.
type invocation struct {
	name   string
	args   []string
	getenv func(string) string
	console
}

func commands() []command {
	return []command{
		{"serve", "migrate the database and serve the API and the explorer; --demo makes a secret and a token to try it with", serve},
		{"import", "bring minutes into the database: " +
			"minutebook import [--format auto] [--held-on DAY] [--body NAME] [--publish] [--dry-run] [--json] FILE…", importFiles},
		{"parse", "print what a file of minutes states, without a database: minutebook parse --json FILE", parse},
		{"migrate", "bring the database to the shape this program needs; --status only says where it stands", migrate},
		{"export", "write lists and networks into files: minutebook export [--dir DIR] [--public] all.csv people.jsonl 'network.gexf?kind=OWES' …", export},
		{"verify", "check the chain of the change log and the rules of the graph, and name what is wrong; it changes nothing", verify},
		{"erase", "erase a person's data from records, texts, log and what is kept for undo: minutebook erase [--dry-run] --person ID|NAME", erase},
		{"user", "accounts for signIn: user add NAME --role EDITOR, user list, user disable NAME, user password NAME", user},
		{"token", "make a token: --role VIEWER, EDITOR or ADMIN, --subject NAME, --ttl 1h", token},
	}
}

// Exit statuses.
const (
	exitGood   = 0
	exitFailed = 1
	exitUsage  = 2
)

// run is the program: it returns the exit status. Settings come from the arguments and from getenv, so that a test can
// run it whole.
func run(ctx context.Context, args []string, getenv func(string) string, at console) int {
	name := "help"
	if len(args) > 0 {
		name = args[0]
		args = args[1:]
	}
	switch name {
	case "help", "--help", "-help", "-h":
		usage(at.out)
		return exitGood
	}
	for _, c := range commands() {
		if c.name != name {
			continue
		}
		err := c.run(ctx, invocation{name: name, args: args, getenv: getenv, console: at})
		switch {
		case err == nil:
			return exitGood
		case errors.Is(err, flag.ErrHelp):
			usage(at.out)
			return exitGood
		}
		for line := range strings.SplitSeq(err.Error(), "\n") {
			fmt.Fprintf(at.err, "minutebook %s: %s\n", name, line)
		}
		return exitFailed
	}
	fmt.Fprintf(at.err, "minutebook: there is no command %q; minutebook help names them\n", name)
	return exitUsage
}

func usage(w io.Writer) {
	fmt.Fprint(w, "minutebook turns minutes of meetings into a graph and serves it.\n\nUsage: minutebook COMMAND [--setting value …]\n\nCommands\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-10s %s\n", c.name, c.help)
	}
	fmt.Fprint(w, "\nSettings: a flag, or the variable of the environment, or the default\n")
	config.WriteHelp(w)
}

// settings reads the settings for a command, which may add flags of its own.
func (i invocation) settings(more func(*flag.FlagSet)) (config.Config, []string, error) {
	return config.Load(i.name, i.args, i.getenv, more)
}
