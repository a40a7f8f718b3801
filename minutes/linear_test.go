//go:build unix

package minutes

import (
	"syscall"
	"testing"
	"time"
)

// TestLinear reads hostile texts of two sizes: four times the text may take no more than about four times the processor's
// time; what is quadratic takes sixteen times as much. How long either takes is BenchmarkWorst's.
func TestLinear(t *testing.T) {
	const size = 250_000
	small, large := hostile(size), hostile(4*size)
	Parse(small["items"])
	for name := range small {
		t.Run(name, func(t *testing.T) {
			a, b := spent(t, small[name]), spent(t, large[name])
			for range 2 { // the collector of garbage may have had its share
				if b > 10*a+100*time.Millisecond {
					a, b = max(a, spent(t, small[name])), min(b, spent(t, large[name]))
				}
			}
			if b > 10*a+100*time.Millisecond {
				t.Errorf("%d bytes take %v, four times as many take %v", size, a, b)
			}
		})
	}
}

// spent answers the processor's time that reading a text takes.
func spent(t *testing.T, text string) time.Duration {
	t.Helper()
	var before, after syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &before); err != nil {
		t.Fatal(err)
	}
	Parse(text)
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &after); err != nil {
		t.Fatal(err)
	}
	return time.Duration(after.Utime.Nano() - before.Utime.Nano())
}
