package ingest

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minutebook/minutebook/models"
	"github.com/minutebook/minutebook/store"
	"github.com/minutebook/minutebook/store/storetest"
)

var (
	chief    = models.Actor{Subject: "chief", Role: models.RoleAdmin}
	stranger = models.Actor{Subject: "stranger", Role: models.RoleEditor}
)

func jobsOn(db *store.Store) *Jobs {
	return NewJobs(db, JobOptions{
		Limits: store.JobLimits{Total: 5, PerActor: 3}, Time: time.Minute, Keep: time.Hour, Log: slog.New(slog.DiscardHandler),
	})
}

// working runs the jobs until the function that is returned is called.
func working(t *testing.T, j *Jobs) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { j.Run(ctx) })
	stop = sync.OnceFunc(func() { cancel(); done.Wait() })
	t.Cleanup(stop)
	return stop
}

func started(t *testing.T, j *Jobs, text string) *models.ImportJob {
	t.Helper()
	job, err := j.Start(t.Context(), editor, File{Name: "minutes.txt", Data: []byte(text)}, Input{})
	if err != nil {
		t.Fatal(err)
	}
	return job
}

// until waits until a job looks as wanted.
func until(t *testing.T, j *Jobs, id models.ID, wanted func(*models.ImportJob) bool) *models.ImportJob {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for {
		job, err := j.Job(t.Context(), editor, id)
		if err != nil {
			t.Fatal(err)
		}
		if wanted(job) {
			return job
		}
		if ctx.Err() != nil {
			t.Fatalf("the job stays as %+v", job)
		}
		j.Wait(ctx)
	}
}

func ended(job *models.ImportJob) bool { return job.State.Ended() }

func inState(state models.ImportJobState) func(*models.ImportJob) bool {
	return func(job *models.ImportJob) bool { return job.State == state }
}

func TestImportJob(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		j := jobsOn(db)
		first, second := started(t, j, seed(t).Text), started(t, j, "no minutes at all")
		if first.State != models.JobQueued || *first.Ahead != 0 || *second.Ahead != 1 {
			t.Errorf("at first: %+v %+v", first, second)
		}
		working(t, j)
		done := until(t, j, first.ID, ended)
		if done.State != models.JobSucceeded || done.MeetingID() == nil || done.StepsDone() != 4 || len(done.Counts()) == 0 || done.StartedAt == nil || done.FinishedAt == nil {
			t.Errorf("the seed: %+v %+v", done, done.Result)
		}
		if got := everything(t, db); got["meetings"] != 1 || got["people"] != 70 {
			t.Errorf("the seed left %v", got)
		}
		failed := until(t, j, second.ID, ended)
		if e := failed.Error(); failed.State != models.JobFailed || e == nil || e.Code != "IMPORT_FAILED" || *failed.Step != models.StepParse {
			t.Errorf("no minutes: %+v %+v", failed, failed.Error())
		}
		again := until(t, j, started(t, j, seed(t).Text).ID, ended)
		for _, c := range again.Counts() {
			if c.Created+c.Updated+c.Withdrawn > 0 {
				t.Errorf("the same text again: %+v", c)
			}
		}
		if _, err := j.Job(t.Context(), stranger, first.ID); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := j.Cancel(t.Context(), stranger, first.ID); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a stranger cancels: %v", err)
		}
		if _, err := j.Cancel(t.Context(), editor, first.ID); !errors.Is(err, models.ErrConflict) {
			t.Errorf("cancelled after its end: %v", err)
		}
		for who, n := range map[models.Actor]int{chief: 3, editor: 3, stranger: 0} {
			if list, err := j.List(t.Context(), who, nil, 10); err != nil || len(list) != n {
				t.Errorf("%s sees %d jobs: %v", who.Subject, len(list), err)
			}
		}
		if list, err := j.List(t.Context(), editor, []models.ImportJobState{models.JobFailed}, 10); err != nil || len(list) != 1 || list[0].ID != second.ID {
			t.Errorf("failed ones: %v %v", list, err)
		}
		if err := db.ForgetImportJobs(t.Context(), models.Now()); err != nil {
			t.Fatal(err)
		}
		if _, err := j.Job(t.Context(), chief, first.ID); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a forgotten job: %v", err)
		}
	})
}

// TestTooManyJobs adds jobs from many goroutines at once: never more than the limits are taken.
func TestTooManyJobs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		a, b := jobsOn(db), jobsOn(db)
		var mu sync.Mutex
		taken := map[string]int{}
		var all sync.WaitGroup
		for n := range 16 {
			actor, j := editor, a
			if n%2 == 0 {
				actor, j = stranger, b
			}
			all.Go(func() {
				_, err := j.Start(context.WithoutCancel(t.Context()), actor, File{Data: []byte("x")}, Input{})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					taken[actor.Subject]++
				case !errors.Is(err, models.ErrTooMany):
					t.Error(err)
				}
			})
		}
		all.Wait()
		if taken[editor.Subject] > 3 || taken[stranger.Subject] > 3 || taken[editor.Subject]+taken[stranger.Subject] != 5 {
			t.Errorf("taken: %v", taken)
		}
	})
}

func TestCancelledJob(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		j := jobsOn(db)
		waiting := started(t, j, seed(t).Text)
		if _, err := j.Cancel(t.Context(), editor, waiting.ID); err != nil {
			t.Fatal(err)
		}
		running := started(t, j, seed(t).Text)
		// It is cancelled in the middle of its transaction.
		job, input, err := db.ClaimImportJob(t.Context(), j.server)
		if err != nil || job.ID != running.ID {
			t.Fatalf("%+v %v", job, err)
		}
		cancelled := make(chan error, 1)
		var once sync.Once
		ctx, cancel := context.WithCancelCause(t.Context())
		r := &jobRun{job: job, cancel: cancel, moved: make(chan struct{}, 1)}
		j.setCurrent(r)
		go func() {
			until(t, j, job.ID, func(job *models.ImportJob) bool { return job.Step != nil && *job.Step == models.StepWrite })
			once.Do(func() { _, err := j.Cancel(t.Context(), chief, job.ID); cancelled <- err })
		}()
		err = j.attempt(ctx, r, input)
		if canceled := <-cancelled; canceled == nil {
			if err == nil {
				t.Error("the import succeeded, though it was taken back")
			}
			if got := everything(t, db); got["meetings"]+got["people"]+got["log"] != 0 {
				t.Errorf("it left %v", got)
			}
			until(t, j, job.ID, inState(models.JobCancelled))
		} else if !errors.Is(canceled, models.ErrConflict) || err != nil {
			t.Errorf("cancel: %v, import: %v", canceled, err)
		}
		until(t, j, waiting.ID, inState(models.JobCancelled))
		if job, _, err := db.ClaimImportJob(t.Context(), j.server); err != nil || job != nil {
			t.Errorf("there is still %+v to do: %v", job, err)
		}
	})
}

// TestJobOfAServerThatStops stops the server in the middle of a job: the next one does it.
func TestJobOfAServerThatStops(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		j := jobsOn(db)
		job := started(t, j, seed(t).Text)
		stop := working(t, j)
		until(t, j, job.ID, func(job *models.ImportJob) bool { return job.State != models.JobQueued })
		stop()
		left, err := j.Job(t.Context(), editor, job.ID)
		if err != nil || left.State != models.JobQueued && left.State != models.JobSucceeded {
			t.Fatalf("%+v %v", left, err)
		}
		next := jobsOn(db)
		working(t, next)
		until(t, next, job.ID, inState(models.JobSucceeded))
		if got := everything(t, db); got["meetings"] != 1 || got["people"] != 70 {
			t.Errorf("it left %v", got)
		}
	})
}

const jobDatabase = "MINUTEBOOK_TEST_JOB_DATABASE"

// TestMortalServer is the child of TestJobOfADeadServer: it takes a job and dies.
func TestMortalServer(t *testing.T) {
	database := os.Getenv(jobDatabase)
	if database == "" {
		t.Skip("this is a step of TestJobOfADeadServer")
	}
	db := opened(t, database)
	if job, _, err := db.ClaimImportJob(t.Context(), jobsOn(db).server); err != nil || job == nil {
		t.Fatalf("%v %v", job, err)
	}
	self, _ := os.FindProcess(os.Getpid())
	_ = self.Kill()
	select {}
}

// TestJobOfADeadServer kills a server that is at a job: its job is given up, and may be started again.
func TestJobOfADeadServer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		db := opened(t, database)
		job := started(t, jobsOn(db), seed(t).Text)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		child := exec.Command(os.Args[0], "-test.run=^TestMortalServer$")
		child.Env = append(os.Environ(), jobDatabase+"="+database)
		if output, err := child.CombinedOutput(); err == nil || child.ProcessState.Exited() {
			t.Fatalf("the child ended by itself: %v\n%s", err, output)
		}
		db = opened(t, database)
		j := jobsOn(db)
		if db.Shared() { // as if half a minute had gone by
			if n, err := db.InterruptImportJobs(t.Context(), j.server, models.DateTime{Time: time.Now().Add(-jobLease)}); n > 0 || err != nil {
				t.Fatalf("%d jobs were given up too early: %v", n, err)
			}
			if _, err := db.InterruptImportJobs(t.Context(), j.server, models.Now()); err != nil {
				t.Fatal(err)
			}
		}
		working(t, j)
		given := until(t, j, job.ID, ended)
		if e := given.Error(); given.State != models.JobInterrupted || e == nil || e.Code != "INTERRUPTED" {
			t.Errorf("%+v %+v", given, e)
		}
		until(t, j, started(t, j, seed(t).Text).ID, inState(models.JobSucceeded))
	})
}

// TestJobFailsInWords lets jobs fail for reasons of all kinds.
func TestJobFailsInWords(t *testing.T) {
	db := opened(t, storetest.SQLite(t))
	j := jobsOn(db)
	j.options.Limits = store.JobLimits{Total: 100, PerActor: 100}
	stop := working(t, j)
	noDay := strings.NewReplacer("2022年", "").Replace("某市人民政府第7次常务会议纪要\n会议审议了《某办法》。\n")
	for name, c := range map[string]struct {
		file File
		code string
	}{
		"a file that is none":  {File{Name: "a.docx", Data: []byte("no archive"), Format: "DOCX"}, "UNSUPPORTED_FILE"},
		"a text without a day": {File{Name: "a.txt", Data: []byte(noDay)}, "INVALID"},
	} {
		job, err := j.Start(t.Context(), editor, c.file, Input{})
		if err != nil {
			t.Fatal(err)
		}
		if done := until(t, j, job.ID, ended); done.Error() == nil || done.Error().Code != c.code || done.Error().Message == "" {
			t.Errorf("%s: %+v", name, done.Error())
		}
	}
	stop()
	j.options.Time = time.Nanosecond
	working(t, j)
	slow := until(t, j, started(t, j, seed(t).Text).ID, ended)
	if slow.State != models.JobFailed || slow.Error().Code != "TIMEOUT" {
		t.Errorf("out of time: %+v", slow.Error())
	}
}
