package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// userVerbs are the words that follow `minutebook user`.
var userVerbs = map[string]func(context.Context, userCall) error{
	"add": addUser, "list": listUsers, "disable": disableUser, "password": setUserPassword,
}

const userUsage = "minutebook user add NAME --role VIEWER, EDITOR or ADMIN · user list · user disable NAME · user password NAME"

// userCall is a user command with its database.
type userCall struct {
	invocation
	db   *store.Store
	user string
	role models.Role
}

// user manages the accounts that sign in with a password. A password is typed on the terminal or piped in; an argument
// would stand in the history of the shell and in the list of processes.
func user(ctx context.Context, i invocation) error {
	if len(i.args) == 0 || userVerbs[i.args[0]] == nil {
		return errors.New(userUsage)
	}
	verb := i.args[0]
	call := userCall{invocation: i}
	if i.args = i.args[1:]; len(i.args) > 0 && !strings.HasPrefix(i.args[0], "-") {
		call.user, i.args = i.args[0], i.args[1:]
	}
	role := ""
	c, rest, err := i.settings(func(flags *flag.FlagSet) {
		if verb == "add" {
			flags.StringVar(&role, "role", "", "VIEWER, EDITOR or ADMIN")
		}
	})
	if err != nil {
		return err
	}
	if call.user == "" && len(rest) > 0 {
		call.user, rest = rest[0], rest[1:]
	}
	call.role = models.Role(strings.ToUpper(role))
	if err := errors.Join(call.check(verb), noArguments(rest)); err != nil {
		return err
	}
	c.LogLevel = "error" // what is asked for and what went wrong is enough for a terminal
	if call.db, err = store.Open(ctx, c.Database, store.Options{Logger: newLogger(c, i.err)}); err != nil {
		return fmt.Errorf("MINUTEBOOK_DATABASE: %w", err)
	}
	defer func() { _ = call.db.Close() }()
	if err := call.db.Migrate(ctx); err != nil {
		return fmt.Errorf("the database cannot be migrated: %w", err)
	}
	return userVerbs[verb](ctx, call)
}

// check looks at the name and the role before anything is asked or opened.
func (u userCall) check(verb string) error {
	switch {
	case verb == "list" && u.user != "":
		return errors.New("list takes no name")
	case verb == "list":
		return nil
	case u.user == "":
		return errors.New("whose account? " + userUsage)
	case verb == "add" && !u.role.Valid():
		return errors.New("--role must be VIEWER, EDITOR or ADMIN")
	}
	return auth.CheckName(u.user)
}

func addUser(ctx context.Context, u userCall) error {
	hash, err := u.newPassword(ctx)
	if err != nil {
		return err
	}
	err = u.db.AddAccount(ctx, u.user, u.role, hash)
	if errors.Is(err, models.ErrDuplicate) {
		return fmt.Errorf("there is an account %s already: "+
			"change its password with `minutebook user password`, or disable it first to give it another role", u.user)
	}
	if err == nil {
		fmt.Fprintf(u.out, "%s may sign in as %s\n", strings.ToLower(u.user), u.role)
	}
	return err
}

func setUserPassword(ctx context.Context, u userCall) error {
	if _, err := u.db.OpenAccount(ctx, u.user); err != nil {
		return u.known(err)
	}
	hash, err := u.newPassword(ctx)
	if err != nil {
		return err
	}
	if err := u.db.SetPasswordHash(ctx, u.user, hash); err != nil {
		return u.known(err)
	}
	return u.revoke(ctx, "the password of %s is changed; tokens from before are taken back\n")
}

func disableUser(ctx context.Context, u userCall) error {
	if err := u.db.CloseAccount(ctx, u.user); err != nil {
		return u.known(err)
	}
	return u.revoke(ctx, "%s cannot sign in any more; tokens from before are taken back\n")
}

// revoke takes back what the account has: servers notice within seconds.
func (u userCall) revoke(ctx context.Context, done string) error {
	name := strings.ToLower(u.user)
	if _, err := u.db.Revoke(ctx, "", name, time.Now().Add(auth.MaxLife+auth.MaxLeeway)); err != nil {
		return err
	}
	fmt.Fprintf(u.out, done, name)
	return nil
}

func (u userCall) known(err error) error {
	if errors.Is(err, models.ErrNotFound) {
		return fmt.Errorf("there is no open account %s: minutebook user list names them", u.user)
	}
	return err
}

func listUsers(ctx context.Context, u userCall) error {
	accounts, err := u.db.Accounts(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(u.out, 0, 0, 2, ' ', 0)
	for _, a := range accounts {
		state := "open"
		if a.ClosedAt != nil {
			state = "disabled " + day(*a.ClosedAt)
		}
		fmt.Fprintf(w, "%s\t%s\tsince %s\t%s\n", a.Name, a.Role, day(a.CreatedAt), state)
	}
	return w.Flush()
}

func day(t models.DateTime) string { return t.UTC().Format(time.DateOnly) }
