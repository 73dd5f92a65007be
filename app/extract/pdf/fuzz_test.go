package pdf

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"
)

// FuzzDocument mutates whole files: what PDFium does with them stays in its
// sandbox, and the sandbox of the next file is a new one.
func FuzzDocument(f *testing.F) {
	f.Add(pdfOf("<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.txt)6 0 R]>>>>>>", pages,
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[8 0 R]>>",
		stream("", "BT /F 12 Tf 50 700 Td (Hello) Tj ET"), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Filespec/F(a.txt)/EF<</F 7 0 R>>>>", stream("/Type/EmbeddedFile", "attached"),
		"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(a value)/Rect[0 0 9 9]>>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		d, err := engine().Open(ctx, bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		defer d.Close()
		if n, err := d.Pages(); err == nil {
			for i := range min(n, 3) {
				_, _ = d.Page(i) // any error is the file's own
			}
		}
		d.Properties()
		enough := errors.New("enough")
		_ = d.Attachments(func(string, []byte) error { return enough })
	})
}
