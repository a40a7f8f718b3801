package ingest

import (
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/minutebook/minutebook/store/storetest"
)

// TestSpeed imports generated minutes and says how fast. It runs long, so only where MINUTEBOOK_TEST_IMPORTS says how many.
func TestSpeed(t *testing.T) {
	many, err := strconv.Atoi(os.Getenv("MINUTEBOOK_TEST_IMPORTS"))
	if err != nil {
		t.Skip("MINUTEBOOK_TEST_IMPORTS is not the number of minutes to import")
	}
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		g := newGenerator(1, 6)
		importer := NewImporter(db, editor)
		begin, lap := time.Now(), time.Now()
		for i := range many {
			text := g.minutes(9, 60)
			r, err := Read(Input{Name: "generated", Text: text})
			if err != nil {
				t.Fatal(err)
			}
			report, err := importer.Import(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 || i == many-1 {
				for _, c := range report.Counts {
					t.Logf("%d: %+v", i, *c)
				}
			}
			if (i+1)%100 == 0 {
				var memory runtime.MemStats
				runtime.ReadMemStats(&memory)
				t.Logf("%d in %v, the last 100 in %v, heap %d MiB", i+1, time.Since(begin).Round(time.Millisecond), time.Since(lap).Round(time.Millisecond), memory.HeapInuse>>20)
				lap = time.Now()
			}
		}
	})
}
