package inside

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"daicho/app/scan/corpustest"
)

// Texts are written by hand: files after "=== name kind=count …" each, with
// {mn 1} and the like where a number with a check digit stands.
//
//go:embed testdata/*.txt
var texts embed.FS

func byHand() (cases []corpustest.Case) {
	files, err := texts.ReadDir("testdata")
	if err != nil {
		panic(err) // it is built in
	}
	for _, f := range files {
		b, err := texts.ReadFile(path.Join("testdata", f.Name()))
		if err != nil {
			panic(err)
		}
		for _, part := range strings.Split("\n"+string(b), "\n=== ")[1:] {
			cases = append(cases, fromText(part))
		}
	}
	return cases
}

func fromText(part string) corpustest.Case {
	head, body, _ := strings.Cut(part, "\n")
	fields := strings.Fields(head)
	want := corpustest.Wants{}
	for _, w := range fields[1:] {
		kind, count, _ := strings.Cut(w, "=")
		least, most, ranged := strings.Cut(count, "-")
		if !ranged {
			most = least
		}
		want[corpustest.Kind(kind)] = corpustest.Range{Min: number(least), Max: number(most)}
	}
	file := fields[0]
	return corpustest.Case{Name: "text-" + strings.ReplaceAll(file, ".", "-"), File: file, Want: want,
		Make: func(f *corpustest.Folder) error { return f.Write(file, []byte(filled(body)+"\n")) }}
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("%q is no count", s))
	}
	return n
}

var holder = regexp.MustCompile(`\{(\w+) (\d+)(?: (\w+|-))?\}`)

// filled writes numbers into a text: {mn 1}, in groups {mn 1 -} or {mn 1 s}, in
// full width {mn 1 z}.
func filled(text string) string {
	makers := map[string]func(int) string{"mn": myNumber, "lic": licence, "card": card, "corp": corporate, "ins": insurer, "d12": twelve}
	return holder.ReplaceAllStringFunc(text, func(hole string) string {
		m := holder.FindStringSubmatch(hole)
		v := makers[m[1]](number(m[2]))
		switch m[3] {
		case "-":
			return inFours(v, "-")
		case "s":
			return inFours(v, " ")
		case "z":
			return wide(v)
		}
		return v
	})
}
