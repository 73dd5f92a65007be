package mail

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"daicho/app/extract/charset"
)

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?([-\w]{1,40})`)

// htmlText reads a page as the text a person sees. The label comes from the part; a
// page that has none may name its own.
func htmlText(label string, raw []byte) string {
	if label == "" {
		if m := metaCharset.FindSubmatch(raw[:min(len(raw), 4096)]); m != nil {
			label = string(m[1])
		}
	}
	p := page{z: html.NewTokenizer(strings.NewReader(charset.Text(label, raw)))}
	for p.next() {
	}
	return p.text.String()
}

// page writes blocks as lines, with one blank line at most between them.
type page struct {
	z      *html.Tokenizer
	text   strings.Builder
	quotes int    // blockquotes around
	pre    int    // elements that keep their blanks
	hidden int    // elements whose text nobody sees
	href   string // of the link that is open
	label  strings.Builder
	ends   int  // line ends at the end of text
	gap    bool // a blank waits for a word
}

func (p *page) next() bool {
	switch p.z.Next() {
	case html.ErrorToken:
		return false
	case html.TextToken:
		if p.hidden == 0 {
			p.words(string(p.z.Text()))
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		t := p.z.Token()
		p.open(&t)
	case html.EndTagToken:
		t := p.z.Token()
		p.close(t.DataAtom)
	}
	return true
}

func isHidden(a atom.Atom) bool {
	return a == atom.Script || a == atom.Style || a == atom.Head || a == atom.Title || a == atom.Template
}

func (p *page) open(t *html.Token) {
	switch a := t.DataAtom; {
	case isHidden(a):
		if t.Type == html.StartTagToken {
			p.hidden++
		}
	case a == atom.Body:
		p.hidden = 0 // a head without an end
	case a == atom.Br:
		p.end()
	case a == atom.Blockquote:
		p.line()
		p.quotes++
	case a == atom.Pre, a == atom.Textarea:
		p.line()
		p.pre++
	case a == atom.A:
		p.href = attribute(t, "href")
		p.label.Reset()
	case a == atom.Img:
		p.words(attribute(t, "alt"))
	case a == atom.Li:
		p.line()
		p.words("・")
	case a == atom.Td, a == atom.Th:
		p.gap = p.gap || p.ends == 0
	case blocks[a]:
		p.line()
	}
}

func (p *page) close(a atom.Atom) {
	switch {
	case isHidden(a):
		p.hidden = max(0, p.hidden-1)
	case a == atom.Blockquote:
		p.line()
		p.quotes = max(0, p.quotes-1)
	case a == atom.Pre, a == atom.Textarea:
		p.line()
		p.pre = max(0, p.pre-1)
	case a == atom.A:
		p.link()
	case a == atom.P:
		p.line()
		p.blank()
	case blocks[a]:
		p.line()
	}
}

// link tells where a link leads, if its words do not.
func (p *page) link() {
	to := p.href
	p.href = ""
	if !strings.HasPrefix(to, "http://") && !strings.HasPrefix(to, "https://") {
		return
	}
	if said := strings.TrimSpace(p.label.String()); said != "" && !strings.Contains(to, said) {
		p.words(" <" + to + ">")
	}
}

var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Tr: true, atom.Table: true, atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Dt: true, atom.Dd: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Hr: true, atom.Section: true, atom.Article: true,
	atom.Address: true, atom.Form: true, atom.Fieldset: true, atom.Header: true, atom.Footer: true, atom.Center: true, atom.Dl: true,
}

// words writes text, with its blanks run together outside of pre.
func (p *page) words(text string) {
	if p.href != "" {
		p.label.WriteString(text)
	}
	if p.pre > 0 {
		for line := range strings.Lines(text) {
			p.put(strings.TrimRight(line, "\r\n"))
			if strings.HasSuffix(line, "\n") {
				p.end()
			}
		}
		return
	}
	for i, word := range strings.FieldsFunc(text, isBlank) {
		p.gap = p.gap || i > 0 || isBlank(rune(text[0]))
		p.put(word)
	}
	if text != "" && isBlank(rune(text[len(text)-1])) {
		p.gap = true
	}
}

// isBlank is the white space of HTML; a Japanese blank is text.
func isBlank(r rune) bool { return strings.ContainsRune(" \t\r\n\f", r) }

func (p *page) put(word string) {
	if word == "" {
		return
	}
	if p.ends > 0 || p.text.Len() == 0 {
		p.text.WriteString(strings.Repeat("> ", min(p.quotes, 8)))
	} else if p.gap {
		p.text.WriteByte(' ')
	}
	p.gap, p.ends = false, 0
	p.text.WriteString(strings.ReplaceAll(word, "\u00a0", " "))
}

// end ends a line, also an empty one.
func (p *page) end() {
	if p.gap = false; p.text.Len() > 0 && p.ends < 2 {
		p.text.WriteByte('\n')
		p.ends++
	}
}

// line ends a line unless it is empty.
func (p *page) line() {
	if p.ends == 0 {
		p.end()
	}
}

// blank leaves an empty line behind a paragraph.
func (p *page) blank() {
	if p.ends == 1 {
		p.end()
	}
}

func attribute(t *html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return string(bytes.TrimSpace([]byte(a.Val)))
		}
	}
	return ""
}
