package extract

import (
	"encoding/json"
	"errors"
	"io"
)

// readJSON reads JSON, or a sequence of JSON values such as JSON lines: every
// value on a line of its own behind its key, so that a key stands beside what
// it names; escapes are resolved. What is no JSON after all is read as text.
func (it *item) readJSON() error {
	r, err := it.plainText()
	if err != nil {
		return err
	}
	u := &decoded{lines: lines{r: r}}
	g := &tokenGuard{r: u}
	d := json.NewDecoder(g)
	g.d = d
	d.UseNumber()
	j := &jsonReader{writer: it.writer("")}
	for err == nil {
		var t json.Token
		if t, err = d.Token(); err == nil {
			err = j.token(t)
		}
	}
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax), err == errLongToken:
		j.buf = nil
		return it.readText()
	case err == io.ErrUnexpectedEOF:
		err = partly(ReasonTruncated)
	case err == io.EOF && len(j.open) > 0:
		err = partly(ReasonTruncated)
	case err == io.EOF:
		err = nil
	}
	if told := j.turn(0); told != nil {
		return told
	}
	if err == nil && u.decoder.Lost {
		return partly(ReasonCharset)
	}
	return err
}

// maxToken is how long a value may be, in bytes, before it is read as text.
const maxToken = 16 << 20

var errLongToken = errors.New("extract: a value of JSON is too long")

// tokenGuard ends the reading of a value that the decoder would hold whole.
type tokenGuard struct {
	r   io.Reader
	d   *json.Decoder
	fed int64
}

func (g *tokenGuard) Read(b []byte) (int, error) {
	if g.fed-g.d.InputOffset() > maxToken {
		return 0, errLongToken
	}
	n, err := g.r.Read(b)
	g.fed += int64(n)
	return n, err
}

// jsonReader follows the tokens of JSON.
type jsonReader struct {
	*writer
	open []jsonLevel
}

// jsonLevel is an object or an array that is open.
type jsonLevel struct {
	object bool
	named  bool   // a key was read, its value not yet
	key    []byte // of an array: the key it stands under
}

const maxJSONDepth = 1000

func (j *jsonReader) token(t json.Token) error {
	switch v := t.(type) {
	case json.Delim:
		return j.delimiter(v)
	case string:
		if top := j.top(); top != nil && top.object && !top.named {
			top.key, top.named = []byte(v), true
			return nil
		}
		return j.value([]byte(v))
	case json.Number:
		return j.value(plainNumber([]byte(v.String())))
	}
	j.done() // true, false, null
	return nil
}

func (j *jsonReader) top() *jsonLevel {
	if len(j.open) == 0 {
		return nil
	}
	return &j.open[len(j.open)-1]
}

func (j *jsonReader) delimiter(d json.Delim) error {
	if d == '}' || d == ']' {
		j.open = j.open[:len(j.open)-1]
		j.done()
		return nil
	}
	if len(j.open) >= maxJSONDepth {
		return partly(ReasonTooDeep)
	}
	level := jsonLevel{object: d == '{'}
	if top := j.top(); top != nil && !level.object {
		level.key = top.key
	}
	j.open = append(j.open, level)
	return nil
}

// value tells a value behind the key it stands under.
func (j *jsonReader) value(v []byte) error {
	if top := j.top(); top != nil && len(top.key) > 0 {
		j.cellText(top.key)
		j.buf = append(j.buf, ": "...)
	}
	j.done()
	j.cellText(v)
	return j.endLine()
}

// done ends the value of a key.
func (j *jsonReader) done() {
	if top := j.top(); top != nil && top.object {
		top.key, top.named = nil, false
	}
}
