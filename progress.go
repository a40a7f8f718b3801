package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// progress tells how far a long run is: on a terminal in a line that is written again and again, elsewhere in plain lines
// from time to time.
type progress struct {
	w        io.Writer
	terminal bool
	all      int
	done     int
	begun    time.Time
	shown    time.Time
	visible  bool // the line is on the terminal
}

func newProgress(w io.Writer, all int) *progress {
	file, ok := w.(*os.File)
	now := time.Now()
	return &progress{w: w, terminal: ok && term.IsTerminal(int(file.Fd())), all: all, begun: now, shown: now}
}

// step notes that one more is done.
func (p *progress) step() {
	p.done++
	wait := 10 * time.Second
	if p.terminal {
		wait = 100 * time.Millisecond
	}
	if p.all > 1 && time.Since(p.shown) >= wait && p.done < p.all {
		p.show()
	}
}

// show writes how far the run is, how fast, and how long the rest will take.
func (p *progress) show() {
	p.shown = time.Now()
	took := p.shown.Sub(p.begun)
	speed := float64(p.done) / took.Seconds()
	rest := time.Duration(float64(p.all-p.done) / speed * float64(time.Second)).Round(time.Second)
	line := fmt.Sprintf("%d of %d files (%d%%), %.1f a second, %s left", p.done, p.all, 100*p.done/p.all, speed, rest)
	if !p.terminal {
		fmt.Fprintln(p.w, line)
		return
	}
	fmt.Fprint(p.w, "\r\x1b[K"+line)
	p.visible = true
}

// clear takes the line away, for something else to be written.
func (p *progress) clear() {
	if p.visible {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.visible = false
	}
}

// finish tells how long a run of several took.
func (p *progress) finish() {
	p.clear()
	if took := time.Since(p.begun); p.done > 1 {
		fmt.Fprintf(p.w, "%d files in %s, %.1f a second\n", p.done, took.Round(10*time.Millisecond), float64(p.done)/took.Seconds())
	}
}

// at tells how far a part of a long run is.
func (p *progress) at(what string, done, all int) {
	if all > 0 {
		p.line(fmt.Sprintf("%d of %d %s (%d%%)", done, all, what, 100*done/all))
	}
}

// line shows a line, where the last one has stood for long enough.
func (p *progress) line(text string) {
	wait := 10 * time.Second
	if p.terminal {
		wait = 100 * time.Millisecond
	}
	if time.Since(p.shown) < wait {
		return
	}
	p.shown = time.Now()
	if !p.terminal {
		fmt.Fprintln(p.w, text)
		return
	}
	fmt.Fprint(p.w, "\r\x1b[K"+text)
	p.visible = true
}
