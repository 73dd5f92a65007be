package mail

import "strings"

// unflow puts paragraphs together that a program broke into lines (RFC 3676): a line
// that ends with a blank goes on with the next of the same depth of quoting. delsp
// says that the blank was not in the text, as in Japanese.
func unflow(text string, delsp bool) string {
	var out strings.Builder
	before := -1 // depth of the line that goes on
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		depth := len(line) - len(strings.TrimLeft(line, ">"))
		line = strings.TrimPrefix(line[depth:], " ")
		if before >= 0 && before != depth {
			out.WriteByte('\n')
			before = -1
		}
		if before < 0 && depth > 0 {
			out.WriteString(strings.Repeat(">", depth) + " ")
		}
		if before = -1; strings.HasSuffix(line, " ") && line != "-- " {
			before = depth
			if delsp {
				line = line[:len(line)-1]
			}
		}
		out.WriteString(line)
		if before < 0 {
			out.WriteByte('\n')
		}
	}
	return out.String()
}
