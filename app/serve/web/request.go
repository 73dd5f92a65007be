package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"daicho/app"
	"daicho/app/people"
	"daicho/app/ticket"
	"daicho/store"
)

// receipt is what somebody is told who opened an inquiry.
type receipt struct {
	Number   string
	Official bool
	Word     string
	Added    bool // to a request that the same form had made before
}

func (d *Desk) getRequest(w http.ResponseWriter, r *http.Request) {
	d.showRequest(w, r, http.StatusOK, fill{})
}

func (d *Desk) showRequest(w http.ResponseWriter, r *http.Request, status int, f fill) {
	sites, err := d.sites(r.Context())
	if err != nil {
		d.Log.Error("web", "result", "sites cannot be read", "err", err)
	}
	d.show(w, status, page{Name: "request", Title: "ヘルプデスクへの依頼", Form: d.forms.hand(known(w, r), d.Now()),
		Fields: lines(asked, f), Faults: f.Faults, Asks: f.Asks, Sites: sites})
}

// sites are offered to choose from; any other place can be written.
func (d *Desk) sites(ctx context.Context) (names []string, err error) {
	all, err := app.Every(ctx, d.Replica, people.Sites, app.Query{Sort: "name", Limit: 300})
	for _, s := range all {
		names = append(names, s.Name)
	}
	return names, err
}

func (d *Desk) postRequest(w http.ResponseWriter, r *http.Request, f form) {
	in := f.check(asked).private(asked, d.Mask)
	wished, in := in.wish(d.Now())
	in, denied := d.doubt(in, asked)
	if len(in.Faults) > 0 {
		d.showRequest(w, r, http.StatusUnprocessableEntity, in)
		return
	}
	slip, added, err := d.open(r.Context(), form{in, f.nonce}, wished, denied)
	if err != nil {
		d.failed(w, r, in, err, d.showRequest)
		return
	}
	d.Wake()
	d.Log.Info("web", "result", "opened", "ticket", slip.About.ID.String())
	number, official := d.numbered(r.Context(), slip)
	d.show(w, http.StatusOK, page{Name: "receipt", Title: "受け付けました", Form: d.forms.hand(known(w, r), d.Now()),
		Slip: &receipt{Number: number, Official: official, Word: d.forms.word(f.nonce), Added: added}})
}

// failed shows a form again, with what a rule refused, or what the machine could not.
func (d *Desk) failed(w http.ResponseWriter, r *http.Request, f fill, err error, again func(http.ResponseWriter, *http.Request, int, fill)) {
	var refused *app.Error
	if errors.As(err, &refused) && refused.Code != app.Failed {
		again(w, r, http.StatusConflict, f.fails("", refused.Say.JA))
		return
	}
	d.Log.Error("web", "result", "failed", "err", err)
	again(w, r, http.StatusInternalServerError, f.fails("", "サーバーの都合で保存できませんでした。入力した内容は下に残っています。もう一度送信するか、ヘルプデスクへ電話してください。"))
}

// open makes the inquiry of a form, or finds the one that it made before. Who went back,
// changed something and sent the form again has that added to it: the helpdesk may be at
// work on the inquiry as it was.
func (d *Desk) open(ctx context.Context, f form, wished app.Stamp, denied []string) (_ *ticket.Slip, added bool, err error) {
	d.one.Lock()
	defer d.one.Unlock()
	made, err := app.Every(ctx, d.Replica, ticket.Slips, app.Query{Where: []app.Cond{app.Where("form", "=", formID(f.nonce))}, Limit: 1})
	if err != nil {
		return nil, false, err
	}
	if len(made) > 0 {
		added, err = d.sentAgain(ctx, made[0], f, wished, denied)
		return made[0], added, err
	}
	var slip *ticket.Slip
	err = d.Replica.Write(ctx, d.Replica.Actor(), func(tx *store.Tx) error {
		rec, err := tx.Draft(ticket.Kind)
		if err != nil {
			return err
		}
		t := rec.(*ticket.Ticket)
		t.Title, t.Channel, t.ReceivedAt = title(f.value("what")), ticket.Web, app.StampOf(d.Now())
		f.put(t, wished)
		if err := tx.Save(t); err != nil {
			return err
		}
		if len(denied) > 0 {
			if _, err := d.enter(tx, t, words{denial(denied), f.nonce}); err != nil {
				return err
			}
		}
		slip, err = d.slip(tx, t, f)
		return err
	})
	return slip, false, err
}

// put enters what was filled in.
func (f form) put(t *ticket.Ticket, wished app.Stamp) {
	t.Body, t.Requester, t.Department, t.Extension = f.value("what"), f.value("name"), f.value("department"), f.value("extension")
	t.Site, t.Asset, t.WishedAt = f.value("site"), f.value("device"), wished
}

// sentAgain adds what a form says otherwise than the inquiry that it made to its course.
// Where the helpdesk has edited the inquiry meanwhile, so does a form that says the same:
// better twice than never.
func (d *Desk) sentAgain(ctx context.Context, s *ticket.Slip, f form, wished app.Stamp, denied []string) (added bool, err error) {
	err = d.Replica.Write(ctx, d.Replica.Actor(), func(tx *store.Tx) error {
		rec, err := tx.Get(s.About)
		if err != nil {
			return err
		}
		t := rec.(*ticket.Ticket)
		if t.IsErased() {
			return nil
		}
		now := *t
		if f.put(&now, wished); now.Body == t.Body && now.Requester == t.Requester && now.Department == t.Department && now.Extension == t.Extension &&
			now.Site == t.Site && now.Asset == t.Asset && now.WishedAt == t.WishedAt {
			return nil
		}
		added = true
		if _, err = d.enter(tx, t, words{f.whole(), f.nonce}); err == nil && len(denied) > 0 {
			_, err = d.enter(tx, t, words{denial(denied), f.nonce})
		}
		return err
	})
	return added, err
}

// whole is all that was filled in, a line each.
func (f form) whole() string {
	var b strings.Builder
	b.WriteString("依頼の画面から、内容を変えてもう一度送信されました。\n")
	for _, a := range asked {
		if v := f.value(a.ID); v != "" {
			fmt.Fprintf(&b, "%s: %s\n", a.Label, v)
		}
	}
	return strings.TrimSpace(b.String())
}

func (d *Desk) slip(tx *store.Tx, t *ticket.Ticket, f form) (*ticket.Slip, error) {
	rec, err := tx.Draft(ticket.SlipKind)
	if err != nil {
		return nil, err
	}
	s := rec.(*ticket.Slip)
	s.About, s.First, s.Form, s.Proof = t.Ref, t.Number, formID(f.nonce), proof(s.Ref.ID, d.forms.word(f.nonce))
	return s, tx.Save(s)
}

// titleSize is of the first line, in characters.
const titleSize = 40

// title is the first line of what was written.
func title(what string) string {
	line, _, _ := strings.Cut(what, "\n")
	if r := []rune(line); len(r) > titleSize {
		return string(r[:titleSize]) + "…"
	}
	return line
}

// numbered waits a while for the official number. The inquiry is on the disk: where it
// cannot be read now, its first number is what its requester is told.
func (d *Desk) numbered(ctx context.Context, s *ticket.Slip) (number string, official bool) {
	for tries := d.Patience / (100 * time.Millisecond); ; tries-- {
		rec, err := d.Replica.Get(ctx, s.About)
		if err != nil {
			d.Log.Warn("web", "result", "the number cannot be read", "err", err)
			return s.First, false
		}
		if t := rec.(*ticket.Ticket); t.GSN != 0 || tries <= 0 {
			return t.Number, t.GSN != 0
		}
		select {
		case <-ctx.Done():
			return s.First, false
		case <-time.After(100 * time.Millisecond):
		}
	}
}
