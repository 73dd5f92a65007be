package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"daicho/app"
	"daicho/app/monitor"
	"daicho/store"
)

type backupsVerb struct {
	File string `arg:"" optional:"" help:"CSV with the columns host, ended, result, size, detail (ホスト, 終了日時, 結果, 容量, 詳細). Without one, what is known is judged."`
}

// Run keeps each result once, and prints how every managed server stands.
func (v *backupsVerb) Run(ctx context.Context, s *session) error {
	jobs, err := v.read()
	if err != nil {
		return err
	}
	return s.with(ctx, func(r *store.Replica) error {
		targets, err := app.Every(ctx, r, monitor.Targets, app.Query{Sort: "title"})
		if err != nil {
			return err
		}
		if err := keepJobs(ctx, s, r, targets, jobs); err != nil {
			return err
		}
		if err := covered(ctx, s, r, targets); err != nil {
			return err
		}
		return tellSigns(ctx, s, r, slices.DeleteFunc(targets, func(t *monitor.Target) bool { return !t.Managed }))
	})
}

func (v *backupsVerb) read() ([]monitor.Job, error) {
	if v.File == "" {
		return nil, nil
	}
	f, err := openFile(v.File)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	jobs, err := monitor.ReadJobs(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.File, err)
	}
	return jobs, nil
}

// byHost are the targets by what tools call them.
func byHost(targets []*monitor.Target) map[string]app.Ref {
	hosts := map[string]app.Ref{}
	for _, t := range targets {
		hosts[t.Host] = t.Ref
	}
	return hosts
}

func keepJobs(ctx context.Context, s *session, r *store.Replica, targets []*monitor.Target, jobs []monitor.Job) error {
	hosts, strange, kept := byHost(targets), map[string]bool{}, 0
	known := map[string]bool{}
	for _, j := range jobs { // by an index: a look at all results would take longer each year
		n, err := r.Count(ctx, monitor.BackupKind, app.Query{Where: []app.Cond{app.Where("target", "=", hosts[j.Host].String()), app.Where("at", "=", int64(j.At))}})
		if err != nil {
			return err
		}
		known[fmt.Sprint(hosts[j.Host], j.At)] = n > 0
	}
	err := r.Write(ctx, r.Actor(), func(tx *store.Tx) error {
		for _, j := range jobs {
			ref, there := hosts[j.Host]
			if !there {
				strange[j.Host] = true
				continue
			}
			if key := fmt.Sprint(ref, j.At); !known[key] {
				known[key] = true
				kept++
				b := monitor.Backups.Draft(app.ID{})
				if err := draft(tx, b); err != nil {
					return err
				}
				b.Target, b.At, b.Result, b.Size, b.Detail = ref, j.At, j.Result, j.Size, j.Detail
				if err := tx.Save(b); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		_, err = fmt.Fprintf(s.console.Out, "%d results, %d of them new\n", len(jobs), kept)
		tellStrange(s, strange)
	}
	return err
}

// draft gives a record the id of a new one.
func draft(tx *store.Tx, rec app.Record) error {
	d, err := tx.Draft(rec.Meta().Ref.Kind)
	if err == nil {
		*rec.Meta() = *d.Meta()
	}
	return err
}

// tellStrange names hosts that are no target: nothing was kept of them.
func tellStrange(s *session, hosts map[string]bool) {
	var all []string
	for h := range hosts {
		all = append(all, h)
	}
	slices.Sort(all)
	for _, h := range all {
		s.console.Note("%s は監視対象にないため、取り込んでいません。登録してから、もう一度読み込んでください。", "%s is no monitoring target, and nothing of it was kept; register it and read the file again", h)
	}
}

func covered(ctx context.Context, s *session, r *store.Replica, targets []*monitor.Target) error {
	now := app.StampOf(s.console.Now())
	runs, err := monitor.RunsOf(ctx, r, slices.DeleteFunc(slices.Clone(targets), func(t *monitor.Target) bool { return !t.Managed }), now)
	if err != nil {
		return err
	}
	for _, c := range monitor.Covered(targets, runs, now) {
		if _, err := fmt.Fprintf(s.console.Out, "%s\t%s\t%s\t%d / %d\n", c.Health, c.Target.Host, c.LastGood.RFC3339(), c.Good, c.All); err != nil {
			return err
		}
	}
	return nil
}

// tellSigns looks for signs of failures after something was taken in, and prints the new ones.
func tellSigns(ctx context.Context, s *session, r *store.Replica, targets []*monitor.Target) error {
	made, err := monitor.Notice(ctx, r, targets, app.StampOf(s.console.Now()))
	for _, g := range made {
		i := slices.IndexFunc(targets, func(t *monitor.Target) bool { return t.Ref == g.Target })
		fmt.Fprintf(s.console.Out, "sign\t%s\t%s\t%s\n", targets[i].Host, g.Rule, g.Title)
	}
	return err
}

type logsVerb struct {
	File   string        `arg:"" help:"A log: lines of syslog (RFC 3164, RFC 5424), of snmptrapd or of a web server, or an event log as CSV (*.csv)."`
	Log    string        `required:"" placeholder:"NAME" help:"Which log it is: error, access, trap …"`
	Host   string        `placeholder:"HOST" help:"Of lines that name none."`
	MaxGap time.Duration `default:"1h" help:"How long no line may come before the day counts as gapped."`
}

// Run keeps the counts of each day, and prints them.
func (v *logsVerb) Run(ctx context.Context, s *session) error {
	c, err := v.count(s.console.Now())
	if err != nil {
		return err
	}
	if c.Unread > 0 {
		s.console.Note("読み取れない行が%d行あります（最初は%d行目）。", "%d lines are not understood, the first of them line %d", c.Unread, c.First)
	}
	return s.with(ctx, func(r *store.Replica) error { return v.keep(ctx, s, r, c) })
}

func (v *logsVerb) count(now time.Time) (c monitor.Counted, err error) {
	f, err := openFile(v.File)
	if err != nil {
		return c, err
	}
	defer f.Close()
	how := monitor.Reading{Host: v.Host, Latest: now, MaxGap: v.MaxGap}
	if filepath.Ext(v.File) == ".csv" {
		c, err = monitor.CountCSV(f, how)
	} else {
		c, err = monitor.CountLog(f, how)
	}
	if err != nil {
		return c, fmt.Errorf("%s: %w", v.File, err)
	}
	return c, nil
}

func (v *logsVerb) keep(ctx context.Context, s *session, r *store.Replica, c monitor.Counted) error {
	targets, err := app.Every(ctx, r, monitor.Targets, app.Query{Sort: "title"})
	if err != nil {
		return err
	}
	hosts, strange, file := byHost(targets), map[string]bool{}, filepath.Base(v.File)
	err = r.Write(ctx, r.Actor(), func(tx *store.Tx) error {
		for _, d := range c.Days {
			ref, there := hosts[d.Host]
			if !there {
				strange[d.Host] = true
				continue
			}
			if err := v.save(ctx, tx, r, d, ref, file); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	tellStrange(s, strange)
	told := map[app.Ref]bool{}
	for _, d := range c.Days {
		told[hosts[d.Host]] = true
		gapped := ""
		if d.Gapped {
			gapped = "gap"
		}
		fmt.Fprintf(s.console.Out, "%s\t%s\t%d\t%d\t%s\t%s\n", d.Host, d.Day, d.Lines, d.Errors, d.Gap, gapped)
	}
	return tellSigns(ctx, s, r, slices.DeleteFunc(targets, func(t *monitor.Target) bool { return !told[t.Ref] }))
}

// save writes a day down, or anew if the same file was read before.
func (v *logsVerb) save(ctx context.Context, tx *store.Tx, r *store.Replica, d monitor.Count, target app.Ref, file string) error {
	there, err := app.Every(ctx, r, monitor.LogDays, app.Query{Where: []app.Cond{app.Where("target", "=", target.String()), app.Where("day", "=", int64(app.DayOf(d.Day)))}})
	if err != nil {
		return err
	}
	rec := monitor.LogDays.Draft(app.ID{})
	if i := slices.IndexFunc(there, func(o *monitor.LogDay) bool { return o.Log == v.Log && o.File == file }); i >= 0 {
		rec = there[i]
	} else if err := draft(tx, rec); err != nil {
		return err
	}
	d.Record(rec, target, v.Log, file)
	return tx.Save(rec)
}
