package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/minutebook/minutebook/store/storetest"
)

const erasedMinutes = `云湖市人民政府常务会议纪要

第3号

2026年3月5日，%s市长主持召开市政府第3次常务会议，纪要如下：

一、审议《云湖市供水管理办法》

会议听取并审议了市水务局局长邱远山关于《办法》起草情况的汇报。会议原则同意该《办法》，由市水务局修改完善后印发。

出席：邱远山、柳　青
`

// TestEraseCommand imports minutes that name somebody, erases the name, and looks for it in everything that is kept.
func TestEraseCommand(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		do := func(args ...string) (int, string, string) {
			var out, errs bytes.Buffer
			status := run(t.Context(), args, func(name string) string {
				return map[string]string{"MINUTEBOOK_DATABASE": database}[name]
			}, console{strings.NewReader(""), &out, &errs})
			return status, out.String(), errs.String()
		}
		file := filepath.Join(t.TempDir(), "minutes.txt")
		if err := os.WriteFile(file, []byte(strings.ReplaceAll(erasedMinutes, "%s", "沈一鸣")), 0o600); err != nil {
			t.Fatal(err)
		}
		if status, out, errs := do("import", "--publish", file); status != exitGood {
			t.Fatal(out, errs)
		}
		status, dry, errs := do("erase", "--person", "邱远山", "--dry-run")
		if status != exitGood || !strings.Contains(dry, "would be erased") || !strings.Contains(dry, "documents.text") {
			t.Fatalf("%d %s %s", status, dry, errs)
		}
		status, out, errs := do("erase", "--person", "邱远山", "--everywhere", "--reason", "request of 2026-11-25")
		if status != exitGood || strings.Contains(out, "left,") {
			t.Fatalf("%d %s %s", status, out, errs)
		}
		t.Logf("%s\n%s", dry, out)
		if status, out, errs := do("verify"); status != exitGood {
			t.Fatalf("%d %s %s", status, out, errs)
		}
		dir := t.TempDir()
		if status, out, errs := do("export", "--dir", dir, "all.jsonl", "changes.jsonl"); status != exitGood {
			t.Logf("%d %s %s", status, out, errs)
		}
		files, _ := filepath.Glob(filepath.Join(dir, "*"))
		if len(files) < 2 {
			t.Errorf("%d files are exported", len(files))
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil || bytes.Contains(data, []byte("邱远山")) {
				t.Errorf("%s holds the name: %v", file, err)
			}
		}
		for _, c := range []struct {
			args []string
			want string
		}{
			{[]string{"erase"}, "whose data?"},
			{[]string{"erase", "--person", "邱远山"}, "nobody is called"},
			{[]string{"erase", "--person", "沈一鸣", "--also", "x"}, "no id of a record"},
			{[]string{"erase", "--person", "沈一鸣", "--reason", "沈一鸣 asked"}, "the reason holds the name"},
		} {
			if status, _, errs := do(c.args...); status == exitGood || !strings.Contains(errs, c.want) {
				t.Errorf("%v: %d %s", c.args, status, errs)
			}
		}
	})
}
