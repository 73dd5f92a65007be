package app

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
)

// JSON appends a record for machines: id, then every field in the order of
// the register, zero values too, then what only a newer version knows. Times
// are RFC 3339 in +09:00, days 2026-11-22, references kind:id.
func JSON(b []byte, g AnyRegister, r Record) []byte {
	b = append(b, `{"id":`...)
	b = appendQuoted(b, r.Meta().Ref.ID.String())
	known := map[string]bool{}
	for _, f := range g.About().Fields {
		known[f.Name] = true
		b = f.appendJSON(appendKey(b, f.Name), g.Column(r, f.Name))
	}
	_ = r.Meta().seen.Each(func(name string, v Value) { // Load has checked it
		if !known[name] {
			b, _ = v.appendJSON(appendKey(b, name))
		}
	})
	return append(b, '}')
}

func appendKey(b []byte, name string) []byte { return append(appendQuoted(append(b, ','), name), ':') }

func appendQuoted(b []byte, s string) []byte {
	var w strings.Builder
	e := json.NewEncoder(&w)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return append(b, `""`...) // no string fails to encode
	}
	return append(b, strings.TrimSuffix(w.String(), "\n")...)
}

// appendJSON writes a value as its field means it.
func (s Spec) appendJSON(b []byte, v Value) []byte {
	switch s.Type {
	case TInt:
		return strconv.AppendInt(b, v.Int(), 10)
	case TBool:
		return strconv.AppendBool(b, len(v) > 0)
	case TDay:
		return appendQuoted(b, Day(v.Int()).String())
	case TTime:
		return appendQuoted(b, Stamp(v.Int()).RFC3339())
	case TChoice:
		return appendQuoted(b, s.choiceName(v.Text()))
	case TLink:
		return appendQuoted(b, v.SQL(TLink).(string))
	case TLinks, TTags:
		return appendItems(b, v, func(b []byte, item Value) []byte { b, _ = item.appendJSON(b); return b })
	case TRows, TFiles:
		return appendItems(b, v, s.appendRow)
	case TRaw:
		b, _ = Value(v.Bytes()).appendJSON(b)
		return b
	}
	return appendQuoted(b, v.Text())
}

// choiceName is how machines read a choice; an unknown one as it came.
func (s Spec) choiceName(value string) string {
	for _, c := range s.Choices {
		if c.Value == value {
			return c.Name
		}
	}
	return value
}

func appendItems(b []byte, list Value, one func([]byte, Value) []byte) []byte {
	items, err := list.list()
	if err != nil {
		return append(b, "[]"...)
	}
	b = append(b, '[')
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(b, item)
	}
	return append(b, ']')
}

// appendRow writes a nested row by its columns.
func (s Spec) appendRow(b []byte, row Value) []byte {
	b = append(b, '{')
	for i, c := range s.Columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendQuoted(b, c.Name), ':')
		if v := Doc(row).Get(c.Name); c.Type == TRaw {
			b = appendQuoted(b, hex.EncodeToString(v.Bytes()))
		} else {
			b = c.appendJSON(b, v)
		}
	}
	return append(b, '}')
}

// JSON is a value of which nothing is known but itself; null for the zero value.
func (v Value) JSON() string {
	if v.Check() != nil {
		return "null"
	}
	b, _ := v.appendJSON(nil)
	return string(b)
}

// appendJSON writes a value of which nothing is known but itself, and returns
// what follows it.
func (v Value) appendJSON(b []byte) (out []byte, rest Value) {
	major, n, tail, err := readHead(v)
	if err != nil {
		return append(b, "null"...), nil
	}
	switch major {
	case majUint:
		return strconv.AppendUint(b, n, 10), tail
	case majNeg:
		return strconv.AppendInt(b, -1-int64(n), 10), tail
	case majText:
		return appendQuoted(b, string(tail[:n])), tail[n:]
	case majBytes:
		return appendQuoted(b, base64.StdEncoding.EncodeToString(tail[:n])), tail[n:]
	case majArray:
		return appendArray(b, v, n, tail)
	case majMap:
		return appendMap(b, n, tail)
	}
	return append(b, "true"...), tail
}

func appendArray(b []byte, v Value, n uint64, tail Value) ([]byte, Value) {
	if one, rest, err := cut(v); err == nil {
		if r, err := readRef(one); err == nil {
			return appendQuoted(b, r.String()), Value(rest)
		}
	}
	b = append(b, '[')
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b, tail = tail.appendJSON(b)
	}
	return append(b, ']'), tail
}

func appendMap(b []byte, n uint64, tail Value) ([]byte, Value) {
	b = append(b, '{')
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b, tail = tail.appendJSON(b)
		b, tail = tail.appendJSON(append(b, ':'))
	}
	return append(b, '}'), tail
}
