package extract

import (
	"fmt"
	"strings"
	"testing"
)

const wordBody = `<w:document xmlns:w="x"><w:body>
<w:p><w:r><w:t>個人番号 1234</w:t></w:r><w:r><w:t>56789018</w:t></w:r></w:p>
<w:p><w:r><w:t>A</w:t><w:tab/><w:t xml:space="preserve"> B &amp; C</w:t><w:br/><w:t>D</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>氏名</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>電話</w:t></w:r></w:p><w:p><w:r><w:t>番号</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p/></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内側</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>
<w:p><w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>箱の中</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r></w:p>
<w:p><w:del><w:r><w:delText>消した字</w:delText></w:r></w:del></w:p>
</w:body></w:document>`

func TestDOCX(t *testing.T) {
	r := told(t, "a.docx", zipOf(t,
		part{"[Content_Types].xml", "<Types/>"},
		part{"word/document.xml", wordBody},
		part{"word/header1.xml", `<w:hdr><w:p><w:r><w:t>頁の頭</w:t></w:r></w:p></w:hdr>`},
		part{"word/footnotes.xml", `<w:footnotes><w:p><w:r><w:t>脚注</w:t></w:r></w:p></w:footnotes>`},
		part{"word/comments.xml", `<w:comments><w:p><w:r><w:t>コメント</w:t></w:r></w:p></w:comments>`},
		part{"word/_rels/document.xml.rels", `<Relationships><Relationship Target="mailto:a@example.jp" TargetMode="External"/><Relationship Target="styles.xml"/></Relationships>`},
		part{"docProps/core.xml", `<cp:coreProperties><dc:creator>作成者</dc:creator></cp:coreProperties>`},
		part{"word/embeddings/sheet.txt", "埋め込み\n"},
	))
	r.want(t, "a.docx", DOCX, ProtectNone, Full, "")
	got := shown(r.text["a.docx"])
	for _, want := range []string{
		"個人番号 123456789018\n", "A  B & C D\n", "氏名 |電話 番号 |\n", "内側", "箱の中\n", "消した字\n",
		"頁の頭\n", "脚注\n", "コメント\n", "mailto:a@example.jp\n", "作成者\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
	if strings.Contains(got, "styles.xml") {
		t.Error("inner links were read")
	}
	if got := r.text["a.docx!/word/embeddings/sheet.txt"]; got != "埋め込み\n" {
		t.Errorf("embedded file: %q", got)
	}
}

func xlsxOf(t testing.TB, extra ...part) []byte {
	return zipOf(t, append([]part{
		{"xl/workbook.xml", `<workbook><sheets><sheet name="名簿" sheetId="1" r:id="rId1"/><sheet name="裏" state="veryHidden" r:id="rId2"/></sheets><definedNames><definedName>範囲</definedName></definedNames></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>`},
		{"xl/sharedStrings.xml", `<sst><si><t>氏名</t></si><si><r><t>個人</t></r><r><t>番号</t></r><rPh><t>コジン</t></rPh></si><si><t>行1
行2</t></si></sst>`},
	}, extra...)...)
}

func TestXLSX(t *testing.T) {
	r := told(t, "a.xlsx", xlsxOf(t,
		part{"xl/worksheets/sheet1.xml", `<worksheet><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
<row r="2"><c r="B2"><v>1.23456789018E11</v></c><c r="D2"><v>23456789013</v></c></row>
<row r="3"><c r="A3" t="inlineStr"><is><t>直</t><t>書き</t></is></c><c r="B3" t="str"><f>A1</f><v>式の値</v></c><c r="C3" t="b"><v>1</v></c><c t="s"><v>2</v></c></row>
<row r="4"><c r="A4" s="1"/><c r="B4" t="s"><v>99</v></c><c r="C4"><v>0.5</v></c></row>
</sheetData><headerFooter><oddHeader>&amp;C極秘</oddHeader></headerFooter></worksheet>`},
		part{"xl/worksheets/sheet2.xml", `<worksheet><sheetData><row><c t="s"><v>1</v></c></row></sheetData></worksheet>`},
		part{"xl/comments1.xml", `<comments><comment><text><t>メモ</t></text></comment></comments>`},
		part{"xl/drawings/drawing1.xml", `<xdr:wsDr><a:p><a:r><a:t>図の字</a:t></a:r></a:p></xdr:wsDr>`},
	))
	r.want(t, "a.xlsx", XLSX, ProtectNone, Full, "")
	got := shown(r.text["a.xlsx"])
	for _, want := range []string{
		"氏名|個人番号\n", "|123456789018||23456789013\n", "直書き|式の値||行1 行2\n", "||0.5\n", "極秘\n", "メモ", "図の字\n", "範囲",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
	parts := fmt.Sprint(r.parts["a.xlsx"])
	for _, sheet := range []string{"名簿:1", "裏:1"} {
		if !strings.Contains(parts, sheet) {
			t.Errorf("no part %q in %s", sheet, parts)
		}
	}
}

// TestWideSheet: cells far apart, and rows by the hundred thousand, stay small.
func TestWideSheet(t *testing.T) {
	var b strings.Builder
	b.WriteString("<worksheet><sheetData>")
	for range 2000 {
		b.WriteString(`<row><c r="XFD1"><v>1</v></c></row>`)
	}
	b.WriteString("</sheetData></worksheet>")
	r := told(t, "a.xlsx", xlsxOf(t, part{"xl/worksheets/sheet1.xml", b.String()}))
	if n := len(r.text["a.xlsx"]); n > 2000*(maxGap+10) {
		t.Errorf("2000 cells made %d bytes of text", n)
	}
}

func TestColumns(t *testing.T) {
	for ref, want := range map[string]int{"A1": 1, "Z9": 26, "AA1": 27, "XFD1048576": 16384, "": -1, "12": -1} {
		if got := columnOf([]byte(ref)); got != want {
			t.Errorf("column of %q is %d, want %d", ref, got, want)
		}
	}
}

func TestPlainNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"123456789018": "123456789018", "1.23456789018E11": "123456789018", "42.0": "42", "0.5": "0.5",
		"-7": "-7", "1E300": "1E300", "NaN": "NaN", "": "", "46113.375": "46113.375",
	} {
		if got := string(plainNumber([]byte(in))); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestPPTX(t *testing.T) {
	slide := func(s string) string {
		return `<p:sld><p:txBody><a:p><a:r><a:t>` + s + `</a:t></a:r></a:p></p:txBody></p:sld>`
	}
	r := told(t, "a.pptx", zipOf(t,
		part{"ppt/presentation.xml", "<p:presentation/>"},
		part{"ppt/slides/slide10.xml", slide("十枚目")}, part{"ppt/slides/slide2.xml", slide("二枚目")},
		part{"ppt/notesSlides/notesSlide1.xml", slide("発表者ノート")},
		part{"ppt/slides/slide3.xml", `<p:sld><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>氏名</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:p><a:r><a:t>電話</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:sld>`},
	))
	r.want(t, "a.pptx", PPTX, ProtectNone, Full, "")
	got := shown(r.text["a.pptx"])
	if !strings.Contains(got, "氏名 |電話 |\n") || !strings.Contains(got, "発表者ノート\n") {
		t.Errorf("read %q", got)
	}
	if strings.Index(got, "二枚目") > strings.Index(got, "十枚目") {
		t.Error("slides are out of order")
	}
}

func TestPicturesAreNotClean(t *testing.T) {
	picture := "\x89PNG\r\n\x1a\n" + strings.Repeat("x", 30<<10)
	r := told(t, "a.docx", zipOf(t, part{"word/document.xml", "<w:document/>"}, part{"word/media/image1.png", picture}))
	r.want(t, "a.docx", DOCX, ProtectNone, Partial, ReasonPictures)
}

func TestODF(t *testing.T) {
	const kind = "application/vnd.oasis.opendocument.spreadsheet"
	content := `<office:document-content><office:body><office:spreadsheet><table:table>
<table:table-row><table:table-cell><text:p>氏名</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>個人番号</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="123456789018"><text:p>123,456,789,018</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body><text:p>本文<text:s/>続き</text:p></office:document-content>`
	r := told(t, "a.ods", zipOf(t, part{"mimetype", kind}, part{"content.xml", content}, part{"meta.xml", "<m><dc:creator>作成者</dc:creator></m>"}))
	r.want(t, "a.ods", ODF, ProtectNone, Full, "")
	got := shown(r.text["a.ods"])
	for _, want := range []string{"氏名 |||個人番号 |\n", "123456789018 |\n", "本文 続き\n", "作成者\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
	manifest := `<manifest><file-entry><manifest:encryption-data/></file-entry></manifest>`
	r = told(t, "a.odt", zipOf(t, part{"mimetype", kind}, part{"META-INF/manifest.xml", manifest}, part{"content.xml", "\x01\x02"}))
	r.want(t, "a.odt", ODF, ProtectPassword, Unscannable, ReasonPassword)
}

func TestDamagedDocuments(t *testing.T) {
	r := told(t, "a.docx", zipOf(t, part{"word/document.xml", "<w:document><w:p"}))
	r.want(t, "a.docx", DOCX, ProtectNone, Failed, ReasonTruncated)
}

// TestEnvelopes: a document that is a picture with a caption is not clean in
// any format.
func TestEnvelopes(t *testing.T) {
	picture := strings.Repeat("p", largePicture+1)
	drawings := joined(bof8, rec(biffDrawings, strings.Repeat("d", 8000)))
	for range 2 {
		drawings = joined(drawings, rec(biffContinue, strings.Repeat("d", 8000)))
	}
	word95 := make([]byte, 64)
	word95[2] = 104
	for name, c := range map[string]struct {
		data []byte
		typ  Type
	}{
		"a.odt": {zipOf(t, part{"mimetype", "application/vnd.oasis.opendocument.text"}, part{"content.xml", "<p>題</p>"}, part{"Pictures/1.png", picture}), ODF},
		"a.doc": {oleOf(t, olePart{"WordDocument", word95}, olePart{"Data", []byte(picture)}), DOC},
		"a.ppt": {oleOf(t, olePart{"PowerPoint Document", atom(0, pptChars)}, olePart{"Current User", make([]byte, 40)}, olePart{"Pictures", []byte(picture)}), PPT},
		"a.xls": {oleOf(t, olePart{"Workbook", joined(drawings, eof)}), XLS},
		"a.rtf": {[]byte(`{\rtf1 x{\pict\pngblip ` + strings.Repeat("ab\n", largePicture+1) + `}}`), RTF},
	} {
		told(t, name, c.data).want(t, name, c.typ, ProtectNone, Partial, ReasonPictures)
	}
}
