package store

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/search"
	"github.com/minutebook/minutebook/store/storetest"
)

// TestSampleFindsBursts samples entries that were made within two seconds, a year apart.
func TestSampleFindsBursts(t *testing.T) {
	s := opened(t, storetest.MySQL(t))
	insert := func(at time.Time, n int, tokens string) {
		for i := range n {
			id := models.NewID()
			binary.BigEndian.PutUint64(id[:], uint64(at.UnixMilli()+int64(i))<<16|uint64(binary.BigEndian.Uint16(id[6:])))
			if _, err := s.write.ExecContext(t.Context(), "INSERT INTO search_tokens (record_id, tokens) VALUES (?, ?)", id[:], tokens); err != nil {
				t.Fatal(err)
			}
		}
	}
	insert(time.Date(2024, 1, 1, 8, 0, 0, 0, time.UTC), 800, "zzold")
	insert(time.Date(2025, 1, 1, 8, 0, 0, 0, time.UTC), 800, "zznew")
	taken, err := s.takeSample(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n := len(taken.texts); n < sampleSize {
		t.Fatalf("%d entries in the sample, want %d", n, sampleSize)
	}
	for _, word := range []string{"zzold", "zznew"} {
		if share := taken.share(search.Token{Text: word}); share < .1 {
			t.Errorf("%s stands in half of the entries, and in %.2f of the sample", word, share)
		}
	}
	if share := taken.share(search.Token{Text: "zznever"}); share != 0 {
		t.Errorf("a word that stands nowhere has a share of %.2f", share)
	}
}
