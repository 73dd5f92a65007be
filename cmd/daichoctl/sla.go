package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"daicho/app"
	"daicho/app/calendar"
	"daicho/app/dispatch"
	"daicho/app/incident"
	"daicho/app/sla"
	"daicho/app/terms"
	"daicho/assets"
	"daicho/cmd/cli"
	"daicho/store"
)

// slaVerb judges by the clocks of the contract.
type slaVerb struct {
	Explain explainVerb `cmd:"" help:"Tell how a visit or an incident is judged: each clock with what it counted."`
}

type explainVerb struct {
	Ref string `arg:"" help:"What is judged: visit:NUMBER, incident:NUMBER, or the visits of a ticket:NUMBER. An id will do for the number."`
}

// Run prints, from what is on this device.
func (v *explainVerb) Run(ctx context.Context, s *session) error {
	kind, name, ok := strings.Cut(v.Ref, ":")
	if !ok {
		return cli.Misused("%q: visit:番号、incident:番号、ticket:番号 のいずれかの形で指定してください。", "%q: write visit:NUMBER, incident:NUMBER or ticket:NUMBER", v.Ref)
	}
	g, err := s.book.Registers.Of(app.Kind(kind))
	if err != nil {
		return err
	}
	return s.with(ctx, func(r *store.Replica) error {
		rec, err := find(ctx, r, g, name)
		if err != nil {
			return err
		}
		j, err := newJudge(ctx, s, r)
		if err != nil {
			return err
		}
		return j.explain(ctx, rec)
	})
}

// judge judges what is in a replica, as of now.
type judge struct {
	out   io.Writer
	shelf *store.Replica
	terms *terms.Terms
	now   sla.Moment
	lang  app.Lang
}

func newJudge(ctx context.Context, s *session, r *store.Replica) (*judge, error) {
	table, err := calendar.ReadHolidays(assets.Holidays())
	if err != nil {
		return nil, err
	}
	agreed, err := terms.Read(ctx, r, table)
	if err != nil {
		return nil, err
	}
	clock, err := r.Reading(ctx)
	return &judge{s.console.Out, r, agreed, sla.Moment{At: clock.Corrected(), Err: clock.Err}, s.console.Lang}, err
}

func (j *judge) explain(ctx context.Context, rec app.Record) error {
	switch r := rec.(type) {
	case *dispatch.Visit:
		return j.visit(ctx, r)
	case *incident.Incident:
		return j.incident(ctx, r)
	}
	visits, err := app.Every(ctx, j.shelf, dispatch.Register, app.Query{Where: []app.Cond{app.Where("ticket", "=", rec.Meta().Ref.String())}, Sort: "wished"})
	if err != nil {
		return err
	}
	if len(visits) == 0 {
		return app.Refuse(app.NotFound, "", "この記録には、判定する時計がありません。現地対応か障害を指定してください。", "nothing of it is judged by a clock; name a visit or an incident")
	}
	for _, v := range visits {
		if err := j.visit(ctx, v); err != nil {
			return err
		}
	}
	return nil
}

func (j *judge) visit(ctx context.Context, v *dispatch.Visit) error {
	c, err := dispatch.Load(ctx, j.shelf, v)
	if err != nil {
		return err
	}
	verdict, err := j.terms.Visit(c.Asked(j.terms.Travel(v.Site)), j.now)
	if err != nil {
		return err
	}
	j.head(v.Number)
	for _, s := range c.Steps {
		j.told(dispatch.Steps, s, s.Told())
	}
	_, err = io.WriteString(j.out, verdict.Explain(j.lang))
	return err
}

func (j *judge) incident(ctx context.Context, i *incident.Incident) error {
	c, err := incident.Load(ctx, j.shelf, i)
	if err != nil {
		return err
	}
	judged, err := j.terms.Failure(c.Asked(), j.now)
	if err != nil {
		return err
	}
	j.head(i.Number + "  " + i.Title)
	for _, s := range c.Steps {
		j.told(incident.Steps, s, s.Told())
	}
	if !i.Affects {
		j.line("業務への影響なし: 3.2.2 の期限の対象外です。", "it does not affect the city's work: the limits of 3.2.2 do not hold")
	}
	io.WriteString(j.out, judged.Explain(j.lang))
	for _, d := range c.Duties() {
		j.duty(i, d)
	}
	return nil
}

// duty tells of a report that the law asks of the city.
func (j *judge) duty(i *incident.Incident, d incident.Duty) {
	law := app.Label{JA: "個人情報保護法", EN: "Act on the Protection of Personal Information"}
	if i.MyNumber {
		law = app.Label{JA: "番号法", EN: "My Number Act"}
	}
	what := incident.Steps.Show(&incident.Step{What: d.What}, "what", j.lang)
	done := app.Label{JA: "未報告", EN: "not made"}.In(j.lang)
	if d.Done != 0 {
		done = d.Done.RFC3339()
	}
	j.line("%s（%s） %s – %s: %s", "%s (%s) %s – %s: %s", what, law.In(j.lang), d.Sooner, d.Due, done)
}

func (j *judge) head(name string) { fmt.Fprintf(j.out, "%s\n", name) }

func (j *judge) line(ja, en string, args ...any) {
	fmt.Fprintf(j.out, app.Label{JA: ja, EN: en}.In(j.lang)+"\n", args...)
}

// told tells of one step: when it was, by which clock, and how far that may be off.
func (j *judge) told(g app.AnyRegister, step app.Record, t sla.Told) {
	err := app.Unknown
	if t.Vouched {
		err = int64(t.Error)
	}
	claimed := ""
	if t.Claimed != 0 {
		claimed = app.Label{JA: "  端末の時計 ", EN: "  device clock "}.In(j.lang) + moment(t.Claimed)
	}
	fmt.Fprintf(j.out, "  %s  %s  %s  %s%s\n", moment(t.At), g.Show(step, "what", j.lang), g.Show(step, "source", j.lang), app.Certainty(err).In(j.lang), claimed)
}
