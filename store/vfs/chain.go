package vfs

import (
	"encoding/binary"
)

// chain is SQLite's checksum over all frames of a log up to one.
type chain struct {
	order  binary.ByteOrder
	s0, s1 uint32
}

// chainFrom begins with the checksum of a log's header, whose first number tells
// in which order bytes are taken.
func chainFrom(header []byte) chain {
	c := chain{order: binary.LittleEndian}
	if header[3]&1 != 0 {
		c.order = binary.BigEndian
	}
	return c.at(header[24:])
}

func (c chain) at(sum []byte) chain {
	return chain{c.order, binary.BigEndian.Uint32(sum), binary.BigEndian.Uint32(sum[4:])}
}

func (c *chain) add(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		c.s0 += c.order.Uint32(b) + c.s1
		c.s1 += c.order.Uint32(b[4:]) + c.s0
	}
}

// take goes on to a frame, if its checksum says that it follows.
func (c *chain) take(frame []byte) bool {
	next := *c
	next.add(frame[:8])
	next.add(frame[frameHead:])
	if next != c.at(frame[16:]) {
		return false
	}
	*c = next
	return true
}
