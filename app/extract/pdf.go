package extract

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"

	"daicho/app/extract/pdf"
)

// readPDF reads pages, comments, form fields, properties and attachments. The
// parser says whether a password is needed: the empty one protects nothing.
func (it *item) readPDF() error {
	if it.engine == nil {
		return unreadable(ReasonPDFText)
	}
	doc, err := it.engine.Open(it.ctx, it.r, it.size)
	switch {
	case it.ctx.Err() != nil:
		return it.ctx.Err()
	case errors.Is(err, pdf.ErrPassword), errors.Is(err, pdf.ErrScheme):
		return it.lockedPDF()
	case err != nil:
		return err
	}
	defer doc.Close()
	return it.pdfFailure(it.openPDF(doc))
}

// pdfFailure tells the end of time from the end of the parser.
func (it *item) pdfFailure(err error) error {
	_, ours := asStop(err)
	switch {
	case it.ctx.Err() != nil:
		return it.ctx.Err()
	case err == nil, ours, errors.As(err, new(visitorError)):
		return err
	}
	return partly(ReasonParser)
}

func (it *item) openPDF(doc *pdf.Document) error {
	it.told.Protection = ProtectNone
	locked, err := doc.Encrypted()
	if err != nil {
		return err
	}
	if locked {
		it.told.Note = NoteOwnerPassword
	}
	short, err := it.pdfPages(doc)
	if err != nil {
		return err
	}
	if err := it.pdfText(doc.Properties(), "properties"); err != nil {
		return err
	}
	more, err := doc.Forms(func(xml []byte) error {
		it.job.inflated += int64(len(xml))
		return it.aspect(xml, (*item).readMarkup)
	})
	if err != nil {
		return err
	}
	if more {
		short = partly(ReasonTooMany)
	}
	if err := it.pdfMetadata(); err != nil {
		return err
	}
	err = doc.Attachments(func(name string, data []byte) error {
		it.job.inflated += int64(len(data))
		return it.entry(printableName(name), int64(len(data)), bytes.NewReader(data))
	})
	if err != nil {
		return err
	}
	return short
}

// pdfMetadata reads the metadata that lie open in the file (XMP, ISO 16684-1 7.3):
// they may name people whom the properties do not.
func (it *item) pdfMetadata() error {
	data, err := it.pdfEnds()
	if err != nil {
		return err
	}
	for {
		var inner []byte
		var found bool
		if _, data, found = bytes.Cut(data, []byte("<x:xmpmeta")); !found {
			return nil
		}
		if inner, data, found = bytes.Cut(data, []byte("</x:xmpmeta>")); !found {
			return nil
		}
		w := it.writer("metadata")
		if err := w.plainXML(newXML(bytes.NewReader(append([]byte("<x"), inner...)))); err != nil && err != errXML && err != io.ErrUnexpectedEOF {
			return err
		}
		if err := w.turn(0); err != nil { // what stands before the damage
			return err
		}
	}
}

// pdfPages reads all pages. short is why some say less than a reader sees.
func (it *item) pdfPages(doc *pdf.Document) (short, err error) {
	pages, err := doc.Pages()
	if err != nil {
		return nil, err
	}
	for n := range pages {
		page, err := doc.Page(n)
		if it.ctx.Err() != nil {
			return nil, err
		}
		if err != nil {
			short = partly(ReasonDamaged)
			continue
		}
		if err := it.pdfLines(page.Lines, pageName(n)); err != nil {
			return nil, err
		}
		if err := it.pdfText(page.Notes, pageName(n)); err != nil {
			return nil, err
		}
		switch marks, strange := legible(page.Lines); {
		case page.More:
			short = partly(ReasonTooMany)
		case strange*5 > marks:
			short = partly(ReasonGlyphs)
		case marks < fewMarks && page.Drawn && short == nil:
			short = partly(ReasonPictures)
		}
	}
	return short, nil
}

// fewMarks is what a scanned page holds at most: the number someone stamped on it.
const fewMarks = 10

// legible counts the characters of a page, and those that stand for shapes
// whose character the file does not tell.
func legible(lines []pdf.Line) (marks, strange int) {
	for _, l := range lines {
		for _, r := range l.Text {
			switch {
			case unicode.IsSpace(r), r == pdf.Cell:
			case r == unicode.ReplacementChar, unicode.Is(unicode.Co, r), r < ' ' && r != 2: // 2 is PDFium's hyphen
				strange++
				fallthrough
			default:
				marks++
			}
		}
	}
	return marks, strange
}

// pdfLines tells the lines of a page; a word divided at a line's end is joined.
func (it *item) pdfLines(lines []pdf.Line, part string) error {
	w := it.writer(part)
	for _, l := range lines {
		sep := byte(0)
		if l.Table {
			sep = Cell
		}
		if sep != w.sep {
			if err := w.turn(sep); err != nil {
				return err
			}
		}
		text, divided := strings.CutSuffix(l.Text, "\x02")
		w.buf = append(w.buf, strings.ReplaceAll(text, "\x02", "")...)
		if !divided {
			if err := w.endLine(); err != nil {
				return err
			}
		}
	}
	return w.turn(0)
}

// pdfText tells text of the parser.
func (it *item) pdfText(text, part string) error {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return it.emit(Piece{Text: []byte(text), Part: part, Line: 1})
}

// pageName is the part of a document that is its n-th page, from 0.
func pageName(n int) string { return "page " + strconv.Itoa(n+1) }

// lockedPDF tells a password from a certificate, and a weak cipher from a
// strong one, by the encryption dictionary.
func (it *item) lockedPDF() error {
	data, err := it.pdfEnds()
	if err != nil {
		return err
	}
	switch enc := pdfEncryption(data); {
	case enc == nil:
		it.told.Protection = ProtectPassword
	case enc.name("Filter") != "Standard": // /Adobe.PubSec: to certificates
		it.told.Protection = ProtectKey
		return unreadable(ReasonKey)
	case enc.number("R", 0) < 2 || enc.number("R", 0) > 6:
		return unreadable(ReasonUnknownCrypto)
	case enc.number("V", 0) == 1, enc.number("V", 0) == 2 && enc.number("Length", 40) <= 40:
		it.told.Note = NoteRC4
		fallthrough
	default:
		it.told.Protection = ProtectPassword
	}
	return unreadable(ReasonPassword)
}

// pdfEnds is the file, or, of one that is too large, its beginning and end:
// trailers stand there.
func (it *item) pdfEnds() ([]byte, error) {
	if it.size <= it.limits.Buffer {
		return io.ReadAll(it.reader())
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
// object, or holds the dictionary itself; nil when neither is understood.
func pdfEncryption(data []byte) pdfDict {
	for end := len(data); ; {
		at := bytes.LastIndex(data[:end], []byte("/Encrypt"))
		if at < 0 {
			return nil
		}
		end = at
		rest := data[at+len("/Encrypt"):]
		if len(rest) == 0 || !pdfDelimiter(rest[0]) {
			continue // /EncryptMetadata
		}
		p := pdfParser{data: rest}
		switch v := p.value(0).(type) {
		case pdfDict:
			return v
		case pdfRef:
			if d := pdfObject(data, v); d != nil {
				return d
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
