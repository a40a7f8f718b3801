package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
)

const (
	jobPoll   = 2 * time.Second        // how often a server looks for jobs that another one took in
	jobTouch  = 2 * time.Second        // how often it says that it is at one
	jobLease  = 30 * time.Second       // a server that says nothing for so long is dead
	jobWatch  = 500 * time.Millisecond // how often a watched job is looked at for what another server did
	jobForget = time.Hour              // how often old jobs are deleted
	jobFinish = 10 * time.Second       // for writing down how a job ended, also when the server stops
)

// JobOptions are what jobs are held to.
type JobOptions struct {
	Limits store.JobLimits
	Time   time.Duration // longest run of one
	Keep   time.Duration // how long after its end it is remembered
	Log    *slog.Logger
}

// Jobs does imports apart from the requests that ask for them. They wait in the database, so they outlive the server that
// took them in; each server does one at a time, in the order in which they came. A job ends in the transaction that writes
// what it imports, so that its state says whether that was written.
type Jobs struct {
	db      *store.Store
	options JobOptions
	server  string // of all that share the database
	wake    chan struct{}

	mu      sync.Mutex
	current *jobRun
	news    chan struct{} // closed when a job of this server changes
}

// NewJobs returns the jobs of a database. Run does them.
func NewJobs(db *store.Store, options JobOptions) *Jobs {
	return &Jobs{db: db, options: options, server: models.NewID().String(), wake: make(chan struct{}, 1), news: make(chan struct{})}
}

// jobRun is the job that is being done.
type jobRun struct {
	job    *models.ImportJob
	cancel context.CancelCauseFunc
	step   models.ImportStep // guarded by the mutex of Jobs
	moved  chan struct{}     // holds a value when step has changed
}

// order is what a job is to import, as it is kept in the database.
type order struct {
	Format      string                     `json:"format,omitempty"`
	Name        string                     `json:"name,omitempty"`
	Data        []byte                     `json:"data"`
	HeldOn      models.Date                `json:"heldOn,omitempty"`
	Body        string                     `json:"body,omitempty"`
	Visibility  models.Visibility          `json:"visibility,omitempty"`
	Resolutions []*models.MatchResolution  `json:"resolutions,omitempty"`
	Corrections []*models.ImportCorrection `json:"corrections,omitempty"`
}

// Start takes a job in. Errors: models.ErrTooMany.
func (j *Jobs) Start(ctx context.Context, actor models.Actor, file File, in Input) (*models.ImportJob, error) {
	text, err := json.Marshal(order{file.Format, file.Name, file.Data, in.HeldOn, in.Body, in.Visibility, in.Resolutions, in.Corrections})
	if err != nil {
		return nil, fmt.Errorf("an import job: %w", err)
	}
	job, err := j.db.AddImportJob(ctx, actor, file.Name, text, len(file.Data), j.options.Limits)
	if err != nil {
		return nil, err
	}
	select {
	case j.wake <- struct{}{}:
	default: // it is about to look
	}
	return job, nil
}

// Job returns a job as far as the actor may see it; models.ErrNotFound.
func (j *Jobs) Job(ctx context.Context, actor models.Actor, id models.ID) (*models.ImportJob, error) {
	job, err := j.db.ImportJob(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.current != nil && j.current.job.ID == id && job.State == models.JobRunning && j.current.step != "" {
		step := j.current.step // the database may learn of it later
		job.Step = &step
	}
	return job, nil
}

// List returns the newest jobs that the actor may see.
func (j *Jobs) List(ctx context.Context, actor models.Actor, states []models.ImportJobState, most int) ([]*models.ImportJob, error) {
	return j.db.ImportJobs(ctx, actor, states, most)
}

// errTaken is why a job is broken off that was taken back.
var errTaken = errors.New("the import was taken back")

// Cancel takes back a job that has not ended. Errors: models.ErrNotFound, models.ErrConflict.
func (j *Jobs) Cancel(ctx context.Context, actor models.Actor, id models.ID) (*models.ImportJob, error) {
	if _, err := j.db.ImportJob(ctx, actor, id); err != nil {
		return nil, err
	}
	j.mu.Lock()
	if j.current != nil && j.current.job.ID == id {
		j.current.cancel(errTaken) // or, on SQLite, its transaction would keep us waiting
	}
	j.mu.Unlock()
	if err := j.db.CancelImportJob(ctx, actor, id); err != nil {
		return nil, err
	}
	j.changed()
	return j.Job(ctx, actor, id)
}

// Wait returns after something may have changed about a job: soon after it has on another server, at once on this one.
func (j *Jobs) Wait(ctx context.Context) {
	j.mu.Lock()
	news := j.news
	j.mu.Unlock()
	timer := time.NewTimer(jobWatch)
	defer timer.Stop()
	select {
	case <-news:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// changed wakes whoever waits.
func (j *Jobs) changed() {
	j.mu.Lock()
	defer j.mu.Unlock()
	close(j.news)
	j.news = make(chan struct{})
}

// Run does jobs until ctx ends. One that is not done by then is undone and waits again.
func (j *Jobs) Run(ctx context.Context) {
	ticker := time.NewTicker(jobPoll)
	defer ticker.Stop()
	forgotten := time.Time{}
	for ctx.Err() == nil {
		j.tidy(ctx, &forgotten)
		job, input, err := j.db.ClaimImportJob(ctx, j.server)
		j.complain(ctx, "import jobs cannot be taken", err)
		if job != nil {
			j.do(ctx, job, input)
			continue
		}
		select {
		case <-ctx.Done():
		case <-ticker.C:
		case <-j.wake:
		}
	}
}

// tidy ends the jobs of servers that died, and forgets old ones.
func (j *Jobs) tidy(ctx context.Context, forgotten *time.Time) {
	since := models.DateTime{Time: time.Now().Add(-jobLease)}
	if !j.db.Shared() {
		since = models.Now() // no other server can be at one
	}
	ended, err := j.db.InterruptImportJobs(ctx, j.server, since)
	j.complain(ctx, "import jobs of other servers cannot be looked after", err)
	if ended > 0 {
		j.options.Log.WarnContext(ctx, "import jobs of a server that stopped were given up", "jobs", ended)
		j.changed()
	}
	if time.Since(*forgotten) < jobForget {
		return
	}
	*forgotten = time.Now()
	j.complain(ctx, "old import jobs are kept", j.db.ForgetImportJobs(ctx, models.DateTime{Time: time.Now().Add(-j.options.Keep)}))
}

func (j *Jobs) complain(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		j.options.Log.WarnContext(ctx, what, "cause", err.Error())
	}
}

// do does one job.
func (j *Jobs) do(ctx context.Context, job *models.ImportJob, input []byte) {
	running, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	limited, stop := context.WithTimeout(running, j.options.Time)
	defer stop()
	r := &jobRun{job: job, cancel: cancel, moved: make(chan struct{}, 1)}
	j.setCurrent(r)
	defer j.setCurrent(nil)
	var touching sync.WaitGroup
	touching.Go(func() { j.touch(limited, r) })
	err := j.attempt(limited, r, input)
	cause := context.Cause(running)
	timeUp := errors.Is(limited.Err(), context.DeadlineExceeded)
	cancel(nil)
	touching.Wait()

	writing, done := context.WithTimeout(context.WithoutCancel(ctx), jobFinish)
	defer done()
	switch {
	case err == nil, errors.Is(err, store.ErrJobLost):
		return
	case ctx.Err() != nil, errors.Is(cause, errTaken): // whoever takes it back writes that down
		err = j.db.RequeueImportJob(writing, job.ID, j.server)
	default:
		if timeUp {
			err = fmt.Errorf("the import took longer than %s: %w", j.options.Time, context.DeadlineExceeded)
		}
		err = j.db.FailImportJob(writing, job.ID, j.server, r.step, j.failure(ctx, job, err))
	}
	if err != nil && !errors.Is(err, store.ErrJobLost) {
		j.options.Log.ErrorContext(ctx, "the end of an import job could not be written: it will be given up", "job", job.ID.String(), "cause", err.Error())
	}
}

// setCurrent says what is being done, or that nothing is, and wakes whoever waits.
func (j *Jobs) setCurrent(r *jobRun) {
	j.mu.Lock()
	j.current = r
	j.mu.Unlock()
	j.changed()
}

// touch says again and again that the job is being done, and breaks it off when it is no longer this server's. Where no
// other server shares the database nobody needs to be told.
func (j *Jobs) touch(ctx context.Context, r *jobRun) {
	if !j.db.Shared() {
		return
	}
	ticker := time.NewTicker(jobTouch)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-r.moved:
		}
		j.mu.Lock()
		step := r.step
		j.mu.Unlock()
		mine, err := j.db.TouchImportJob(ctx, r.job.ID, j.server, &step)
		j.complain(ctx, "an import job cannot be kept", err)
		if err == nil && !mine {
			r.cancel(store.ErrJobLost)
			return
		}
	}
}

// attempt imports. What it panics with is an error of the job, not the end of the server.
func (j *Jobs) attempt(ctx context.Context, r *jobRun, input []byte) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	var o order
	if err := json.Unmarshal(input, &o); err != nil {
		return fmt.Errorf("the input of the job: %w", err)
	}
	before := func(step models.ImportStep) {
		j.mu.Lock()
		r.step = step
		j.mu.Unlock()
		select {
		case r.moved <- struct{}{}:
		default: // it is about to be told
		}
		j.changed()
	}
	in := Input{HeldOn: o.HeldOn, Body: o.Body, Visibility: o.Visibility, Resolutions: o.Resolutions, Corrections: o.Corrections}
	reading, err := readFile(ctx, File{Name: o.Name, Data: o.Data, Format: o.Format}, in, before)
	if err != nil {
		return err
	}
	importer := NewImporter(j.db, models.Actor{Subject: r.job.Actor, Role: r.job.ActorRole})
	importer.before = before
	importer.within = func(tx *store.Tx, report *Report) error {
		return tx.SucceedImportJob(r.job.ID, j.server, resultOf(report))
	}
	_, err = importer.Import(ctx, reading)
	return err
}

func resultOf(report *Report) *models.ImportResult {
	return &models.ImportResult{
		Meeting: &report.Meeting, Document: &report.Document, Counts: report.Counts, Questions: report.Questions(),
		Kept: report.Kept, Warnings: report.Warnings,
	}
}

// failure puts into words why a job did not succeed. What may not be shown goes to the log.
func (j *Jobs) failure(ctx context.Context, job *models.ImportJob, err error) *models.ImportJobError {
	out := &models.ImportJobError{Code: "INTERNAL", Path: []string{}}
	var reason *Error
	problems := store.UserErrors(err)
	switch {
	case errors.As(err, &reason):
		out.Message = reason.Error()
		out.Code, out.Path = reason.Code.shown()
	case len(problems) > 0:
		out.Code, out.Message, out.Path = string(problems[0].Code), problems[0].Message, append(out.Path, problems[0].Path...)
	case errors.Is(err, context.DeadlineExceeded):
		out.Code, out.Message = "TIMEOUT", err.Error()
	case errors.Is(err, models.ErrUnavailable):
		out.Code, out.Message = "UNAVAILABLE", "the database could not be reached: start it again"
	default:
		j.options.Log.ErrorContext(ctx, "internal error", "job", job.ID.String(), "cause", err.Error())
		out.Message = "something went wrong here; the log has it under " + job.ID.String()
	}
	return out
}

// shown returns the code of the API for a reason, and the path of the argument that helps.
func (c Code) shown() (code string, path []string) {
	switch c {
	case Unreadable:
		return "UNSUPPORTED_FILE", []string{}
	case NoDay, NoDayBody:
		return string(models.CodeInvalid), []string{"input", "heldOn"}
	case NoBody:
		return string(models.CodeInvalid), []string{"input", "body"}
	}
	return "IMPORT_FAILED", []string{}
}
