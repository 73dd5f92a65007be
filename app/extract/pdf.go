package extract

import (
	"bytes"
	"io"
)

// readPDF tells whether a PDF needs a password to be read. Its text is not
// read: fonts map codes to characters in ways that want a whole interpreter.
func (it *item) readPDF() error {
	data, err := it.pdfBytes()
	if err != nil {
		return err
	}
	enc, found := pdfEncryption(data)
	switch {
	case !found:
		it.told.Protection = ProtectNone
	case enc == nil:
		it.told.Protection = ProtectUnknown
		return unreadable(ReasonUnknownCrypto)
	case enc.name("Filter") != "Standard": // /Adobe.PubSec: to certificates
		it.told.Protection = ProtectKey
		return unreadable(ReasonKey)
	default:
		opens, err := pdfOpens(enc, pdfID(data))
		if err != nil {
			it.told.Protection = ProtectUnknown
			return unreadable(ReasonUnknownCrypto)
		}
		return it.lockedPDF(!opens)
	}
	return unreadable(ReasonPDFText)
}

// lockedPDF: a password that only owners need, for printing and the like,
// keeps no one from reading.
func (it *item) lockedPDF(locked bool) error {
	if locked {
		it.told.Protection = ProtectPassword
		return unreadable(ReasonPassword)
	}
	it.told.Protection = ProtectNone
	return unreadable(ReasonPDFText)
}

// pdfBytes is the file, or, of one that is too large, its beginning and end:
// trailers stand there.
func (it *item) pdfBytes() ([]byte, error) {
	if it.size <= it.limits.Buffer {
		data, err := io.ReadAll(it.reader())
		return data, err
	}
	half := it.limits.Buffer / 2
	data := make([]byte, 2*half)
	if _, err := it.r.ReadAt(data[:half], 0); err != nil {
		return nil, failed(ReasonRead)
	}
	if _, err := it.r.ReadAt(data[half:], it.size-half); err != nil && err != io.EOF {
		return nil, failed(ReasonRead)
	}
	return data, nil
}

// pdfEncryption finds the encryption dictionary: the last /Encrypt names the
// object, or holds the dictionary itself. found is also true when it is named
// but cannot be read. Searching the whole file, not only the trailer, keeps
// damaged and linearised files honest.
func pdfEncryption(data []byte) (dict pdfDict, found bool) {
	for end := len(data); ; {
		at := bytes.LastIndex(data[:end], []byte("/Encrypt"))
		if at < 0 {
			return nil, found
		}
		end = at
		rest := data[at+len("/Encrypt"):]
		if len(rest) == 0 || !pdfDelimiter(rest[0]) {
			continue // /EncryptMetadata
		}
		p := pdfParser{data: rest}
		switch v := p.value(0).(type) {
		case pdfDict:
			return v, true
		case pdfRef:
			found = true
			if d := pdfObject(data, v); d != nil {
				return d, true
			}
		}
	}
}

// pdfObject finds "n g obj" and the dictionary behind it; the last one counts.
func pdfObject(data []byte, ref pdfRef) pdfDict {
	mark := []byte(string(ref) + " obj")
	for end := len(data); ; {
		at := bytes.LastIndex(data[:end], mark)
		if at < 0 {
			return nil
		}
		end = at
		if at > 0 && !pdfSpace(data[at-1]) {
			continue
		}
		p := pdfParser{data: data[at+len(mark):]}
		if d, ok := p.value(0).(pdfDict); ok {
			return d
		}
	}
}

// pdfID is the first half of the file's identifier, which the key hangs on.
func pdfID(data []byte) []byte {
	for end := len(data); ; {
		at := bytes.LastIndex(data[:end], []byte("/ID"))
		if at < 0 {
			return nil
		}
		end = at
		p := pdfParser{data: data[at+len("/ID"):]}
		if list, ok := p.value(0).([]any); ok && len(list) == 2 {
			if id, ok := list[0].([]byte); ok {
				return id
			}
		}
	}
}
