package extract

import "bytes"

// readMailbox reads an mbox file as lines. Bodies and attachments in base64
// stay closed, so that it is never read in full.
func (it *item) readMailbox() error {
	if err := it.readText(); err != nil {
		return err
	}
	return partly(ReasonMailbox)
}

// looksMailbox knows mbox by its first line, "From " and an address, with a
// header behind it (RFC 4155).
func looksMailbox(head []byte) bool {
	first, rest, ok := bytes.Cut(head, []byte{'\n'})
	return ok && bytes.HasPrefix(first, []byte("From ")) && looksMail(rest)
}
