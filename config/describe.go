package config

import (
	"fmt"
	"io"
	"strings"
)

// Describe returns every setting in the order of the help text. The default of one that depends on the machine says
// how.
func Describe() []Setting {
	var c Config
	var described []Setting
	for _, s := range c.settings() {
		if s.shown != "" {
			s.Default = s.shown
		}
		described = append(described, s.Setting)
	}
	return described
}

// WriteHelp prints every setting with its flag, its variable, its default and its meaning.
func WriteHelp(w io.Writer) {
	for _, s := range Describe() {
		standard := s.Default
		if standard == "" {
			standard = "none"
		}
		if s.Unit != "" && !strings.HasSuffix(standard, s.Unit) && s.Unit != "duration" && s.Unit != "URL" && s.Unit != "host:port" {
			standard += " " + s.Unit
		}
		fmt.Fprintf(w, "  --%s, %s (%s)\n      %s\n", s.Flag(), s.Name, standard, s.Help)
	}
}
