package demo

import (
	"bytes"
	"compress/gzip"
	"embed"
	"image"
	"image/color"
	"image/png"

	"github.com/jung-kurt/gofpdf"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// content makes the bytes of a file.
type content = func() ([]byte, error)

func text(s string) content { return func() ([]byte, error) { return []byte(s), nil } }
func bom(s string) content  { return text("\uFEFF" + s) }

func encoded(s string, e encoding.Encoding) content {
	return func() ([]byte, error) { return e.NewEncoder().Bytes([]byte(s)) }
}

func cp932(s string) content     { return encoded(s, japanese.ShiftJIS) }
func eucjp(s string) content     { return encoded(s, japanese.EUCJP) }
func iso2022jp(s string) content { return encoded(s, japanese.ISO2022JP) }
func utf16le(s string) content {
	return encoded(s, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
}

// header is a file of a format that the product knows by its first bytes but
// cannot read; what follows them is filler.
func header(magic string) content {
	return func() ([]byte, error) {
		return append([]byte(magic), bytes.Repeat([]byte{0x5A, 0x00, 0xC3, 0x01}, 512)...), nil
	}
}

func gzipped(inner content) content {
	return func() ([]byte, error) {
		plain, err := inner()
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(plain); err != nil {
			return nil, err
		}
		err = w.Close()
		return b.Bytes(), err
	}
}

// picture draws a small diagram-like image.
func picture() ([]byte, error) {
	img := image.NewGray(image.Rect(0, 0, 96, 64))
	for x := range 96 {
		for y := range 64 {
			if x%24 < 16 && y%32 < 20 {
				img.SetGray(x, y, color.Gray{Y: 0xC0})
			}
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

// contractPDF is a one-page contract in Latin letters.
func contractPDF() ([]byte, error) {
	pdf := gofpdf.New("P", "mm", "A4", "")
	pdf.SetCreationDate(shareTime)
	pdf.SetModificationDate(shareTime)
	pdf.SetCatalogSort(true)
	pdf.AddPage()
	pdf.SetFont("Helvetica", "", 12)
	pdf.MultiCell(0, 8, "Itaku keiyakusho (mihon)\n\nHazuki-shi to Mihon Co., Ltd.\nContact: contract@example.jp", "", "L", false)
	var b bytes.Buffer
	err := pdf.Output(&b)
	return b.Bytes(), err
}

// samples holds workbooks that excelize wrote with a password: their salts are
// random, so that they could not be the same at every run. The password of
// both is hazuki-2026.
//
//go:embed samples
var samples embed.FS

func sample(name string) content {
	return func() ([]byte, error) { return samples.ReadFile("samples/" + name) }
}
