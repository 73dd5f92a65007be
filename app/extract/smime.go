package extract

import (
	"bytes"
	"io"

	"daicho/app/extract/cms"
)

// readSMIME reads CMS (RFC 5652) as mail carries it: what is enveloped is
// encrypted to keys; what is signed is read. Signatures are not checked.
func (it *item) readSMIME() error {
	if it.size > it.limits.Buffer {
		return unreadable(ReasonTooLarge)
	}
	b, err := io.ReadAll(it.reader())
	if err != nil {
		return readError(err)
	}
	kind, signed, of, err := cms.Open(b)
	switch {
	case err != nil:
		return err
	case kind.Secret():
		it.told.Protection = ProtectKey
		return unreadable(ReasonKey)
	case kind != cms.Signed:
		return unreadable(ReasonNoReader)
	}
	it.told.Protection = ProtectNone
	switch {
	case signed == nil: // a signature of another part
		return nil
	case of != cms.Data:
		return unreadable(ReasonNoReader)
	}
	mail := append([]byte("MIME-Version: 1.0\r\n"), signed...) // stands outside of what is signed
	return it.entry("signed.eml", int64(len(mail)), bytes.NewReader(mail))
}
