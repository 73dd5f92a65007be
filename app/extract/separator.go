package extract

import "bytes"

const (
	sampleLines = 30
	sampleBytes = 64 << 10
)

// sniffSep tells what separates the cells of lines, 0 for prose. A file that
// calls itself CSV needs less proof.
func sniffSep(text []byte, csv bool) byte {
	best, most := byte(0), 0
	for _, sep := range []byte("\t,;|") {
		if n := regular(text, sep, csv); n > most {
			best, most = sep, n
		}
	}
	if best == 0 && csv {
		return ','
	}
	return best
}

// regular is the number of separators a line when nearly all lines agree on
// it, else 0. Prose has commas too: there at least two a line are wanted, and
// three lines.
func regular(text []byte, sep byte, csv bool) int {
	counts := map[int]int{}
	lines := 0
	for rest := text[:min(len(text), sampleBytes)]; len(rest) > 0 && lines < sampleLines; {
		var line []byte
		line, rest = quotedLine(rest)
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		lines++
		counts[outsideQuotes(line, sep)]++
	}
	usual := 0
	for n, times := range counts {
		if n > 0 && (usual == 0 || times > counts[usual] || times == counts[usual] && n > usual) {
			usual = n
		}
	}
	if csv {
		return usual
	}
	if lines < 3 || counts[usual]*10 < lines*9 || usual < 2 && sep != '\t' {
		return 0
	}
	return usual
}

// quotedLine cuts the first line, which a quoted cell may carry over line ends.
func quotedLine(text []byte) (line, rest []byte) {
	quoted := false
	for i, c := range text {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '\n' && !quoted:
			return text[:i], text[i+1:]
		case quoted && i > 4096: // a stray quote
			line, rest, _ = bytes.Cut(text, []byte{'\n'})
			return line, rest
		}
	}
	return text, nil
}

func outsideQuotes(line []byte, sep byte) (n int) {
	quoted := false
	for _, c := range line {
		switch {
		case c == '"':
			quoted = !quoted
		case c == sep && !quoted:
			n++
		}
	}
	return n
}
