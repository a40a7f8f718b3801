package main

import (
	"io"
	"log/slog"

	"github.com/minutebook/minutebook/config"
)

// newLogger writes to w in the form and from the level that the settings ask for.
func newLogger(c config.Config, w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // the settings allow good names only; the zero level is info
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "text" {
		return slog.New(slog.NewTextHandler(w, options))
	}
	return slog.New(slog.NewJSONHandler(w, options))
}
