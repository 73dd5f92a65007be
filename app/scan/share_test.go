package scan

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"daicho/app/demo"
	"daicho/app/detect"
	"daicho/app/extract"
	"daicho/app/extract/pdf"
)

// scanned runs a scan and returns the lines by path below dir.
func scanned(t *testing.T, dir string, o Options) (map[string]Line, Summary) {
	t.Helper()
	o.Paths = []string{dir}
	lines := map[string]Line{}
	sum, err := Run(context.Background(), o, func(l Line) error {
		lines[strings.TrimPrefix(l.Path, dir+"/")] = l
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines, sum
}

// kindsOf lists the kinds found with more than low confidence.
func kindsOf(l Line) []string {
	var kinds []string
	for _, f := range l.Findings {
		if f.Confidence != detect.Low && !slices.Contains(kinds, string(f.Kind)) {
			kinds = append(kinds, string(f.Kind))
		}
	}
	return kinds
}

func outcomeOf(l Line) demo.Outcome {
	switch {
	case l.Exposed():
		return demo.Exposed
	case l.Protection == extract.ProtectPassword || l.Protection == extract.ProtectKey || l.Protection == extract.ProtectPartial:
		return demo.Protected
	case l.Scanned == extract.Full:
		return demo.Clean
	}
	return demo.Unread
}

func TestShare(t *testing.T) {
	dir := t.TempDir()
	expected, err := demo.WriteShare(dir)
	if err != nil {
		t.Fatal(err)
	}
	engine := pdf.New("")
	defer engine.Close()
	lines, _ := scanned(t, dir, Options{PDF: engine})
	for _, e := range expected {
		l, ok := lines[e.Path]
		if !ok {
			t.Errorf("%s: no line", e.Path)
			continue
		}
		if got := outcomeOf(l); got != e.Outcome || !slices.Equal(kindsOf(l), e.Kinds) {
			t.Errorf("%s\n got %s %v\nwant %s %v\n%+v", e.Path, got, kindsOf(l), e.Outcome, e.Kinds, l)
		}
	}
	if len(lines) != len(expected) {
		t.Errorf("%d lines, want %d", len(lines), len(expected))
	}
}

func TestNDJSON(t *testing.T) {
	var b bytes.Buffer
	err := WriteNDJSON(&b)(Line{Path: "a.zip!/b.xlsx", Size: 12, Type: extract.XLSX, Protection: extract.ProtectNone,
		Scanned: extract.Full, Findings: []detect.Finding{{Kind: detect.Phone, Count: 3, Confidence: detect.High}}, Persons: 3})
	want := `{"path":"a.zip!/b.xlsx","size":12,"type":"xlsx","protection":"none","protection_note":"","scanned":"full","reason":"",` +
		`"findings":[{"kind":"phone","count":3,"confidence":"high"}],"persons":3}` + "\n"
	if err != nil || b.String() != want {
		t.Errorf("got %s, %v\nwant %s", b.String(), err, want)
	}
}
