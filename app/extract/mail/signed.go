package mail

import (
	"bytes"
	"io"

	"daicho/app/extract/cms"
)

const maxSigned = 8 << 20 // bytes of a signed message that are held; a larger one is a file

// signedContent takes out what stands inside a signature (S/MIME, RFC 8551 3.5.2),
// which does not hide it. It is nil for anything else, which can still be read.
func signedContent(p *Part) []byte {
	if p.Kind != "application/pkcs7-mime" && p.Kind != "application/x-pkcs7-mime" {
		return nil
	}
	all, err := io.ReadAll(io.LimitReader(p.Body, maxSigned+1))
	p.Body = io.MultiReader(bytes.NewReader(all), p.Body)
	if err != nil || len(all) > maxSigned {
		return nil
	}
	kind, signed, of, err := cms.Open(all)
	if err != nil || kind != cms.Signed || of != cms.Data {
		return nil
	}
	return signed
}
