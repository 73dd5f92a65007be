package server_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daicho/app"
	"daicho/sync/server"
	"daicho/sync/server/logtest"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// zones are the extents that a test's table writes as words.
var zones = map[string]app.Extent{
	"lgwan": zone(app.ZoneLGWAN), "number": zone(app.ZoneNumber), "none": {Kind: fileKind},
	"org": {Kind: fileKind, Zone: app.Any, Org: app.ID{7}}, "all": app.ReadsAll[0],
}

func clearance(words string) app.Clearance {
	var all []app.Extent
	for _, w := range strings.Fields(words) {
		all = append(all, zones[w])
	}
	return app.NewClearance(all...)
}

// told is what an outcome says to its reader, in short.
func told(o app.Outcome) string {
	s := fmt.Sprintf("%d %s", o.GSN, o.Ref.Kind)
	if o.Command != "" {
		s += " " + o.Command
	}
	for _, e := range o.Effects {
		var fields []string
		for _, c := range e.Cells {
			fields = append(fields, c.Field)
		}
		slices.Sort(fields)
		s += fmt.Sprintf(" %s%d[%s]", e.Ref.Kind, e.Ref.ID[1], strings.Join(fields, " "))
		if e.Gone {
			s += "gone"
		}
	}
	return s
}

// story is what happens in the table below. Whoever writes reads everything.
func (o *office) story(d *simtest.Device) {
	o.put(d, fileRef(1), set("title", "", "一"), set("colour", "", "青"), set("zone", "", "lgwan")) // 1
	o.put(d, fileRef(2), set("title", "", "二"), set("zone", "", "number"))                        // 2
	o.put(d, noteRef(1), set("text", "", "付箋"), linkTo("file", fileRef(2)))                       // 3
	move := func(n byte, from, to string) {
		o.journal(d, &app.Change{Ref: fileRef(n), Cells: []app.Cell{set("zone", from, to)}})
	}
	move(1, "lgwan", "number") // 4
	o.journal(d, &app.Change{Ref: fileRef(1), Cells: []app.Cell{set("title", "一", "壱")}})
	move(2, "number", "lgwan") // 6: the note goes with it
	o.journal(d, &app.Change{Ref: noteRef(1), Cells: []app.Cell{set("text", "付箋", "二枚目")}})
	o.journal(d, &app.Change{Ref: fileRef(1), Command: "stamp", Args: app.Doc(nil).Patch([]app.Cell{linkTo("on", fileRef(2))})}) // 8
	o.put(d, fileRef(3), set("colour", "", "赤"), linkTo("org", app.Ref{Kind: "org", ID: app.ID{7}}))                             // 9
	o.journal(d, &app.Change{Ref: fileRef(9), Cells: []app.Cell{set("title", "無", "無")}})                                        // 10: refused
	o.pushed(d, o.outgoing(d))
}

// TestWhatIsHeard: each line reaches those who may read the records it changed,
// as far as they may.
func TestWhatIsHeard(t *testing.T) {
	logs(t, func(t *testing.T, open func() server.Log) {
		for _, c := range []struct {
			reads string
			want  []string
			keys  []byte // of which records
		}{
			{"lgwan", []string{
				"1 file file1[colour title zone]",
				"4 file file1[]gone",
				"6 file file2[title zone] note1[file text]",
				"7 note note1[text]",
				"8 file file2[colour]", // of whatever was stamped, nothing
			}, []byte{1, 2, 0xa1}},
			{"number", []string{
				"2 file file2[title zone]",
				"3 note note1[file text]",
				"4 file file1[colour title zone]",
				"5 file file1[title]",
				"6 file file2[]gone note1[]gone",
				"8 file stamp file1[colour]",
			}, []byte{1, 2, 0xa1}},
			{"org", []string{"9 file file3[colour org]"}, nil},
			{"none", nil, nil},
			{"", nil, nil},
			{"lgwan number", []string{
				"1 file file1[colour title zone]", "2 file file2[title zone]", "3 note note1[file text]", "4 file file1[colour title zone]", "5 file file1[title]",
				"6 file file2[title zone] note1[file text]", "7 note note1[text]", "8 file stamp file1[colour] file2[colour]",
			}, []byte{1, 2, 0xa1}},
		} {
			t.Run(c.reads, func(t *testing.T) {
				a := newArchive()
				o := strictOffice(t, a.Book, open())
				r := o.reader("読者")
				a.readers[r.Author()] = clearance(c.reads)
				r.step(0) // hears its clearance, while there is nothing
				o.story(o.device("記入者"))
				r.step(0)
				var got []string
				for _, one := range r.heard {
					got = append(got, told(one))
				}
				equal(t, got, c.want)
				equal(t, r.cursor, int64(10))
				equal(t, r.rows, o.readable(clearance(c.reads)))
				subjects := map[byte]bool{}
				for _, k := range r.ring {
					subjects[k.Subject[0]-0xf0+k.Subject[1]] = true // notes: 0xb0+1
				}
				want := map[byte]bool{}
				for _, n := range c.keys {
					if n >= 0xa0 {
						n += 0x10
					}
					want[n] = true
				}
				equal(t, subjects, want)
			})
		}
	})
}

// TestEverythingIsPassedOn: whoever may read everything hears the very bytes
// that are kept, refusals of others among them.
func TestEverythingIsPassedOn(t *testing.T) {
	logs(t, func(t *testing.T, open func() server.Log) {
		a := newArchive()
		o := strictOffice(t, a.Book, open())
		o.story(o.device("記入者"))
		r := o.reader("読者")
		hash := app.ReadsAll.Hash()
		for _, clearance := range [][]byte{nil, hash[:]} { // of a program of before, and of now
			out, err := o.order.Pull(t.Context(), r.ID, &wire.Pull{Epoch: o.epoch, Clearance: clearance}, 0)
			ok(t, err)
			o.read(func(tx server.Tx) error {
				lines, err := tx.Since(0, 99, 1<<30)
				equal(t, len(out.Outcomes), 10)
				for i, l := range lines {
					equal(t, out.Outcomes[i], l.Outcome)
				}
				return err
			})
		}
	})
}

// TestOldProgramOfALimitedPerson is told to update, and gets nothing.
func TestOldProgramOfALimitedPerson(t *testing.T) {
	a := newArchive()
	o := strictOffice(t, a.Book, logtest.NewMemory())
	r := o.reader("読者")
	a.readers[r.Author()] = clearance("lgwan number org none") // all there is
	o.story(o.device("記入者"))
	out, err := o.order.Pull(t.Context(), r.ID, &wire.Pull{Epoch: o.epoch}, 0)
	ok(t, err)
	equal(t, len(out.Outcomes), 10)
	a.readers[r.Author()] = clearance("lgwan")
	out, err = o.order.Pull(t.Context(), r.ID, &wire.Pull{Epoch: o.epoch}, 0)
	o.refused(err, app.Invalid, "update it")
	equal(t, len(out.Outcomes), 0)
}

// TestOwnVerdicts: what became of a change is told to the device that made it,
// though its person may not read the record any more.
func TestOwnVerdicts(t *testing.T) {
	logs(t, func(t *testing.T, open func() server.Log) {
		a := newArchive()
		o := strictOffice(t, a.Book, open())
		o.story(o.device("記入者"))
		r, other := o.reader("読者"), o.reader("同僚")
		for _, who := range []*reader{r, other} {
			a.readers[who.Author()] = clearance("none")
		}
		o.journal(r.Device, &app.Change{Ref: fileRef(1), Cells: []app.Cell{set("colour", "墨", "白")}})
		o.journal(r.Device, &app.Change{Ref: fileRef(9), Cells: []app.Cell{set("title", "無", "無")}})
		o.pushed(r.Device, o.outgoing(r.Device))
		r.catchUp()
		other.catchUp()
		equal(t, r.said, map[uint64]app.Verdict{1: app.Accepted, 2: app.Rejected})
		equal(t, []int{len(r.heard[0].Effects), len(r.ring), len(r.rows)}, []int{0, 0, 0})
		equal(t, len(other.heard), 0)
		page, err := o.order.Past(t.Context(), r.ID, &wire.Past{Epoch: o.epoch, UpTo: 12}, 0)
		ok(t, err)
		equal(t, len(page.Outcomes), 2)
	})
}

// TestUnreadableLinesStallNobody: a page ends where enough was looked at.
func TestUnreadableLinesStallNobody(t *testing.T) {
	a := newArchive()
	o := strictOffice(t, a.Book, logtest.NewMemory())
	d := o.device("記入者")
	for n := range 2500 {
		o.put(d, app.Ref{Kind: fileKind, ID: app.ID{1, byte(n >> 8), byte(n)}}, set("zone", "", "number"))
	}
	o.put(d, fileRef(1), set("zone", "", "lgwan"))
	o.pushed(d, o.outgoing(d))
	r := o.reader("読者")
	a.readers[r.Author()] = clearance("lgwan")
	r.clearance = clearance("lgwan")
	o.order.Small(10, 2_000)
	r.step(0)
	equal(t, []any{r.cursor, len(r.heard)}, []any{int64(2000), 0})
	r.step(0)
	equal(t, []any{r.cursor, len(r.heard)}, []any{int64(2501), 1})
}

// TestPagesOfAReader: a page is cut by count and by bytes, and the next one goes
// on behind it.
func TestPagesOfAReader(t *testing.T) {
	logs(t, func(t *testing.T, open func() server.Log) {
		a := newArchive()
		o := strictOffice(t, a.Book, open())
		d := o.device("記入者")
		for n := range byte(6) {
			o.put(d, fileRef(n), set("title", "", strings.Repeat("長", 100_000)), set("zone", "", []string{"lgwan", "number"}[n%2]))
		}
		o.pushed(d, o.outgoing(d))
		r := o.reader("読者")
		a.readers[r.Author()] = clearance("lgwan")
		r.clearance = clearance("lgwan")
		var at []int64
		for _, most := range []int{1, 0, 0} {
			r.step(most)
			at = append(at, r.cursor)
		}
		equal(t, at, []int64{2, 6, 6})
		equal(t, r.rows, o.readable(r.clearance))
		s := o.reader("二人目")
		a.readers[s.Author()] = clearance("lgwan")
		s.clearance = clearance("lgwan")
		for range 2 {
			s.step(0)
		}
		equal(t, []any{s.cursor, len(s.heard)}, []any{int64(6), 3})
	})
}

// TestFoldIsWhatMayBeRead: whatever happens to records and clearances, a replica
// that was told everything holds just what the server would let it read.
func TestFoldIsWhatMayBeRead(t *testing.T) {
	rapid.Check(t, func(p *rapid.T) {
		a := newArchive()
		o := strictOffice(t, a.Book, logtest.NewMemory())
		o.order.Small(rapid.IntRange(1, 4).Draw(p, "rows"), 1_000)
		w, r := o.device("記入者"), o.reader("読者")
		a.readers[r.Author()] = clearance("lgwan")
		h := &history{o, a, w, r, p}
		r.between = h.between
		p.Repeat(map[string]func(*rapid.T){"file": h.file, "note": h.note, "pull": h.pull, "clearance": h.clear, "own": h.own})
		r.catchUp()
		if got, want := fmt.Sprint(r.rows), fmt.Sprint(o.readable(a.readers[r.Author()])); got != want {
			p.Fatalf("holds\n%s\nmay read\n%s", got, want)
		}
		if len(r.said) != int(r.Seq()) {
			p.Fatalf("%d verdicts of %d", len(r.said), r.Seq())
		}
	})
}

// history is a random one.
type history struct {
	o      *office
	a      *archive
	writer *simtest.Device
	reader *reader
	*rapid.T
}

func (h *history) pick(what string, of ...string) string {
	return rapid.SampledFrom(of).Draw(h.T, what)
}

func (h *history) number() byte { return byte(rapid.IntRange(1, 3).Draw(h.T, "which")) }

// change writes some fields of a record, be it there or not.
func (h *history) change(d *simtest.Device, ref app.Ref, cells ...app.Cell) {
	h.o.read(func(tx server.Tx) error {
		doc, _, err := tx.Row(ref)
		c := &app.Change{Ref: ref, New: doc.IsEmpty()}
		for _, cell := range cells {
			if cell.Was = doc.Get(cell.Field); !cell.Was.Equal(cell.Now) {
				c.Cells = append(c.Cells, cell)
			}
		}
		h.o.journal(d, c)
		return err
	})
	ok(h.o.T, d.Acknowledge(h.o.Context(), h.o.pushed(d, h.o.outgoing(d)).Watermark(d.ID)))
}

func (h *history) file(*rapid.T) {
	org := app.Cell{Field: "org"}
	if h.pick("org", "none", "seven") == "seven" {
		org = linkTo("org", app.Ref{Kind: "org", ID: app.ID{7}})
	}
	h.change(h.writer, fileRef(h.number()), set("title", "", h.pick("title", "甲", "乙", "")), set("colour", "", h.pick("colour", "", "青")),
		set("zone", "", h.pick("zone", "lgwan", "number", "")), org)
}

// note puts a note into a file, or into another one.
func (h *history) note(*rapid.T) {
	h.change(h.writer, noteRef(h.number()), set("text", "", h.pick("text", "い", "ろ")), linkTo("file", fileRef(h.number())))
}

func (h *history) own(*rapid.T) {
	h.change(h.reader.Device, fileRef(h.number()), set("colour", "", h.pick("colour", "黒", "白")), set("zone", "", h.pick("zone", "lgwan", "number")))
}

func (h *history) clear(*rapid.T) {
	h.a.readers[h.reader.Author()] = clearance(h.pick("lgwan", "", "lgwan") + " " + h.pick("number", "", "number") + " " + h.pick("more", "", "org", "none", "all"))
}

func (h *history) pull(*rapid.T) { h.reader.step(rapid.IntRange(0, 2).Draw(h.T, "most")) }

// between is what happens while rows are fetched, page by page.
func (h *history) between() {
	switch h.pick("meanwhile", "nothing", "nothing", "file", "note", "clearance") {
	case "file":
		h.file(nil)
	case "note":
		h.note(nil)
	case "clearance":
		h.clear(nil)
	}
}
