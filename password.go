package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/minutebook/minutebook/auth"
)

// newPassword asks for a new password and returns its hash.
func (u userCall) newPassword(ctx context.Context) (string, error) {
	password, err := readPassword(ctx, u.console)
	if err != nil {
		return "", err
	}
	passwords, err := auth.NewPasswords(auth.PasswordCost{}, 0, 0)
	if err != nil {
		return "", err
	}
	return passwords.Hash(ctx, password)
}

// readPassword reads a password twice from the terminal without showing it, or the first line of what is piped in.
func readPassword(ctx context.Context, at console) (string, error) {
	file, ok := at.in.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return pipedPassword(at.in)
	}
	first, err := askPassword(ctx, file, at.err, "New password: ")
	if err == nil {
		err = auth.CheckPassword(first)
	}
	if err != nil {
		return "", err
	}
	second, err := askPassword(ctx, file, at.err, "Once more: ")
	if err == nil && first != second {
		err = errors.New("the two passwords differ")
	}
	return first, err
}

// pipedPassword reads one line: a password has no line break, and what a file ends with is none of it.
func pipedPassword(in io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(in, auth.MaxPasswordBytes+2)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("the password cannot be read: %w", err)
	}
	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	if line == "" {
		return "", errors.New("there is no password: type it on a terminal, or pipe it in as one line")
	}
	return line, nil
}

// askPassword asks on a terminal. When ctx ends while somebody types, the terminal shows again what is typed.
func askPassword(ctx context.Context, terminal *os.File, out io.Writer, question string) (string, error) {
	fd := int(terminal.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("the terminal: %w", err)
	}
	type answer struct {
		text []byte
		err  error
	}
	answers := make(chan answer, 1)
	fmt.Fprint(out, question)
	go func() {
		text, err := term.ReadPassword(fd)
		answers <- answer{text, err}
	}()
	select {
	case <-ctx.Done():
		_ = term.Restore(fd, before)
		fmt.Fprintln(out)
		return "", errors.New("broken off: nothing was changed")
	case a := <-answers:
		fmt.Fprintln(out)
		if a.err != nil {
			return "", fmt.Errorf("the password cannot be read: %w", a.err)
		}
		return string(a.text), nil
	}
}
