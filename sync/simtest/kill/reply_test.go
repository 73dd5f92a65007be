package kill

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/sync/client"
	"daicho/sync/simtest/chaos"
)

// lossy is a line whose answers get lost from some point on.
type lossy struct{ *chaos.Proxy }

func (l lossy) mute() { l.Set(chaos.Line{Mute: true}) }

// dial connects so that all is lost that answers the first question: the third
// thing that is said after the two of the handshake.
func (l lossy) dial(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, network, address)
	return &asking{Conn: c, third: l.mute}, err
}

type asking struct {
	net.Conn
	said  int
	third func()
}

// Write is part of [net.Conn].
func (a *asking) Write(p []byte) (int, error) {
	if a.said++; a.said == 3 {
		a.third()
	}
	return a.Conn.Write(p)
}

// uploading is a replica that loses the answers to its attachments.
type uploading struct {
	client.Port
	line lossy
}

// SealedBlob is part of [client.Port].
func (u uploading) SealedBlob(ctx context.Context, id app.BlobID) (io.ReadSeekCloser, int64, error) {
	u.line.mute()
	return u.Port.SealedBlob(ctx, id)
}

// TestReplyLost has the server do what it was asked to, and loses its answer: the
// device asks again, and nothing is there twice.
func TestReplyLost(t *testing.T) {
	t.Parallel() // it mostly waits for answers that do not come
	c := newCity(t, 1)
	proxy, err := chaos.Listen(c.listen, chaos.Line{}, 1)
	ok(t, err)
	defer proxy.Close()
	line := lossy{proxy}
	r, err := store.Create(t.Context(), optionsOf(filepath.Join(c.home, "a")), passphrase)
	ok(t, err)
	defer r.Close()
	good := client.Options{Now: time.Now, Silence: 3 * time.Second} // longer than an attachment waits to be told to go on
	bad := good
	bad.Dial = line.dial

	c.listen = line.Address() // where devices reach it
	code := c.code("青木花子")
	_, err = client.Enroll(t.Context(), client.Of(r), code, bad)
	c.lostAnswer("enrolment", err)
	if n := len(c.watermarks()); n != 1 {
		t.Fatalf("the server knows %d devices", n)
	}
	line.Set(chaos.Line{})
	_, err = client.Enroll(t.Context(), client.Of(r), code, good)
	ok(t, err)
	_, err = client.Sync(t.Context(), client.Of(r), good)
	ok(t, err)

	photo := c.photographed(r)
	_, err = client.Sync(t.Context(), client.Of(r), bad)
	c.lostAnswer("push", err)
	if st, err := r.Status(t.Context()); err != nil || st.Pending != 1 || c.watermarks()[r.Device().String()] != 1 {
		t.Fatalf("the change is at the server, and the device does not know: %+v, %v, %v", st, c.watermarks(), err)
	}
	line.Set(chaos.Line{})
	_, err = client.Sync(t.Context(), uploading{client.Of(r), line}, good)
	c.lostAnswer("attachment", err)
	if _, err := os.Stat(c.attachment(photo)); err != nil {
		t.Fatalf("the attachment is at the server: %v", err)
	}
	line.Set(chaos.Line{})
	done, err := client.Sync(t.Context(), client.Of(r), good)
	ok(t, err)
	st, err := r.Status(t.Context())
	ok(t, err)
	if done.Pushed != 0 || done.BlobsUp != 1 || st.Pending+st.UnsentBlobs+st.Rejected > 0 {
		t.Errorf("%+v, %+v", done, st)
	}
	c.numbered(r)
	for at, verdict := range c.audited(r) {
		if verdict != app.Accepted {
			t.Errorf("change %d is %s", at.seq, verdict)
		}
	}
	c.bundleTwice(r)
	if n, err := r.Count(t.Context(), ticket.Kind, app.Query{}); n != 2 || err != nil {
		t.Errorf("%d tickets, %v", n, err)
	}
}

func (c *city) lostAnswer(to string, err error) {
	c.Helper()
	if !app.IsCode(err, app.Failed) {
		c.Fatalf("the answer to the %s was lost, and yet: %v", to, err)
	}
}

// watermarks are the devices that the server knows, with what it has of them.
func (c *city) watermarks() map[string]int {
	c.Helper()
	var list []struct {
		ID        string
		Watermark int
	}
	ok(c.T, json.Unmarshal([]byte(c.command("device", "list", "--json")), &list))
	out := map[string]int{}
	for _, d := range list {
		out[d.ID] = d.Watermark
	}
	return out
}

// photographed keeps a ticket with a photo.
func (c *city) photographed(r *store.Replica) app.BlobID {
	c.Helper()
	draft, err := r.Draft(ticket.Kind)
	ok(c.T, err)
	k := draft.(*ticket.Ticket)
	k.Title, k.Channel = secret, ticket.Phone
	b, err := r.Attach(c.Context(), k.Ref, "x.jpg", "", bytes.NewReader(bytes.Repeat([]byte(secret), 5_000)))
	ok(c.T, err)
	k.Photos = []app.Blob{b}
	ok(c.T, r.Write(c.Context(), r.Actor(), func(tx *store.Tx) error { return tx.Save(k) }))
	return b.ID
}

// attachment is where the server keeps one.
func (c *city) attachment(id app.BlobID) string {
	return filepath.Join(c.home, "server", "blobs", id.String()[:2], id.String())
}

// bundleTwice brings a change by a file, whose answer never comes home, and brings
// it again; the second answer does.
func (c *city) bundleTwice(r *store.Replica) {
	c.Helper()
	c.photographed(r)
	d := &device{telling: &telling{Port: client.Of(r), r: r}, ctx: c.Context(), home: c.home}
	ok(c.T, d.export())
	stick := c.sticks("0*")[0]
	c.command("bundle", "import", stick, "--answer", filepath.Join(c.home, "lost.daicho"))
	answer := filepath.Join(c.home, "answer.daicho")
	c.command("bundle", "import", stick, "--answer", answer)
	f, err := os.Open(answer)
	ok(c.T, err)
	defer f.Close()
	got, err := client.Import(c.Context(), client.Of(r), client.Options{Now: time.Now}, f)
	ok(c.T, err)
	st, err := r.Status(c.Context())
	ok(c.T, err)
	if !got.Acknowledged || st.Pending > 0 || c.watermarks()[r.Device().String()] != 2 {
		c.Errorf("%+v, %+v", got, st)
	}
}
