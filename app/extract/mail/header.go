package mail

import (
	"bytes"
	"slices"
	"strings"
)

const (
	maxHeader = 1 << 20   // bytes of one header block; more is passed over
	maxField  = 256 << 10 // bytes of one line of it
)

// Field is one header field as it stands in the message, unfolded.
type Field struct {
	Name  string // in small letters
	Value []byte // raw: what charset it is in, nobody has said
}

// Header is the fields of a message or a part, in their order.
type Header []Field

// Raw is the first field of a name, nil where there is none.
func (h Header) Raw(name string) []byte {
	for _, f := range h {
		if f.Name == name {
			return f.Value
		}
	}
	return nil
}

// Text is the first field of a name, decoded; names are in small letters.
func (h Header) Text(name string) string { return Decode(h.Raw(name)) }

// Has says whether there is a field of any of the names.
func (h Header) Has(names ...string) bool {
	return slices.ContainsFunc(h, func(f Field) bool { return slices.Contains(names, f.Name) })
}

// All are the fields of a name, decoded.
func (h Header) All(name string) (all []string) {
	for _, f := range h {
		if f.Name == name {
			all = append(all, Decode(f.Value))
		}
	}
	return all
}

// known are the fields by which a message is known for one, and by which a line
// is told from a text that begins without the empty line before it.
var known = []string{
	"from", "to", "cc", "bcc", "subject", "date", "sender", "reply-to", "message-id", "in-reply-to", "references", "received", "return-path",
	"delivered-to", "mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-id", "content-description",
	"list-id", "precedence", "auto-submitted", "importance", "priority", "user-agent", "errors-to", "organization", "dkim-signature", "thread-index",
	"thread-topic", "content-language", "authentication-results", "received-spf", "status",
}

// readHeader reads fields up to the empty line. A folded line that lost its blank is
// still of its field, and a line that can be none begins the text.
func readHeader(s *source) Header {
	var h Header
	size, first := 0, true
	for {
		line, ok := s.line(maxField)
		if !ok || len(line) == 0 {
			return h
		}
		name, value, isField := cutField(line)
		switch {
		case size > maxHeader:
			s.cut = true
		case len(h) > 0 && (line[0] == ' ' || line[0] == '\t'):
			last := &h[len(h)-1]
			last.Value = append(append(last.Value, ' '), bytes.TrimLeft(line, " \t")...)
		case isField:
			h = append(h, Field{name, bytes.Clone(value)})
		case first && isEnvelope(line):
		case len(h) > 0 && (bytes.HasPrefix(line, []byte("=?")) || s.fieldFollows()):
			last := &h[len(h)-1]
			last.Value = append(append(last.Value, ' '), line...)
		default:
			s.unread(append(line, s.end))
			return h
		}
		size += len(line)
		first = false
	}
}

// isEnvelope knows the line that a mailbox puts before a message, and what is left
// of a mark of UTF-8.
func isEnvelope(line []byte) bool {
	return bytes.HasPrefix(line, []byte("From ")) || bytes.HasPrefix(line, []byte(">From "))
}

// cutField takes a line apart: a name of printable ASCII, a colon, a value.
func cutField(line []byte) (name string, value []byte, ok bool) {
	line = bytes.TrimPrefix(line, []byte("\xEF\xBB\xBF"))
	n, value, ok := bytes.Cut(line, []byte{':'})
	n = bytes.TrimRight(n, " \t")
	if !ok || len(n) == 0 || len(n) > 76 {
		return "", nil, false
	}
	for _, c := range n {
		if c <= ' ' || c >= 0x7f {
			return "", nil, false
		}
	}
	return strings.ToLower(string(n)), bytes.Trim(value, " \t\x00"), true
}

// fieldFollows looks whether the next line is a field that mail is known by.
func (s *source) fieldFollows() bool {
	next, _ := s.r.Peek(80) // fewer where the message ends
	name, _, ok := cutField(next)
	return ok && (slices.Contains(known, name) || strings.HasPrefix(name, "x-"))
}

// looksMail wants one field that every message has, or two that many have.
func (h Header) looksMail() bool {
	seen := map[string]bool{}
	for _, f := range h {
		if slices.Contains(known, f.Name) {
			seen[f.Name] = true
		}
	}
	return len(seen) >= 2 || seen["received"] || seen["message-id"] || seen["mime-version"] || seen["from"] && bytes.IndexByte(h.Raw("from"), '@') >= 0
}
