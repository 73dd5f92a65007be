package cms

import "errors"

// Tags of X.690 that occur in CMS.
const (
	berIdentifier  = 0x06
	berOctets      = 0x04
	berSequence    = 0x30
	berConstructed = 0x20
	maxBERDepth    = 16
)

// ErrDamaged says that a message breaks the rules of its encoding.
var ErrDamaged = errors.New("cms: BER is damaged")

// berValue is one value of BER: mail programs write lengths that are not known
// until the end, and texts in pieces, which DER forbids.
type berValue struct {
	tag  byte
	body []byte // of an indefinite length, without its end
}

// cutBER cuts the first value off. depth is how many of indefinite length are
// around it.
func cutBER(b []byte, depth int) (v berValue, rest []byte, err error) {
	if len(b) < 2 || depth > maxBERDepth || b[0]&0x1F == 0x1F {
		return v, nil, ErrDamaged
	}
	v.tag = b[0]
	if b[1] == 0x80 {
		return cutIndefinite(v.tag, b[2:], depth)
	}
	size, from := uint64(b[1]), 2
	if b[1] > 0x80 {
		size, from = 0, 2+int(b[1]&0x7F)
		if from > 10 || from > len(b) {
			return v, nil, ErrDamaged
		}
		for _, c := range b[2:from] {
			size = size<<8 | uint64(c)
		}
	}
	if size > uint64(len(b)-from) {
		return v, nil, ErrDamaged
	}
	v.body = b[from : from+int(size)]
	return v, b[from+int(size):], nil
}

// cutIndefinite cuts a value off that ends with two zeros.
func cutIndefinite(tag byte, b []byte, depth int) (berValue, []byte, error) {
	for at := b; ; {
		if len(at) >= 2 && at[0] == 0 && at[1] == 0 {
			return berValue{tag, b[:len(b)-len(at)]}, at[2:], nil
		}
		_, rest, err := cutBER(at, depth+1)
		if err != nil {
			return berValue{}, nil, err
		}
		at = rest
	}
}

// flat joins the pieces of a text, each of which may be in pieces again. What is no
// text is damaged: a piece that is left out would pass for one that was read.
func (v berValue) flat(depth int) ([]byte, error) {
	if v.tag&^berConstructed != berOctets || depth > maxBERDepth {
		return nil, ErrDamaged
	}
	if v.tag&berConstructed == 0 {
		return v.body, nil
	}
	var out []byte
	for b := v.body; len(b) > 0; {
		piece, rest, err := cutBER(b, depth)
		if err != nil {
			return nil, err
		}
		text, err := piece.flat(depth + 1)
		if err != nil {
			return nil, err
		}
		out, b = append(out, text...), rest
	}
	return out, nil
}
