package main

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"daicho/app"
	"daicho/store"
)

// historyVerb tells the life of one record.
type historyVerb struct {
	Kind string `arg:"" help:"Kind of the record: ticket, document …"`
	ID   string `arg:"" name:"id" help:"Id or number of the record."`
	JSON bool   `name:"json" help:"Print one JSON array."`
}

// event is one change as it is printed, the newest first.
type event struct {
	At      string      `json:"at"`
	Err     int64       `json:"error_ms"` // at most so far off; -1: nobody knows
	Claimed string      `json:"claimed"`  // by the device's own clock
	GSN     int64       `json:"gsn"`      // place in the server's order; 0: not there yet
	Device  string      `json:"device"`
	Seq     uint64      `json:"seq"`
	Author  string      `json:"author"`
	Name    string      `json:"name"`
	New     bool        `json:"new"`
	Command string      `json:"command"`
	Verdict app.Verdict `json:"verdict"` // empty: waiting to be sent
	Say     label       `json:"say"`     // why it was rejected
	Cells   []cell      `json:"cells"`
}

// cell is one field of a change.
type cell struct {
	Field string          `json:"field"`
	Was   json.RawMessage `json:"was"`
	Now   json.RawMessage `json:"now"`

	Erased bool `json:"erased,omitempty"` // what stood here was erased
}

// Run tells.
func (v *historyVerb) Run(ctx context.Context, s *session) error {
	g, err := s.book.Registers.Of(app.Kind(v.Kind))
	if err != nil {
		return err
	}
	return s.with(ctx, func(r *store.Replica) error {
		rec, err := find(ctx, r, g, v.ID)
		if err != nil {
			return err
		}
		events, err := r.History(ctx, rec.Meta().Ref)
		if err != nil {
			return naming(rec, err)
		}
		if v.JSON {
			return printJSON(s.console.Out, eventsOf(g, events))
		}
		if err := eventTable(g, events).write(s.console.Out); err != nil {
			return err
		}
		return tellLacks(ctx, s, r, rec.Meta().Ref)
	})
}

// tellLacks says what of a history has not come yet.
func tellLacks(ctx context.Context, s *session, r *store.Replica, ref app.Ref) error {
	lacks, err := r.Lacks(ctx, ref)
	if err != nil || !lacks.Some {
		return err
	}
	if lacks.Since > 0 {
		s.console.Note("daichoctl: %s より前の履歴がまだ届いていません。「daichoctl sync」で取得できます。", "daichoctl: history before %s has not come yet; 'daichoctl sync' brings it", lacks.Since.Time().Format("2006-01-02"))
	} else {
		s.console.Note("daichoctl: 履歴がまだ届いていません。「daichoctl sync」で取得できます。", "daichoctl: history has not come yet; 'daichoctl sync' brings it")
	}
	return nil
}

func eventsOf(g app.AnyRegister, events []app.Event) []event {
	out := []event{}
	for _, e := range events {
		out = append(out, eventOf(g, e))
	}
	return out
}

func eventOf(g app.AnyRegister, e app.Event) event {
	out := event{e.At.RFC3339(), e.Err, e.Claimed.RFC3339(), e.GSN, e.Device.String(), e.Seq, e.Author.String(), e.Name, e.New, e.Command, e.Verdict, label(e.Say), []cell{}}
	for _, c := range e.Cells {
		out.Cells = append(out.Cells, cell{c.Field, fieldJSON(g, c.Field, c.Was), fieldJSON(g, c.Field, c.Now), c.Erased})
	}
	return out
}

// fieldJSON is a value as the record that holds it would print it.
func fieldJSON(g app.AnyRegister, name string, v app.Value) json.RawMessage {
	rec := g.New()
	if g.Put(rec, name, v) == nil {
		var fields map[string]json.RawMessage
		if json.Unmarshal(app.JSON(nil, g, rec), &fields) == nil {
			return fields[name]
		}
	}
	return json.RawMessage(v.JSON())
}

func eventTable(g app.AnyRegister, events []app.Event) *table {
	t := &table{}
	for _, e := range events {
		var cells []string
		for _, c := range e.Cells {
			cells = append(cells, cellText(g, c))
		}
		t.add(moment(e.At), app.Certainty(e.Err).EN, placeOf(e), who(e), act(e), strings.Join(cells, "  "))
	}
	return t
}

func moment(at app.Stamp) string { return at.Time().Format("2006-01-02 15:04:05") }

func cellText(g app.AnyRegister, c app.Cell) string {
	name := c.Field
	if s, known := app.SpecOf(g, name); known {
		name = s.Label.JA
	}
	switch {
	case c.Field == app.ErasedField:
		return app.ErasedLabel.JA + ": " + app.ErasedText.JA
	case c.Erased:
		return name + ": " + app.ErasedText.JA
	}
	return name + ": " + shortened(app.ShowValue(g, c.Field, c.Was, app.JA), most/2) + " → " + shortened(app.ShowValue(g, c.Field, c.Now, app.JA), most/2)
}

// placeOf is where a change stands in the server's order.
func placeOf(e app.Event) string {
	switch {
	case e.Verdict == "":
		return "waiting"
	case e.GSN > 0 && (e.Verdict == app.Accepted || e.Verdict == app.Contested):
		return "#" + strconv.FormatInt(e.GSN, 10)
	}
	return string(e.Verdict)
}

func who(e app.Event) string {
	if e.Name != "" {
		return e.Name
	}
	return "device " + e.Device.Short()
}

func act(e app.Event) string {
	switch {
	case e.Command != "":
		return "do " + e.Command
	case e.New:
		return "new"
	}
	return "edit"
}
