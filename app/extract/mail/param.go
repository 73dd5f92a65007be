package mail

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"daicho/app/extract/charset"
)

// typed reads the value of Content-Type or Content-Disposition: a word, and
// parameters by their names in small letters. Programs leave out semicolons and
// quotes, put raw bytes and encoded-words into them, or continue them (RFC 2231).
func typed(raw []byte) (kind string, params map[string]string) {
	text := charset.Text("", raw) // first, for a byte of a character may look like a quote or a backslash
	end := strings.IndexAny(text, "; \t")
	if end < 0 {
		return strings.ToLower(strings.TrimSpace(text)), nil
	}
	return strings.ToLower(text[:end]), parameters(text[end:])
}

// segment is a piece of a parameter: the whole, or one of several.
type segment struct {
	n       int
	escaped bool // by % (RFC 2231)
	text    string
}

func parameters(text string) map[string]string {
	found := map[string][]segment{}
	for text != "" {
		var name string
		var s segment
		name, s.text, text = cutParam(strings.TrimLeft(text, "; \t"))
		if name == "" {
			continue
		}
		name, s.escaped = strings.CutSuffix(name, "*")
		if base, n, ok := strings.Cut(name, "*"); ok {
			name = base
			s.n, _ = strconv.Atoi(n) // 0 is as good as any where it is no number
		}
		found[name] = append(found[name], s)
	}
	params := map[string]string{}
	for name, segments := range found {
		params[name] = whole(segments)
	}
	return params
}

// cutParam takes the first parameter off: name=value or name="value".
func cutParam(text string) (name, value, rest string) {
	i := strings.IndexAny(text, "=;")
	if i < 0 {
		return "", "", ""
	}
	if text[i] == ';' {
		return "", "", text[i:]
	}
	name, text = strings.ToLower(strings.TrimSpace(text[:i])), strings.TrimLeft(text[i+1:], " \t")
	if strings.HasPrefix(text, `"`) {
		value, rest = cutQuoted(text[1:])
		return name, value, rest
	}
	value, rest, _ = strings.Cut(text, ";")
	if name == "charset" || name == "boundary" || name == "format" { // a blank ends them where the semicolon is missing
		if i := strings.IndexByte(value, ' '); i >= 0 && strings.Contains(value[i:], "=") {
			value, rest = value[:i], value[i:]+";"+rest
		}
	}
	return name, strings.TrimSpace(value), rest
}

// cutQuoted ends at the closing quote, or where the text does. A backslash escapes
// quotes and itself alone: old programs write folders with it.
func cutQuoted(text string) (value, rest string) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			return b.String(), text[i+1:]
		case text[i] == '\\' && i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\'):
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String(), ""
}

// whole puts the pieces of a parameter together and decodes them.
func whole(segments []segment) string {
	slices.SortStableFunc(segments, func(a, b segment) int { return cmp.Compare(a.n, b.n) })
	escaped := slices.ContainsFunc(segments, func(s segment) bool { return s.escaped })
	if plain := segments[0]; !plain.escaped && escaped && len(segments) > 1 && segments[1].n == plain.n {
		segments = segments[1:] // name and name* side by side: the second has the charset
	}
	var raw []byte
	label := ""
	for i, s := range segments {
		text := s.text
		if i == 0 && s.escaped {
			if parts := strings.SplitN(text, "'", 3); len(parts) == 3 {
				label, text = parts[0], parts[2]
			}
		}
		if s.escaped {
			raw = append(raw, unescaped(text)...)
		} else {
			raw = append(raw, text...)
		}
	}
	if escaped {
		return Decode([]byte(charset.Text(label, raw)))
	}
	return unwebbed(Decode(raw))
}

// unescaped undoes %41.
func unescaped(text string) (all []byte) {
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) && hex(text[i+1]) < 16 && hex(text[i+2]) < 16 {
			all = append(all, hex(text[i+1])<<4|hex(text[i+2]))
			i += 2
			continue
		}
		all = append(all, text[i])
	}
	return all
}

// unwebbed reads a name that a program of the web escaped as in an address.
func unwebbed(name string) string {
	if raw := unescaped(name); len(raw) < len(name) && utf8.Valid(raw) && utf8.RuneCount(raw) < len(raw) {
		return string(raw)
	}
	return name
}

// fileName is the name of a part's file, "" where it has none. Of the two places the
// one that says more counts: some programs put question marks into the other.
func fileName(disposition, params map[string]string) string {
	name, other := cleanName(disposition["filename"]), cleanName(params["name"])
	if name == "" || other != "" && strings.ContainsAny(name, "?\uFFFD") && !strings.ContainsAny(other, "?\uFFFD") {
		return other
	}
	return name
}

// cleanName is the name without its folders.
func cleanName(name string) string {
	name = printable(strings.ReplaceAll(name, `\`, "/"))
	if name == "" || strings.Trim(name, "./") == "" {
		return ""
	}
	return path.Base(name)
}
