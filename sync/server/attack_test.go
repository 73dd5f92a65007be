package server_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"daicho/app"
	"daicho/sync/server"
	"daicho/sync/simtest"
	"daicho/sync/wire"
)

// attacks are listed in sync/DESIGN.md, "Attacks". What is answered stands in
// want; grown is by how many lines the order may have grown: by what the attacker
// said in his own name.
var attacks = []struct {
	name, want string
	grown      int
	attack     func(*siege) string
}{
	{"forged signature, own", "400 damaged", 0, func(s *siege) string {
		s.file(s.attacker, "偽", "", app.ZoneLGWAN)
		p := s.outgoing(s.attacker)
		p.Segments[0].Sig[3] ^= 1
		return s.pushes(s.attacker, p)
	}},
	{"forged signature, another's", "200 damaged", 0, func(s *siege) string {
		p := s.outgoing(s.victim.Clone())
		p.Segments[0].Sig = bytes.Clone(p.Segments[0].Sig)
		p.Segments[0].Sig[3] ^= 1
		return s.pushes(s.attacker, p)
	}},
	{"another's words under one's own signature", "200 damaged", 0, func(s *siege) string {
		p := s.outgoing(s.victim)
		head := p.Segments[0].Signed()
		head.Sign(s.attacker.Key)
		p.Segments[0].Sig = head.Sig
		return s.pushes(s.attacker, p)
	}},
	{"replayed segment", "200", 0, func(s *siege) string { return s.pushes(s.attacker, s.outgoing(s.clerk.Clone())) }},
	{"replayed into another device's chain", "400 damaged", 0, func(s *siege) string {
		p := s.everything(s.clerk)
		p.Segments[0].Device = s.attacker.ID
		return s.pushes(s.attacker, p)
	}},
	{"replayed from an old order", "409 stale", 0, func(s *siege) string {
		p := s.everything(s.clerk)
		p.Epoch[0] ^= 1
		return s.pushes(s.attacker, p)
	}},
	{"fork", "403 forbidden; 403 forbidden", 1, func(s *siege) string {
		copied := s.attacker.Clone()
		s.file(s.attacker, "本", "", app.ZoneLGWAN)
		s.file(copied, "写", "", app.ZoneLGWAN)
		s.syncs(s.attacker)
		return s.pushes(copied, s.outgoing(copied)) + "; " + s.pull(s.attacker)
	}},
	{"revoked device", shutOut, 0, func(s *siege) string {
		ok(s.T, s.Server.Revoke(s.Context(), s.attacker.ID))
		return s.everywhere(s.attacker)
	}},
	{"frozen device", shutOut, 1, func(s *siege) string {
		copied := s.attacker.Clone()
		s.file(s.attacker, "本", "", app.ZoneLGWAN)
		s.file(copied, "写", "", app.ZoneLGWAN)
		s.syncs(s.attacker)
		s.pushes(copied, s.outgoing(copied))
		return s.everywhere(s.attacker)
	}},
	{"device never enrolled", strings.Replace(shutOut, "standing 200", "standing 403 forbidden", 1), 0, func(s *siege) string { return s.everywhere(s.device("")) }},
	{"poisoned subject keys", "200", 0, func(s *siege) string {
		p := &wire.Push{Epoch: s.epoch}
		for n := range wire.MaxKeys {
			p.Keys = append(p.Keys, wire.Key{Subject: s.attacker.Refs(fileKind)[0].ID, Key: [32]byte{byte(n), byte(n >> 8), 1}})
		}
		said := s.pushes(s.attacker, p)
		p.Keys[0].Key[3]++
		equal(s.T, s.pushes(s.attacker, p), said)
		s.read(func(tx server.Tx) error {
			keys, err := tx.KeysOf(p.Keys[0].Subject)
			equal(s.T, len(keys), 16)
			return err
		})
		return said
	}},
	{"bombs in boxes", "400 invalid", 0, func(s *siege) string {
		roster, err := s.Server.Roster(s.Context())
		ok(s.T, err)
		p := &wire.Push{Epoch: s.epoch}
		for n := range byte(5) {
			body := bytes.Repeat([]byte{n}, wire.MaxSegment)
			head := app.Segment{Device: s.attacker.ID, First: 1, Last: 1, Head: app.Chain{n}}
			head.Sign(s.attacker.Key)
			box, err := wire.NewBox(wire.SegmentOf(head, [][]byte{body}), nil, nil, s.attacker.Key, roster.Box)
			ok(s.T, err)
			p.Boxes = append(p.Boxes, *box)
		}
		return s.pushes(s.attacker, p)
	}},
	{"older protocol", "404 not_found; 404 not_found", 0, func(s *siege) string {
		return s.asks(s.attacker, "POST", "/v0/pull", nil) + "; " + s.asks(s.attacker, "POST", "/pull", nil)
	}},
	{"newer protocol", "404 not_found", 0, func(s *siege) string { return s.asks(s.attacker, "POST", "/v2/pull", nil) }},
	{"a program that names no clearance", "400 invalid", 0, func(s *siege) string {
		return s.says(s.attacker, wire.PathPull, &wire.Pull{Epoch: s.epoch})
	}},
	{"code used again by another device", "403 forbidden", 0, func(s *siege) string {
		text := s.code("新任", s.at)
		code, err := wire.ParseCode(text)
		ok(s.T, err)
		equal(s.T, s.says(s.device(""), wire.PathEnroll, &wire.Enroll{Secret: code.Secret}), "200")
		return s.says(s.device(""), wire.PathEnroll, &wire.Enroll{Secret: code.Secret})
	}},
	{"guessed codes", "403 forbidden 403 forbidden 403 forbidden 403 forbidden 403 forbidden 429 forbidden", 0, func(s *siege) string {
		var said []string
		for n := range 6 {
			said = append(said, s.says(s.device(""), wire.PathEnroll, &wire.Enroll{Secret: [16]byte{byte(n)}}))
		}
		s.later(2 * time.Minute)
		return strings.Join(said, " ")
	}},
	{"lies of the headers", "400 damaged; 400 damaged; 400 invalid; 409 stale; 400 invalid; 417", 0, func(s *siege) string {
		pull, id := encode(s.T, &wire.Pull{Epoch: s.epoch}), s.wanted(s.attacker)
		return strings.Join([]string{
			s.asks(s.attacker, "POST", wire.PathPull, pull, "Content-Encoding", wire.Zstd),
			s.asks(s.attacker, "POST", wire.PathPull, packed(pull), "Content-Encoding", "gzip"),
			s.asks(s.attacker, "PUT", wire.PathBlob+id, []byte("x"), "Content-Range", "bytes 5-1/9"),
			s.asks(s.attacker, "PUT", wire.PathBlob+id, []byte("x"), "Content-Range", "bytes 7-7/8"),
			s.asks(s.attacker, "PUT", wire.PathBlob+id, []byte("x"), "Content-Range", "bytes 9223372036854775807-9223372036854775807/0"),
			s.asks(s.attacker, "POST", wire.PathPull, pull, "Expect", "200-maybe"),
		}, "; ")
	}},
	{"paths for attachments", "", 0, func(s *siege) string {
		before := tree(s.T, s.dir)
		for _, id := range tricks {
			for _, verb := range [][2]string{{"GET", wire.PathBlob}, {"PUT", wire.PathBlob}, {"GET", wire.PathHave}} {
				said := s.asks(s.attacker, verb[0], verb[1]+id, []byte("x"))
				if said != "400 invalid" && said != "404 not_found" && said[:3] != "307" && said[:3] != "404" {
					s.Errorf("%s %s%s: %s", verb[0], verb[1], id, said)
				}
			}
		}
		equal(s.T, tree(s.T, s.dir), before)
		return ""
	}},
}

// tricks are ids of attachments that are none.
var tricks = []string{
	"..%2f..%2fserver.db", "%2e%2e/%2e%2e/server.db", "../../server.db", "%2fetc%2fpasswd", "..%5c..%5cserver.db", "C:%5cserver.db", "CON", "NUL.txt", "a%00b",
	strings.Repeat("ab", 32) + "%00", strings.Repeat("ab", 31) + "..", strings.Repeat("AB", 32) + "/x", strings.Repeat("a", 4_000), "%ff%fe", "~", "",
}

func TestAttacks(t *testing.T) {
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			s := newSiege(t)
			if got := a.attack(s); got != a.want {
				t.Errorf("answered\n%s\nwant\n%s", got, a.want)
			}
			s.endures(a.grown)
		})
	}
}

// shutOut is what one hears everywhere who may not speak.
const shutOut = "push 403 forbidden; pull 403 forbidden; rows 403 forbidden; past 403 forbidden; audit 403 forbidden; proven 403 forbidden; roster 403 forbidden; standing 200; " +
	"wait 403 forbidden; get 403 forbidden; have 403 forbidden; put 403 forbidden"

// everywhere asks at each door.
func (s *siege) everywhere(d *simtest.Device) string {
	s.Helper()
	id := s.secret.Files[0].ID.String()
	said := []string{"push " + s.pushes(d, s.outgoing(s.victim))}
	for _, door := range doors[1:] {
		said = append(said, filepath.Base(door.path)+" "+s.says(d, door.path, door.message(s)))
	}
	return strings.Join(append(said, "wait "+s.asks(d, "GET", wire.PathWait+"?gsn=0", nil), "get "+s.asks(d, "GET", wire.PathBlob+id, nil),
		"have "+s.asks(d, "GET", wire.PathHave+id, nil), "put "+s.asks(d, "PUT", wire.PathBlob+id, []byte("x"))), "; ")
}

// doors are all that take messages, with a good one each.
var doors = []struct {
	path    string
	message func(*siege) any
}{
	{wire.PathPush, func(s *siege) any { return &wire.Push{Epoch: s.epoch} }},
	{wire.PathPull, func(s *siege) any { return &wire.Pull{Epoch: s.epoch} }},
	{wire.PathRows, func(s *siege) any { return &wire.Rows{Epoch: s.epoch} }},
	{wire.PathPast, func(s *siege) any { return &wire.Past{Epoch: s.epoch, UpTo: 1} }},
	{wire.PathAudit, func(*siege) any { return &wire.Audit{Count: 9} }},
	{wire.PathProven, func(*siege) any { return &wire.Proving{Lines: []int64{1}} }},
	{wire.PathRoster, func(*siege) any { return &wire.RosterAsk{} }},
	{wire.PathStanding, func(*siege) any { return &wire.Stand{Renew: true} }},
}

func (s *siege) pull(d *simtest.Device) string {
	return s.says(d, wire.PathPull, &wire.Pull{Epoch: s.epoch, Clearance: make([]byte, 32)})
}

// everything is all that a device ever signed.
func (s *siege) everything(d *simtest.Device) *wire.Push {
	again := d.Clone()
	again.Acked = 0
	return s.outgoing(again)
}

// wanted is an attachment that a device has named and not brought.
func (s *siege) wanted(d *simtest.Device) string {
	f := s.file(d, "添付", "", app.ZoneLGWAN)
	blob, err := d.Attach(f.Ref, "写真", strings.NewReader("JPEG"))
	ok(s.T, err)
	f.Files = []app.Blob{blob}
	ok(s.T, d.Save(f))
	s.pushed(d, s.outgoing(d))
	s.lines = s.count()
	return blob.ID.String()
}

func packed(p []byte) []byte {
	w, _ := zstd.NewWriter(nil)
	return w.EncodeAll(p, nil)
}

// tree are the names of all files below a folder.
func tree(t *testing.T, dir string) (names []string) {
	t.Helper()
	ok(t, filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		names = append(names, path)
		return err
	}))
	return names
}

// TestAttackWithMessages sends to each door what a decoder must not be led
// astray by, plain and packed.
func TestAttackWithMessages(t *testing.T) {
	s := newSiege(t)
	many := bytes.Repeat([]byte{0x40}, 20_000)     // empty byte strings, a byte each
	bodies := []byte{0xa1, 0x02, 0x99, 0x02, 0x00} // 2: 512 segments
	for range 512 {
		bodies = append(append(bodies, 0xa1, 0x06, 0x99, 0x4e, 0x20), many...) // 6: 20,000 changes
	}
	messages := map[string][]byte{
		"nothing": {}, "not CBOR": []byte("GET / HTTP/1.1"), "cut": {0xa2, 0x02}, "trailing bytes": {0xa1, 0x02, 0x07, 0x00}, "twice the key": {0xa2, 0x02, 0x07, 0x02, 0x08},
		"endless": {0xa1, 0x02, 0x9f, 0x01, 0x02, 0xff}, "a tag": {0xa1, 0x02, 0xc2, 0x41, 0x07}, "deep": append(bytes.Repeat([]byte{0x81}, 4_000), 0),
		"huge array": {0xa1, 0x02, 0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, "huge bytes": {0xa1, 0x02, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
		"lists of lists": bodies, "zeros": make([]byte, wire.MaxRequest+1),
	}
	for name, message := range messages {
		for _, door := range append(doors, doors[:1]...) {
			for _, headers := range [][]string{nil, {"Content-Encoding", wire.Zstd}} {
				body := message
				if headers != nil {
					body = packed(message)
				}
				if said := s.asks(s.attacker, "POST", door.path, body, headers...); said != "400 damaged" && said != "413 invalid" {
					t.Errorf("%s to %s, %v: %s", name, door.path, headers, said)
				}
			}
		}
	}
	s.endures(0)
}

// TestScopeProbing asks for what the attacker may not read, and for what is not
// there: the answers are the same, byte for byte but for their times.
func TestScopeProbing(t *testing.T) {
	s := newSiege(t)
	hash := clearance("lgwan").Hash()
	for name, message := range map[string]any{
		"rows of a zone": &wire.Rows{Epoch: s.epoch, Only: wire.ExtentsOf(clearance("number")), Clearance: hash[:]},
		"rows of all":    &wire.Rows{Epoch: s.epoch, Only: wire.ExtentsOf(app.ReadsAll), Clearance: hash[:]},
		"rows after it":  &wire.Rows{Epoch: s.epoch, After: wire.Ref{Kind: string(fileKind)}, Clearance: hash[:]},
		"the past":       &wire.Past{Epoch: s.epoch, Only: wire.ExtentsOf(app.ReadsAll), UpTo: int64(s.lines), Clearance: hash[:]},
		"all lines":      &wire.Pull{Epoch: s.epoch, Clearance: hash[:]},
		"the audit":      &wire.Audit{Count: 99},
	} {
		path := map[bool]string{true: wire.PathRows, false: wire.PathPull}[strings.HasPrefix(name, "rows")]
		switch message.(type) {
		case *wire.Past:
			path = wire.PathPast
		case *wire.Audit:
			path = wire.PathAudit
		}
		_, text := s.answer(s.attacker, "POST", path, encode(t, message))
		if bytes.Contains(text, s.secret.Ref.ID[:]) {
			t.Errorf("%s tells the name of the secret record", name)
		}
	}
	nobody, blob := app.Ref{Kind: fileKind, ID: app.ID{1}}, app.BlobID{1}
	ref := func(r app.Ref) []wire.Ref { return []wire.Ref{{Kind: string(r.Kind), ID: r.ID}} }
	for name, same := range map[string]func(app.Ref, app.BlobID) string{
		"rows by name": func(r app.Ref, _ app.BlobID) string {
			_, text := s.answer(s.attacker, "POST", wire.PathRows, encode(t, &wire.Rows{Epoch: s.epoch, Refs: ref(r), Clearance: hash[:]}))
			var page wire.RowsPage
			ok(t, wire.Decode(text, &page))
			equal(t, []any{len(page.Rows), page.Rows[0].GSN, len(page.Rows[0].Doc), len(page.Keys)}, []any{1, int64(0), 0, 0})
			return fmt.Sprint(len(text))
		},
		"get": func(_ app.Ref, id app.BlobID) string {
			return fmt.Sprint(s.answer(s.attacker, "GET", wire.PathBlob+id.String(), nil))
		},
		"head": func(_ app.Ref, id app.BlobID) string {
			return s.asks(s.attacker, "HEAD", wire.PathBlob+id.String(), nil)
		},
		"have": func(_ app.Ref, id app.BlobID) string {
			return fmt.Sprint(s.answer(s.attacker, "GET", wire.PathHave+id.String(), nil))
		},
		"put": func(_ app.Ref, id app.BlobID) string {
			return fmt.Sprint(s.answer(s.attacker, "PUT", wire.PathBlob+id.String(), []byte("x")))
		},
		"edit":    func(r app.Ref, _ app.BlobID) string { return s.edited(r, "") },
		"command": func(r app.Ref, _ app.BlobID) string { return s.edited(r, "stamp") },
	} {
		if there, not := same(s.secret.Ref, s.secret.Files[0].ID), same(nobody, blob); there != not {
			t.Errorf("%s: of what is there\n%s\nof what is not\n%s", name, there, not)
		}
	}
	s.endures(4)
}

// edited is what a change to a record is answered.
func (s *siege) edited(ref app.Ref, command string) string {
	s.Helper()
	c := &app.Change{Ref: ref, Command: command, Cells: []app.Cell{set("colour", "", "赤")}}
	if command != "" {
		c.Cells, c.Args = nil, app.Doc(nil).Patch([]app.Cell{linkTo("on", s.attacker.Refs(fileKind)[0])})
	}
	s.journal(s.attacker, c)
	s.syncs(s.attacker)
	o := s.attacker.Said[s.attacker.Seq()]
	return fmt.Sprint(o.Verdict, o.Code, o.Field, o.Say, len(o.Effects))
}
