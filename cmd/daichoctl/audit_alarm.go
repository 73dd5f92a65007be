package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"daicho/app/report"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/sync/audit"
	"daicho/sync/client"
)

type auditAlarm struct {
	To          string `placeholder:"FILE" help:"Write both checkpoints, the one that this device had accepted and the one that does not go on from it."`
	Acknowledge bool   `help:"Say that a person has read it and told the auditor. The server stays refused until its record is whole again."`
	JSON        bool   `name:"json" help:"Print one JSON object."`
}

// alarm is what a device noticed, as it is printed.
type alarm struct {
	At           string `json:"at"` // empty: nothing
	Acknowledged string `json:"acknowledged"`
	Kept         string `json:"kept"`
	Heard        string `json:"heard"`
}

// Run tells.
func (v *auditAlarm) Run(ctx context.Context, s *session) error {
	return s.open(ctx, toSync, func(r *store.Replica) error {
		a, err := client.AlarmOf(ctx, client.Of(r))
		if err == nil && v.To != "" {
			err = writeTo(s.console, v.To, func(w io.Writer) ([]report.Missing, error) {
				_, err := w.Write(append(a.Kept, a.Heard...))
				return nil, err
			})
		}
		if err == nil && v.Acknowledge {
			err = client.AcknowledgeAlarm(ctx, client.Of(r), s.console.Now)
		}
		if err != nil {
			return err
		}
		if a, err = client.AlarmOf(ctx, client.Of(r)); err != nil {
			return err
		}
		return v.print(s, &a)
	})
}

func (v *auditAlarm) print(s *session, a *client.Alarm) (err error) {
	switch {
	case v.JSON:
		return printJSON(s.console.Out, alarm{a.At.RFC3339(), a.Acknowledged.RFC3339(), string(a.Kept), string(a.Heard)})
	case a.At == 0:
		_, err = fmt.Fprintln(s.console.Out, "this device has seen the server's record grow, and nothing else")
		return err
	}
	fmt.Fprintf(s.console.Out, "%s: %v\n\nit had accepted\n%s\nand then heard\n%s", moment(a.At), a.Err(), a.Kept, heard(a.Heard))
	if a.Acknowledged > 0 {
		_, err = fmt.Fprintf(s.console.Out, "\nread by a person at %s\n", moment(a.Acknowledged))
	}
	return err
}

func heard(note []byte) string {
	if len(note) == 0 {
		return "no checkpoint at all\n"
	}
	return string(note)
}

// alarmed says it again as long as no person has said that he read it.
func alarmed(ctx context.Context, r *store.Replica) error {
	a, err := client.AlarmOf(ctx, client.Of(r))
	if err == nil && a.Sounds() {
		err = cli.Errorf("%s に検知しました。%v「daichoctl audit alarm --to FILE」で証拠を書き出し、--acknowledge でこの表示を終えられます。", "noticed at %s: %v; 'daichoctl audit alarm --to FILE' writes the evidence, --acknowledge ends this message", moment(a.At), a.Err())
	}
	return err
}

// withAlarm is what went wrong, and the alarm beside it if it is not that.
func withAlarm(err, alarm error) error {
	if alarm != nil && errors.Is(err, audit.ErrRewritten) {
		return alarm
	}
	return errors.Join(err, alarm)
}
