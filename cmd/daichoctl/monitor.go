package main

import (
	"cmp"
	"context"
	"fmt"

	"daicho/app"
	"daicho/app/monitor"
	"daicho/store"
)

// monitorVerb takes in what monitoring tools write.
type monitorVerb struct {
	Inspect inspectVerb `cmd:"" help:"Hold what a tool has set against the approved methods, and list what nobody approved."`
	Backups backupsVerb `cmd:"" help:"Take in the results of backups, and judge every managed server."`
	Logs    logsVerb    `cmd:"" help:"Count a log by day, and tell its gaps."`
}

type inspectVerb struct {
	File string `arg:"" help:"The tool's settings: CSV with the columns host, item, setting, value (ホスト, 監視項目, 設定, 値)."`
}

// Run writes each difference down as an unapproved change, and prints what is open.
func (v *inspectVerb) Run(ctx context.Context, s *session) error {
	f, err := openFile(v.File)
	if err != nil {
		return err
	}
	defer f.Close()
	items, err := monitor.ReadItems(f)
	if err != nil {
		return fmt.Errorf("%s: %w", v.File, err)
	}
	return s.with(ctx, func(r *store.Replica) error {
		c, err := inspect(ctx, r, items)
		if err != nil {
			return err
		}
		open, err := app.Every(ctx, r, monitor.Drifts, unsettled)
		if err != nil {
			return err
		}
		for _, d := range open {
			fmt.Fprintf(s.console.Out, "%s\t%s\t%s -> %s\n", d.Number, d.Title, cmp.Or(d.Approved, "-"), cmp.Or(d.Found, "-"))
		}
		_, err = fmt.Fprintf(s.console.Out, "%d new, %d varied, %d set back, %d as before\n", c.New, c.Varied, c.Restored, c.Same)
		return err
	})
}

var unsettled = app.Query{Where: []app.Cond{app.Where("state", "<>", string(monitor.Settled))}, Sort: "seen", Desc: true}

func inspect(ctx context.Context, r *store.Replica, items []monitor.Item) (c monitor.Changed, err error) {
	inForce, err := app.Every(ctx, r, monitor.Methods, app.Query{Where: []app.Cond{app.Where("state", "=", string(monitor.Approved))}, Sort: "title"})
	if err != nil {
		return c, err
	}
	targets, err := app.Every(ctx, r, monitor.Targets, app.Query{Sort: "title"})
	if err != nil {
		return c, err
	}
	open, err := app.Every(ctx, r, monitor.Drifts, unsettled)
	if err != nil {
		return c, err
	}
	hosts := map[app.Ref]string{}
	for _, t := range targets {
		hosts[t.Ref] = t.Host
	}
	err = r.Write(ctx, r.Actor(), func(tx *store.Tx) (err error) {
		c, err = monitor.Inspect(tx, open, items, monitor.Compare(inForce, hosts, items))
		return err
	})
	return c, err
}
