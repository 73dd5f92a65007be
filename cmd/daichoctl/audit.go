package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"fmt"
	"io"

	"daicho/app"
	"daicho/app/report"
	"daicho/cmd/cli"
	"daicho/store"
	"daicho/sync/audit"
	"daicho/sync/client"
)

// auditVerb is about the server's order as a record that nobody can rewrite
// unnoticed.
type auditVerb struct {
	Export auditExport `cmd:"" help:"Fetch the server's audit log into a file that anybody can verify."`
	Verify auditVerify `cmd:"" help:"Check files of the audit log with nothing else at hand; exit 1 if anything is wrong."`
	Prove  auditProve  `cmd:"" help:"Write a small file which proves that changes stand in the server's order."`
	Alarm  auditAlarm  `cmd:"" help:"Tell what this device has noticed of a server whose record was rewritten."`
}

type auditExport struct {
	File string `arg:"" placeholder:"FILE" help:"The file to write. No value of a record is in it."`
	JSON bool   `name:"json" help:"Print one JSON object."`
}

// signed is what a server says of its order, as it is printed.
type signed struct {
	Lines int64  `json:"lines"`
	Root  string `json:"root"`
	At    string `json:"signed_at"`
	Epoch string `json:"epoch"`
	Pin   string `json:"pin"` // of the server's key
	Key   string `json:"key"` // as other programs read it that check notes
}

func signedOf(c *audit.Checkpoint, identity []byte) (signed, error) {
	key, err := audit.Key(identity)
	pin := (&audit.Report{Identity: identity}).Pin()
	return signed{c.Size, c.Root.String(), c.At.RFC3339(), c.Epoch.String(), hex.EncodeToString(pin[:]), key}, err
}

// Run exports.
func (v *auditExport) Run(ctx context.Context, s *session) error {
	return s.open(ctx, toSync, func(r *store.Replica) error {
		var got client.Exported
		err := writeTo(s.console, v.File, func(w io.Writer) (_ []report.Missing, err error) {
			got, err = client.ExportAudit(ctx, client.Of(r), s.contact(), w)
			return nil, err
		})
		if err != nil {
			return err
		}
		said, err := signedOf(&got.Checkpoint, got.Identity)
		if err != nil {
			return err
		}
		if v.JSON {
			return printJSON(s.console.Out, struct {
				signed
				Earlier int `json:"earlier"`
			}{said, got.Earlier})
		}
		_, err = fmt.Fprintf(s.console.Out, "%s: %d lines, and %d checkpoints that this device had seen\nserver key %s\npin %s\n", v.File, said.Lines, got.Earlier, said.Key, said.Pin)
		return err
	})
}

// contact is how a verb speaks to the server.
func (s *session) contact() client.Options {
	return client.Options{Now: s.console.Now, Prove: s.prove, Progress: syncing(s.console.Err)}
}

type auditProve struct {
	File   string   `arg:"" placeholder:"FILE" help:"The file to write."`
	GSN    []int64  `name:"gsn" placeholder:"N" xor:"what" required:"" help:"Numbers of changes in the server's order, as histories show them after #."`
	Record []string `placeholder:"KIND,ID" xor:"what" required:"" help:"All changes of a record, by its kind and its id or number."`
	From   string   `placeholder:"EXPORT" help:"Take the proofs from an export instead of asking the server."`
	JSON   bool     `name:"json" help:"Print one JSON object."`
}

// Run proves.
func (v *auditProve) Run(ctx context.Context, s *session) error {
	if v.From != "" && len(v.Record) == 0 {
		return v.write(s, v.GSN, v.fromFile)
	}
	return s.open(ctx, toSync, func(r *store.Replica) error {
		gsns := v.GSN
		if len(v.Record) > 0 {
			var err error
			if gsns, err = placesOf(ctx, s, r, v.Record); err != nil {
				return err
			}
		}
		prove := v.fromFile
		if v.From == "" {
			prove = func(gsns []int64) (*audit.Proven, error) {
				return client.ProveLines(ctx, client.Of(r), s.contact(), gsns)
			}
		}
		return v.write(s, gsns, prove)
	})
}

func (v *auditProve) fromFile(gsns []int64) (*audit.Proven, error) {
	f, err := openFile(v.From)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, err := audit.Prove(bufio.NewReader(f), gsns)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.From, err)
	}
	return p, nil
}

func (v *auditProve) write(s *session, gsns []int64, prove func([]int64) (*audit.Proven, error)) error {
	p, err := prove(gsns)
	if err != nil {
		return err
	}
	b, err := p.Encode()
	if err != nil {
		return err
	}
	err = writeTo(s.console, v.File, func(w io.Writer) ([]report.Missing, error) {
		_, err := w.Write(b)
		return nil, err
	})
	if err != nil {
		return err
	}
	checked, err := verified(v.File, b)
	if err != nil {
		return err
	}
	return checked.print(s, v.JSON)
}

// placesOf are the places in the server's order of a record's changes.
func placesOf(ctx context.Context, s *session, r *store.Replica, record []string) (gsns []int64, err error) {
	if len(record) != 2 {
		return nil, cli.Errorf("--record には、ticket,2026-000001 のように台帳と番号を指定してください。", "--record: give kind and id, such as ticket,2026-000001")
	}
	g, err := s.book.Registers.Of(app.Kind(record[0]))
	if err != nil {
		return nil, err
	}
	rec, err := find(ctx, r, g, record[1])
	if err != nil {
		return nil, err
	}
	events, err := r.History(ctx, rec.Meta().Ref)
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].GSN > 0 {
			gsns = append(gsns, events[i].GSN)
		}
	}
	if err == nil && len(gsns) == 0 {
		err = cli.Errorf("%s %s: サーバーの順序に入った変更がまだありません。先に同期してください。", "%s %s: not one change of it is in the server's order yet; sync first", record[0], record[1])
	}
	return gsns, err
}
