package main

import (
	"context"
	"errors"
	"fmt"

	"daicho/store"
	"daicho/store/keys"
)

type replicaRepairVerb struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// repaired is [store.Repaired] as JSON.
type repaired struct {
	Pages   []badPage   `json:"pages"`
	Records []string    `json:"records"`
	Changes int         `json:"changes"`
	Lost    []ownChange `json:"lost"`
	Sealed  []ownChange `json:"unreadable"`
	Again   int64       `json:"to_fetch_again"`
	Aside   string      `json:"damaged_database"`
}

type badPage struct {
	Page int64  `json:"page"`
	Of   string `json:"of,omitempty"`
}

type ownChange struct {
	Change uint64 `json:"change"`
	Record string `json:"record,omitempty"`
	Sent   bool   `json:"sent"`
}

// Run repairs a database that is damaged; a sound one is left alone.
func (v *replicaRepairVerb) Run(ctx context.Context, s *session) error {
	return s.closed(ctx, func(o store.Options, how keys.Opener) error {
		stop := errors.New("found")
		err := store.Inspect(ctx, o, how, s.bytes("verify"), func(f store.Finding) error {
			if f.Check == "attachment" {
				return nil // a repair of the database brings none back
			}
			return stop
		})
		if err == nil {
			_, err = fmt.Fprintln(s.console.Out, "the database is as it was written; nothing was changed")
			return err
		}
		if !errors.Is(err, stop) {
			return err
		}
		got, err := store.Repair(ctx, o, how, s.bytes("repair"))
		if err != nil {
			return err
		}
		return v.print(s, got)
	})
}

func (v *replicaRepairVerb) print(s *session, got store.Repaired) error {
	if v.JSON {
		return printJSON(s.console.Out, jsonOf(got))
	}
	out := s.console.Out
	for _, p := range got.Pages {
		fmt.Fprintf(out, "page %d was damaged %s\n", p.Page, p.Of)
	}
	for _, ref := range got.Records {
		fmt.Fprintf(out, "record %s was hit and is there again\n", ref)
	}
	for _, c := range got.Lost {
		if c.Sent {
			fmt.Fprintf(out, "change %d %s cannot be read; the server has it\n", c.Seq, c.Ref)
		} else {
			fmt.Fprintf(out, "change %d %s is LOST: it was never sent\n", c.Seq, c.Ref)
		}
	}
	for _, c := range got.Sealed {
		fmt.Fprintf(out, "change %d %s has values that cannot be read: their key is lost\n", c.Seq, c.Ref)
	}
	if got.Broken() {
		fmt.Fprintln(out, "this device cannot go on: export what is here, and enrol in a new folder")
	}
	_, err := fmt.Fprintf(out, "repaired: %d changes kept, %d lines of the server's order to be fetched again by sync; the damaged database is %s\n",
		got.Changes, got.Again, got.Aside)
	return err
}

func jsonOf(got store.Repaired) repaired {
	r := repaired{[]badPage{}, []string{}, got.Changes, changesOf(got.Lost), changesOf(got.Sealed), got.Again, got.Aside}
	for _, p := range got.Pages {
		r.Pages = append(r.Pages, badPage(p))
	}
	for _, ref := range got.Records {
		r.Records = append(r.Records, ref.String())
	}
	return r
}

func changesOf(list []store.OwnChange) []ownChange {
	out := []ownChange{}
	for _, c := range list {
		change := ownChange{Change: c.Seq, Sent: c.Sent}
		if !c.Ref.IsZero() {
			change.Record = c.Ref.String()
		}
		out = append(out, change)
	}
	return out
}
