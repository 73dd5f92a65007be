package server_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/store/keys"
	"daicho/sync/client"
	"daicho/sync/server"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// ask sends a request as a device and gives status and problem, if it is one.
func (o *office) ask(d *simtest.Device, verb, path string, body []byte) (int, wire.Problem, []byte) {
	o.Helper()
	q, err := http.NewRequest(verb, "https://daicho"+path, bytes.NewReader(body))
	ok(o.T, err)
	a, err := o.Line(d.Key).RoundTrip(q)
	ok(o.T, err)
	text, err := io.ReadAll(a.Body)
	ok(o.T, err)
	var p wire.Problem
	if a.StatusCode >= 300 {
		ok(o.T, wire.Decode(text, &p))
		if p.JA == "" || p.EN == "" || p.Code == "" {
			o.Fatalf("%s %s: a problem without words: %+v", verb, path, p)
		}
	}
	return a.StatusCode, p, text
}

func encode(t *testing.T, v any) []byte {
	t.Helper()
	b, err := wire.Encode(v)
	ok(t, err)
	return b
}

func TestBadRequests(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, strange, out := o.device("青木"), o.device(""), o.device("退職者")
	ok(t, o.Server.Revoke(t.Context(), out.ID))
	id := strings.Repeat("ab", 32)
	pull := encode(t, &wire.Pull{Epoch: o.epoch})
	for _, c := range []struct {
		name, verb, path string
		who              *simtest.Device
		body             []byte
		status           int
		code             app.Code
	}{
		{"no such path", "GET", "/v2/pull", a, nil, 404, app.NotFound},
		{"wrong verb", "GET", wire.PathPull, a, nil, 404, app.NotFound},
		{"garbage", "POST", wire.PathPull, a, []byte("garbage"), 400, app.Damaged},
		{"nothing", "POST", wire.PathPush, a, nil, 400, app.Damaged},
		{"garbage to enrol", "POST", wire.PathEnroll, strange, []byte{0xff}, 400, app.Damaged},
		{"guessed code", "POST", wire.PathEnroll, strange, encode(t, &wire.Enroll{Secret: [16]byte{1}}), 403, app.Forbidden},
		{"stranger pulls", "POST", wire.PathPull, strange, pull, 403, app.Forbidden},
		{"stranger waits", "GET", wire.PathWait + "?gsn=0", strange, nil, 403, app.Forbidden},
		{"stranger gets", "GET", wire.PathBlob + id, strange, nil, 403, app.Forbidden},
		{"stranger puts", "PUT", wire.PathBlob + id, strange, []byte("x"), 403, app.Forbidden},
		{"revoked pulls", "POST", wire.PathPull, out, pull, 403, app.Forbidden},
		{"revoked gets", "GET", wire.PathBlob + id, out, nil, 403, app.Forbidden},
		{"another order", "POST", wire.PathPull, a, encode(t, &wire.Pull{}), 409, app.Stale},
		{"ahead of the order", "POST", wire.PathPull, a, encode(t, &wire.Pull{Epoch: o.epoch, GSN: 99}), 409, app.Stale},
		{"before the order", "POST", wire.PathPull, a, encode(t, &wire.Pull{Epoch: o.epoch, GSN: -1}), 409, app.Stale},
		{"waits for no number", "GET", wire.PathWait + "?gsn=x", a, nil, 400, app.Invalid},
		{"attachment of nobody", "PUT", wire.PathBlob + id, a, []byte("x"), 404, app.NotFound},
		{"half an id", "GET", wire.PathBlob + "abcd", a, nil, 400, app.Invalid},
		{"path for an id", "GET", wire.PathBlob + "..%2f..%2fserver.db", a, nil, 400, app.Invalid},
		{"too large", "POST", wire.PathPush, a, make([]byte, wire.MaxRequest+1), 413, app.Invalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, p, _ := o.ask(c.who, c.verb, c.path, c.body)
			equal(t, []any{status, app.Code(p.Code)}, []any{c.status, c.code})
		})
	}
	equal(t, len(o.outcomes()), 0)
}

// TestMachineTroubleIsNotTold closes the database under the server.
func TestMachineTroubleIsNotTold(t *testing.T) {
	o := officeOver(t, modules.Book(), sqlite(t))
	a := o.device("青木")
	ok(t, o.Server.Close())
	status, p, _ := o.ask(a, "POST", wire.PathPull, encode(t, &wire.Pull{Epoch: o.epoch}))
	equal(t, []any{status, p.Code}, []any{500, "failed"})
	if strings.Contains(p.EN, "sql") || strings.Contains(p.JA, "sql") {
		t.Fatal("told:", p)
	}
}

func TestRequestWithoutADevice(t *testing.T) {
	o := newOffice(t, modules.Book())
	for _, path := range []string{wire.PathPull, wire.PathPush, wire.PathEnroll} {
		a := httptest.NewRecorder()
		o.Server.Handler().ServeHTTP(a, httptest.NewRequest("POST", path, nil))
		equal(t, a.Code, 400)
	}
	for _, path := range []string{wire.PathWait + "?gsn=0", wire.PathBlob + strings.Repeat("ab", 32)} {
		a := httptest.NewRecorder()
		o.Server.Handler().ServeHTTP(a, httptest.NewRequest("GET", path, nil))
		equal(t, a.Code, 400)
	}
}

// attached journals a ticket with a file and gives the file's sealed bytes.
func (o *office) attached(d *simtest.Device, content string) (app.BlobID, []byte) {
	o.Helper()
	k := o.open(d, "添付")
	blob, err := d.Attach(k.Ref, "写真.jpg", strings.NewReader(content))
	ok(o.T, err)
	k.Photos = []app.Blob{blob}
	ok(o.T, d.Save(k))
	r, _, err := d.SealedBlob(context.Background(), blob.ID)
	ok(o.T, err)
	sealed, err := io.ReadAll(r)
	ok(o.T, err)
	return blob.ID, sealed
}

func TestAttachments(t *testing.T) {
	o := newOffice(t, modules.Book())
	a, b := o.device("青木"), o.device("馬場")
	id, sealed := o.attached(a, "JPEG")
	path := wire.PathBlob + id.String()
	put := func(body []byte) int {
		status, _, _ := o.ask(a, "PUT", path, body)
		return status
	}
	equal(t, put(sealed), 404) // its record is not there yet
	equal(t, o.pushed(a, o.outgoing(a)).Missing, []app.BlobID{id})
	status, _, _ := o.ask(b, "GET", path, nil)
	equal(t, status, 404) // named, but not here
	equal(t, put(sealed[1:]), 400)
	equal(t, put(append(sealed, 0)), 400)
	equal(t, put(nil), 400)
	equal(t, put(sealed), 204)
	equal(t, put([]byte("ignored: it is here")), 204)
	equal(t, len(o.pushed(a, o.outgoing(a)).Missing), 0)
	status, _, got := o.ask(b, "GET", path, nil)
	equal(t, []any{status, got}, []any{200, sealed})
	equal(t, sha256.Sum256(got), [32]byte(id))
}

func TestPartOfAnAttachment(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	id, sealed := o.attached(a, "JPEG")
	o.sync(a)
	q, err := http.NewRequest("GET", "https://daicho"+wire.PathBlob+id.String(), nil)
	ok(t, err)
	q.Header.Set("Range", "bytes=10-")
	answer, err := o.Line(a.Key).RoundTrip(q)
	ok(t, err)
	got, err := io.ReadAll(answer.Body)
	ok(t, err)
	equal(t, []any{answer.StatusCode, got}, []any{206, sealed[10:]})
}

func TestAttachmentOfARefusedChangeStays(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	r, err := a.Draft("ticket")
	ok(t, err)
	ref := r.Meta().Ref
	blob, err := a.Attach(ref, "写真.jpg", strings.NewReader("JPEG"))
	ok(t, err)
	g := o.Book.Registers[ref.Kind]
	ok(t, g.Put(r, "title", app.TextValue("経路なし")))
	o.journal(a, &app.Change{Ref: ref, New: true, Cells: g.Diff(r)})
	res, err := o.Sync(t.Context(), a)
	ok(t, err)
	equal(t, []int{res.Rejected, res.BlobsUp}, []int{1, 0})
	status, _, _ := o.ask(a, "GET", wire.PathBlob+blob.ID.String(), nil)
	equal(t, status, 404)
}

func TestWaitHearsOfNewsAtOnce(t *testing.T) {
	o := newOffice(t, modules.Book())
	at := o.serve()
	a, b := o.device(""), o.device("")
	for _, d := range []*simtest.Device{a, b} {
		_, err := client.Enroll(t.Context(), d, o.code("人"+d.ID.Short(), at), over(d))
		ok(t, err)
	}
	news := make(chan bool, 1)
	go func() {
		n, err := client.Wait(context.Background(), b, over(b))
		news <- n && err == nil
	}()
	o.open(a, "速報")
	_, err := client.Sync(t.Context(), a, over(a))
	ok(t, err)
	if !<-news {
		t.Fatal("no news")
	}
	n, err := client.Wait(t.Context(), b, over(b)) // still behind: at once
	ok(t, err)
	equal(t, n, true)
}

func TestEndingServerSendsWaitersHome(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	ctx, end := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 1)
	go func() {
		done <- o.Server.Serve(ctx, "127.0.0.1:0", func(at net.Addr) { ready <- at.String() })
	}()
	at := <-ready
	conf, err := wire.ClientTLS(a.Key, o.pin(), o.Clock)
	ok(t, err)
	web := &http.Client{Transport: &http.Transport{TLSClientConfig: conf}}
	heard := make(chan int, 1)
	go func() {
		answer, err := web.Get("https://" + at + wire.PathWait + "?gsn=0")
		if err != nil {
			heard <- 0
			return
		}
		answer.Body.Close()
		heard <- answer.StatusCode
	}()
	for o.Server.Waiting() == 0 {
		time.Sleep(time.Millisecond)
	}
	end()
	ok(t, <-done)
	equal(t, <-heard, 200)
}

// TestNothingPersonalIsLogged does everything once and looks for the words.
func TestNothingPersonalIsLogged(t *testing.T) {
	var lines bytes.Buffer
	o := newOffice(t, modules.Book())
	dir := t.TempDir()
	s, err := server.Create(t.Context(), server.Options{Dir: dir, Passphrase: []byte("p"), Keys: keys.In(t.TempDir()), Cost: cheap, Book: o.Book, Clock: o.Clock, Random: o.Random,
		Log: slog.New(slog.NewTextHandler(&lines, nil))})
	ok(t, err)
	defer s.Close()
	o.Server = s
	a := o.device("田中花子")
	id, _ := o.attached(a, "秘密の写真")
	o.sync(a)
	_, _, _ = o.ask(a, "GET", wire.PathBlob+id.String(), nil)
	_, _, _ = o.ask(a, "POST", wire.PathPull, []byte("garbage"))
	log := lines.String()
	for _, word := range []string{"田中", "花子", "添付", "秘密", "写真", id.String(), hex.EncodeToString(a.ID[:])} {
		if strings.Contains(log, word) {
			t.Errorf("the log says %q:\n%s", word, log)
		}
	}
	for _, word := range []string{a.ID.Short(), "gsn=" + strconv.Itoa(2), "outcomes=2", "refused"} {
		if !strings.Contains(log, word) {
			t.Errorf("the log does not say %q:\n%s", word, log)
		}
	}
}

// cheap is the least that a passphrase can cost.
var cheap = keys.Cost{Passes: 1, KiB: 8, Threads: 1}

func TestFoldersOfServers(t *testing.T) {
	o := newOffice(t, modules.Book())
	options := server.Options{Dir: filepath.Join(t.TempDir(), "new"), Passphrase: []byte("correct horse"), Keys: keys.In(t.TempDir()), Cost: cheap, Book: o.Book, Clock: o.Clock, Random: o.Random}
	_, err := server.Open(t.Context(), options)
	o.refused(err, app.NotFound, "no server")
	s, err := server.Create(t.Context(), options)
	ok(t, err)
	_, err = server.Create(t.Context(), options)
	o.refused(err, app.Invalid, "holds a server already")
	second, err := server.Open(t.Context(), options) // while the first is open
	ok(t, err)
	_, err = second.AddUser(t.Context(), " 青木 ")
	ok(t, err)
	_, err = s.AddUser(t.Context(), "青木")
	o.refused(err, app.Invalid, "this name")
	users, err := s.Users(t.Context())
	ok(t, err)
	equal(t, []any{len(users), users[0].Name}, []any{1, "青木"})
	ok(t, second.Close())
	ok(t, s.Close())
	wrong := options
	wrong.Passphrase = []byte("wrong")
	_, err = server.Open(t.Context(), wrong)
	o.refused(err, app.Forbidden, "passphrase")
}

// pin is that of the office's server.
func (o *office) pin() wire.Pin {
	o.Helper()
	code, err := wire.ParseCode(o.code("識別子", "127.0.0.1:1"))
	ok(o.T, err)
	return code.Pin
}

func TestBusyServerSendsAway(t *testing.T) {
	o := newOffice(t, modules.Book())
	a := o.device("青木")
	o.Server.Fill()
	for _, c := range [][2]string{{"POST", wire.PathPull}, {"GET", wire.PathWait + "?gsn=0"}, {"GET", wire.PathBlob + strings.Repeat("ab", 32)}, {"PUT", wire.PathBlob + strings.Repeat("ab", 32)}} {
		status, p, _ := o.ask(a, c[0], c[1], nil)
		equal(t, []any{status, p.Code}, []any{429, "failed"})
	}
	_, err := o.Sync(t.Context(), a)
	o.refused(err, app.Failed, "busy")
}
