package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/minutebook/minutebook/minutes/extract"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == extract.ChildArgument { // the process that reads a PDF
		os.Exit(extract.RunChild(os.Stdin, os.Stdout, os.Stderr))
	}
	if os.Getenv(asProgram) != "" { // the program itself
		main()
	}
	os.Exit(m.Run())
}

// asProgram makes this test binary the program.
const asProgram = "MINUTEBOOK_TEST_AS_PROGRAM"

// TestProgramRefuses runs the program on each bad file in a process of its own.
func TestProgramRefuses(t *testing.T) {
	database := filepath.Join(t.TempDir(), "test.db")
	program := func(args ...string) (int, string) {
		command := exec.Command(os.Args[0], args...)
		command.Env = append(os.Environ(), asProgram+"=1", "MINUTEBOOK_DATABASE=sqlite:"+database)
		var complaint strings.Builder
		command.Stderr = &complaint
		_ = command.Run() // the status says it
		return command.ProcessState.ExitCode(), complaint.String()
	}
	for path, reason := range badFiles(t) {
		status, complaint := program("import", path)
		if status != 1 || !strings.Contains(complaint, filepath.Base(path)) || !strings.Contains(complaint, reason) || strings.Contains(complaint, "goroutine") {
			t.Errorf("%s: status %d, %q", filepath.Base(path), status, complaint)
		}
	}
	if status, complaint := program("import", "--json", seedFile); status != 0 {
		t.Errorf("good minutes after the bad: status %d, %q", status, complaint)
	}
}

// noTokens is an environment with a database and nothing else.
func noTokens(t *testing.T) func(string) string {
	t.Helper()
	database := "sqlite:" + filepath.Join(t.TempDir(), "test.db")
	return func(name string) string {
		if name == "MINUTEBOOK_DATABASE" {
			return database
		}
		return ""
	}
}

const seedFile = "samples/taicang-2022-08.txt"

func TestImportCommand(t *testing.T) {
	getenv := noTokens(t)
	status, out, complaint := runCommand(getenv, "import", seedFile)
	if status != exitGood {
		t.Fatalf("status %d: %s", status, complaint)
	}
	if !strings.Contains(out, "太仓市人民政府常务会议第7次, 2022-06-01") || !strings.Contains(out, "created: 1 meeting, 9 documents, 9 items, 6 decisions, 25 directives, 72 attendances, 70 people, 77 organizations") {
		t.Errorf("the report: %s", out)
	}
	status, out, _ = runCommand(getenv, "import", seedFile)
	if status != exitGood || strings.Contains(out, "created") || strings.Contains(out, "updated") || !strings.Contains(out, "unchanged: 1 meeting") {
		t.Errorf("a second time, status %d: %s", status, out)
	}
	status, out, _ = runCommand(getenv, "import", "--json", seedFile)
	var line struct {
		HeldOn string                    `json:"heldOn"`
		Counts map[string]map[string]int `json:"counts"`
	}
	if err := json.Unmarshal([]byte(out), &line); err != nil || status != exitGood || line.HeldOn != "2022-06-01" || line.Counts["ATTENDANCE"]["unchanged"] != 72 {
		t.Errorf("as JSON, status %d, %v: %s", status, err, out)
	}
}

func TestImportCommandDryRun(t *testing.T) {
	getenv := noTokens(t)
	if status, out, complaint := runCommand(getenv, "import", "--dry-run", seedFile); status != exitGood || !strings.Contains(out, "would be created: 1 meeting") {
		t.Errorf("status %d: %s%s", status, out, complaint)
	}
	if status, out, _ := runCommand(getenv, "import", seedFile); status != exitGood || !strings.Contains(out, "  created: 1 meeting") {
		t.Errorf("a dry run wrote something: status %d: %s", status, out)
	}
}

// badFiles are files that are no minutes, each with a word of the reason.
func badFiles(t *testing.T) map[string]string {
	t.Helper()
	root := t.TempDir()
	seed, err := os.ReadFile(seedFile)
	if err != nil {
		t.Fatal(err)
	}
	locked, err := os.ReadFile("minutes/extract/testdata/encrypted.pdf")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, file := range []struct{ name, content, reason string }{
		{"empty.txt", "", "empty"},
		{"blank.txt", " \n\t\n", "empty"},
		{"binary.txt", "\x00\x01\x02\xff\xfe\x00binary\x00\x00", "not text"},
		{"broken.docx", "PK\x03\x04 word/document broken", "damaged"},
		{"locked.pdf", string(locked), "password"},
		{"weather.txt", "今天天气很好，我们去公园散步。", "no text of minutes"},
		{"undated.txt", strings.ReplaceAll(string(seed), "2022", "某"), "--held-on"},
		{"large.txt", strings.Repeat("会议强调，要抓好落实。\n", 3_500_000), "larger than"},
	} {
		path := filepath.Join(root, file.name)
		if err := os.WriteFile(path, []byte(file.content), 0o600); err != nil {
			t.Fatal(err)
		}
		out[path] = file.reason
	}
	out[filepath.Join(root, "missing.txt")] = "no such file"
	return out
}

func TestImportCommandRefuses(t *testing.T) {
	getenv := noTokens(t)
	for path, reason := range badFiles(t) {
		status, out, complaint := runCommand(getenv, "import", path)
		first, _, _ := strings.Cut(complaint, "\n")
		if status != exitFailed || out != "" || !strings.Contains(first, filepath.Base(path)) || !strings.Contains(first, reason) {
			t.Errorf("%s: status %d, %q; want a sentence with %q", filepath.Base(path), status, first, reason)
		}
		if strings.Count(complaint, "\n") > 2 {
			t.Errorf("%s: more than a sentence: %s", filepath.Base(path), complaint)
		}
	}
	if status, out, complaint := runCommand(getenv, "import", seedFile); status != exitGood || !strings.Contains(out, "created: 1 meeting, 9 documents") {
		t.Errorf("the bad files left something behind: status %d: %s%s", status, out, complaint)
	}
}

func TestImportCommandReadsGB18030(t *testing.T) {
	seed, err := os.ReadFile(seedFile)
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := simplifiedchinese.GB18030.NewEncoder().Bytes(seed)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "gb.txt")
	if err := os.WriteFile(path, encoded, 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, complaint := runCommand(noTokens(t), "import", path); status != exitGood || !strings.Contains(out, "72 attendances") {
		t.Errorf("status %d: %s%s", status, out, complaint)
	}
}

func TestImportCommandGoesOn(t *testing.T) {
	paths := []string{"import"}
	for path := range badFiles(t) {
		paths = append(paths, path)
	}
	status, out, complaint := runCommand(noTokens(t), append(paths, seedFile)...)
	if status != exitFailed || !strings.Contains(out, "created: 1 meeting") || !strings.Contains(complaint, "9 of 10 files were not imported") {
		t.Errorf("status %d: %s%s", status, out, complaint)
	}
}

func TestImportCommandUsage(t *testing.T) {
	getenv := noTokens(t)
	for _, args := range [][]string{
		{"import"}, {"import", "--format", "odt", seedFile}, {"import", "--held-on", "yesterday", seedFile}, {"import", seedFile, "--publish"},
		{"import", t.TempDir()}, {"parse"}, {"parse", "--json"}, {"parse", "--json", "none.txt"},
	} {
		status, _, complaint := runCommand(getenv, args...)
		if status != exitFailed || strings.TrimSpace(complaint) == "" {
			t.Errorf("%v: status %d and %q", args, status, complaint)
		}
	}
}

func TestParseCommand(t *testing.T) {
	status, out, complaint := runCommand(func(string) string { return "" }, "parse", "--json", seedFile)
	if status != exitGood || strings.Count(out, "\n") != 1 {
		t.Fatalf("status %d: %s", status, complaint)
	}
	var record map[string]json.RawMessage
	if err := json.Unmarshal([]byte(out), &record); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"meeting", "minutes", "agendaItems", "attendance", "distribution", "warnings"} {
		if record[key] == nil {
			t.Errorf("the record has no %s", key)
		}
	}
	if len(record) != 6 {
		t.Errorf("the record has %d keys, want 6", len(record))
	}
}
