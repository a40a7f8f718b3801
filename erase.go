package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

// repeated is a flag that may be given several times.
type repeated []string

// String joins the values, for the help.
func (r *repeated) String() string { return strings.Join(*r, ", ") }

// Set adds a value.
func (r *repeated) Set(value string) error {
	*r = append(*r, value)
	return nil
}

// eraseFlags are the flags of `erase`.
type eraseFlags struct {
	person, reason     string
	names, also        repeated
	everywhere, dryRun bool
}

// erase erases a person's data, or says what that would change.
func erase(ctx context.Context, i invocation) error {
	var f eraseFlags
	c, rest, err := i.settings(func(flags *flag.FlagSet) {
		flags.StringVar(&f.person, "person", "", "id of the person, or the name where only one bears it")
		flags.Var(&f.names, "name", "a further form of the name as texts write it; may be given several times")
		flags.Var(&f.also, "also", "id of a record all of whose texts mean this person; may be given several times")
		flags.BoolVar(&f.everywhere, "everywhere", false, "all texts that hold the name mean this person")
		flags.StringVar(&f.reason, "reason", "", "why, for the log; without the name")
		flags.BoolVar(&f.dryRun, "dry-run", false, "only say what would be changed, and where the name would be left")
	})
	if err := errors.Join(err, noArguments(rest)); err != nil {
		return err
	}
	if f.person == "" {
		return errors.New("whose data? minutebook erase --person ID|NAME")
	}
	db, err := openMigrated(ctx, c, i)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	request, err := f.request(ctx, db)
	if err != nil {
		return err
	}
	report, err := db.Erase(ctx, models.Actor{Subject: "minutebook erase", Role: models.RoleAdmin}, request)
	if problem, ok := errors.AsType[*models.UserError](err); ok {
		return errors.New(problem.Message)
	}
	if report != nil {
		printErasure(i.out, report, f.dryRun)
	}
	return err
}

// request reads the flags.
func (f eraseFlags) request(ctx context.Context, db *store.Store) (store.Erasure, error) {
	e := store.Erasure{Names: f.names, Everywhere: f.everywhere, Reason: f.reason, DryRun: f.dryRun}
	for _, text := range f.also {
		_, id, err := models.DecodeID(text)
		if err != nil {
			id, err = models.DecodeTagged(models.TagImportJob, text)
		}
		if err != nil {
			return e, fmt.Errorf("--also %q is no id of a record", text)
		}
		e.Also = append(e.Also, id)
	}
	if t, id, err := models.DecodeID(f.person); err == nil {
		if t != models.TypePerson {
			return e, fmt.Errorf("--person %s is not the id of a person", f.person)
		}
		e.Person = id
		return e, nil
	}
	found, err := db.PeopleNamed(ctx, f.person)
	switch {
	case err != nil:
		return e, err
	case len(found) == 0:
		return e, fmt.Errorf("nobody is called %s", f.person)
	case len(found) > 1:
		return e, fmt.Errorf("%d people are called %s: give the id of one: %s", len(found), f.person, strings.Join(personIDs(found), ", "))
	}
	e.Person = found[0]
	return e, nil
}

func personIDs(ids []models.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = models.EncodeID(models.TypePerson, id)
	}
	return out
}

// printErasure says what an erasure did, or would do.
func printErasure(w io.Writer, r *store.ErasureReport, dryRun bool) {
	verb := "erased"
	if dryRun {
		verb = "would be erased"
	}
	fmt.Fprintf(w, "%s: %s %s\n", models.EncodeID(models.TypePerson, r.Person), strings.Join(r.Names, ", "), verb)
	for _, p := range r.Places {
		fmt.Fprintf(w, "  %-28s %d in %d rows\n", p.Place, p.Names, p.Rows)
	}
	fmt.Fprintf(w, "  %d entries of the log lose the name, %d sets of rows kept for undo are dropped\n", r.Entries, r.Removed)
	if len(r.TooShort) > 0 {
		fmt.Fprintf(w, "not looked for in texts, as one character says too little: %s\n", strings.Join(r.TooShort, ", "))
	}
	if len(r.SameNamed) > 0 {
		fmt.Fprintf(w, "others of the same name, who keep it: %s\n", strings.Join(personIDs(r.SameNamed), ", "))
	}
	if len(r.Left) == 0 {
		return
	}
	fmt.Fprintln(w, "left, as nothing says that it means this person; name the records that do with --also, or all with --everywhere:")
	for _, p := range r.Left {
		fmt.Fprintf(w, "  %-28s %s %d\n", p.Place, p.ID, p.Names)
	}
}
