package server_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/sync/client"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// serve lets the office's server listen, and gives its address.
func (o *office) serve() string {
	o.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ok(o.T, err)
	ctx, end := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- o.Server.ServeListener(ctx, l) }()
	o.Cleanup(func() {
		end()
		if err := <-done; err != nil {
			o.Error(err)
		}
	})
	return l.Addr().String()
}

// code is an enrolment code for a new person.
func (o *office) code(name string, addresses ...string) string {
	o.Helper()
	_, err := o.Server.AddUser(context.Background(), name)
	ok(o.T, err)
	code, err := o.Server.EnrollCode(context.Background(), name, addresses)
	ok(o.T, err)
	return code
}

func over(d *simtest.Device) client.Options { return client.Options{Now: d.Clock} }

func TestEnrolAndSyncOverTLS(t *testing.T) {
	o := newOffice(t, modules.Book())
	at := o.serve()
	a, b := o.device(""), o.device("")
	dead := "127.0.0.1:1"
	for _, d := range []*simtest.Device{a, b} {
		who, err := client.Enroll(t.Context(), d, o.code("利用者"+d.ID.Short(), dead, at), over(d))
		ok(t, err)
		equal(t, who.Name, "利用者"+d.ID.Short())
	}
	k := o.open(a, "TLS")
	blob, err := a.Attach(k.Ref, "写真.jpg", strings.NewReader("JPEG"))
	ok(t, err)
	k.Photos = append(k.Photos, blob)
	ok(t, a.Save(k))
	var steps []client.Step
	options := over(a)
	options.Progress = func(p client.Progress) { steps = append(steps, p.Step) }
	res, err := client.Sync(t.Context(), a, options)
	ok(t, err)
	equal(t, []int{res.Pushed, res.Pulled, res.Rejected, res.Conflicts, res.BlobsUp, res.BlobsDown}, []int{2, 2, 0, 0, 1, 0})
	equal(t, steps, []client.Step{client.Pushing, client.Uploading})
	res, err = client.Sync(t.Context(), b, over(b))
	ok(t, err)
	equal(t, []int{res.Pushed, res.Pulled, res.BlobsUp, res.BlobsDown}, []int{0, 2, 0, 1})
	equal(t, string(b.OpenBlob(blob.ID)), "JPEG")
	res, err = client.Sync(t.Context(), b, over(b))
	ok(t, err)
	equal(t, []int{res.Pushed, res.Pulled, res.BlobsUp, res.BlobsDown}, []int{0, 0, 0, 0})
}

// listener counts what a stranger hears from a device.
func stranger(t *testing.T, conf *tls.Config) (address string, heard func() int) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ok(t, err)
	var mu sync.Mutex
	n := 0
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s := tls.Server(c, conf)
			got, _ := io.ReadAll(s)
			mu.Lock()
			n += len(got) + len(s.ConnectionState().PeerCertificates)
			mu.Unlock()
			c.Close()
		}
	})
	t.Cleanup(func() { l.Close(); all.Wait() })
	return l.Addr().String(), func() int { mu.Lock(); defer mu.Unlock(); return n }
}

// TestAnotherServerHearsNothing points a device at servers that are not its
// own: no byte, and not even its certificate, reaches them.
func TestAnotherServerHearsNothing(t *testing.T) {
	o := newOffice(t, modules.Book())
	_, other, err := ed25519.GenerateKey(rand.Reader)
	ok(t, err)
	foreign, err := wire.NewLeaf(other, o.Now, rand.Reader)
	ok(t, err)
	for _, c := range []struct {
		name string
		conf *tls.Config
		code app.Code
	}{
		{"another identity", wire.ServerTLS(func() (*tls.Certificate, error) { return foreign, nil }), app.Forbidden},
		{"TLS 1.2", &tls.Config{MaxVersion: tls.VersionTLS12, Certificates: []tls.Certificate{*foreign}}, app.Failed},
		{"one certificate", &tls.Config{Certificates: []tls.Certificate{{Certificate: foreign.Certificate[:1], PrivateKey: foreign.PrivateKey}}}, app.Forbidden},
	} {
		t.Run(c.name, func(t *testing.T) {
			at, heard := stranger(t, c.conf)
			d := o.device("")
			_, err := client.Enroll(t.Context(), d, o.code(c.name, at), over(d))
			if !app.IsCode(err, c.code) {
				t.Fatal(err)
			}
			equal(t, heard(), 0)
		})
	}
}

// TestStolenChain shows the real identity's certificate above a leaf that it never signed.
func TestStolenChain(t *testing.T) {
	o := newOffice(t, modules.Book())
	real := o.serve()
	d := o.device("")
	conf, err := wire.ClientTLS(d.Key, wire.Pin{}, o.Clock)
	ok(t, err)
	conf.VerifyConnection = nil
	c, err := tls.Dial("tcp", real, conf)
	ok(t, err)
	root := c.ConnectionState().PeerCertificates[1].Raw
	ok(t, c.Close())
	_, mine, err := ed25519.GenerateKey(rand.Reader)
	ok(t, err)
	leaf, err := wire.NewLeaf(mine, o.Now, rand.Reader)
	ok(t, err)
	leaf.Certificate[1] = root
	at, heard := stranger(t, wire.ServerTLS(func() (*tls.Certificate, error) { return leaf, nil }))
	_, err = client.Enroll(t.Context(), d, o.code("青木", at), over(d))
	if !app.IsCode(err, app.Forbidden) || heard() != 0 {
		t.Fatal(err, heard())
	}
}

func TestServerSpeaksOnlyTLS13WithADeviceKey(t *testing.T) {
	o := newOffice(t, modules.Book())
	at := o.serve()
	d := o.device("")
	good, err := wire.ClientTLS(d.Key, wire.Pin{}, o.Clock)
	ok(t, err)
	for _, c := range []struct {
		name string
		conf *tls.Config
	}{
		{"TLS 1.2", &tls.Config{MaxVersion: tls.VersionTLS12, Certificates: good.Certificates}},
		{"no certificate", &tls.Config{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.conf.InsecureSkipVerify = true
			web := &http.Client{Transport: &http.Transport{TLSClientConfig: c.conf}}
			if a, err := web.Post("https://"+at+wire.PathPull, wire.ContentType, nil); err == nil {
				a.Body.Close()
				t.Fatal("it was let in:", a.Status)
			}
		})
	}
}

// TestClockOfADeviceTwoDaysOff tells the person what to do.
func TestClockOfADeviceTwoDaysOff(t *testing.T) {
	o := newOffice(t, modules.Book())
	at := o.serve()
	for _, c := range []struct {
		skew time.Duration
		word string
	}{{47 * time.Hour, ""}, {-47 * time.Hour, ""}, {80 * time.Hour, "set its clock"}, {-365 * 24 * time.Hour, "set its clock"}} {
		d := o.device("")
		d.Skew = c.skew
		_, err := client.Enroll(t.Context(), d, o.code("人"+c.skew.String(), at), over(d))
		if c.word == "" {
			ok(t, err)
			if off := d.Offset + c.skew.Milliseconds(); off < -d.Err || off > d.Err {
				t.Fatalf("clock off by %v measured as %d ± %d ms", c.skew, d.Offset, d.Err)
			}
			continue
		}
		o.refused(err, app.Failed, c.word)
	}
}

func TestOffline(t *testing.T) {
	o := newOffice(t, modules.Book())
	d := o.device("")
	_, err := client.Enroll(t.Context(), d, o.code("青木", "127.0.0.1:1"), over(d))
	o.refused(err, app.Failed, "refuses connections")
	_, err = client.Sync(t.Context(), d, over(d))
	o.refused(err, app.NotFound, "")
}

// TestBrokenLines cuts the connection at each byte count in turn, on the way
// up and down; at the end nothing is lost and nothing is there twice.
func TestBrokenLines(t *testing.T) {
	o := newOffice(t, modules.Book())
	at := o.serve()
	a := o.device("")
	_, err := client.Enroll(t.Context(), a, o.code("青木", at), over(a))
	ok(t, err)
	broke := 0
	for limit := 400; limit < 12_000; limit += 397 {
		k := o.open(a, "切断")
		blob, err := a.Attach(k.Ref, "写真", strings.NewReader(strings.Repeat("x", limit)))
		ok(t, err)
		k.Photos = []app.Blob{blob}
		ok(t, a.Save(k))
		options := over(a)
		options.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := (&net.Dialer{}).DialContext(ctx, network, address)
			return &brittle{Conn: c, left: limit}, err
		}
		if _, err = client.Sync(t.Context(), a, options); err != nil {
			broke++
			if !app.IsCode(err, app.Failed) {
				t.Fatal(err)
			}
		}
	}
	if broke < 10 {
		t.Fatal("only", broke, "connections broke")
	}
	_, err = client.Sync(t.Context(), a, over(a))
	ok(t, err)
	equal(t, a.Acked, a.Seq())
	equal(t, uint64(a.GSN), a.Seq())
	equal(t, len(o.outcomes()), int(a.Seq()))
	unsent, _ := a.UnsentBlobs(t.Context(), 99)
	equal(t, len(unsent), 0)
}

// brittle is a connection that breaks after some bytes in both directions together.
type brittle struct {
	net.Conn
	mu   sync.Mutex
	left int
}

var errBroken = errors.New("the line broke")

func (b *brittle) take(n int) (int, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n = min(n, b.left)
	b.left -= n
	return n, b.left > 0
}

func (b *brittle) Read(p []byte) (int, error) {
	n, err := b.Conn.Read(p)
	if _, whole := b.take(n); !whole {
		return 0, errors.Join(errBroken, b.Close())
	}
	return n, err
}

func (b *brittle) Write(p []byte) (int, error) {
	n, whole := b.take(len(p))
	n, err := b.Conn.Write(p[:n])
	if !whole {
		return n, errors.Join(errBroken, b.Close())
	}
	return n, err
}
