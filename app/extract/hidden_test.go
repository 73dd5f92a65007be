package extract

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestHiddenPlaces: what a document keeps and shows on no page.
func TestHiddenPlaces(t *testing.T) {
	body := part{"word/document.xml", `<w:p><w:r><w:t>本文</w:t></w:r></w:p>`}
	sheet := part{"xl/worksheets/sheet1.xml", `<worksheet/>`}
	slide := part{"ppt/presentation.xml", `<p/>`}
	for place, c := range map[string]struct {
		name  string
		parts []part
		want  string
	}{
		"alt text of a picture in Word": {"a.docx", []part{{"word/document.xml", `<w:p><w:r><w:drawing><wp:docPr id="1" name="図 1" descr="葉月の写真"/></w:drawing></w:r></w:p>`}}, "葉月の写真"},
		"choices of a form":             {"a.docx", []part{{"word/document.xml", `<w:p><w:sdt><w:dropDownList><w:listItem w:displayText="担当 水無瀬" w:value="1"/></w:dropDownList></w:sdt></w:p>`}}, "担当 水無瀬"},
		"who is named in Word":          {"a.docx", []part{body, {"word/people.xml", `<w15:people><w15:person w15:author="葉月 見本"/></w15:people>`}}, "葉月 見本\n"},
		"who commented in Word":         {"a.docx", []part{body, {"word/comments.xml", `<w:comments><w:comment w:author="書いた人"><w:p><w:r><w:t>字</w:t></w:r></w:p></w:comment></w:comments>`}}, "書いた人\n"},
		"a variable of Word":            {"a.docx", []part{body, {"word/settings.xml", `<w:settings><w:docVars><w:docVar w:name="n" w:val="変数の値"/></w:docVars></w:settings>`}}, "変数の値\n"},
		"a mail merge":                  {"a.docx", []part{body, {"word/settings.xml", `<w:settings><w:mailMerge><w:connectString w:val="Password=himitsu"/></w:mailMerge></w:settings>`}}, "Password=himitsu\n"},
		"custom XML":                    {"a.docx", []part{body, {"customXml/item1.xml", `<申請><氏名>葉月 見本</氏名></申請>`}}, "葉月 見本\n"},
		"text that was moved":           {"a.docx", []part{{"word/document.xml", `<w:moveFrom><w:p><w:r><w:t>動かした字</w:t></w:r></w:p></w:moveFrom>`}}, "動かした字\n"},
		"a diagram in Word":             {"a.docx", []part{body, {"word/diagrams/data1.xml", `<dgm:pt><a:p><a:t>組織図の名</a:t></a:p></dgm:pt>`}}, "組織図の名\n"},

		"a pivot table without rows": {"a.xlsx", []part{sheet, {"xl/pivotCache/pivotCacheDefinition1.xml",
			`<d><cacheFields><cacheField name="氏名"><sharedItems><s v="葉月"/><s v="水無瀬"/></sharedItems></cacheField><cacheField name="年"><sharedItems><n v="40"/></sharedItems></cacheField></cacheFields></d>`}},
			"氏名|年|\n葉月|40|\n水無瀬||\n"},
		"rows of a pivot table": {"a.xlsx", []part{sheet,
			{"xl/pivotCache/pivotCacheDefinition1.xml", `<d><cacheFields><cacheField name="氏名"><sharedItems><s v="葉月"/></sharedItems></cacheField><cacheField name="番号"><sharedItems/></cacheField></cacheFields></d>`},
			{"xl/pivotCache/pivotCacheRecords1.xml", `<pivotCacheRecords><r><x v="0"/><n v="123456789018"/></r><r><s v="水無瀬"/><m/></r></pivotCacheRecords>`}},
			"氏名|番号|\n葉月|123456789018|\n水無瀬||\n"},
		"what deleted rows left": {"a.xlsx", []part{sheet,
			{"xl/pivotCache/pivotCacheDefinition1.xml", `<d><cacheFields><cacheField name="氏名"><sharedItems><s v="葉月"/><s v="水無瀬"/><s v="如月"/></sharedItems></cacheField><cacheField name="年"><sharedItems><n v="40"/></sharedItems></cacheField></cacheFields></d>`},
			{"xl/pivotCache/pivotCacheRecords1.xml", `<pivotCacheRecords><r><x v="1"/><x v="0"/></r></pivotCacheRecords>`}},
			"氏名|年|\n水無瀬|40|\n葉月||\n如月||\n"},
		"values of another workbook": {"a.xlsx", []part{sheet, {"xl/externalLinks/externalLink1.xml", `<externalLink><cell r="A1" t="str"><v>外の値</v></cell><cell r="A2"><v>12</v></cell></externalLink>`}}, "外の値\n12\n"},
		"choices of a cell":          {"a.xlsx", []part{{"xl/worksheets/sheet1.xml", `<worksheet><dataValidations><dataValidation promptTitle="氏名" prompt="漢字で"><formula1>"葉月,水無瀬"</formula1></dataValidation></dataValidations></worksheet>`}}, "氏名\n漢字で\n\"葉月,水無瀬\"\n"},
		"who is named in Excel":      {"a.xlsx", []part{sheet, {"xl/persons/person.xml", `<personList><person displayName="葉月 見本" id="1"/></personList>`}}, "葉月 見本\n"},
		"changes of a shared book":   {"a.xlsx", []part{sheet, {"xl/revisions/revisionLog1.xml", `<revisions><rcc><oc r="A1" t="inlineStr"><is><t>前の値</t></is></oc></rcc></revisions>`}}, "前の値\n"},
		"a connection":               {"a.xlsx", []part{sheet, {"xl/connections.xml", `<connections><connection name="c"><dbPr connection="Pwd=himitsu" command="SELECT 氏名"/></connection></connections>`}}, "Pwd=himitsu\nSELECT 氏名\n"},
		"a button":                   {"a.xlsx", []part{sheet, {"xl/drawings/vmlDrawing1.vml", `<xml><v:shape><v:textbox><div>ボタンの字</div></v:textbox></v:shape></xml>`}}, "ボタンの字\n"},
		"a sheet of a chart":         {"a.xlsx", []part{{"xl/chartsheets/sheet1.xml", `<chartsheet><headerFooter><oddHeader>図の頭</oddHeader></headerFooter></chartsheet>`}}, "図の頭\n"},
		"values of a chart":          {"a.xlsx", []part{sheet, {"xl/charts/chart1.xml", `<c:strCache><c:pt><c:v>系列の名</c:v></c:pt></c:strCache>`}}, "系列の名"},

		"who commented in PowerPoint": {"a.pptx", []part{slide, {"ppt/commentAuthors.xml", `<l><cmAuthor name="葉月 見本"/></l>`}}, "葉月 見本\n"},
		"a tag of PowerPoint":         {"a.pptx", []part{slide, {"ppt/tags/tag1.xml", `<tagLst><tag name="N" val="札の値"/></tagLst>`}}, "札の値\n"},
		"a master of notes":           {"a.pptx", []part{slide, {"ppt/notesMasters/notesMaster1.xml", `<a:p><a:t>原型の字</a:t></a:p>`}}, "原型の字\n"},
		"alt text in PowerPoint":      {"a.pptx", []part{slide, {"ppt/slides/slide1.xml", `<p:pic><p:cNvPr id="2" name="x" descr="顔写真 葉月"/></p:pic>`}}, "顔写真 葉月"},
	} {
		parts := c.parts
		if c.name == "a.xlsx" {
			parts = append([]part{{"xl/workbook.xml", "<workbook/>"}}, parts...)
		}
		r := told(t, c.name, zipOf(t, parts...))
		if got := shown(r.text[c.name]); !strings.Contains(got, c.want) || r.file(t, c.name).Scanned != Full {
			t.Errorf("%s: %q is missing in %q (%+v)", place, c.want, got, r.files)
		}
	}
}

func TestHiddenInODF(t *testing.T) {
	const kind = "application/vnd.oasis.opendocument.text"
	for place, c := range map[string]struct{ content, want string }{
		"alt text":         {`<draw:frame><svg:title>葉月の写真</svg:title><svg:desc>卒業式</svg:desc></draw:frame>`, "葉月の写真\n卒業式\n"},
		"a deleted line":   {`<text:tracked-changes><text:deletion><dc:creator>消した人</dc:creator><text:p>消した字</text:p></text:deletion></text:tracked-changes>`, "消した人\n消した字\n"},
		"a variable":       {`<text:user-field-decl office:string-value="変数の値" text:name="n"/>`, "変数の値"},
		"a field of forms": {`<form:text form:current-value="入力した値"/>`, "入力した値"},
	} {
		r := told(t, "a.odt", zipOf(t, part{"mimetype", kind}, part{"content.xml", c.content}))
		if got := r.text["a.odt"]; !strings.Contains(got, c.want) {
			t.Errorf("%s: %q is missing in %q", place, c.want, got)
		}
	}
	before := zipOf(t, part{"mimetype", kind}, part{"content.xml", `<text:p>前の版</text:p>`})
	r := told(t, "a.odt", zipOf(t, part{"mimetype", kind}, part{"content.xml", `<text:p>今の版</text:p>`}, part{"Versions/Version1", string(before)}))
	if got := r.text["a.odt!/Versions/Version1"]; got != "前の版\n" {
		t.Errorf("the version before reads %q", got)
	}
}

// TestPivotOfExcelize reads the cache that excelize writes.
func TestPivotOfExcelize(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"氏名", "区", "数"}, {"葉月", "北", 3}, {"水無瀬", "南", 4}} {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	err := f.AddPivotTable(&excelize.PivotTableOptions{DataRange: "Sheet1!A1:C3", PivotTableRange: "Sheet1!G2:M9",
		Rows: []excelize.PivotTableField{{Data: "氏名"}}, Data: []excelize.PivotTableField{{Data: "数"}}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	r := told(t, "a.xlsx", b.Bytes())
	r.want(t, "a.xlsx", XLSX, ProtectNone, Full, "")
	if got := shown(r.text["a.xlsx"]); !strings.Contains(got, "氏名|区|数|\n") {
		t.Errorf("the fields are missing in %q", got)
	}
}

// TestPivotOfXLS: an old workbook has a storage of what its pivot tables keep.
func TestPivotOfXLS(t *testing.T) {
	text := func(s string) []byte {
		u := utf16Bytes(s)
		return append(binary.LittleEndian.AppendUint16(nil, uint16(len(u)/2)), append([]byte{1}, u...)...)
	}
	cache := joined(rec(biffPivotText, text("葉月 見本")), rec(biffPivotText, text("水無瀬")), eof)
	r := told(t, "a.xls", oleOf(t, olePart{"Workbook", joined(bof8, eof)}, olePart{"_SX_DB_CUR/0001", cache}))
	r.want(t, "a.xls", XLS, ProtectNone, Full, "")
	if got := r.text["a.xls"]; got != "葉月 見本\n水無瀬\n" {
		t.Errorf("read %q", got)
	}
}

// TestPDFBehindPages: metadata and forms stand on no page.
func TestPDFBehindPages(t *testing.T) {
	xmp := `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li>作成 見本</rdf:li></x:xmpmeta><?xpacket end="w"?>`
	form := `<xfa:datasets><氏名>葉月 見本</氏名></xfa:datasets>`
	r := told(t, "a.pdf", pdfOfObjects(
		"<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R/AcroForm<</Fields[]/XFA[(datasets)5 0 R]>>>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>",
		pdfStream("/Type/Metadata/Subtype/XML", xmp), pdfStream("", form)))
	if got := r.text["a.pdf"]; !strings.Contains(got, "作成 見本\n") || !strings.Contains(got, "氏名: 葉月 見本\n") {
		t.Errorf("read %q", got)
	}
}

// TestPDFManyNotes: more comments on a page, or parts of a form, than are read.
func TestPDFManyNotes(t *testing.T) {
	const catalog, pages = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]/XFA[%s]>>>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"
	for name, c := range map[string]struct {
		packets, notes int
		scanned        Scanned
		reason         Reason
	}{
		"as many notes as are read": {0, 10_000, Full, ""},
		"one note more":             {0, 10_001, Partial, ReasonTooMany},
		"as many packets":           {64, 0, Full, ""},
		"one packet more":           {65, 0, Partial, ReasonTooMany},
	} {
		r := told(t, "a.pdf", pdfOfObjects(
			fmt.Sprintf(catalog, strings.Repeat("(datasets)4 0 R", c.packets)), pages,
			"<</Type/Page/Parent 2 0 R/Annots["+strings.Repeat("null ", c.notes)+"]>>", pdfStream("", "<氏名>葉月 見本</氏名>")))
		if f := r.file(t, "a.pdf"); f.Scanned != c.scanned || f.Reason != c.reason {
			t.Errorf("%s: %s (%s), want %s (%s)", name, f.Scanned, f.Reason, c.scanned, c.reason)
		}
	}
}

// pdfOfObjects writes a PDF of these objects, the first of which is the catalog;
// its table of objects is left for the reader to rebuild.
func pdfOfObjects(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("trailer<</Root 1 0 R>>\n%%EOF\n")
	return b.Bytes()
}

func pdfStream(dict, content string) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", dict, len(content), content)
}
