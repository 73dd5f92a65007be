package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/emergency"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/store/storetest"
)

// storyWords are searched for in what [writeVersion] left.
var storyWords = []string{"障害", "印刷", "VPN", "議事録", "再発防止"}

// story is two devices and a server that leave a bit of everything behind: rows
// that were synced, a conflict, attachments that are here, to be sent and to
// come, changes that wait, a rejected one, a setting.
type story struct {
	*testing.T
	q    *storetest.Sequencer
	a, b *store.Replica // a's folder is kept
	x    *ticket.Ticket
}

// writeVersion writes what is kept of a version: the folder of a closed
// replica with its key file, what a kill leaves of one that was opened again,
// and what must be found in each.
func writeVersion(t *testing.T, to string) {
	t.Helper()
	dir := filepath.Join(to, "replica")
	s := newStory(t, dir)
	s.synced()
	s.contested()
	s.rejected()
	s.waiting()
	s.papers(filepath.Join(to, "papers.json"))
	s.keep(filepath.Join(to, "closed.json"))
	if err := s.a.Close(); err != nil {
		t.Fatal(err)
	}
	open := filepath.Join(t.TempDir(), "open")
	copyFiles(t, dir, open)
	copyFiles(t, dir+".keys", open+".keys")
	s.a = openProduct(t, open)
	newTicket(t, s.a, "強制終了の直前に書いた障害票")
	s.keep(filepath.Join(to, "hot.json"))
	keepOthers(t, dir, open, filepath.Join(to, "hot"))
}

func newStory(t *testing.T, dir string) *story {
	t.Helper()
	s := &story{T: t, q: storetest.NewSequencer(t, modules.Book())}
	var err error
	if s.a, err = store.Create(t.Context(), productOptions(dir, 1, storetest.Start), storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	s.b = storetest.New(t, storetest.WithBook(modules.Book()), storetest.WithSeed(2))
	me := store.Person{ID: app.ID{0xa0, 1}, Name: "情報 花子"}
	err = s.a.Local(t.Context(), func(tx *store.LocalTx) error {
		return errors.Join(tx.Enroll(store.Enrolment{Servers: []string{"https://daicho.example:8443"}, Epoch: s.q.Epoch, Person: me}),
			tx.Set("draft/ticket", []byte("書きかけの件名")))
	})
	if err != nil {
		t.Fatal(err)
	}
	s.q.Name(me.ID, me.Name)
	s.q.Name(s.b.Actor().ID, "青木 次郎")
	return s
}

// synced is what the server has put in order, with one attachment of each
// device: the other's has not come here.
func (s *story) synced() {
	s.x = newTicket(s, s.a, "庁舎三階の印刷ができない")
	s.x.Requester, s.x.Body, s.x.Tags = "山田太郎", "昨日からネットワーク障害が続いています。", []string{"至急", "三階"}
	s.x.Photos = []app.Blob{s.attach(s.a, s.x.Ref, "プリンター.jpg", "写真の中身")}
	save(s, s.a, s.x)
	s.do(s.a, s.x, "start")
	d := s.document()
	s.q.Sync(s.a, s.b)
	if err := s.a.BlobSent(context.Background(), s.x.Photos[0].ID); err != nil {
		s.Fatal(err)
	}
	theirs := s.ticket(s.b, s.x.Ref)
	theirs.Photos = append(theirs.Photos, s.attach(s.b, s.x.Ref, "配線.jpg", "青木の写真"))
	save(s, s.b, theirs)
	s.q.Sync(s.b, s.a)
	d.Revisions = append(d.Revisions, document.Line{Version: "1.0", Change: "承認", Author: "情報 花子"})
	save(s, s.a, d)
	s.q.Sync(s.a, s.b)
}

func (s *story) document() *document.Document {
	rec, err := s.a.Draft(document.Kind)
	if err != nil {
		s.Fatal(err)
	}
	d := rec.(*document.Document)
	d.Title, d.Type, d.Owner, d.Summary = "VPN障害の議事録", document.Minutes, "情報 花子", "再発防止に着手した。"
	d.Revisions = []document.Line{{Version: "0.1", Change: "初稿", Author: "情報 花子"}}
	save(s, s.a, d)
	return d
}

// contested lets both write one field: a conflict is open.
func (s *story) contested() {
	for r, title := range map[*store.Replica]string{s.a: "三階の印刷障害（花子）", s.b: "三階の印刷障害（次郎）"} {
		x := s.ticket(r, s.x.Ref)
		x.Title = title
		save(s, r, x)
	}
	s.q.Sync(s.a, s.b)
	s.q.Sync(s.a, s.b)
}

// rejected has the server refuse one change.
func (s *story) rejected() {
	x := s.ticket(s.a, s.x.Ref)
	x.Site = "第二庁舎"
	save(s, s.a, x)
	bodies, _, keys, err := s.a.Outgoing(context.Background(), 0, 10)
	if err != nil {
		s.Fatal(err)
	}
	reject(s, s.q, bodies[0], keys)
	s.q.Skip(s.a, 1)
	s.q.Sync(s.a)
}

// waiting is what was never sent: an edit, a command, a new record with an attachment.
func (s *story) waiting() {
	x := s.ticket(s.a, s.x.Ref)
	x.Answer = "再発防止のため配線を直しました。"
	save(s, s.a, x)
	s.do(s.a, x, "close")
	y := newTicket(s, s.a, "VPNに接続できない")
	y.Photos = []app.Blob{s.attach(s.a, y.Ref, "画面.png", strings.Repeat("画面の写し ", 200))}
	save(s, s.a, y)
}

// papers makes what people keep on paper, and notes an opening by it.
func (s *story) papers(path string) {
	var p papers
	key, err := s.a.NewRecoveryKey()
	p.RecoveryKey = key.Text()
	if err == nil {
		var sheets [3]keys.Share
		sheets, err = s.a.NewShares()
		p.Shares = []string{sheets[0].Text(), sheets[1].Text(), sheets[2].Text()}
	}
	if err == nil {
		err = emergency.Note(context.Background(), s.a, emergency.Access{Way: emergency.RecoveryKey, At: app.StampOf(storetest.Start), Reason: "パスフレーズを忘れた"})
	}
	b, bad := json.MarshalIndent(p, "", "\t")
	if err := errors.Join(err, bad, os.WriteFile(path, b, 0o644)); err != nil {
		s.Fatal(err)
	}
}

// papers is what opens a kept replica beside its passphrase.
type papers struct {
	RecoveryKey string
	Shares      []string
}

// openers reads them; a version before there were any has none.
func openers(t *testing.T, path string) map[string]keys.Opener {
	t.Helper()
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var p papers
	if err := errors.Join(err, json.Unmarshal(b, &p)); err != nil {
		t.Fatal(err)
	}
	key, err := keys.ParseRecoveryKey(p.RecoveryKey)
	one, err1 := keys.ParseShare(p.Shares[0])
	three, err3 := keys.ParseShare(p.Shares[2])
	if err := errors.Join(err, err1, err3); err != nil {
		t.Fatal(err)
	}
	return map[string]keys.Opener{"recovery key": key, "sheets 3 and 1": keys.Pair{three, one}}
}

func (s *story) ticket(r *store.Replica, ref app.Ref) *ticket.Ticket {
	x, err := store.Get(context.Background(), r, ticket.Register, ref.ID)
	if err != nil {
		s.Fatal(err)
	}
	return x
}

func (s *story) attach(r *store.Replica, ref app.Ref, name, content string) app.Blob {
	b, err := r.Attach(context.Background(), ref, name, "image/jpeg", strings.NewReader(content))
	if err != nil {
		s.Fatal(err)
	}
	return b
}

func (s *story) do(r *store.Replica, rec app.Record, command string) {
	if err := r.Write(context.Background(), r.Actor(), func(tx *store.Tx) error { return tx.Do(rec, command, nil) }); err != nil {
		s.Fatal(err)
	}
}

// keep writes down what is in the replica now.
func (s *story) keep(path string) {
	s.Helper()
	if err := s.a.Verify(context.Background()); err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(taken(s.T, s.a, storyWords...).text(s.T)), 0o644); err != nil {
		s.Fatal(err)
	}
}

// keepOthers copies the files of an open replica that are not as in the closed
// one it began as: what a kill at this moment leaves. SQLite's index of the log
// is made anew by whoever opens the log first.
func keepOthers(t *testing.T, closed, open, to string) {
	t.Helper()
	err := filepath.WalkDir(open, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "-shm") {
			return err
		}
		rel, err := filepath.Rel(open, path)
		if err != nil {
			return err
		}
		now, err := os.ReadFile(path)
		if was, missing := os.ReadFile(filepath.Join(closed, rel)); err != nil || missing == nil && bytes.Equal(was, now) {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(to, rel)), 0o755); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), now, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}
