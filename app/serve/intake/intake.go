package intake

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"daicho/app"
	"daicho/app/extract"
	"daicho/app/extract/mail"
	"daicho/app/letter"
	"daicho/app/notice"
	"daicho/app/ticket"
	"daicho/store"
)

// Intake takes mails in.
type Intake struct {
	Replica *store.Replica
	Reader  *extract.Reader
	From    string // our address: what comes from it is a loop
	Now     app.Clock
	Log     *slog.Logger // is told no address and no text
	// Mask takes individual numbers out of a text, and says whether there was one.
	Mask func(text string) (masked string, found bool)
	// Search begins to look for individual numbers in a mail with all its files.
	Search func() Search
	// Hourly is how many mails of one sender become tickets in an hour; more are held.
	Hourly int
	// Receipts is how many of them are answered; others are taken in silence.
	Receipts int
}

// Search looks for what few may see in the pieces of a mail and its files.
type Search interface {
	Add(text []byte, sep byte, continues bool)
	Found() bool
}

// MaxSize is how many bytes of a mail are taken in; a larger one is held in its mailbox.
const MaxSize = 64 << 20

// arrival is a mail on its way in.
type arrival struct {
	raw    []byte
	m      *mail.Message // nil: it cannot be read
	letter *letter.Letter
	held   *letter.Withheld // nil: nothing is kept apart
	text   string
	masked bool
}

// Take takes one mail in. When it returns nil, what became of it is on the disk, and
// taking it again does nothing. It returns an error where the replica or ctx fails,
// and the mail should be tried again later.
func (in *Intake) Take(ctx context.Context, raw []byte) error {
	a, err := in.read(ctx, raw)
	if err != nil {
		return err
	}
	there, err := in.known(ctx, a.letter.Key)
	if err != nil || there {
		return err
	}
	if a.m != nil {
		if err := in.place(ctx, a); err != nil {
			return err
		}
	}
	return in.keep(ctx, a)
}

// read reads a mail, and drafts its record.
func (in *Intake) read(ctx context.Context, raw []byte) (*arrival, error) {
	rec, err := in.Replica.Draft(letter.Kind)
	if err != nil {
		return nil, err
	}
	a := &arrival{raw: raw, letter: rec.(*letter.Letter)}
	a.letter.Received = app.StampOf(in.Now())
	a.m, err = in.parsed(ctx, raw)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		a.letter.Outcome, a.letter.Why, a.letter.Key = letter.Held, letter.Unreadable, in.digest(raw)
		a.letter.Subject = "（読み取れないメール）"
		return a, nil
	}
	in.describe(a)
	if !a.masked && len(a.m.Files) > 0 {
		a.masked, err = in.inFiles(ctx, raw)
	}
	return a, err
}

// parsed reads a mail; a reader that fails on one is that mail's misfortune.
func (in *Intake) parsed(ctx context.Context, raw []byte) (m *mail.Message, err error) {
	defer func() {
		if recover() != nil {
			m, err = nil, errors.New("the reader failed")
		}
	}()
	return in.Reader.Message(ctx, extract.Source{Path: "mail.eml", Size: int64(len(raw)), R: bytes.NewReader(raw)}, []string{in.From})
}

// describe fills the record with what the mail says, individual numbers masked.
func (in *Intake) describe(a *arrival) {
	m, l := a.m, a.letter
	subject, masked := in.Mask(m.Subject)
	if subject == "" {
		subject = "（件名なし）"
	}
	from, more := in.Mask(m.From.String())
	a.text, a.masked = in.Mask(m.Text)
	a.masked = a.masked || masked || more
	a.masked = in.maskNames(m.Files) || a.masked
	l.Subject, l.From, l.MessageID = subject, from, m.ID
	for _, f := range m.Files {
		if f.Protected {
			l.Protected = append(l.Protected, f.Name)
		}
	}
	l.Key = in.digest(a.raw)
	if m.ID != "" { // a copy that came by another way is the same mail
		l.Key = in.digest([]byte(strings.Join([]string{m.ID, m.From.Addr, m.Date.UTC().String(), m.Subject, m.Text, body(a.raw)}, "\x00")))
	}
}

// maskNames takes individual numbers out of the names of files and of those inside
// them, and says whether there was one.
func (in *Intake) maskNames(files []mail.File) (found bool) {
	for i := range files {
		f := &files[i]
		// Names are written with underscores for spaces, which the detector takes for code.
		if name, is := in.Mask(strings.ReplaceAll(f.Name, "_", " ")); is {
			f.Name, found = name, true
		}
		found = in.maskNames(f.Inside) || found
	}
	return found
}

// body is what follows the header, with all files, however its lines end.
func body(raw []byte) string {
	_, body, _ := strings.Cut(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n\n")
	return strings.TrimSpace(body)
}

// digest names a mail by its content, which differs where a program gives every mail
// the same Message-ID. It is keyed by the replica: who knows the rest of a mail cannot
// try which number was masked in it.
func (in *Intake) digest(text []byte) string {
	h := hmac.New(sha256.New, in.Replica.DeviceKey().Seed())
	h.Write([]byte("daicho letter\x00"))
	h.Write(text)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func (in *Intake) known(ctx context.Context, key string) (bool, error) {
	list, _, err := in.Replica.List(ctx, letter.Kind, app.Query{Where: []app.Cond{app.Where("key", "=", key)}, Limit: 1})
	return len(list) > 0, err
}

// place decides what a mail becomes.
func (in *Intake) place(ctx context.Context, a *arrival) error {
	l := a.letter
	if a.m.Loop {
		l.Outcome, l.Why = letter.Ignored, letter.Circle
		return nil
	}
	lately, err := in.lately(ctx, l.From)
	if err != nil {
		return err
	}
	if lately >= in.Hourly {
		l.Outcome, l.Why = letter.Held, letter.Flood
		return nil
	}
	if l.Ticket, err = in.thread(ctx, a.m); err != nil {
		return err
	}
	l.Outcome = letter.Opened
	if !l.Ticket.IsZero() {
		l.Outcome = letter.Entered
	} else if !a.m.Auto && lately < in.Receipts {
		l.ReplyTo = a.m.ReplyTo.Addr
	}
	return nil
}

// lately counts what the same sender sent within an hour.
func (in *Intake) lately(ctx context.Context, from string) (n int, err error) {
	since := app.StampOf(in.Now()) - 3_600_000
	list, _, err := in.Replica.List(ctx, letter.Kind, app.Query{Where: []app.Cond{app.Where("received", ">", int64(since))}, Limit: 1000})
	for _, rec := range list {
		if rec.(*letter.Letter).From == from {
			n++
		}
	}
	return n, err
}

var mark = regexp.MustCompile(`[\[【〔]\s*受付\s*([^\]】〕]{1,40}?)\s*[\]】〕]`)

// thread finds the ticket that a mail belongs to: by the number in its subject, else
// by what it answers, ours or one that came in before.
func (in *Intake) thread(ctx context.Context, m *mail.Message) (app.Ref, error) {
	for _, found := range mark.FindAllStringSubmatch(norm.NFKC.String(m.Subject), 4) {
		ref, err := in.first(ctx, ticket.Kind, "number", found[1])
		if err != nil || !ref.IsZero() {
			return ref, err
		}
	}
	for _, id := range append(m.InReplyTo, m.References...) {
		ref, err := in.answered(ctx, id)
		if err != nil || !ref.IsZero() {
			return ref, err
		}
	}
	return app.Ref{}, nil
}

func (in *Intake) answered(ctx context.Context, id string) (app.Ref, error) {
	sent, err := in.first(ctx, notice.Kind, "message_id", id)
	if err == nil && !sent.IsZero() {
		rec, err := in.Replica.Get(ctx, sent)
		if err != nil || rec.(*notice.Notice).About.Kind != ticket.Kind {
			return app.Ref{}, err
		}
		return rec.(*notice.Notice).About, nil
	}
	came, err := in.first(ctx, letter.Kind, "message_id", id)
	if err != nil || came.IsZero() {
		return app.Ref{}, err
	}
	rec, err := in.Replica.Get(ctx, came)
	if err != nil {
		return app.Ref{}, err
	}
	return rec.(*letter.Letter).Ticket, nil
}

func (in *Intake) first(ctx context.Context, kind app.Kind, field, value string) (app.Ref, error) {
	list, _, err := in.Replica.List(ctx, kind, app.Query{Where: []app.Cond{app.Where(field, "=", value)}, Limit: 1})
	if err != nil || len(list) == 0 {
		return app.Ref{}, err
	}
	return list[0].Meta().Ref, nil
}

// keep writes what became of a mail, all in one transaction. What the register
// refuses is held.
func (in *Intake) keep(ctx context.Context, a *arrival) error {
	if err := in.attach(ctx, a); err != nil {
		return err
	}
	err := in.write(ctx, a)
	var refused *app.Error
	if errors.As(err, &refused) && refused.Code != app.Failed {
		in.Log.Warn("a mail is held", "letter", a.letter.Ref.ID.String(), "why", err)
		a.m, a.letter.Outcome, a.letter.Why = nil, letter.Held, letter.Refused
		a.letter.Ticket, a.letter.ReplyTo = app.Ref{}, ""
		err = in.write(ctx, a)
	}
	if err == nil {
		in.Log.Info("mail", "letter", a.letter.Ref.ID.String(), "outcome", string(a.letter.Outcome), "why", string(a.letter.Why))
	}
	return err
}

// attach keeps the raw mail: with the letter, or, where few may see it, apart.
func (in *Intake) attach(ctx context.Context, a *arrival) error {
	keeper := a.letter.Ref
	if a.masked {
		rec, err := in.Replica.Draft(letter.HeldKind)
		if err != nil {
			return err
		}
		a.held = rec.(*letter.Withheld)
		a.held.Letter, a.held.Why, a.held.Held = a.letter.Ref, letter.MyNumber, a.letter.Received
		a.held.Text = a.m.Subject + "\n\n" + a.m.Text
		a.letter.Why = letter.MyNumber
		keeper = a.held.Ref
	}
	b, err := in.Replica.Attach(ctx, keeper, "mail.eml", "message/rfc822", bytes.NewReader(a.raw))
	if err != nil {
		return err
	}
	if a.masked {
		a.held.Raw = []app.Blob{b}
	} else {
		a.letter.Raw = []app.Blob{b}
	}
	return nil
}

func (in *Intake) write(ctx context.Context, a *arrival) error {
	return in.Replica.Write(ctx, in.Replica.Actor(), func(tx *store.Tx) error {
		l := a.letter
		switch {
		case a.m != nil && l.Outcome == letter.Opened:
			ref, err := in.open(tx, a)
			if err != nil {
				return err
			}
			l.Ticket = ref
		case a.m != nil && l.Outcome == letter.Entered:
			if err := in.enter(tx, a); err != nil {
				return err
			}
		}
		if err := tx.Save(l); err != nil || a.held == nil {
			return err
		}
		return tx.Save(a.held)
	})
}

// open makes a ticket of a mail.
func (in *Intake) open(tx *store.Tx, a *arrival) (app.Ref, error) {
	rec, err := tx.Draft(ticket.Kind)
	if err != nil {
		return app.Ref{}, err
	}
	t := rec.(*ticket.Ticket)
	t.Title, t.Channel, t.Body = a.letter.Subject, ticket.Mail, told(a)
	t.Requester, t.ReceivedAt = a.letter.From, a.letter.Received
	return t.Ref, tx.Save(t)
}

// enter adds a mail to the course of a ticket.
func (in *Intake) enter(tx *store.Tx, a *arrival) error {
	rec, err := tx.Draft(ticket.NoteKind)
	if err != nil {
		return err
	}
	n := rec.(*ticket.Note)
	n.About, n.From, n.Way, n.At = a.letter.Ticket, a.letter.From, ticket.Mail, a.letter.Received
	n.Text = a.letter.Subject + "\n\n" + told(a)
	return tx.Save(n)
}

// told is the text with the names of the files as they were masked, which lie in the raw mail.
func told(a *arrival) string {
	text := a.text
	if a.m.Cut {
		text += "\n\n（メールの一部を読み取れませんでした。原本を確認してください。）"
	}
	if len(a.m.Files) == 0 {
		return text
	}
	text += "\n\n添付（原本は受信メールにあります）:"
	for _, f := range a.m.Files {
		text += fmt.Sprintf("\n・%s（%d バイト）", f.Name, f.Size)
		if f.Protected {
			text += " パスワード付き"
		}
	}
	return text
}
