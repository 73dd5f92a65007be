package vfs

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// growing is a table of tags under change, and the list that says the same.
type growing struct {
	c    *tagCodec
	file []byte
	want [][tagSize]byte
}

// record takes in a record as if it had been written.
func (g *growing) record(t *rapid.T, r record) {
	unit := make([]byte, recordSize)
	if err := g.c.sealed(r, unit); err != nil {
		t.Fatal(err)
	}
	g.c.took(r, unit)
	g.file = append(g.file, unit...)
}

func (g *growing) must(t *rapid.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

// TestTagsLikeList writes and cuts pages at random, with blocks that are read from
// the file now or never, and with files made anew and opened again: the table says
// at every moment what a list of all tags would.
func TestTagsLikeList(t *testing.T) {
	golden := goldenTable(t)
	rapid.Check(t, func(t *rapid.T) {
		g := &growing{c: &tagCodec{id: golden.id, seal: golden.seal}}
		for n := range rapid.IntRange(1, 900).Draw(t, "pages") {
			g.want = append(g.want, [tagSize]byte{1, byte(n), byte(n >> 8)})
			g.c.put(int64(n+1), g.want[n])
		}
		anew := func(t *rapid.T) {
			b, err := g.c.encode(bytes.NewReader(g.file), counting())
			g.must(t, err)
			g.file = b
			g.must(t, g.c.decodeBytes(g.file))
		}
		anew(t)
		t.Repeat(map[string]func(*rapid.T){
			"write": func(t *rapid.T) {
				n, tag := rapid.IntRange(1, len(g.want)+1).Draw(t, "page"), [tagSize]byte{2, rapid.Byte().Draw(t, "tag")}
				g.record(t, record{what: recordPage, page: uint32(n), tag: tag})
				g.want = append(g.want[:n-1], append([][tagSize]byte{tag}, g.want[min(n, len(g.want)):]...)...)
			},
			"grow": func(t *rapid.T) {
				for range rapid.IntRange(1, 300).Draw(t, "pages") {
					g.want = append(g.want, [tagSize]byte{3, byte(len(g.want))})
					g.record(t, record{what: recordPage, page: uint32(len(g.want)), tag: g.want[len(g.want)-1]})
				}
			},
			"cut": func(t *rapid.T) {
				g.want = g.want[:rapid.IntRange(1, len(g.want)).Draw(t, "pages")]
				g.record(t, record{what: recordCut, page: uint32(len(g.want))})
			},
			"load": func(t *rapid.T) {
				g.must(t, g.c.load(bytes.NewReader(g.file), rapid.IntRange(0, len(g.c.blocks)-1).Draw(t, "block")))
			},
			"made anew": anew,
			"opened":    func(t *rapid.T) { g.must(t, g.c.decodeBytes(g.file)) },
			"": func(t *rapid.T) {
				if got, err := g.c.list(g.file); err != nil || !slices.Equal(got, g.want) {
					t.Fatalf("%d tags, %d wanted, %v", len(got), len(g.want), err)
				}
				for n := range g.want {
					if yes, known := g.c.is(int64(n+1), g.want[n][:]); yes != known {
						t.Fatalf("page %d has another tag", n+1)
					}
				}
				if yes, known := g.c.is(int64(len(g.want)+1), make([]byte, tagSize)); yes || !known {
					t.Fatal("a page after the last one is known")
				}
			},
		})
	})
}

// TestLockPageHasNoTag grows a table over the page that is never written, cuts it
// and grows it again.
func TestLockPageHasNoTag(t *testing.T) {
	c := goldenTable(t)
	for n := c.pages; n < lockPage; n++ {
		c.put(n+1, [tagSize]byte{'g'})
	}
	none := make([]byte, tagSize)
	for round := range byte(3) {
		after := record{what: recordPage, page: lockPage + 2, tag: [tagSize]byte{round}}
		if !c.fits(after) {
			t.Fatal("the page after it does not fit")
		}
		c.apply(after)
		b, err := c.encode(nil, counting())
		must(t, err)
		must(t, c.decodeBytes(b))
		must(t, c.load(bytes.NewReader(b), blockOf(lockPage+1)))
		if is, _ := c.is(lockPage+1, none); !is || c.pages != lockPage+2 {
			t.Errorf("it has a tag; %d pages", c.pages)
		}
		for i := range c.blocks {
			must(t, c.load(bytes.NewReader(b), i))
		}
		c.apply(record{what: recordCut, page: lockPage})
	}
}
