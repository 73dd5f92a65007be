package share

import (
	"encoding/binary"
	"testing"

	"daicho/app/scan"
)

type ace struct {
	kind, flags byte
	mask        uint32
	sid         []byte
}

func sid(authority byte, sub ...uint32) []byte {
	b := []byte{1, byte(len(sub)), 0, 0, 0, 0, 0, authority}
	for _, s := range sub {
		b = binary.LittleEndian.AppendUint32(b, s)
	}
	return b
}

// descriptor is a SECURITY_DESCRIPTOR as MS-DTYP 2.4.6 lays it out, with no owner.
func descriptor(aces ...ace) []byte {
	b := make([]byte, 20)
	b[0] = 1
	binary.LittleEndian.PutUint16(b[2:], 0x8004)
	binary.LittleEndian.PutUint32(b[16:], 20)
	list := []byte{2, 0, 0, 0, byte(len(aces)), 0, 0, 0}
	for _, a := range aces {
		entry := binary.LittleEndian.AppendUint32([]byte{a.kind, a.flags, byte(8 + len(a.sid)), 0}, a.mask)
		list = append(list, append(entry, a.sid...)...)
	}
	binary.LittleEndian.PutUint16(list[2:], uint16(len(list)))
	return append(b, list...)
}

func TestReadersOf(t *testing.T) {
	const full, readOnly, write = 0x001F01FF, 0x00120089, 0x00000002
	somebody := sid(5, 21, 1, 2, 3, 1104)
	for name, c := range map[string]struct {
		of   []byte
		want scan.Readers
	}{
		"everyone":                      {descriptor(ace{0, 0, full, somebody}, ace{0, 0, readOnly, sid(1, 0)}), scan.Everyone},
		"authenticated users":           {descriptor(ace{0, 0, readOnly, sid(5, 11)}), scan.Everyone},
		"users of the machine":          {descriptor(ace{0, 0x10, readOnly, sid(5, 32, 545)}), scan.Everyone},
		"domain users":                  {descriptor(ace{0, 0, 0x80000000, sid(5, 21, 1, 2, 3, 513)}), scan.Everyone},
		"somebody":                      {descriptor(ace{0, 0, full, somebody}), scan.Named},
		"administrators":                {descriptor(ace{0, 0, full, sid(5, 32, 544)}), scan.Named},
		"domain admins":                 {descriptor(ace{0, 0, full, sid(5, 21, 1, 2, 3, 512)}), scan.Named},
		"everyone may write":            {descriptor(ace{0, 0, write, sid(1, 0)}), scan.Named},
		"everyone, for what is made in": {descriptor(ace{0, 0x08, full, sid(1, 0)}), scan.Named},
		"everyone is kept out":          {descriptor(ace{1, 0, full, sid(1, 0)}, ace{0, 0, full, sid(5, 11)}), scan.Named},
		"nobody":                        {descriptor(), scan.Named},
		"no list":                       {make([]byte, 20), scan.Everyone},
		"nothing":                       {nil, ""},
		"cut short":                     {descriptor(ace{0, 0, full, somebody})[:40], ""},
	} {
		if got := readersOf(c.of); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func FuzzReadersOf(f *testing.F) {
	f.Add(descriptor(ace{0, 0, 1, sid(1, 0)}))
	f.Add(descriptor(ace{1, 0, 1, sid(5, 21, 1, 2, 3, 513)}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r := readersOf(b); r != "" && r != scan.Everyone && r != scan.Named {
			t.Errorf("%q", r)
		}
	})
}
