// Command parsejson prints what minutes.Parse reads in a file, for scoring the grammar on its own.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/minutebook/minutebook/minutes"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "parsejson: give one file")
		os.Exit(2)
	}
	text, err := os.ReadFile(os.Args[1]) //nolint:gosec // the caller names the file
	if err != nil {
		fmt.Fprintln(os.Stderr, "parsejson:", err)
		os.Exit(1)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(minutes.Parse(string(text))); err != nil {
		fmt.Fprintln(os.Stderr, "parsejson:", err)
		os.Exit(1)
	}
}
