package ticket_test

import (
	"maps"
	"testing"

	"daicho/app"
	"daicho/app/ticket"
)

// rows is a view of one ticket.
type rows struct{ doc app.Doc }

func (r rows) Row(app.Ref) (app.Doc, int64, error)         { return r.doc, 1, nil }
func (r rows) Linked(app.Ref, app.Kind) ([]app.Ref, error) { return nil, nil }
func (r rows) with(cells ...app.Cell) rows                 { return rows{r.doc.Patch(cells)} }
func (r rows) do(c *app.Change) (rows, error)              { return r.at(1_795_000_000_000, c) }
func (r rows) state() ticket.State                         { return ticket.State(r.doc.Get("state").Text()) }
func text(field, v string) app.Cell                        { return app.Cell{Field: field, Now: app.TextValue(v)} }
func command(name string, pre ...app.Cell) *app.Change     { return &app.Change{Command: name, Cells: pre} }
func (r rows) saw(name string) app.Cell                    { return app.Cell{Field: name, Was: r.doc.Get(name)} }
func (r rows) at(at app.Stamp, c *app.Change) (_ rows, _ error) {
	c.Ref = app.Ref{Kind: ticket.Kind, ID: app.ID{1}}
	book := app.Book{Registers: app.Collect([]app.Module{ticket.Module()})}
	d, err := book.Decide(&app.Act{At: at, View: r}, c)
	if err != nil {
		return r, err
	}
	for _, e := range d.Effects {
		if e.Ref == c.Ref {
			r.doc = r.doc.Patch(e.Cells)
		}
	}
	return r, nil
}

func taken(t *testing.T) rows {
	t.Helper()
	r, err := rows{}.do(&app.Change{New: true, Cells: []app.Cell{text("title", "印刷できない"), text("channel", "phone")}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReceivedIsTheMomentOfTheActUnlessSaid(t *testing.T) {
	if got := taken(t).doc.Get("received").Int(); got != 1_795_000_000_000 {
		t.Errorf("received %d", got)
	}
	r, err := rows{}.do(&app.Change{New: true, Cells: []app.Cell{text("title", "x"), text("channel", "mail"), {Field: "received", Now: app.IntValue(5_000)}}})
	if err != nil || r.doc.Get("received").Int() != 5_000 {
		t.Error(r.doc.Get("received").Int(), err)
	}
}

// TestArrows walks every state with every command.
func TestArrows(t *testing.T) {
	stays := map[ticket.State]ticket.State{ticket.Open: ticket.Open, ticket.Working: ticket.Working, ticket.Dispatched: ticket.Dispatched,
		ticket.Waiting: ticket.Waiting, ticket.Returned: ticket.Returned}
	args := map[string][]string{"dispatch": {"who=佐々木"}, "answer": {"text=再起動で直る"}, "triage": {"text=回線", "on_site=needed"},
		"hand_over": {"to=保守会社", "text=部品の手配"}, "staff": {"text=鍵を開けた", "need=needed"}, "merge": {"into=ticket:" + app.ID{2}.String()}, "confirm": {"who=税務課 印南"}}
	allowed := map[string]map[ticket.State]ticket.State{
		"start":    {ticket.Open: ticket.Working, ticket.Waiting: ticket.Working, ticket.Returned: ticket.Working},
		"dispatch": {ticket.Open: ticket.Dispatched, ticket.Working: ticket.Dispatched, ticket.Waiting: ticket.Dispatched, ticket.Returned: ticket.Dispatched},
		"wait":     {ticket.Open: ticket.Waiting, ticket.Working: ticket.Waiting, ticket.Dispatched: ticket.Waiting},
		"close": {ticket.Open: ticket.Closed, ticket.Working: ticket.Closed, ticket.Dispatched: ticket.Closed,
			ticket.Waiting: ticket.Closed, ticket.Returned: ticket.Closed},
		"answer": stays, "triage": stays, "hand_over": stays,
		"staff": maps.Clone(stays),
		"merge": {ticket.Open: ticket.Closed, ticket.Working: ticket.Closed, ticket.Dispatched: ticket.Closed,
			ticket.Waiting: ticket.Closed, ticket.Returned: ticket.Closed},
		"confirm": {ticket.Closed: ticket.Closed},
		"return":  {ticket.Working: ticket.Returned, ticket.Dispatched: ticket.Returned, ticket.Waiting: ticket.Returned, ticket.Closed: ticket.Returned},
	}
	allowed["staff"][ticket.Closed] = ticket.Closed
	states := []ticket.State{ticket.Open, ticket.Working, ticket.Dispatched, ticket.Waiting, ticket.Closed, ticket.Returned}
	for _, c := range ticket.Register.About().Commands {
		for _, from := range states {
			r := taken(t).with(text("state", string(from)), text("answer", "直した"))
			change := command(c.Name, r.saw("state"))
			var err error
			if change.Args, err = app.Args(ticket.Register, c.Name, args[c.Name]); err != nil {
				t.Fatal(c.Name, err)
			}
			after, err := r.do(change)
			want, ok := allowed[c.Name][from]
			if ok && (err != nil || after.state() != want) {
				t.Errorf("%s from %q: %q, %v", c.Name, from, after.state(), err)
			}
			if !ok && !app.IsCode(err, app.Stale) {
				t.Errorf("%s from %q is allowed: %v", c.Name, from, err)
			}
		}
	}
}

func TestDispatchNamesTheEngineerAndTheWish(t *testing.T) {
	r := taken(t)
	c := command("dispatch", r.saw("state"))
	c.Args = app.Doc(nil).Patch([]app.Cell{text("who", "佐々木 健"), {Field: "wished", Now: app.IntValue(9_000)}})
	r, err := r.do(c)
	if err != nil || r.doc.Get("assignee").Text() != "佐々木 健" || r.doc.Get("wished").Int() != 9_000 {
		t.Error(app.Value(r.doc).JSON(), err)
	}
}

// TestSentWithin: by the entry of it; where there is none, by where an inquiry stands.
func TestSentWithin(t *testing.T) {
	sent := []*ticket.Note{{Sort: ticket.Waited, At: 5}, {Sort: ticket.Sent, At: 10}, {Sort: ticket.Sent, At: 30}}
	for _, c := range []struct {
		state    ticket.State
		notes    []*ticket.Note
		from, to app.Stamp
		want     bool
	}{
		{ticket.Closed, sent, 10, 11, true}, {ticket.Closed, sent, 0, 10, false}, {ticket.Closed, sent, 20, 40, true}, {ticket.Dispatched, sent, 11, 30, false},
		{ticket.Dispatched, sent[:1], 0, 10, true}, {ticket.Dispatched, nil, 90, 99, true}, {ticket.Closed, nil, 0, 99, false},
	} {
		if got := (&ticket.Ticket{State: c.state}).SentWithin(c.from, c.to, c.notes); got != c.want {
			t.Errorf("%q from %d to %d: %v", c.state, c.from, c.to, got)
		}
	}
}

func TestClosing(t *testing.T) {
	r := taken(t)
	if _, err := r.do(command("close", r.saw("state"), r.saw("answer"))); !app.IsCode(err, app.Invalid) {
		t.Errorf("closed without an answer: %v", err)
	}
	r = r.with(text("answer", "給紙ローラーを清掃"))
	r, err := r.at(1_795_000_060_000, command("close", r.saw("state"), r.saw("answer")))
	if err != nil || r.doc.Get("closed").Int() != 1_795_000_060_000 {
		t.Fatal(err)
	}
	edit := &app.Change{Cells: []app.Cell{{Field: "answer", Was: r.doc.Get("answer"), Now: app.TextValue("別の答え")}}}
	if _, err := r.do(edit); !app.IsCode(err, app.Invalid) {
		t.Errorf("the answer of a closed ticket changed: %v", err)
	}
}
