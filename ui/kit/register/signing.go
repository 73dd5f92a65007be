package register

import (
	"bytes"
	"context"
	"slices"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/text"
)

// content is what is filled in on a card: the arguments, and the signature below them.
func (k *card) content(desk *ui.Desk) kit.Tall {
	if k.pad == nil {
		return k.form
	}
	return kit.NewAbove(desk, k.form, k.pad)
}

// signature is one that was drawn on a card.
type signature struct {
	field string
	png   []byte // nil: none was drawn
}

// drawn is the signature on the card, if there is a card and somebody signed.
func (k *card) drawn() (s signature, err error) {
	if k == nil || k.pad == nil || k.pad.IsEmpty() {
		return s, nil
	}
	s.field = k.signed
	s.png, err = k.pad.PNG()
	return s, err
}

// sign attaches a signature to the record and records that. A card that is sent again
// after a refusal attaches the same one no second time.
func (d *detail) sign(ctx context.Context, r app.Record, s signature) error {
	if s.png == nil {
		return nil
	}
	records, g := d.page.host.Records(), d.page.cfg.Register
	b, err := records.Attach(ctx, r, d.desk.Words.T(text.SignatureFile), bytes.NewReader(s.png))
	if err != nil {
		return err
	}
	had := g.Column(r, s.field).Blobs()
	if slices.ContainsFunc(had, func(other app.Blob) bool { return other.ID == b.ID }) {
		return nil
	}
	if err := g.Put(r, s.field, app.FilesValue(append(slices.Clone(had), b))); err != nil {
		return err
	}
	return records.Save(ctx, r)
}
