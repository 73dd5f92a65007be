package extract

import (
	"bytes"
)

func parseTag(inner []byte) token {
	tok := token{kind: openTag}
	if len(inner) > 0 && inner[0] == '/' {
		tok.kind, inner = closeTag, inner[1:]
	}
	if n := len(inner); n > 0 && inner[n-1] == '/' {
		tok.empty, inner = true, inner[:n-1]
	}
	end := bytes.IndexAny(inner, " \t\r\n")
	if end < 0 {
		end = len(inner)
	}
	tok.name, tok.attrs = inner[:end], inner[end:]
	if colon := bytes.IndexByte(tok.name, ':'); colon >= 0 {
		tok.name = tok.name[colon+1:]
	}
	return tok
}

// is says whether a tag has the local name.
func (t *token) is(name string) bool { return string(t.name) == name }

// attr returns the raw value of an attribute by its local name, or nil.
func (t *token) attr(name string) []byte {
	for rest := t.attrs; ; {
		key, value, after, ok := nextAttr(rest)
		if !ok {
			return nil
		}
		if string(key) == name {
			return value
		}
		rest = after
	}
}

// nextAttr cuts off the first attribute: its local name and its raw value.
func nextAttr(rest []byte) (name, value, after []byte, ok bool) {
	eq := bytes.IndexByte(rest, '=')
	if eq < 0 {
		return nil, nil, nil, false
	}
	name = bytes.TrimSpace(rest[:eq])
	if colon := bytes.LastIndexByte(name, ':'); colon >= 0 {
		name = name[colon+1:]
	}
	rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return nil, nil, nil, false
	}
	end := bytes.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return nil, nil, nil, false
	}
	return name, rest[1 : 1+end], rest[end+2:], true
}

// textAttr is attr with references resolved.
func (t *token) textAttr(name string) string {
	return string(unescape(nil, t.attr(name)))
}
