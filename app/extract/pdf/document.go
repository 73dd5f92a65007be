package pdf

import (
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// Document is an open file. It is not safe for concurrent use.
type Document struct {
	sandbox pdfium.Pdfium
	ref     references.FPDF_DOCUMENT
	leave   func() bool
}

// Close throws the parser away.
func (d *Document) Close() {
	if d.leave() { // else it was killed
		_ = d.sandbox.Close()
	}
}

// Encrypted says whether the file is encrypted with the empty password, so
// that a password is only asked for changing it.
func (d *Document) Encrypted() (bool, error) {
	r, err := d.sandbox.FPDF_GetSecurityHandlerRevision(&requests.FPDF_GetSecurityHandlerRevision{Document: d.ref})
	if err != nil {
		return false, err
	}
	return r.SecurityHandlerRevision >= 0, nil
}

// Pages returns how many pages the file says it has.
func (d *Document) Pages() (int, error) {
	r, err := d.sandbox.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
	if err != nil {
		return 0, err
	}
	return r.PageCount, nil
}

// Page is what one page says.
type Page struct {
	Lines []Line // from the top down, as far as it is written in lines
	Notes string // comments and the values of form fields, one a line
	Drawn bool   // something is on it: pictures, lines or text
	More  bool   // it has more notes than were read
}

// Line is what stands side by side on a page.
type Line struct {
	Text  string // a word divided at its end ends in \x02
	Table bool   // Cell separates its cells
}

// Page reads the page n, from 0.
func (d *Document) Page(n int) (p Page, err error) {
	loaded, err := d.sandbox.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: d.ref, Index: n})
	if err != nil {
		return p, err
	}
	defer func() { _, _ = d.sandbox.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) }()
	page := requests.Page{ByReference: &loaded.Page}
	lines, err := d.lines(page)
	if err != nil {
		return p, err
	}
	objects, err := d.sandbox.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil {
		return p, err
	}
	notes, more, err := d.notes(page)
	return Page{Lines: lines, Notes: notes, Drawn: objects.Count > 0, More: more}, err
}

// lines reads all characters of a page at once, then asks where they stand.
func (d *Document) lines(page requests.Page) ([]Line, error) {
	loaded, err := d.sandbox.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return nil, err
	}
	defer func() { _, _ = d.sandbox.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage}) }()
	n, err := d.sandbox.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: loaded.TextPage})
	if err != nil || n.Count <= 0 {
		return nil, err
	}
	text, err := d.sandbox.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: loaded.TextPage, Count: n.Count})
	if err != nil {
		return nil, err
	}
	turned, err := d.sandbox.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: page})
	if err != nil {
		return nil, err
	}
	all := strings.TrimRight(text.Text, "\x00")
	return arranged(d.placed(loaded.TextPage, all, int(turned.PageRotation))), nil
}

const maxNotes = 10_000 // on one page

// notes reads the comments and fields of a page; more says that there are others.
func (d *Document) notes(page requests.Page) (text string, more bool, err error) {
	all, err := d.sandbox.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: page})
	if err != nil {
		return "", false, err
	}
	var b strings.Builder
	for i := range min(all.Count, maxNotes) {
		a, err := d.sandbox.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: page, Index: i})
		if err != nil {
			continue // the list names what is none
		}
		for _, key := range []string{"Contents", "V"} {
			v, err := d.sandbox.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a.Annotation, Key: key})
			if err == nil && v.Value != "" { // few have both
				b.WriteString(v.Value + "\n")
			}
		}
		if _, err := d.sandbox.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: a.Annotation}); err != nil {
			return "", false, err
		}
	}
	return b.String(), all.Count > maxNotes, nil
}

// Properties are title, author, subject and keywords, one a line.
func (d *Document) Properties() string {
	var b strings.Builder
	for _, tag := range []string{"Title", "Author", "Subject", "Keywords"} {
		r, err := d.sandbox.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: d.ref, Tag: tag})
		if err == nil && r.Value != "" { // a missing one is an error of PDFium
			b.WriteString(r.Value + "\n")
		}
	}
	return b.String()
}

const maxPackets = 64

// Forms hands over what an XFA form consists of, packet by packet: XML, of which
// nothing need stand on the pages. more says that it has packets that were not read.
func (d *Document) Forms(each func(xml []byte) error) (more bool, err error) {
	all, err := d.sandbox.FPDF_GetXFAPacketCount(&requests.FPDF_GetXFAPacketCount{Document: d.ref})
	if err != nil {
		return false, err
	}
	for i := range min(all.Count, maxPackets) {
		packet, err := d.sandbox.FPDF_GetXFAPacketContent(&requests.FPDF_GetXFAPacketContent{Document: d.ref, Index: i})
		if err != nil {
			return false, err
		}
		if err := each(packet.Content); err != nil {
			return false, err
		}
	}
	return all.Count > maxPackets, nil
}

// Attachments hands over the files in the document, one by one.
func (d *Document) Attachments(each func(name string, data []byte) error) error {
	all, err := d.sandbox.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: d.ref})
	if err != nil {
		return err
	}
	for i := range all.AttachmentCount {
		a, err := d.sandbox.FPDFDoc_GetAttachment(&requests.FPDFDoc_GetAttachment{Document: d.ref, Index: i})
		if err != nil {
			return err
		}
		name, err := d.sandbox.FPDFAttachment_GetName(&requests.FPDFAttachment_GetName{Attachment: a.Attachment})
		if err != nil {
			return err
		}
		file, err := d.sandbox.FPDFAttachment_GetFile(&requests.FPDFAttachment_GetFile{Attachment: a.Attachment})
		if err != nil {
			return err
		}
		if err := each(name.Name, file.Contents); err != nil {
			return err
		}
	}
	return nil
}
