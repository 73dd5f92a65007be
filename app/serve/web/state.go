package web

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"daicho/app"
	"daicho/app/serve/pace"
	"daicho/app/ticket"
	"daicho/store"
)

// state is how an inquiry stands, as its requester is shown it.
type state struct {
	*ticket.Ticket
	Mark, Word string // of the state: a sign and a word, never colour alone
	Taken      app.Stamp
	Course     []entry
	Asked      asking // for the forms on the page
}

// asking is what the page was asked with.
type asking struct{ Number, Word string }

// entry is what was said between requester and helpdesk.
type entry struct {
	At        app.Stamp
	Who, Text string
}

var errUnknown = errors.New("no such number, or another word")

// guess is what a wrong word costs beside the form itself.
const guess = 4

func (d *Desk) getState(w http.ResponseWriter, r *http.Request) {
	d.showState(w, r, http.StatusOK, fill{})
}

func (d *Desk) showState(w http.ResponseWriter, r *http.Request, status int, f fill) {
	do, fields := said(f)
	d.show(w, status, page{Name: "ask", Title: "依頼の状況を見る", Form: d.forms.hand(known(w, r), d.Now()), Do: do, Fields: lines(fields, f), Faults: f.Faults})
}

// said are the fields of the form that asks for a state: when somebody wrote something on
// the page before, that stays, and what it is sent for.
func said(f fill) (do string, fields []field) {
	switch do = f.Values.Get("do"); do {
	case "add":
		return do, append(slices.Clone(shown), more(&ticket.Ticket{}))
	case "again":
		return do, append(slices.Clone(shown), more(&ticket.Ticket{State: ticket.Closed}))
	}
	return "", shown
}

func (d *Desk) postState(w http.ResponseWriter, r *http.Request, f form) {
	in := f.check(shown)
	if len(in.Faults) > 0 {
		d.showState(w, r, http.StatusUnprocessableEntity, in)
		return
	}
	slip, t, err := d.find(r.Context(), in.value("number"), in.value("word"))
	if errors.Is(err, errUnknown) {
		d.pace.Charge(pace.From(r), guess)
		d.Log.Info("web", "result", "unknown")
		d.showState(w, r, http.StatusNotFound, in.fails("number", "受付番号と合言葉の組み合わせが見つかりません。受付のときの表示を見て、両方を確かめてください。分からないときはヘルプデスクへ電話してください。"))
		return
	}
	if err != nil {
		d.failed(w, r, in, err, d.showState)
		return
	}
	done, told := d.act(r.Context(), slip, t, form{in, f.nonce})
	d.showTicket(w, r, slip, t, in, done, told)
}

// find looks an inquiry up. Whether number or word is wrong is not told.
func (d *Desk) find(ctx context.Context, number, word string) (*ticket.Slip, *ticket.Ticket, error) {
	number = strings.Map(dashes, norm.NFKC.String(number))
	candidates, err := app.Every(ctx, d.Replica, ticket.Slips, app.Query{Where: []app.Cond{app.Where("first", "=", number)}, Limit: 10})
	if err != nil {
		return nil, nil, err
	}
	tickets, err := app.Every(ctx, d.Replica, ticket.Register, app.Query{Where: []app.Cond{app.Where("number", "=", number)}, Limit: 10})
	for _, t := range tickets {
		more, err := app.Every(ctx, d.Replica, ticket.Slips, app.Query{Where: []app.Cond{app.Where("about", "=", t.Ref.String())}, Limit: 10})
		if err != nil {
			return nil, nil, err
		}
		candidates = append(candidates, more...)
	}
	if err != nil {
		return nil, nil, err
	}
	for _, s := range candidates {
		if subtle.ConstantTimeCompare([]byte(s.Proof), []byte(proof(s.Ref.ID, word))) == 1 {
			rec, err := d.Replica.Get(ctx, s.About)
			if err != nil {
				return nil, nil, err
			}
			return s, rec.(*ticket.Ticket), nil
		}
	}
	return nil, nil, errUnknown
}

// dashes makes one of the many that a Japanese keyboard has.
func dashes(r rune) rune {
	if strings.ContainsRune("‐‑–—−ーｰ", r) {
		return '-'
	}
	return r
}

// act does what a button of the page asks for, if one was pressed. What is wrong with it
// stands in what it tells, with what was written.
func (d *Desk) act(ctx context.Context, s *ticket.Slip, t *ticket.Ticket, f form) (done string, in fill) {
	do := map[string]func(*store.Tx, *ticket.Slip, *ticket.Ticket, words) (string, error){
		"take": d.take, "confirm": d.confirm, "again": d.again, "add": d.add,
	}[f.Values.Get("do")]
	if do == nil {
		return "", fill{}
	}
	text, told := f.value("text"), []field{more(t)}
	in, denied := d.doubt(fill{Values: f.Values}.private(told, d.Mask), told)
	if len(in.Faults) > 0 {
		return "", in
	}
	err := d.Replica.Write(ctx, d.Replica.Actor(), func(tx *store.Tx) (err error) {
		if done, err = do(tx, s, t, words{text, f.nonce}); err == nil && len(denied) > 0 {
			_, err = d.enter(tx, t, words{denial(denied), f.nonce})
		}
		return err
	})
	var refused *app.Error
	switch {
	case errors.As(err, &refused) && refused.Code != app.Failed:
		return "", in.fails(refused.Field, refused.Say.JA)
	case err != nil:
		d.Log.Error("web", "result", "failed", "err", err)
		return "", in.fails("text", "サーバーの都合で保存できませんでした。もう一度送信するか、ヘルプデスクへ電話してください。")
	}
	d.Wake()
	d.Log.Info("web", "result", f.Values.Get("do"), "ticket", t.Ref.ID.String())
	return done, in
}

func (d *Desk) showTicket(w http.ResponseWriter, r *http.Request, s *ticket.Slip, t *ticket.Ticket, f fill, done string, told fill) {
	course, err := d.course(r.Context(), t)
	if err != nil && done != "" { // which is on the disk
		d.Log.Warn("web", "result", "the course cannot be read", "err", err)
		d.show(w, http.StatusOK, page{Name: "problem", Title: "送信しました", Problem: done + "いまは状況を表示できません。あとで「状況を見る」を選んで確かめてください。"})
		return
	}
	if err != nil {
		d.failed(w, r, f, err, d.showState)
		return
	}
	status, text := http.StatusOK, fill{}
	if len(told.Faults) > 0 {
		status, text = http.StatusUnprocessableEntity, told
	}
	d.show(w, status, page{Name: "state", Title: "依頼の状況", Form: d.forms.hand(known(w, r), d.Now()), Done: done, Faults: text.Faults, Asks: text.Asks,
		Fields: lines([]field{more(t)}, text), State: &state{Ticket: t, Mark: marks[t.State], Word: ticket.Register.Show(t, "state", app.JA), Taken: s.Taken, Course: course,
			Asked: asking{f.value("number"), f.value("word")}}})
}

// marks are signs of the states.
var marks = map[ticket.State]string{
	ticket.Open: "○", ticket.Working: "▶", ticket.Dispatched: "▶", ticket.Waiting: "Ⅱ", ticket.Closed: "●", ticket.Returned: "▶",
}
