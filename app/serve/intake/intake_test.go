package intake_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/smtp"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/extract"
	"daicho/app/extract/pdf"
	"daicho/app/letter"
	"daicho/app/modules"
	register "daicho/app/notice"
	"daicho/app/serve/intake"
	"daicho/app/serve/mailtest"
	"daicho/app/serve/notice"
	"daicho/app/ticket"
	"daicho/store/storetest"
)

type desk struct {
	*intake.Intake
	t     *testing.T
	clock *storetest.Clock
	log   bytes.Buffer
}

func newDesk(t *testing.T, more ...storetest.Option) *desk {
	t.Helper()
	d := &desk{t: t, clock: &storetest.Clock{}}
	o := append([]storetest.Option{storetest.WithBook(modules.Book()), storetest.WithClock(d.clock)}, more...)
	d.Intake = &intake.Intake{
		Replica: storetest.New(t, o...),
		Reader:  &extract.Reader{}, From: "desk@example.jp", Now: d.clock.Now, Mask: modules.MaskNumbers, Hourly: 20, Receipts: 5,
		Search: func() intake.Search { return modules.SearchNumbers() },
		Log:    slog.New(slog.NewTextHandler(&d.log, nil)),
	}
	return d
}

func (d *desk) take(raw string) {
	d.t.Helper()
	if err := d.Take(d.t.Context(), []byte(raw)); err != nil {
		d.t.Fatal(err)
	}
}

func all[T app.Record](d *desk, kind app.Kind) (out []T) {
	d.t.Helper()
	list, _, err := d.Replica.List(d.t.Context(), kind, app.Query{})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, rec := range list {
		out = append(out, rec.(T))
	}
	return out
}

func word(s string) string { return "=?UTF-8?B?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?=" }

func plain(id, from, subject, more, body string) string {
	return "From: " + from + "\r\nTo: desk@example.jp\r\nSubject: " + word(subject) + "\r\nMessage-ID: <" + id + ">\r\n" + more +
		"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body + "\r\n"
}

func TestAMailOpensATicket(t *testing.T) {
	d := newDesk(t)
	raw := plain("1@example.jp", word("葉月 見本")+" <mihon@example.jp>", "印刷できません", "", "複合機が動きません。")
	d.take(raw)
	d.take(raw) // fetched again, since the server was killed before it was moved
	tickets, letters := all[*ticket.Ticket](d, ticket.Kind), all[*letter.Letter](d, letter.Kind)
	if len(tickets) != 1 || len(letters) != 1 {
		t.Fatalf("%d tickets, %d letters", len(tickets), len(letters))
	}
	if g := tickets[0]; g.Title != "印刷できません" || g.Channel != ticket.Mail || g.Body != "複合機が動きません。" || g.Requester != "葉月 見本 <mihon@example.jp>" {
		t.Errorf("%+v", g)
	}
	l := letters[0]
	if l.Outcome != letter.Opened || l.Ticket != tickets[0].Ref || l.ReplyTo != "mihon@example.jp" || len(l.Raw) != 1 {
		t.Fatalf("%+v", l)
	}
	var kept bytes.Buffer
	if err := d.Replica.OpenBlob(t.Context(), l.Raw[0], &kept); err != nil || kept.String() != raw {
		t.Errorf("the raw mail is %q, %v", kept.String(), err)
	}
	if strings.Contains(d.log.String(), "mihon") || strings.Contains(d.log.String(), "印刷") {
		t.Errorf("the log tells: %s", d.log.String())
	}
}

// TestAnotherFileIsAnotherMail, though all else is the same; by another way the same
// mail is the same.
func TestAnotherFileIsAnotherMail(t *testing.T) {
	d := newDesk(t)
	mail := func(way, file string) string {
		return way + "From: a@example.jp\r\nSubject: list\r\nMessage-ID: <1@example.jp>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee the list\r\n" +
			"--b\r\nContent-Type: text/csv; name=list.csv\r\n\r\n" + file + "\r\n--b--\r\n"
	}
	d.take(mail("", "a,1"))
	d.take(mail("Received: by relay.example.jp; Mon, 23 Nov 2026 09:00:00 +0900\r\n", "a,1") + "\r\n")
	d.take(mail("", "a,2"))
	letters := all[*letter.Letter](d, letter.Kind)
	if len(letters) != 2 {
		t.Fatalf("%d letters", len(letters))
	}
	other := newDesk(t, storetest.WithSeed(2))
	other.take(mail("", "a,1"))
	for _, l := range letters {
		if l.Key == all[*letter.Letter](other, letter.Kind)[0].Key {
			t.Error("who knows a mail knows its key")
		}
	}
}

// TestAnswersThread by the number in the subject, and by what they answer.
func TestAnswersThread(t *testing.T) {
	d := newDesk(t)
	d.take(plain("1@example.jp", "a@example.jp", "印刷できません", "", "一通目"))
	number := all[*ticket.Ticket](d, ticket.Kind)[0].Number
	for i, more := range []struct{ subject, header string }{
		{"Re: [受付 " + number + "] 印刷できません", ""},
		{"RE: 【受付　" + number + "】印刷", ""},
		{"追伸", "In-Reply-To: <1@example.jp>\r\n"},
		{"追伸2", "References: <x@example.jp>\r\n <1@example.jp>\r\n"},
	} {
		d.take(plain(fmt.Sprint("a", i, "@example.jp"), "b@example.jp", more.subject, more.header, fmt.Sprint("返信", i)))
	}
	if n := len(all[*ticket.Ticket](d, ticket.Kind)); n != 1 {
		t.Errorf("%d tickets", n)
	}
	notes := all[*ticket.Note](d, ticket.NoteKind)
	for _, n := range notes {
		if n.Way != ticket.Mail || n.From != "b@example.jp" || !strings.Contains(n.Text, "返信") {
			t.Errorf("%+v", n)
		}
	}
	if len(notes) != 4 {
		t.Errorf("%d entries", len(notes))
	}
	d.take(plain("9@example.jp", "b@example.jp", "[受付 2026-999999] ない番号", "", "x"))
	if n := len(all[*ticket.Ticket](d, ticket.Kind)); n != 2 {
		t.Errorf("%d tickets: a number that nobody has opens one", n)
	}
}

// TestNothingStopsTheQueue takes every nasty mail there is, and worse.
func TestNothingStopsTheQueue(t *testing.T) {
	d := newDesk(t)
	d.Hourly = 1000
	files, err := filepath.Glob("../../extract/mail/testdata/*.eml")
	if err != nil || len(files) < 40 {
		t.Fatal(len(files), err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Take(t.Context(), raw); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
	for _, raw := range []string{"", "no mail at all", "\x00\xff\xfe", "From: a@b\r\n\r\n"} {
		d.take(raw)
	}
	letters := all[*letter.Letter](d, letter.Kind)
	if len(letters) != len(files)+4 {
		t.Errorf("%d letters of %d mails", len(letters), len(files)+4)
	}
	held := 0
	for _, l := range letters {
		if l.Outcome == letter.Held {
			if held++; l.Why != letter.Unreadable || len(l.Raw) != 1 {
				t.Errorf("held: %s", l.Why)
			}
		}
	}
	if held != 3 {
		t.Errorf("%d are held", held)
	}
}

// TestIndividualNumbers are masked in every record but the one that few may see.
func TestIndividualNumbers(t *testing.T) {
	d := newDesk(t)
	d.take(plain("1@example.jp", "a@example.jp", "個人番号 123456789018 の件", "", "個人番号は 1234 5678 9018 です。"))
	g, l, held := all[*ticket.Ticket](d, ticket.Kind)[0], all[*letter.Letter](d, letter.Kind)[0], all[*letter.Withheld](d, letter.HeldKind)
	if g.Title != "個人番号 〔個人番号〕 の件" || g.Body != "個人番号は 〔個人番号〕 です。" || l.Subject != g.Title || len(l.Raw) != 0 || l.Why != letter.MyNumber {
		t.Errorf("%+v\n%+v", g, l)
	}
	if len(held) != 1 || held[0].Letter != l.Ref || len(held[0].Raw) != 1 || !strings.Contains(held[0].Text, "1234 5678 9018") {
		t.Errorf("%+v", held)
	}
}

// TestIndividualNumbersInAFile hold the raw mail apart, and mask nothing else.
func TestIndividualNumbersInAFile(t *testing.T) {
	d := newDesk(t)
	for i, file := range []string{"氏名,個人番号\r\n葉月 見本,123456789018\r\n", "氏名,内線\r\n葉月 見本,2410\r\n"} {
		d.take("From: a@example.jp\r\nSubject: list\r\nMessage-ID: <" + fmt.Sprint(i) + "@example.jp>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee the list\r\n" +
			"--b\r\nContent-Type: text/csv; name=list.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(file)) + "\r\n--b--\r\n")
	}
	held := all[*letter.Withheld](d, letter.HeldKind)
	if len(held) != 1 || len(held[0].Raw) != 1 || len(all[*ticket.Ticket](d, ticket.Kind)) != 2 {
		t.Fatalf("%d held", len(held))
	}
	for _, l := range all[*letter.Letter](d, letter.Kind) {
		if apart := l.Ref == held[0].Letter; apart != (len(l.Raw) == 0) {
			t.Errorf("%+v", l)
		}
	}
}

// TestIndividualNumbersInAName are masked wherever the name is kept, that of a file
// with a password too.
func TestIndividualNumbersInAName(t *testing.T) {
	raw, err := os.ReadFile("../../extract/mail/testdata/pdf-with-password.eml")
	if err != nil {
		t.Fatal(err)
	}
	engine := pdf.New("")
	defer engine.Close()
	for name, masked := range map[string]string{"個人番号 123456789018.pdf": "個人番号 〔個人番号〕.pdf", "マイナンバー_1234-5678-9018_葉月.pdf": "マイナンバー 〔個人番号〕 葉月.pdf"} {
		d := newDesk(t)
		d.Reader.PDF = engine
		d.take(strings.Replace(string(raw), word("見積.pdf"), word(name), 1))
		g, l, held := all[*ticket.Ticket](d, ticket.Kind)[0], all[*letter.Letter](d, letter.Kind)[0], all[*letter.Withheld](d, letter.HeldKind)
		if !strings.Contains(g.Body, masked) || len(l.Protected) != 1 || l.Protected[0] != masked || len(l.Raw) != 0 || len(held) != 1 {
			t.Errorf("%s: %q, %+v, %d held", name, g.Body, l, len(held))
		}
	}
}

// TestCirclesAndFloods: no circle opens a ticket, and no flood fills the register.
func TestCirclesAndFloods(t *testing.T) {
	d := newDesk(t)
	d.take(plain("1@example.jp", "desk@example.jp", "自分から", "", "x"))
	d.take(plain("2@example.jp", "a@example.jp", "循環", "X-Loop: other@example.jp\r\n", "x"))
	if n := len(all[*ticket.Ticket](d, ticket.Kind)); n != 0 {
		t.Errorf("%d tickets of circles", n)
	}
	for i := range 30 {
		d.take(plain(fmt.Sprint(i, "@flood"), "f@example.jp", fmt.Sprint("大量 ", i), "", "x"))
	}
	d.take(plain("auto@example.jp", "g@example.jp", "不在", "Auto-Submitted: auto-replied\r\n", "x"))
	tickets, answered, flooded := all[*ticket.Ticket](d, ticket.Kind), 0, 0
	for _, l := range all[*letter.Letter](d, letter.Kind) {
		if l.ReplyTo != "" {
			answered++
		}
		if l.Why == letter.Flood {
			flooded++
		}
	}
	if len(tickets) != 21 || answered != 5 || flooded != 10 {
		t.Errorf("%d tickets, %d answered, %d held", len(tickets), answered, flooded)
	}
}

// TestByRealServers: a mail comes by SMTP, is fetched by IMAP, opens a ticket, its
// receipt goes out by SMTP, and the answer to that receipt joins the ticket.
func TestByRealServers(t *testing.T) {
	inbox, outside := mailtest.NewSMTP(t, ""), mailtest.NewSMTP(t, "")
	box := &intake.Box{Address: mailtest.IMAP(t, inbox.Dir), Security: notice.Plain, User: mailtest.User, Folder: "INBOX", Done: "Daicho", PasswordFile: password(t)}
	d := newDesk(t)
	send(t, inbox.Address, plain("1@example.jp", "mihon@example.jp", "印刷できません", "", "複合機が動きません。"))
	send(t, inbox.Address, "garbage without any header\r\n")
	d.fetch(box, 2)
	d.fetch(box, 0)
	// The server's number comes with the next sync.
	sequencer := storetest.NewSequencer(t, modules.Book())
	sequencer.Sync(d.Replica)
	if err := d.Answer(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.Answer(t.Context()); err != nil { // once is enough
		t.Fatal(err)
	}
	out := &notice.Outbox{Replica: d.Replica, Now: d.Now, Log: d.Log, Carry: map[register.Way]notice.Carrier{
		register.Mail: &notice.SMTP{Address: outside.Address, Security: notice.Plain, From: d.From, Now: d.Now}}}
	if err := out.Pass(t.Context()); err != nil {
		t.Fatal(err)
	}
	mails := outside.Mails()
	if len(mails) != 1 {
		t.Fatalf("%d receipts", len(mails))
	}
	number := all[*ticket.Ticket](d, ticket.Kind)[0].Number
	receipt := all[*register.Notice](d, register.Kind)[0]
	if strings.HasPrefix(number, "仮") || !strings.Contains(receipt.Subject, "[受付 "+number+"]") || receipt.To != "mihon@example.jp" || !strings.Contains(mails[0], "In-Reply-To: <1@example.jp>") {
		t.Errorf("%s: %+v\n%s", number, receipt, mails[0])
	}
	send(t, inbox.Address, plain("2@example.jp", "mihon@example.jp", "Re: 件名を変えました", "In-Reply-To: <"+receipt.MessageID+">\r\n", "直りました。"))
	d.fetch(box, 1)
	if len(all[*ticket.Ticket](d, ticket.Kind)) != 1 || len(all[*ticket.Note](d, ticket.NoteKind)) != 1 {
		t.Errorf("%d tickets, %d entries", len(all[*ticket.Ticket](d, ticket.Kind)), len(all[*ticket.Note](d, ticket.NoteKind)))
	}
	send(t, inbox.Address, mails[0]) // our own receipt comes back
	d.fetch(box, 1)
	if n := len(all[*ticket.Note](d, ticket.NoteKind)); n != 1 {
		t.Errorf("%d entries: our own mail became one", n)
	}
}

func (d *desk) fetch(box *intake.Box, want int) {
	d.t.Helper()
	if n, err := box.Fetch(d.t.Context(), d.Intake); err != nil || n != want {
		d.t.Fatalf("%d mails, %v; want %d", n, err, want)
	}
}

func password(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte(mailtest.Password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func send(t *testing.T, address, raw string) {
	t.Helper()
	if err := smtp.SendMail(address, nil, "mihon@example.jp", []string{"desk@example.jp"}, []byte(raw)); err != nil {
		t.Fatal(err)
	}
}

// TestWrongPassword says so, and not what was typed.
func TestWrongPassword(t *testing.T) {
	dir := mailtest.Folder(t)
	box := &intake.Box{Address: mailtest.IMAP(t, dir), Security: notice.Plain, User: mailtest.User, Folder: "INBOX", Done: "Daicho", PasswordFile: password(t)}
	if err := os.WriteFile(box.PasswordFile, []byte("falsch"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t)
	if n, err := box.Fetch(t.Context(), d.Intake); n != 0 || err == nil || strings.Contains(err.Error(), "falsch") {
		t.Error(n, err)
	}
}
