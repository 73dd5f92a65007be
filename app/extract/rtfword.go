package extract

import (
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// rtfHidden are destinations that hold no text of people; so are all unknown
// ones after \*.
var rtfHidden = map[string]bool{
	"colortbl": true, "stylesheet": true, "listtable": true, "pict": true, "objdata": true, "objclass": true,
	"themedata": true, "datastore": true, "latentstyles": true, "rsidtbl": true, "generator": true, "datafield": true,
	"bkmkstart": true, "bkmkend": true, "xmlnstbl": true, "filetbl": true, "revtbl": true, "panose": true, "sn": true, "sv": true,
}

// rtfShown are the destinations after \* that hold some.
var rtfShown = map[string]bool{
	"shpinst": true, "shptxt": true, "fldinst": true, "annotation": true, "atnauthor": true, "atnid": true, "company": true,
	"manager": true, "footnote": true, "ftnsep": true, "userprops": true, "propname": true, "staticval": true, "nesttableprops": true, "ud": true,
}

// rtfParts are destinations whose text stands apart from what is around them.
var rtfParts = map[string]bool{
	"title": true, "subject": true, "author": true, "manager": true, "company": true, "operator": true, "keywords": true,
	"doccomm": true, "category": true, "hlinkbase": true, "footnote": true, "annotation": true, "atnauthor": true, "atnid": true, "shptxt": true,
	"header": true, "headerl": true, "headerr": true, "headerf": true, "footer": true, "footerl": true, "footerr": true, "footerf": true,
}

// rtfPages are the code pages of fonts' character sets that are not the document's.
var rtfPages = map[int]int{0: 1252, 128: 932}

// rtfRunes are the words that stand for characters.
var rtfRunes = map[string]rune{
	"tab": ' ', "emdash": '—', "endash": '–', "bullet": '•', "lquote": '‘', "rquote": '’', "ldblquote": '“', "rdblquote": '”',
	"emspace": ' ', "enspace": ' ', "qmspace": ' ',
}

// command obeys a control word.
func (r *rtfReader) command(word string, n int, has, star bool) error {
	if r.destination(word, star) {
		return nil
	}
	if rtfParts[word] {
		r.group.part = true
		return r.apart()
	}
	switch word {
	case "bin":
		_, err := io.CopyN(io.Discard, r.r, int64(max(n, 0)))
		return err
	case "ansicpg":
		r.page, r.group.page = n, n
		for i := range r.outer {
			r.outer[i].page = n
		}
	case "uc":
		r.group.skip = min(max(n, 0), 16)
	case "u":
		r.unicode(n)
	case "f":
		r.flushBytes()
		r.font(n)
	case "fcharset":
		r.fonts[r.group.font] = n
	case "plain":
		r.flushBytes()
		r.group.page = r.page
	case "par", "line", "sect", "page", "row", "nestrow", "cell", "nestcell", "pard", "intbl", "trowd":
		return r.layout(word)
	}
	if c, ok := rtfRunes[word]; ok && !r.group.hidden {
		r.flushBytes()
		r.buf = utf8.AppendRune(r.buf, c)
	}
	return nil
}

// apart ends the line at hand, of which something else is no part.
func (r *rtfReader) apart() error {
	if n := len(r.buf); r.group.hidden || n == 0 || r.buf[n-1] == '\n' {
		return nil
	}
	if r.row {
		r.buf = append(r.buf, ' ')
		return nil
	}
	return r.endLine()
}

// destination says whether the word begins one, and what its text is worth.
func (r *rtfReader) destination(word string, star bool) bool {
	switch {
	case word == "fonttbl":
		r.group.hidden, r.group.fonts = true, true
		return true
	case rtfHidden[word], star && !rtfShown[word]:
		r.group.hidden, r.group.picture = true, word == "pict" || r.group.picture
		r.group.object = word == "objdata" || r.group.object
		return true
	}
	return star && !rtfParts[word]
}

// font takes the code page of a font; in the table of fonts it says whose
// character set follows.
func (r *rtfReader) font(n int) {
	if r.group.font = n; r.group.fonts {
		return
	}
	r.group.page = r.page
	if page, ok := rtfPages[r.fonts[n]]; ok && page != 1252 {
		r.group.page = page
	}
}

// unicode takes a character by its number, signed 16 bits; what follows stands
// for it in programs that know no Unicode.
func (r *rtfReader) unicode(n int) {
	r.drop = r.group.skip
	if r.group.hidden {
		return
	}
	r.flushBytes()
	r.bound()
	c := rune(uint16(n))
	if utf16.IsSurrogate(c) {
		if whole := utf16.DecodeRune(r.high, c); whole != utf8.RuneError {
			r.buf, r.high = utf8.AppendRune(r.buf, whole), 0
			return
		}
		r.high = c
		return
	}
	if c == '\n' || c == '\r' || c == '\t' || c == Cell {
		c = ' '
	}
	r.buf = utf8.AppendRune(r.buf, c)
}

// layout turns paragraphs into lines, and rows of tables into rows of cells.
func (r *rtfReader) layout(word string) error {
	if r.group.hidden {
		return nil
	}
	r.flushBytes()
	switch word {
	case "pard":
		r.row = false
	case "intbl", "trowd":
		r.row = true
	case "cell":
		err := r.retake(Cell)
		r.buf = append(r.buf, Cell)
		return err
	case "row":
		return r.endLine()
	case "nestcell", "nestrow":
		r.buf = append(r.buf, ' ')
	default:
		return r.paragraph()
	}
	return nil
}

func (r *rtfReader) paragraph() error {
	if r.group.hidden {
		return nil
	}
	r.flushBytes()
	if r.row {
		err := r.retake(Cell)
		r.buf = append(r.buf, ' ')
		return err
	}
	if err := r.retake(0); err != nil {
		return err
	}
	return r.endLine()
}
