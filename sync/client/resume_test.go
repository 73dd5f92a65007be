package client_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/ticket"
	"daicho/sync/client"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// patient is a device that keeps what came of an attachment.
type patient struct {
	*simtest.Device
	part []byte
}

func (p *patient) PartialBlob(context.Context, app.BlobID) (int64, error) {
	return int64(max(0, len(p.part)-1)), nil
}

func (p *patient) StoreBlob(ctx context.Context, id app.BlobID, from int64, sealed io.Reader) error {
	more, err := io.ReadAll(sealed)
	if p.part = append(p.part[:from], more...); err != nil {
		return err
	}
	err = p.Device.StoreBlob(ctx, id, 0, bytes.NewReader(p.part))
	p.part = nil
	return err
}

// TestDownloadGoesOnWhereItWasCutOff cuts an attachment off, then lets a
// device ask for the rest, and for more than there is.
func TestDownloadGoesOnWhereItWasCutOff(t *testing.T) {
	w, a := world(t)
	b, err := w.Device()
	ok(t, err)
	ok(t, w.Enroll(t.Context(), b, "井上"))
	text := strings.Repeat("写真の中身", 10_000)
	blob := photo(t, a, text)
	_, err = client.Sync(t.Context(), a, client.Options{Now: a.Clock, Transport: w.Line(a.Key)})
	ok(t, err)

	p := &patient{Device: b}
	var asked []string
	cut := true
	o := client.Options{Now: b.Clock, Transport: carrier(func(r *http.Request) (*http.Response, error) {
		answer, err := w.Line(b.Key).RoundTrip(r)
		if err == nil && strings.HasPrefix(r.URL.Path, wire.PathBlob) {
			asked = append(asked, r.Header.Get("Range"))
			if cut {
				answer.Body = io.NopCloser(io.MultiReader(io.LimitReader(answer.Body, 100_000), broken{}))
			}
		}
		return answer, err
	})}
	if _, err := client.Sync(t.Context(), p, o); !app.IsCode(err, app.Failed) || len(p.part) != 100_000 {
		t.Fatalf("cut off: %v, %d bytes", err, len(p.part))
	}
	cut = false
	_, err = client.Sync(t.Context(), p, o)
	ok(t, err)
	if string(b.OpenBlob(blob.ID)) != text {
		t.Error("the content is not what was attached")
	}
	photo(t, a, "もう一枚")
	_, err = client.Sync(t.Context(), a, client.Options{Now: a.Clock, Transport: w.Line(a.Key)})
	ok(t, err)
	p.part = make([]byte, 1000) // more than the whole
	_, err = client.Sync(t.Context(), p, o)
	ok(t, err)
	if got, want := strings.Join(asked, " "), " bytes=99999- bytes=999- "; got != want {
		t.Errorf("asked for %q, want %q", got, want)
	}
}

func photo(t *testing.T, d *simtest.Device, content string) app.Blob {
	t.Helper()
	r, err := d.Draft(ticket.Kind)
	ok(t, err)
	k := r.(*ticket.Ticket)
	k.Title, k.Channel = "写真", ticket.Phone
	blob, err := d.Attach(k.Ref, "写真.jpg", strings.NewReader(content))
	ok(t, err)
	k.Photos = []app.Blob{blob}
	ok(t, d.Save(k))
	return blob
}

// spoiled is a device whose attachments are damaged.
type spoiled struct{ *simtest.Device }

func (spoiled) SealedBlob(context.Context, app.BlobID) (io.ReadSeekCloser, int64, error) {
	return nil, 0, app.Refuse(app.Damaged, "", "壊れています。", "damaged")
}

func TestDamagedAttachmentHoldsUpNothingElse(t *testing.T) {
	w, a := world(t)
	b, err := w.Device()
	ok(t, err)
	ok(t, w.Enroll(t.Context(), b, "井上"))
	write(t, b, "ほかの人の記録")
	_, err = client.Sync(t.Context(), b, client.Options{Now: b.Clock, Transport: w.Line(b.Key)})
	ok(t, err)
	photo(t, a, "写真")
	res, err := client.Sync(t.Context(), spoiled{a}, client.Options{Now: a.Clock, Transport: w.Line(a.Key)})
	if !app.IsCode(err, app.Damaged) || res.Pushed != 1 || res.BlobsUp != 0 || res.Pulled != 2 {
		t.Errorf("%+v, %v", res, err)
	}
}
