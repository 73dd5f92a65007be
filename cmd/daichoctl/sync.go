package main

import (
	"context"
	"fmt"
	"os"

	"daicho/cmd/cli"
	"daicho/store"
	"daicho/sync/client"
)

// enrollVerb binds this device to a person of the server.
type enrollVerb struct {
	Code   string `arg:"" help:"The code that 'daicho-server enroll-code' printed. It works once."`
	Sheets string `placeholder:"FOLDER" help:"Make three sheets for a two-person unlock in this folder, to be kept off the device."`
	JSON   bool   `name:"json" help:"Print one JSON object."`
}

// enrolled is who a device now belongs to.
type enrolled struct {
	Person string `json:"person"`
	Name   string `json:"name"`
	Device string `json:"device"`
}

// Run enrols.
func (v *enrollVerb) Run(ctx context.Context, s *session) error {
	return s.with(ctx, func(r *store.Replica) error {
		name, err := os.Hostname()
		if err != nil {
			return cli.Errorf("この端末の名前: %v端末に名前を付けてください。", "the name of this machine: %v; give it one", err)
		}
		who, err := client.Enroll(ctx, client.Of(r), v.Code, client.Options{Now: s.console.Now, Name: name, Prove: s.prove})
		if err != nil {
			return err
		}
		if v.Sheets != "" {
			if err := s.share(r, v.Sheets); err != nil {
				return err
			}
		}
		if v.JSON {
			return printJSON(s.console.Out, enrolled{who.ID.String(), who.Name, r.Device().String()})
		}
		_, err = fmt.Fprintf(s.console.Out, "device %s is enrolled for %s; 'daichoctl sync' brings the registers\n", r.Device().Short(), who.Name)
		return err
	})
}

// syncVerb brings this replica and the server to the same state.
type syncVerb struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// synced is what one contact did.
type synced struct {
	Pushed     int   `json:"pushed"`
	Filled     int   `json:"filled"` // records that came as they stood
	Pulled     int   `json:"pulled"`
	Past       int   `json:"past"` // changes of before
	Rejected   int   `json:"rejected"`
	Conflicts  int   `json:"conflicts"`
	Uploaded   int   `json:"uploaded"`
	Downloaded int   `json:"downloaded"`
	OffsetMS   int64 `json:"clock_offset_ms"`
	ErrorMS    int64 `json:"clock_error_ms"`
	Again      *int  `json:"sent_again,omitempty"` // changes, since the server was restored from a backup
}

// Run syncs once, earlier history included. What was done before a failure is
// kept, and the next run goes on from there.
func (v *syncVerb) Run(ctx context.Context, s *session) error {
	return s.open(ctx, func(o *store.Options) { o.ToSync = true }, func(r *store.Replica) error {
		got, err := client.Sync(ctx, client.Of(r), client.Options{Now: s.console.Now, Acquaint: true, Prove: s.prove, Past: true, Progress: syncing(s.console.Err)})
		if err != nil {
			return withAlarm(err, alarmed(ctx, r))
		}
		if err := v.print(s, &got); err != nil {
			return err
		}
		return alarmed(ctx, r)
	})
}

func (v *syncVerb) print(s *session, got *client.Result) error {
	var again *int
	if r := got.Reborn; r != nil {
		again = &r.Again
		say := r.Say()
		fmt.Fprintf(s.console.Err, "!! %s\n!! %s\n", say.JA, say.EN)
	}
	if v.JSON {
		return printJSON(s.console.Out, synced{got.Pushed, got.Filled, got.Pulled, got.Past, got.Rejected, got.Conflicts, got.BlobsUp, got.BlobsDown, got.Offset, got.Err, again})
	}
	if got.Filled > 0 {
		fmt.Fprintf(s.console.Out, "received %d records as they stand, and %d earlier changes\n", got.Filled, got.Past)
	}
	_, err := fmt.Fprintf(s.console.Out, "sent %d changes and %d files, received %d changes and %d files; %d rejected, %d conflicts\n",
		got.Pushed, got.BlobsUp, got.Pulled, got.BlobsDown, got.Rejected, got.Conflicts)
	return err
}
