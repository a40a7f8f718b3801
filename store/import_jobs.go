package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"github.com/minutebook/minutebook/models"
)

// partSize is how much of an input goes into one row: it stays small for max_allowed_packet, however it is escaped.
const partSize = 512 << 10

// maxFileName is how many characters of the name of a file are kept.
const maxFileName = 300

// JobLimits bound the jobs that wait or run.
type JobLimits struct {
	Total    int
	PerActor int
}

// Shared reports whether other processes may use the database at the same time.
func (s *Store) Shared() bool { return s.dialect != SQLite }

// AddImportJob adds a job to the queue, with what it is to import. Errors: models.ErrTooMany.
func (s *Store) AddImportJob(ctx context.Context, actor models.Actor, fileName string, input []byte, size int, limits JobLimits) (*models.ImportJob, error) {
	job := &models.ImportJob{
		ID: models.NewID(), State: models.JobQueued, Actor: actorName(actor), ActorRole: actor.Role, Bytes: size, CreatedAt: models.Now(), ResultJSON: "{}",
	}
	if runes := []rune(fileName); len(runes) > 0 {
		name := string(runes[:min(len(runes), maxFileName)])
		job.FileName = &name
	}
	err := s.Write(ctx, actor, func(tx *Tx) error {
		if err := tx.countImportJobs(job.Actor, limits); err != nil {
			return err
		}
		if err := tx.orm.Create(job).Error; err != nil {
			return fmt.Errorf("add a job: %w", err)
		}
		part := 0
		for content := range slices.Chunk(input, partSize) {
			if err := tx.exec("INSERT INTO import_inputs (job_id, part, content) VALUES (?, ?, ?)", job.ID, part, content); err != nil {
				return err
			}
			part++
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return job, s.completeJobs(ctx, job)
}

// countImportJobs refuses a job where too many wait or run. Whoever adds one waits for those who just do.
func (tx *Tx) countImportJobs(actor string, limits JobLimits) error {
	count := func(into *int, statement string, args ...any) error {
		return tx.each(statement, args, func(scan func(...any) error) error { return scan(into) })
	}
	var total, own int
	err := errors.Join(
		count(new(int), "SELECT one FROM import_queue WHERE one = 1"+tx.s.dialect.exclusive()),
		count(&total, "SELECT COUNT(*) FROM import_jobs WHERE state IN ('QUEUED', 'RUNNING')"),
		count(&own, "SELECT COUNT(*) FROM import_jobs WHERE state IN ('QUEUED', 'RUNNING') AND actor = ?", actor),
	)
	switch {
	case err != nil:
		return err
	case own >= limits.PerActor:
		return fmt.Errorf("%w: %d of your imports have not ended: wait for one", models.ErrTooMany, own)
	case total >= limits.Total:
		return fmt.Errorf("%w: %d imports have not ended: try again later", models.ErrTooMany, total)
	}
	return nil
}

// ImportJob returns a job that the actor may see: one's own, or any for ADMIN. Others are models.ErrNotFound.
func (s *Store) ImportJob(ctx context.Context, actor models.Actor, id models.ID) (*models.ImportJob, error) {
	jobs, err := s.findJobs(ctx, actor, 1, "id = ?", id)
	if err == nil && len(jobs) == 0 {
		err = fmt.Errorf("import job %s: %w", id, models.ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	return jobs[0], nil
}

// ImportJobs returns the newest jobs that the actor may see, of the states, nil for all.
func (s *Store) ImportJobs(ctx context.Context, actor models.Actor, states []models.ImportJobState, most int) ([]*models.ImportJob, error) {
	if states == nil {
		return s.findJobs(ctx, actor, most, "1 = 1")
	}
	return s.findJobs(ctx, actor, most, "state IN ?", states)
}

func (s *Store) findJobs(ctx context.Context, actor models.Actor, most int, where string, args ...any) ([]*models.ImportJob, error) {
	query := s.reads(ctx).Where(where, args...).Order("id DESC").Limit(most)
	if !actor.Role.AtLeast(models.RoleAdmin) {
		query = query.Where("actor = ?", actorName(actor))
	}
	var jobs []*models.ImportJob
	if err := query.Find(&jobs).Error; err != nil {
		return nil, fmt.Errorf("import jobs: %w", unavailable(err))
	}
	return jobs, s.completeJobs(ctx, jobs...)
}

// reads is gorm over the connections for reading.
func (s *Store) reads(ctx context.Context) *gorm.DB {
	orm := s.orm.Session(&gorm.Session{Context: ctx, NewDB: true})
	orm.Statement.ConnPool = s.read
	return orm
}

// completeJobs reads the results of jobs and counts what is ahead of those that wait.
func (s *Store) completeJobs(ctx context.Context, jobs ...*models.ImportJob) error {
	for _, job := range jobs {
		job.Result = &models.ImportResult{}
		if err := json.Unmarshal([]byte(job.ResultJSON), job.Result); err != nil {
			return fmt.Errorf("the result of import job %s: %w", job.ID, err)
		}
		if job.State != models.JobQueued {
			continue
		}
		var ahead int64
		err := s.reads(ctx).Table("import_jobs").Where("state IN ('QUEUED', 'RUNNING') AND id < ?", job.ID).Count(&ahead).Error
		if err != nil {
			return fmt.Errorf("import jobs: %w", unavailable(err))
		}
		n := int(ahead)
		job.Ahead = &n
	}
	return nil
}

// ClaimImportJob takes the oldest job that waits for a server, and returns it with its input; nil where there is none.
func (s *Store) ClaimImportJob(ctx context.Context, server string) (job *models.ImportJob, input []byte, err error) {
	err = s.Write(ctx, models.Actor{}, func(tx *Tx) error {
		job, input = nil, nil
		var jobs []*models.ImportJob
		if err := tx.orm.Where("state = ?", models.JobQueued).Order("id").Limit(1).Find(&jobs).Error; err != nil || len(jobs) == 0 {
			return err
		}
		taken, err := tx.affect("UPDATE import_jobs SET state = 'RUNNING', server = ?, started_at = ?, seen_at = ? WHERE id = ? AND state = 'QUEUED'",
			server, tx.now, tx.now, jobs[0].ID)
		if err != nil {
			return err
		}
		if taken == 0 {
			return errAgain // another server was faster; there may be more
		}
		job = jobs[0]
		job.State, job.Server, job.StartedAt, job.SeenAt = models.JobRunning, server, &tx.now, &tx.now
		return tx.each("SELECT content FROM import_inputs WHERE job_id = ? ORDER BY part", []any{job.ID}, func(scan func(...any) error) error {
			var part []byte
			err := scan(&part)
			input = append(input, part...)
			return err
		})
	})
	if errors.Is(err, errAgain) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("take an import job: %w", err)
	}
	return job, input, nil
}

// affect runs a statement and returns how many rows it changed.
func (tx *Tx) affect(statement string, args ...any) (int64, error) {
	result, err := tx.orm.Statement.ConnPool.ExecContext(tx.ctx, statement, args...)
	if err != nil {
		return 0, fmt.Errorf("write: %w", err)
	}
	return result.RowsAffected()
}

// TouchImportJob says that a server is still at a job, and at which step. It reports whether the job is still the server's.
func (s *Store) TouchImportJob(ctx context.Context, id models.ID, server string, step *models.ImportStep) (bool, error) {
	result, err := s.write.ExecContext(ctx, "UPDATE import_jobs SET seen_at = ?, step = ? WHERE id = ? AND server = ? AND state = 'RUNNING'",
		models.Now(), step, id, server)
	if err != nil {
		return false, fmt.Errorf("import job %s: %w", id, unavailable(err))
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// ErrJobLost ends the transaction of a job that is no longer the server's: it was taken back, or given up for dead.
var ErrJobLost = errors.New("the import job is no longer this server's")

// SucceedImportJob ends a job in the transaction that does what it asks for: all of both or nothing.
func (tx *Tx) SucceedImportJob(id models.ID, server string, result *models.ImportResult) error {
	return tx.endImportJob(id, server, models.JobSucceeded, models.StepWrite, result)
}

func (tx *Tx) endImportJob(id models.ID, server string, state models.ImportJobState, step models.ImportStep, result *models.ImportResult) error {
	ended, err := tx.affect("UPDATE import_jobs SET state = ?, step = COALESCE(NULLIF(?, ''), step), result = ?, finished_at = ?"+
		" WHERE id = ? AND server = ? AND state = 'RUNNING'", state, step, jsonOf(result), models.Now(), id, server)
	if err != nil {
		return err
	}
	if ended == 0 {
		return ErrJobLost
	}
	return tx.exec("DELETE FROM import_inputs WHERE job_id = ?", id)
}

// FailImportJob ends a job of which nothing was written.
func (s *Store) FailImportJob(ctx context.Context, id models.ID, server string, step models.ImportStep, failure *models.ImportJobError) error {
	return s.Write(ctx, models.Actor{}, func(tx *Tx) error {
		return tx.endImportJob(id, server, models.JobFailed, step, &models.ImportResult{Failure: failure})
	})
}

// RequeueImportJob gives a job back, for another server or the next start.
func (s *Store) RequeueImportJob(ctx context.Context, id models.ID, server string) error {
	return s.Write(ctx, models.Actor{}, func(tx *Tx) error {
		return tx.exec("UPDATE import_jobs SET state = 'QUEUED', server = '', started_at = NULL, seen_at = NULL, step = NULL"+
			" WHERE id = ? AND server = ? AND state = 'RUNNING'", id, server)
	})
}

// CancelImportJob takes a job back that has not ended. Errors: models.ErrNotFound, models.ErrConflict for one that has.
func (s *Store) CancelImportJob(ctx context.Context, actor models.Actor, id models.ID) error {
	if _, err := s.ImportJob(ctx, actor, id); err != nil {
		return err
	}
	return s.Write(ctx, actor, func(tx *Tx) error {
		ended, err := tx.affect("UPDATE import_jobs SET state = 'CANCELLED', finished_at = ? WHERE id = ? AND state IN ('QUEUED', 'RUNNING')", tx.now, id)
		if err != nil {
			return err
		}
		if ended == 0 {
			return fmt.Errorf("import job %s has ended: %w", models.EncodeTagged(models.TagImportJob, id), models.ErrConflict)
		}
		return tx.exec("DELETE FROM import_inputs WHERE job_id = ?", id)
	})
}

// InterruptImportJobs ends the jobs of servers that have said nothing since a moment, and those of this server, which is at
// none: it could not write down how they ended.
func (s *Store) InterruptImportJobs(ctx context.Context, server string, since models.DateTime) (int, error) {
	result := jsonOf(&models.ImportResult{Failure: &models.ImportJobError{
		Code: "INTERRUPTED", Message: "the server stopped before the import was done, and nothing of it was written: start it again", Path: []string{},
	}})
	var ended int64
	err := s.Write(ctx, models.Actor{}, func(tx *Tx) (err error) {
		ended, err = tx.affect("UPDATE import_jobs SET state = 'INTERRUPTED', result = ?, finished_at = ?"+
			" WHERE state = 'RUNNING' AND (server = ? OR seen_at < ?)", result, tx.now, server, since)
		if err != nil || ended == 0 {
			return err
		}
		return tx.exec("DELETE FROM import_inputs WHERE job_id IN (SELECT id FROM import_jobs WHERE state NOT IN ('QUEUED', 'RUNNING'))")
	})
	return int(ended), err
}

// ForgetImportJobs deletes the jobs that ended before a moment.
func (s *Store) ForgetImportJobs(ctx context.Context, before models.DateTime) error {
	_, err := s.write.ExecContext(ctx, "DELETE FROM import_jobs WHERE finished_at < ?", before)
	if err != nil {
		return fmt.Errorf("forget import jobs: %w", unavailable(err))
	}
	return nil
}

// CountImportJobs returns how many jobs wait and how many run.
func (s *Store) CountImportJobs(ctx context.Context) (queued, running int, err error) {
	err = s.prepared.each(ctx, "SELECT SUM(CASE WHEN state = 'QUEUED' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'RUNNING' THEN 1 ELSE 0 END)"+
		" FROM import_jobs WHERE state IN ('QUEUED', 'RUNNING')", nil, func(rows *sql.Rows) error {
		var waiting, at *int
		err := rows.Scan(&waiting, &at)
		if waiting != nil && at != nil {
			queued, running = *waiting, *at
		}
		return err
	})
	return queued, running, unavailable(err)
}
