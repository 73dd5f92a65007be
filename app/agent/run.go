package agent

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"daicho/app"
	"daicho/app/extract"
	"daicho/app/finding"
	"daicho/app/scan"
	"daicho/app/scan/share"
	"daicho/store"
)

var (
	errStopped = app.Refuse(app.Stale, "state", "この点検は停止中か、廃止されています。再開してから実行してください。", "this scan is stopped or retired; resume it first")
	errHours   = app.Refuse(app.Stale, "windows", "今は、この点検の実行時間帯ではありません。時間帯になってから実行するか、点検の「実行時間帯」を変更してください。", "this is not an hour in which the scan may run; wait for one, or change its hours")
	errJobRoot = app.Refuse(app.Failed, "root", "点検の対象を開けません。「対象」が正しいか、この端末から読めるかを確認してください。", "what is to be scanned cannot be opened; look at its place, and whether this machine may read it")
)

// Run runs a job because a person wants it now, in the hours in which it may run; see
// [Agent.May]. A run that has not ended, for it was ended or killed, goes on: files
// that were read are not read again. When ctx or the hours end first, the run is
// paused; the error is ctx's, and nil where it was the hours.
func (a *Agent) Run(ctx context.Context, job app.Ref) (paused bool, err error) {
	j, err := a.May(ctx, job)
	if err != nil {
		return false, err
	}
	run, err := a.unended(ctx, j)
	if err != nil {
		return false, err
	}
	return a.work(ctx, j, run, j.Until(a.Now()))
}

// May gives a job that may be run now.
func (a *Agent) May(ctx context.Context, job app.Ref) (*finding.Job, error) {
	j, err := store.Get(ctx, a.Replica, finding.Jobs, job.ID)
	switch {
	case err != nil:
		return nil, err
	case j.State != finding.Active:
		return nil, errStopped
	case j.Until(a.Now()).IsZero():
		return nil, errHours
	}
	return j, nil
}

// due begins a run of a job that is due, or goes on with one that has not ended.
func (a *Agent) due(ctx context.Context, j *finding.Job) error {
	now := a.Now()
	until := j.Until(now)
	if j.State != finding.Active || until.IsZero() {
		return nil
	}
	run, err := a.unended(ctx, j)
	if err != nil || run == nil && !j.Due(now) {
		return err
	}
	_, err = a.work(ctx, j, run, until)
	return err
}

// work works on a run until its job may run no longer; nil: on a new one.
func (a *Agent) work(ctx context.Context, j *finding.Job, run *finding.Run, until time.Time) (paused bool, err error) {
	switch {
	case run == nil:
		run, err = a.begin(ctx, j)
	case run.State == finding.Paused:
		run.State = finding.Running
		err = a.save(ctx, run)
	}
	if err != nil {
		return false, err
	}
	hours, cancel := context.WithTimeout(ctx, until.Sub(a.Now()))
	defer cancel()
	err = a.look(hours, j, run)
	if err == nil || hours.Err() == nil || errors.Is(err, errJobRoot) {
		return false, err
	}
	run.State = finding.Paused
	return true, errors.Join(ctx.Err(), a.save(context.WithoutCancel(ctx), run))
}

// unended is the run of a job that was killed or paused; nil: there is none.
func (a *Agent) unended(ctx context.Context, j *finding.Job) (*finding.Run, error) {
	q := app.Query{Where: []app.Cond{app.Where("job", "=", j.Ref.String()), app.Where("ended", "=", int64(0))}, Sort: "begun", Limit: 1}
	runs, _, err := store.List(ctx, a.Replica, finding.Runs, q)
	if err != nil || len(runs) == 0 {
		return nil, err
	}
	return runs[0], nil
}

func (a *Agent) begin(ctx context.Context, j *finding.Job) (*finding.Run, error) {
	rec, err := a.Replica.Draft(finding.RunKind)
	if err != nil {
		return nil, err
	}
	run := rec.(*finding.Run)
	run.Job = j.Ref
	return run, a.save(ctx, run)
}

func (a *Agent) save(ctx context.Context, run *finding.Run) error {
	return a.Replica.Write(ctx, a.Replica.Actor(), func(tx *store.Tx) error { return tx.Save(run) })
}

// look scans what the job names, and tells what it found.
func (a *Agent) look(ctx context.Context, j *finding.Job, run *finding.Run) error {
	files := share.New(ctx, a.Login)
	defer files.Close()
	if _, err := files.Stat(j.Root); err != nil && ctx.Err() == nil {
		return a.fail(ctx, run, err)
	}
	before, err := finding.Before(ctx, a.Replica, j.Ref)
	if err != nil {
		return err
	}
	tally := finding.NewTally(j, before)
	recalled, err := a.scan(ctx, j, files, tally)
	if err != nil {
		return err
	}
	tally.End()
	b := &beholder{files: files, gate: a.gate(), key: a.Keys.Marks, recalled: recalled.known}
	if err := b.look(ctx, tally.Hits, before); err != nil {
		return err
	}
	plan := finding.Compare(a.Keys.Marks, j, before, tally, a.Now())
	if err := finding.Tell(ctx, a.Replica, run, &plan); err != nil {
		return err
	}
	folders := tally.Figures(a.Keys.Marks, run)
	if err := finding.Folders(ctx, a.Replica, run, folders); err != nil {
		return err
	}
	run.State, run.Known, run.Waiting, run.Edition, run.Program = finding.Done, recalled.files, plan.Waiting, a.edition(), a.Program
	return a.save(ctx, run)
}

// fail ends a run whose place is not there, and says why in a word.
func (a *Agent) fail(ctx context.Context, run *finding.Run, cause error) error {
	reason := extract.Reason("no such file or folder")
	switch {
	case errors.Is(cause, scan.ErrLost):
		reason = "connection to the share was lost"
	case errors.Is(cause, fs.ErrPermission):
		reason = "permission denied"
	case errors.As(cause, new(*app.Error)):
		reason = "the share could not be opened"
	}
	run.State, run.Unread, run.Errors = finding.RunFailed, 1, []finding.ErrorCount{{Reason: reason, Count: 1}}
	return errors.Join(a.save(ctx, run), errJobRoot)
}
