package server

import (
	"context"
	"crypto/ed25519"
	"io"
	"os"

	"daicho/app"
	"daicho/sync/bundle"
	"daicho/sync/wire"
)

// maxPages is about how many bytes of the order go into one file; what comes
// after it comes with the next.
const maxPages = 1 << 30

var errNoBox = app.Refuse(app.Invalid, "", "この端末は、暗号化の鍵をまだサーバーに登録していません。端末を一度同期するか、端末が書き出したファイルを先に取り込んでください。",
	"the device has not told its key yet; sync it once, or import a bundle that it made first")

var errNoAnswer = app.Refuse(app.Stale, "answer", "サーバーが復元されたため、この端末への返事はファイルでは渡せません。届いた変更は取り込み済みです。端末を一度、ネットワークで同期してください。",
	"the server was restored since, so the device cannot be answered by file; what it brought is taken in; sync it once by network")

// ExportBundle writes a file for a device that has no network: what a pull from
// a point of the order on would bring.
func (s *Server) ExportBundle(ctx context.Context, device app.ID, after int64, w io.Writer) (bundle.Header, error) {
	about := bundle.Manifest{Cursor: after}
	err := s.log.Read(ctx, func(tx Tx) error {
		st, err := tx.Standing(device)
		if st.Erased > 0 { // else its program may not know of any
			about.Erased = st.Erased + 1
		}
		return err
	})
	if err != nil {
		return bundle.Header{}, err
	}
	return s.pack(ctx, device, &Receipt{about: about}, w)
}

// AnswerBundle writes the file that goes back to the device whose file was
// taken in: what became of it, and what a pull would bring.
func (s *Server) AnswerBundle(ctx context.Context, r *Receipt, w io.Writer) (bundle.Header, error) {
	now, err := s.epoch(ctx)
	if err == nil && now != r.Header.Epoch {
		err = errNoAnswer
	}
	if err != nil {
		return bundle.Header{}, err
	}
	return s.pack(ctx, r.Header.Device(), r, w)
}

// pack writes a file for one device.
func (s *Server) pack(ctx context.Context, device app.ID, r *Receipt, w io.Writer) (bundle.Header, error) {
	who, err := s.identity(ctx)
	if err != nil {
		return bundle.Header{}, err
	}
	h := bundle.Header{Part: 1, Parts: 1, Pin: wire.PinOf(who.key.Public().(ed25519.PublicKey)), Created: s.now()}
	to := bundle.To{Device: device}
	err = s.log.Read(ctx, func(tx Tx) (err error) {
		if h.Epoch, err = epochOf(tx); err != nil {
			return err
		}
		if to.Box, err = boxOf(tx, device); err != nil {
			return err
		}
		d, _, err := tx.Device(device)
		if err != nil {
			return err
		}
		r.Answer.Note([]wire.Mark{{Device: device, Seq: d.Watermark}}, nil) // whoever brought them
		return s.allow(tx, device, r)
	})
	if err == nil {
		h.ID, err = app.NewID(h.Created, s.o.Random)
	}
	if err != nil {
		return h, err
	}
	var m bundle.Manifest
	if m.Blobs, err = s.sizes(r.about.Wants); err != nil {
		return h, err
	}
	for _, b := range m.Blobs {
		h.Counts.Blobs++
		h.Counts.BlobBytes += b.Size
	}
	out, err := bundle.NewWriter(w, h, []bundle.To{to}, who.key, &m)
	if err != nil {
		return h, err
	}
	return out.Header(), s.fillBundle(ctx, out, device, r, m.Blobs)
}

// boxOf is the key of a device that may hear something.
func boxOf(tx Tx, device app.ID) ([]byte, error) {
	d, known, err := tx.Device(device)
	switch {
	case err != nil:
		return nil, err
	case !known:
		return nil, errUnknown
	case d.bar() != nil:
		return nil, d.bar()
	}
	box, err := tx.Setting(settingBox + device.String())
	if err == nil && box == nil {
		err = errNoBox
	}
	return box, err
}

// allow cuts what a device wants down to what is here and its person may read.
// Where the device did not say under which clearance it was filled, it is told
// for which one the file is: it may hold nothing yet.
func (s *Server) allow(tx Tx, device app.ID, r *Receipt) error {
	about := &r.about
	clearance, err := s.order.clearance(tx, device, s.now())
	if err != nil {
		return err
	}
	if len(about.Clearance) == 0 {
		hash := clearance.Hash()
		about.Clearance, r.rights = hash[:], clearance
	}
	a, wants := &asking{tx: tx, device: device, clearance: clearance}, about.Wants
	about.Wants = nil
	for _, id := range wants {
		_, here, err := tx.Attachment(id)
		if err != nil {
			return err
		}
		may, err := a.mayHave(id)
		if err != nil {
			return err
		}
		if here && may {
			about.Wants = append(about.Wants, id)
		}
	}
	return nil
}

// sizes are the attachments with their sizes, up to what one file holds.
func (s *Server) sizes(ids []app.BlobID) (list []bundle.Blob, err error) {
	room := int64(bundle.MaxPart - maxPages)
	for _, id := range ids {
		info, err := os.Stat(s.blobs.path(id))
		if err != nil {
			return nil, err
		}
		if room -= info.Size(); room < 0 {
			break
		}
		list = append(list, bundle.Blob{ID: id, Size: info.Size()})
	}
	return list, nil
}

// fillBundle writes the contents: what the server has signed, who belongs to the server, what became of what
// was brought, pages of the order, attachments.
func (s *Server) fillBundle(ctx context.Context, out *bundle.Writer, device app.ID, r *Receipt, blobs []bundle.Blob) error {
	word, end, err := s.signFor(ctx, device, &r.about)
	if err != nil {
		return err
	}
	if err = out.Word(bundle.WordSigned, word); err != nil {
		return err
	}
	all, err := s.roster(ctx)
	if err != nil {
		return err
	}
	if err = out.Word(bundle.WordRoster, all.Without(r.about.Have)); err != nil {
		return err
	}
	if err = out.Word(bundle.WordAnswer, r.Answer); err != nil {
		return err
	}
	if r.rights != nil {
		if err = out.Word(bundle.WordRights, bundle.Rights{Clearance: wire.ExtentsOf(r.rights)}); err != nil {
			return err
		}
	}
	if err = s.pages(ctx, out, device, r, end); err != nil {
		return err
	}
	for _, b := range blobs {
		if err = s.attach(out, b); err != nil {
			return err
		}
	}
	return out.Close()
}

// pages writes the order from where the device has it up to a line.
func (s *Server) pages(ctx context.Context, out *bundle.Writer, device app.ID, r *Receipt, end int64) error {
	var epoch app.ID
	err := s.log.Read(ctx, func(tx Tx) (err error) {
		epoch, err = epochOf(tx)
		return err
	})
	if err != nil {
		return err
	}
	for ask, bytes := (wire.Pull{Epoch: epoch, GSN: r.about.Cursor, People: r.about.People, Clearance: r.about.Clearance, Erased: r.about.Erased}), 0; ; {
		page, err := s.order.pull(ctx, device, &ask, s.now(), end)
		if err != nil {
			return err
		}
		if err = out.Word(bundle.WordPage, bundle.Page{From: ask.GSN, Clearance: ask.Clearance, Pulled: *page}); err != nil {
			return err
		}
		for _, o := range page.Outcomes {
			bytes += len(o)
		}
		if n := len(page.Erased); n > 0 {
			ask.Erased = page.Erased[n-1].N + 1 // of such a page a device takes nothing else
			continue
		}
		if page.UpTo >= page.Head || page.UpTo == ask.GSN || bytes > maxPages {
			return nil
		}
		ask.GSN, ask.People = page.UpTo, page.Directory
	}
}

func (s *Server) attach(out *bundle.Writer, b bundle.Blob) error {
	f, err := s.blobs.open(b.ID)
	if err != nil {
		return err
	}
	defer f.Close()
	return out.Blob(b.ID, b.Size, f)
}
