package extract

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// tokens writes the tokens of a document as words; neighbouring texts are one.
func tokens(r io.Reader) (string, error) {
	var b, text strings.Builder
	endText := func() {
		if text.Len() > 0 {
			fmt.Fprintf(&b, "[%s]", text.String())
		}
		text.Reset()
	}
	x := newXML(r)
	for {
		tok, err := x.next()
		if err != nil {
			endText()
			return b.String(), err
		}
		if tok.kind == textToken {
			text.Write(tok.text)
			continue
		}
		endText()
		switch {
		case tok.kind == closeTag:
			fmt.Fprintf(&b, "</%s>", tok.name)
		case tok.empty:
			fmt.Fprintf(&b, "<%s/%s>", tok.name, tok.textAttr("v"))
		default:
			fmt.Fprintf(&b, "<%s%s>", tok.name, tok.textAttr("v"))
		}
	}
}

var xmlCases = []struct {
	name, doc, want string
	err             error
}{
	{"elements", `<?xml version="1.0"?><w:a xmlns:w="x"><w:b/>text</w:a>`, "<a><b/>[text]</a>", io.EOF},
	{"references", `<a>&lt;&amp;&#26085;&#x672C;&quot;&bogus;&</a>`, `<a>[<&日本"&bogus;&]</a>`, io.EOF},
	{"attributes", `<a q='1' x:v="日 &gt; 本"/>`, "<a/日 > 本>", io.EOF},
	{"greater-than in quotes", `<a v="a>b">c</a>`, "<aa>b>[c]</a>", io.EOF},
	{"comment", `<a><!-- <b> --->x</a>`, "<a>[x]</a>", io.EOF},
	{"CDATA", `<a><![CDATA[<b>&amp;]]></a>`, "<a>[<b>&amp;]</a>", io.EOF},
	{"doctype", `<!DOCTYPE html><a/>`, "<a/>", io.EOF},
	{"cut tag", `<a>x<b v="`, "<a>[x]", io.ErrUnexpectedEOF},
	{"cut comment", `<a><!-- x`, "<a>", io.ErrUnexpectedEOF},
	{"UTF-16", "\xff\xfe<\x00a\x00>\x00\xe5\x65<\x00/\x00a\x00>\x00", "<a>[日]</a>", io.EOF},
	{"empty", ``, "", io.EOF},
	{"no XML", `plain`, "[plain]", io.EOF},
}

func TestXML(t *testing.T) {
	for _, c := range xmlCases {
		t.Run(c.name, func(t *testing.T) {
			for how, r := range map[string]io.Reader{
				"whole": strings.NewReader(c.doc), "byte by byte": iotest.OneByteReader(strings.NewReader(c.doc)),
			} {
				if got, err := tokens(r); got != c.want || err != c.err {
					t.Errorf("%s: got %q (%v), want %q (%v)", how, got, err, c.want, c.err)
				}
			}
		})
	}
}

// TestXMLAnyBuffer: where the buffer ends makes no difference.
func TestXMLAnyBuffer(t *testing.T) {
	pieces := []string{"<a>", "</a>", "<b v=\"日本\"/>", "日本語", "&amp;", "&#26085;", "<!-- > -->", "<![CDATA[&]]>", " ", strings.Repeat("長", 30000)}
	rapid.Check(t, func(t *rapid.T) {
		doc := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "doc"), "")
		want, wantErr := tokens(strings.NewReader(doc))
		size := rapid.IntRange(1, 5000).Draw(t, "read size")
		got, err := tokens(&slow{strings.NewReader(doc), size})
		if got != want || err != wantErr {
			t.Fatalf("in steps of %d: %q (%v)\nwant %q (%v)", size, got, err, want, wantErr)
		}
	})
}

// slow reads n bytes at a time.
type slow struct {
	r io.Reader
	n int
}

func (s *slow) Read(b []byte) (int, error) { return s.r.Read(b[:min(len(b), s.n)]) }

func TestXMLHugeTag(t *testing.T) {
	if _, err := tokens(strings.NewReader("<a " + strings.Repeat("x", 4<<20))); err != errXML {
		t.Errorf("got %v, want errXML", err)
	}
}

func FuzzXML(f *testing.F) {
	for _, c := range xmlCases {
		f.Add([]byte(c.doc))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		whole, err := tokens(bytes.NewReader(doc))
		steps, err2 := tokens(iotest.OneByteReader(bytes.NewReader(doc)))
		if whole != steps || err != err2 {
			t.Errorf("whole: %q (%v)\nsteps: %q (%v)", whole, err, steps, err2)
		}
	})
}
