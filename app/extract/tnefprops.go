package extract

import "encoding/binary"

const (
	mapiMany  = 0x1000 // a property of several values
	mapiNamed = 0x8000 // the first that has a name
)

// eachProperty calls do with every property of a list ([MS-OXTNEF] 2.1.3.4), with
// each value of those that have several, and returns what follows the list.
func (t *tnefReader) eachProperty(b []byte, do func(id, kind uint16, value []byte) error) ([]byte, error) {
	c := &mapiCursor{b: b}
	for range c.number() {
		kind, id := c.short(), c.short()
		if id >= mapiNamed {
			c.skipName()
		}
		values, size := uint32(1), mapiSize(kind&^mapiMany)
		if size == 0 || kind&mapiMany != 0 {
			values = c.number()
		}
		for range values {
			n := size
			if n == 0 {
				n = int(min(c.number(), 1<<31-1))
			}
			value := c.take(n)
			if c.cut {
				return nil, partly(ReasonDamaged)
			}
			if err := do(id, kind&^mapiMany, value); err != nil {
				return nil, err
			}
		}
		if c.cut {
			return nil, partly(ReasonDamaged)
		}
	}
	return c.b, nil
}

// mapiSize is how many bytes a value of a type takes; 0 when it says so itself.
func mapiSize(kind uint16) int {
	switch kind {
	case 0x0D, typeLPSTR, typeLPWSTR, 0x0102:
		return 0
	case 5, 6, 7, 0x14, 0x40:
		return 8
	case 0x48:
		return 16
	}
	return 4
}

// mapiCursor reads from the beginning of b; values begin at every fourth byte.
type mapiCursor struct {
	b   []byte
	cut bool
}

func (c *mapiCursor) take(n int) []byte {
	padded := (n + 3) &^ 3
	if n < 0 || n > len(c.b) {
		c.cut, c.b = true, nil
		return nil
	}
	value := c.b[:n]
	c.b = c.b[min(padded, len(c.b)):]
	return value
}

func (c *mapiCursor) number() uint32 {
	if b := c.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (c *mapiCursor) short() uint16 {
	if len(c.b) < 2 {
		c.cut, c.b = true, nil
		return 0
	}
	v := binary.LittleEndian.Uint16(c.b)
	c.b = c.b[2:]
	return v
}

// skipName skips what a property is called: a set, and a number or a text.
func (c *mapiCursor) skipName() {
	c.take(16)
	if c.number() == 0 {
		c.take(4)
		return
	}
	c.take(int(min(c.number(), 1<<31-1)))
}
