package pdf

import (
	"context"
	"fmt"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// TestJapaneseFonts reads pages whose fonts are named only, in the encodings
// that Japanese programs use (ISO 32000-1, table 118): which character a code
// is stands nowhere in the file.
func TestJapaneseFonts(t *testing.T) {
	utf16 := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for name, e := range map[string]encoding.Encoding{
		"90ms-RKSJ-H": japanese.ShiftJIS, "90msp-RKSJ-H": japanese.ShiftJIS, "EUC-H": japanese.EUCJP,
		"UniJIS-UTF16-H": utf16, "UniJIS-UCS2-H": utf16, "90ms-RKSJ-V": japanese.ShiftJIS,
	} {
		want := "氏名 葉月見本 個人番号123456789018"
		if e == utf16 && name == "UniJIS-UTF16-H" {
			want += "𠮷野屋末"
		}
		codes, err := e.NewEncoder().String(want)
		if err != nil {
			t.Fatal(err)
		}
		d := open(t, context.Background(), pdfOf("<</Type/Catalog/Pages 2 0 R>>", pages,
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
			stream("", fmt.Sprintf("BT /F 12 Tf 50 700 Td <%x> Tj ET", codes)),
			"<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/"+name+"/DescendantFonts[6 0 R]>>",
			"<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/DW 1000/FontDescriptor 7 0 R>>",
			"<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/StemV 80>>"))
		p, err := d.Page(0)
		if err != nil || textOf(p) != want {
			t.Errorf("%s reads %q (%v)", name, textOf(p), err)
		}
	}
}
