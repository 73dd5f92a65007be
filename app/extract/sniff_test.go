package extract

import (
	"strings"
	"testing"
)

func TestSniff(t *testing.T) {
	tar := strings.Repeat("\x00", 257) + "ustar\x00"
	for name, c := range map[string]struct {
		head, file string
		want       Type
	}{
		"empty":           {"", "a.docx", Empty},
		"zip":             {"PK\x03\x04", "a", ZIP},
		"pdf":             {"%PDF-1.7", "a", PDF},
		"pdf after junk":  {"junk\n%PDF-1.7", "a.pdf", PDF},
		"tar":             {tar, "a", TAR},
		"7z":              {"7z\xBC\xAF\x27\x1C", "a.txt", SevenZip},
		"rar":             {"Rar!\x1a\x07\x01\x00", "a", RAR},
		"lzh":             {"\x20\x00-lh5-", "a", LZH},
		"rtf":             {"{\\rtf1", "a.doc", RTF},
		"docuworks":       {"\x60\x0e\x82\x01", "a", DocuWorks},
		"access":          {"\x00\x01\x00\x00Standard Jet DB\x00", "a", Access},
		"font":            {"\x00\x01\x00\x00\x00\x12", "a.ttf", Font},
		"pst":             {"!BDN", "a", PST},
		"age":             {"age-encryption.org/v1\n", "a", Age},
		"pgp, armoured":   {"-----BEGIN PGP MESSAGE-----", "a.txt", PGP},
		"pgp":             {"\x85\x01\x0c", "a.gpg", PGP},
		"pgp by no name":  {"\x85\x01\x0c", "a.txt", Text},
		"png":             {"\x89PNG\r\n\x1a\n", "a.txt", Image},
		"bmp":             {"BM12345", "a.bmp", Image},
		"text with BM":    {"BM is a name", "a.txt", Text},
		"program":         {"MZ\x90\x00", "a.exe", Executable},
		"text with MZ":    {"MZ is a name", "a.txt", Text},
		"drawing":         {"AC1015\x00\x00", "a.dwg", Drawing},
		"list like one":   {"AC1001,葉月\nAC1002,水無瀬\n", "a.csv", CSV},
		"list like sound": {"ID3,名\n", "a.csv", CSV},
		"bzip2":           {"BZh91AY&SY\x01", "a", BZIP2},
		"empty bzip2":     {"BZh9\x17rE8P\x90", "a", BZIP2},
		"text with BZh":   {"BZh9 is a name", "a.txt", Text},
		"html":            {"\xEF\xBB\xBF \n<!DOCTYPE HTML>", "a", HTML},
		"html by its end": {"<p>", "a.HTM", HTML},
		"csv":             {"a,b", "a.CSV", CSV},
		"text":            {"本文", "a", Text},
	} {
		if got := sniff([]byte(c.head), c.file); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestUnreadable: formats without a reader are never clean.
func TestUnreadable(t *testing.T) {
	for name, c := range map[string]struct {
		head string
		typ  Type
		prot Protection
		why  Reason
	}{
		"a.accdb": {"\x00\x01\x00\x00Standard ACE DB", Access, ProtectUnknown, ReasonNoReader},
		"a.pst":   {"!BDN", PST, ProtectUnknown, ReasonNoReader},
		"a.xdw":   {"\x60\x0E\x82\x01", DocuWorks, ProtectUnknown, ReasonNoReader},
		"a.arj":   {"\x60\xEA", ARJ, ProtectUnknown, ReasonNoReader},
		"a.vhdx":  {"vhdxfile", Disk, ProtectUnknown, ReasonNoReader},
		"a.one":   {"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D", OneNote, ProtectUnknown, ReasonNoReader},
		"a.jsw":   {"\x01\x02\x00\xff", Ichitaro, ProtectUnknown, ReasonNoReader},
		"a.nsf":   {"\x01\x02\x00\xff", Notes, ProtectUnknown, ReasonNoReader},
		"a.iso":   {strings.Repeat("\x00", 32<<10) + "\x01CD001", Disc, ProtectUnknown, ReasonNoReader},
		"a.kdbx":  {"\x03\xD9\xA2\x9A", KeePass, ProtectPassword, ReasonPassword},
		"a.p12":   {"\x30\x82\x00\x00", PKCS12, ProtectPassword, ReasonPassword},
		"a.enc":   {"Salted__", OpenSSL, ProtectPassword, ReasonPassword},
		"a.luks":  {"LUKS\xBA\xBE", Volume, ProtectPassword, ReasonPassword},
		"a.age":   {"age-encryption.org/v1\n", Age, ProtectKey, ReasonKey},
		"a.pgp":   {"\x85\x01\x0c", PGP, ProtectKey, ReasonKey},
		"a.png":   {"\x89PNG\r\n\x1a\n", Image, ProtectNone, ReasonImage},
		"a.exe":   {"MZ\x90\x00", Executable, ProtectNone, ReasonExecutable},
		"a.ttf":   {"OTTO", Font, ProtectNone, ReasonFont},
		"a.mp3":   {"ID3", Media, ProtectNone, ReasonMedia},
		"a.dat":   {"\x01\x02\x00\xff", Binary, ProtectUnknown, ReasonBinary},
		"a.xlsx":  {"\x01\x02\x00\xff", Binary, ProtectUnknown, ReasonBinary},
	} {
		told(t, name, []byte(c.head+"\x00\x01\x02\x03")).want(t, name, c.typ, c.prot, Unscannable, c.why)
	}
}

func TestTextWithBinaryInIt(t *testing.T) {
	text := strings.Repeat("本文の行\n", 40_000) + strings.Repeat("\x00\x01", 2000)
	told(t, "a.txt", []byte(text)).want(t, "a.txt", Text, ProtectNone, Partial, ReasonMixed)
}

func TestSeparators(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		csv  bool
		want byte
	}{
		"csv":            {"a,b,c\n1,2,3\n4,5,6\n", false, ','},
		"tabs":           {"a\tb\n1\t2\n3\t4\n", false, '\t'},
		"semicolons":     {"a;b;c\n1;2;3\n4;5;6\n", false, ';'},
		"bars":           {"|a|b|\n|1|2|\n|3|4|\n", false, '|'},
		"quoted":         {"\"a,a\",b,c\n\"x\ny\",2,3\n4,5,6\n", false, ','},
		"prose":          {"一行目です。\n二行目、です。\n三行目です。\n", false, 0},
		"one comma":      {"Dear Sir, hello\nwe write, today\nbye, now\n", false, 0},
		"two lines":      {"a,b,c\n1,2,3\n", false, 0},
		"csv, two lines": {"a,b,c\n1,2,3\n", true, ','},
		"csv, one cell":  {"a\n1\n", true, ','},
		"csv with tabs":  {"a\tb\n1\t2\n", true, '\t'},
	} {
		if got := sniffSep([]byte(c.text), c.csv); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestLongLines(t *testing.T) {
	text := strings.Repeat("あ", 500_000) + " " + strings.Repeat("い", 900_000)
	if got := told(t, "a.txt", []byte(text)).text["a.txt"]; got != text {
		t.Errorf("%d of %d bytes came back", len(got), len(text))
	}
}

func TestHTML(t *testing.T) {
	page := `<!DOCTYPE html><html><head><title>題</title><style>p{}</style><script>if (a<b) "090-1000-0001"</script></head>
<body><p>一行目</p><p>二<b>行</b>目<br>三行目</p><a href="mailto:a@example.jp">連絡</a>
<table><tr><th>氏名</th><th>電話</th></tr><tr><td>葉月</td><td>090-1000-0002</td></tr></table></body></html>`
	r := told(t, "a.html", []byte(page))
	r.want(t, "a.html", HTML, ProtectNone, Full, "")
	got := shown(r.text["a.html"])
	for _, want := range []string{"題\n", "一行目\n", "二行目\n三行目\n", "a@example.jp", "氏名|電話|\n", "葉月|090-1000-0002|\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
	if strings.Contains(got, "090-1000-0001") {
		t.Error("the script was read as text")
	}
}

func TestOddHTML(t *testing.T) {
	for in, want := range map[string]string{
		"<html><p>1 < 2 and \"3\"</p>電話":      "1 < 2 and \"3\"\n電話\n",
		"<html>前<script>never closed":         "前\n",
		"<html>前<style>a</STYLE>後":            "前後\n",
		"<html>前<!-- <p>隠し</p> -->後<p":        "前後\n",
		"<html><input value='090-1000-0003'>": " 090-1000-0003\n",
	} {
		r := told(t, "a.html", []byte(in))
		if got := r.text["a.html"]; got != want || r.file(t, "a.html").Scanned != Full {
			t.Errorf("%q reads %q, want %q (%v)", in, got, want, r.file(t, "a.html"))
		}
	}
}

func TestPlaces(t *testing.T) {
	r := told(t, "a.txt", []byte(strings.Repeat("一行\n", 100_000)))
	if n := len(r.parts["a.txt"]); n < 2 || r.parts["a.txt"][1] == ":1" {
		t.Errorf("places are %v", r.parts["a.txt"])
	}
}

// FuzzExtract reads anything under any name.
func FuzzExtract(f *testing.F) {
	f.Add("a.zip", zipOf(f, part{"b.txt", "本文\n"}))
	f.Add("a.docx", zipOf(f, part{"word/document.xml", wordBody}))
	f.Add("a.xlsx", xlsxOf(f, part{"xl/worksheets/sheet1.xml", `<row><c r="B2" t="s"><v>1</v></c></row>`}))
	f.Add("a.ods", zipOf(f, part{"mimetype", "application/vnd.oasis.opendocument.text"}, part{"content.xml", "<text:p>a</text:p>"}))
	f.Add("a.html", []byte("<html><table><tr><td>x</table>"))
	f.Add("a.csv", []byte("\"氏名\",b\n1,2\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) { told(t, name, data) })
}
