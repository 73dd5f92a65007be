package share

import (
	"encoding/binary"
	"slices"

	"github.com/cloudsoda/go-smb2"

	"daicho/app/scan"
)

// Enters is not told of folders of shares: who may come to a file there is told by
// the file's own list, for Windows lets everyone pass through folders.
func (s *Shares) Enters(folder string, above bool) scan.Readers {
	if IsShare(folder) {
		return ""
	}
	return s.Local.Enters(folder, above)
}

// Readers is part of [scan.Guarded]: by the access list that the server keeps.
func (f *file) Readers() (r scan.Readers) {
	_ = f.patiently(func() error { // who does not tell it, does not
		b, err := f.File.SecurityInfoRaw(smb2.DACLSecurityInformation)
		if err == nil {
			r = readersOf(b)
		}
		return err
	})
	return r
}

// Offsets and flags of a SECURITY_DESCRIPTOR, its ACL and its ACEs (MS-DTYP 2.4.4 to 2.4.6).
const (
	daclPresent  = 0x0004
	aceAllows    = 0
	aceDenies    = 1
	aceInherited = 0x08       // only: it does not count here
	readMask     = 0x90000001 // to read data, generic read, generic all
)

// readersOf reads a self-relative security descriptor. The first entry that names
// everyone decides, as Windows does.
func readersOf(b []byte) scan.Readers {
	le := binary.LittleEndian
	if len(b) < 20 {
		return ""
	}
	at := int(le.Uint32(b[16:]))
	if le.Uint16(b[2:])&daclPresent == 0 || at == 0 {
		return scan.Everyone // no list: nobody is kept out
	}
	if at < 20 || at+8 > len(b) {
		return ""
	}
	list, count := b[at+8:], int(le.Uint16(b[at+4:]))
	for range count {
		if len(list) < 8 {
			return ""
		}
		size := int(le.Uint16(list[2:]))
		if size < 8 || size > len(list) {
			return ""
		}
		kind, flags, mask := list[0], list[1], le.Uint32(list[4:])
		if mask&readMask != 0 && flags&aceInherited == 0 && isEveryone(list[8:size]) {
			switch kind {
			case aceAllows:
				return scan.Everyone
			case aceDenies:
				return scan.Named
			}
		}
		list = list[size:]
	}
	return scan.Named
}

// isEveryone says whether a SID (MS-DTYP 2.4.2) is of a group that everyone with an
// account belongs to: Everyone, Anonymous, Authenticated Users, Users, Guests,
// Domain Users, Domain Guests.
func isEveryone(sid []byte) bool {
	if len(sid) < 12 || sid[0] != 1 || len(sid) < 8+4*int(sid[1]) || sid[1] == 0 {
		return false
	}
	first, last := binary.LittleEndian.Uint32(sid[8:]), binary.LittleEndian.Uint32(sid[8+4*(int(sid[1])-1):])
	switch [6]byte(sid[2:8]) {
	case [6]byte{5: 1}: // world
		return sid[1] == 1 && first == 0
	case [6]byte{5: 5}: // NT
		switch {
		case sid[1] == 1:
			return first == 7 || first == 11
		case sid[1] == 2 && first == 32:
			return last == 545 || last == 546
		case sid[1] == 5 && first == 21:
			return slices.Contains([]uint32{513, 514}, last)
		}
	}
	return false
}
