package extract

import (
	"archive/zip"
	"io"
	"path"
	"slices"
	"strings"
)

// parts returns the files of a document whose names match the pattern
// (path.Match), shorter names first, so that slide2 comes before slide10.
func (p *pack) parts(patterns ...string) []*zip.File {
	var found []*zip.File
	for _, f := range p.zip.File {
		for _, pattern := range patterns {
			if ok, _ := path.Match(pattern, f.Name); ok {
				found = append(found, f)
				break
			}
		}
	}
	slices.SortStableFunc(found, func(a, b *zip.File) int {
		if d := strings.Compare(path.Dir(a.Name), path.Dir(b.Name)); d != 0 {
			return d
		}
		if d := len(a.Name) - len(b.Name); d != 0 {
			return d
		}
		return strings.Compare(a.Name, b.Name)
	})
	return found
}

// eachTag calls do with every token of a part.
func (p *pack) eachTag(f *zip.File, do func(*token) error) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	x := newXML(p.unpack(r, int64(f.CompressedSize64)))
	for {
		tok, err := x.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = do(&tok)
		}
		if err != nil {
			return err
		}
	}
}

// embedded reads the files packed into a document: sheets in a report, say.
func (p *pack) embedded(dir string) error {
	for _, f := range p.parts(dir + "/embeddings/*") {
		if err := p.readEntry(f); err != nil {
			return err
		}
	}
	return nil
}

// links reads the addresses hyperlinks lead to: mailto: and tel: among them.
func (p *pack) links(patterns ...string) error {
	for _, f := range p.parts(patterns...) {
		w := p.writer("links")
		err := p.eachTag(f, func(t *token) error {
			if t.is("Relationship") && string(t.attr("TargetMode")) == "External" {
				w.buf = unescape(w.buf, t.attr("Target"))
				return w.endLine()
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := w.flush(); err != nil {
			return err
		}
	}
	return nil
}

// properties reads title, author, company and the like.
func (p *pack) properties() error {
	for _, f := range p.parts("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml") {
		if err := p.plainPart(f, "properties"); err != nil {
			return err
		}
	}
	return nil
}

// plainPart tells every text of a part on a line of its own.
func (p *pack) plainPart(f *zip.File, part string) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	return p.writer(part).plainXML(newXML(p.unpack(r, int64(f.CompressedSize64))))
}

// plainXML tells every text of XML on a line of its own.
func (w *writer) plainXML(x *xmlReader) error {
	for {
		t, err := x.next()
		switch {
		case err == io.EOF:
			return w.flush()
		case err != nil:
			return err
		case t.kind == textToken:
			w.cellText(t.text)
		case len(w.buf) > 0 && w.buf[len(w.buf)-1] != '\n':
			if err := w.endLine(); err != nil {
				return err
			}
		}
	}
}

// picturesOnly says whether the document is pictures with hardly a caption.
func (p *pack) picturesOnly(pattern string) bool {
	return slices.ContainsFunc(p.parts(pattern), func(f *zip.File) bool { return p.envelope(int64(f.UncompressedSize64)) })
}
