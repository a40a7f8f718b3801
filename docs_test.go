package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/config"
)

// TestSettingsAreDocumented asks for a row of each setting in docs/operations.md, with its default and its sentence, and for no
// setting there that the program does not have.
func TestSettingsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		documented[strings.TrimSpace(line)] = true
	}
	for _, setting := range config.Describe() {
		row := settingRow(setting)
		if !documented[row] {
			t.Errorf("docs/operations.md lacks the row\n%s", row)
		}
		delete(documented, row)
	}
	for row := range documented {
		if strings.HasPrefix(row, "| `MINUTEBOOK_") {
			t.Errorf("docs/operations.md has a row of no setting\n%s", row)
		}
	}
}

func settingRow(setting config.Setting) string {
	standard := setting.Default
	if standard == "" {
		standard = "none"
	}
	return fmt.Sprintf("| `%s` | %s | %s |", setting.Name, setting.Help, standard)
}
