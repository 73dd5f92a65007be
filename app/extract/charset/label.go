package charset

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	enc "golang.org/x/text/encoding/unicode"
)

// Text reads text that came with the name of a charset, which may be missing,
// unknown or wrong. What follows no charset at all becomes U+FFFD; zero bytes
// are left out.
func Text(label string, raw []byte) string {
	return strings.ReplaceAll(text(canonical(label), raw), "\x00", "")
}

func text(label string, raw []byte) string {
	if e := marked(raw); e != nil {
		return decoded(e, raw)
	}
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	if isASCII(raw) {
		return sevenBit(label, raw)
	}
	if looksISO2022(raw) {
		return string(appendISO2022(nil, raw))
	}
	if valid(raw) && (label != "shift_jis" || saysJapanese(raw)) {
		return string(raw)
	}
	if e := other(label); e != nil {
		return foreign(e, label, raw)
	}
	return eightBits(label, raw)
}

// sevenBit reads text that would pass for ASCII.
func sevenBit(label string, raw []byte) string {
	switch {
	case looksISO2022(raw) && !strings.HasPrefix(label, "iso-2022-k") && !strings.HasPrefix(label, "iso-2022-c"):
		return string(appendISO2022(nil, raw))
	case label == "iso-2022-jp":
		return string(appendISO2022(nil, restored(raw)))
	case label == "hz-gb-2312":
		return decoded(simplifiedchinese.HZGB2312, raw)
	case label == "utf-7":
		return utf7(raw)
	}
	return string(raw)
}

// eightBits reads Japanese, of the charset named if the text allows it.
func eightBits(label string, raw []byte) string {
	switch sjis, euc := weighSJIS(raw), weighEUC(raw); {
	case label == "shift_jis" && sjis.invalid == 0:
		return string(AppendCP932(nil, raw))
	case label == "euc-jp" && euc.invalid == 0:
		return decoded(japanese.EUCJP, raw)
	}
	d := Decoder{}
	if label == "utf-8" {
		d.charset = utf8Text
	}
	out := d.Decode(nil, raw)
	if !d.Lost {
		return strings.ToValidUTF8(string(out), "\uFFFD")
	}
	if i := bytes.IndexByte(raw, '\n') + 1; i > 0 && i < len(raw) {
		return eachLine(label, raw)
	}
	return decoded(charmap.Windows1252, raw) // every byte is some character there
}

// eachLine reads lines by themselves: an answer quotes what came in another charset.
func eachLine(label string, raw []byte) string {
	var out strings.Builder
	for line := range bytes.Lines(raw) {
		out.WriteString(text(label, line))
	}
	return out.String()
}

// foreign reads text whose label names no charset of Japanese. Programs that know
// none write Japanese under a Western label.
func foreign(e encoding.Encoding, label string, raw []byte) string {
	d := Decoder{}
	japan := string(d.Decode(nil, raw))
	guessed := !d.Lost && max(weighSJIS(raw).score, weighEUC(raw).score) > 0
	if guessed && (label == "us-ascii" || label == "windows-1252") {
		return japan
	}
	out := decoded(e, raw)
	if guessed && strings.ContainsRune(out, utf8.RuneError) {
		return japan
	}
	return out
}

func decoded(e encoding.Encoding, raw []byte) string {
	out, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return string(appendASCII(nil, raw))
	}
	return string(out)
}

// marked knows UTF-16 by its byte order mark.
func marked(raw []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return enc.UTF16(enc.LittleEndian, enc.UseBOM)
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return enc.UTF16(enc.BigEndian, enc.UseBOM)
	}
	return nil
}

// saysJapanese tells UTF-8 from half-width katakana of CP932, some pairs of
// which are valid UTF-8 for letters that no Japanese text has.
func saysJapanese(raw []byte) bool {
	return bytes.ContainsFunc(raw, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) })
}

// names are the labels of mail programs that no standard lists.
var names = map[string]string{
	"sjis": "shift_jis", "shift-jis": "shift_jis", "ms-kanji": "shift_jis", "cp932": "shift_jis", "ms932": "shift_jis", "windows-31j": "shift_jis",
	"cswindows31j": "shift_jis", "cp943": "shift_jis", "cp943c": "shift_jis", "ibm-943": "shift_jis", "sjis-win": "shift_jis", "csshiftjis": "shift_jis",
	"eucjp": "euc-jp", "euc": "euc-jp", "ujis": "euc-jp", "eucjp-ms": "euc-jp", "eucjpms": "euc-jp", "eucjp-win": "euc-jp", "cp51932": "euc-jp", "cseucpkdfmtjapanese": "euc-jp",
	"jis": "iso-2022-jp", "cp50220": "iso-2022-jp", "cp50221": "iso-2022-jp", "cp50222": "iso-2022-jp", "csiso2022jp": "iso-2022-jp", "iso2022-jp": "iso-2022-jp", "iso2022jp": "iso-2022-jp",
	"iso-2022-jp-ms": "iso-2022-jp", "iso-2022-jp-1": "iso-2022-jp", "iso-2022-jp-2": "iso-2022-jp", "iso-2022-jp-3": "iso-2022-jp", "iso-2022-jp-2004": "iso-2022-jp",
	"utf8": "utf-8", "utf-8n": "utf-8", "unicode-1-1-utf-8": "utf-8", "unicode": "utf-16", "unicode-1-1-utf-7": "utf-7",
	"ascii": "us-ascii", "ansi-x3.4-1968": "us-ascii", "default": "", "unknown": "", "unknown-8bit": "", "none": "",
	"iso-8859-1": "windows-1252", "latin1": "windows-1252", "latin-1": "windows-1252", "hz": "hz-gb-2312",
}

// canonical is one name for each charset of Japanese, and small letters for all.
func canonical(label string) string {
	label = strings.ToLower(strings.Trim(label, " \t\"'"))
	if i := strings.IndexByte(label, '*'); i >= 0 { // with a language (RFC 2231)
		label = label[:i]
	}
	if label == "shift_jis" {
		return label
	}
	label = strings.TrimPrefix(strings.ReplaceAll(label, "_", "-"), "x-")
	if known, ok := names[label]; ok {
		return known
	}
	return label
}

// other is the charset a label names where that is none of Japanese.
func other(label string) encoding.Encoding {
	switch label {
	case "", "utf-8", "shift_jis", "euc-jp", "iso-2022-jp":
		return nil
	case "us-ascii":
		return charmap.Windows1252
	}
	e, err := htmlindex.Get(label)
	if err != nil || e == encoding.Replacement {
		return nil
	}
	return e
}

// utf7 reads UTF-7 (RFC 2152); what is none of it stays as it is.
func utf7(raw []byte) string {
	var out strings.Builder
	for {
		i := bytes.IndexByte(raw, '+')
		if i < 0 {
			out.Write(raw)
			return out.String()
		}
		out.Write(raw[:i])
		end := i + 1
		for end < len(raw) && (raw[end] == '/' || raw[end] == '+' || raw[end] < 0x80 && (unicode.IsLetter(rune(raw[end])) || unicode.IsDigit(rune(raw[end])))) {
			end++
		}
		out.WriteString(unpacked7(raw[i+1 : end]))
		if end < len(raw) && raw[end] == '-' {
			end++
		}
		raw = raw[end:]
	}
}

func unpacked7(packed []byte) string {
	if len(packed) == 0 {
		return "+"
	}
	b, err := base64.RawStdEncoding.DecodeString(string(packed))
	if err != nil {
		return "+" + string(packed)
	}
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
	}
	return string(utf16.Decode(units))
}
