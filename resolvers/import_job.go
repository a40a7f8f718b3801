package resolvers

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/minutebook/minutebook/auth"
	"github.com/minutebook/minutebook/models"
)

// mostJobs is how many jobs one list may hold.
const mostJobs = 100

var errNoJobs = faultf(codeBadInput, "this server does no import jobs: use importMinutes")

// startImport takes an import job in.
func (r *Resolver) startImport(ctx context.Context, input map[string]any, resolutions []map[string]any) (*models.StartImportPayload, error) {
	if r.Imports == nil {
		return nil, errNoJobs
	}
	out := &models.StartImportPayload{UserErrors: []*models.UserError{}}
	if id, ok := present(input)["clientMutationId"].(string); ok {
		out.ClientMutationID = &id
	}
	file, in, err := importOf(input, resolutions)
	if err == nil && len(file.Data) == 0 {
		err = &models.UserError{Code: models.CodeInvalid, Message: "there is nothing in it", Path: []string{"text"}}
	}
	if err == nil {
		out.Job, err = r.Imports.Start(ctx, auth.ActorFrom(ctx), file, in)
	}
	out.UserErrors, err = importFailures(err)
	return out, err
}

// cancelImport takes an import job back.
func (r *Resolver) cancelImport(ctx context.Context, job string) (*models.CancelImportPayload, error) {
	if r.Imports == nil {
		return nil, errNoJobs
	}
	id, err := models.DecodeTagged(models.TagImportJob, job)
	if err != nil {
		return nil, models.At("job", err)
	}
	out := &models.CancelImportPayload{UserErrors: []*models.UserError{}}
	out.Job, err = r.Imports.Cancel(ctx, auth.ActorFrom(ctx), id)
	code, message := models.CodeConflict, "the import has ended already"
	switch {
	case errors.Is(err, models.ErrNotFound):
		code, message = models.CodeNotFound, "there is no such import"
	case !errors.Is(err, models.ErrConflict):
		return out, err
	}
	out.UserErrors = append(out.UserErrors, &models.UserError{Code: code, Message: message, Path: []string{"job"}})
	return out, nil
}

// importJob returns a job, nil where there is none to see.
func (r *Resolver) importJob(ctx context.Context, job string) (*models.ImportJob, error) {
	if r.Imports == nil {
		return nil, nil
	}
	id, err := models.DecodeTagged(models.TagImportJob, job)
	if err != nil {
		return nil, models.At("id", err)
	}
	found, err := r.Imports.Job(ctx, auth.ActorFrom(ctx), id)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	return r.shown(found), err
}

// importJobs lists the newest jobs.
func (r *Resolver) importJobs(ctx context.Context, states []models.ImportJobState, first *int) ([]*models.ImportJob, error) {
	most := defaultPage
	if first != nil {
		most = *first
	}
	if most < 0 || most > mostJobs {
		return nil, models.At(firstArgument, models.BadInput("must be from 0 to %d", mostJobs))
	}
	if r.Imports == nil || most == 0 {
		return []*models.ImportJob{}, nil
	}
	found, err := r.Imports.List(ctx, auth.ActorFrom(ctx), states, most)
	for _, job := range found {
		r.shown(job)
	}
	return found, err
}

// shown lets all records that a job names be loaded together.
func (r *Resolver) shown(job *models.ImportJob) *models.ImportJob {
	if job != nil {
		refer(job.Questions(), job.Kept())
	}
	return job
}

// importProgress tells how a job stands until it has ended.
func (r *Resolver) importProgress(ctx context.Context, job string) (<-chan *models.ImportJob, error) {
	if r.Imports == nil {
		return nil, errNoJobs
	}
	id, err := models.DecodeTagged(models.TagImportJob, job)
	if err != nil {
		return nil, models.At("job", err)
	}
	first, err := r.Imports.Job(ctx, auth.ActorFrom(ctx), id)
	if err != nil {
		return nil, err
	}
	events := make(chan *models.ImportJob)
	go func() {
		defer close(events)
		r.watch(ctx, first, events)
	}()
	return events, nil
}

// watch hands out a job whenever it looks another way than before.
func (r *Resolver) watch(ctx context.Context, job *models.ImportJob, events chan<- *models.ImportJob) {
	s := streamFrom(ctx)
	defer func() {
		if cause := recover(); cause != nil {
			s.fail(fmt.Errorf("panic: %v\n%s", cause, debug.Stack()))
		}
	}()
	for told := ""; s.wait(ctx); {
		var err error
		for looks(job) == told {
			r.Imports.Wait(ctx)
			again, failed := r.Imports.Job(ctx, auth.ActorFrom(ctx), job.ID)
			if ctx.Err() != nil {
				return
			}
			if failed == nil {
				job = again
			} else if !errors.Is(failed, models.ErrUnavailable) {
				err = failed
				break
			}
		}
		if err != nil {
			s.fail(err)
			return
		}
		told = looks(job)
		select {
		case events <- r.shown(job):
		case <-ctx.Done():
			return
		}
		if job.State.Ended() {
			return
		}
	}
}

// looks is what a reader can see of how a job stands.
func looks(job *models.ImportJob) string {
	ahead := -1
	if job.Ahead != nil {
		ahead = *job.Ahead
	}
	return fmt.Sprint(job.State, job.StepsDone(), job.Step == nil, ahead)
}
