package extract

import "encoding/binary"

// readOLE tells what kind of document a compound file is and whether a
// password protects it.
func (it *item) readOLE() error {
	c, err := openCompound(it.r, it.size)
	if err != nil {
		return err
	}
	for _, k := range oleKinds {
		s, ok := c.find(k.stream)
		if !ok {
			continue
		}
		it.told.Type = k.typ
		if k.locked == nil {
			return unreadable(ReasonNoReader)
		}
		return k.locked(it, c, s)
	}
	return unreadable(ReasonNoReader)
}

// oleKinds are told by a stream each must have.
var oleKinds = []struct {
	stream string
	typ    Type
	locked func(*item, *compound, stream) error
}{
	{"EncryptedPackage", OOXML, (*item).readEncryptedOOXML},
	{"WordDocument", DOC, (*item).readDOC},
	{"Workbook", XLS, (*item).readXLS},
	{"Book", XLS, (*item).readXLS},
	{"PowerPoint Document", PPT, (*item).readPPT},
	{"__properties_version1.0", MSG, nil},
	{"DocumentText", Ichitaro, nil},
}

func (it *item) lockedOr(locked bool) error {
	if locked {
		it.told.Protection = ProtectPassword
		return unreadable(ReasonPassword)
	}
	it.told.Protection = ProtectNone
	return unreadable(ReasonNoReader)
}

// readEncryptedOOXML tries the default password: what it opens is not
// protected, and is read.
func (it *item) readEncryptedOOXML(c *compound, pkg stream) error {
	s, ok := c.find("EncryptionInfo")
	if !ok {
		return errCompound
	}
	info, err := c.read(s, 64<<10)
	if err != nil {
		return err
	}
	open, err := openWith(info, defaultPassword)
	if err != nil {
		it.told.Protection = ProtectUnknown
		return unreadable(ReasonUnknownCrypto)
	}
	if open == nil {
		return it.lockedOr(true)
	}
	it.told.Protection = ProtectNone
	return it.readOpened(c, pkg, open)
}

func (it *item) readOpened(c *compound, pkg stream, open opener) error {
	if pkg.size > it.limits.Buffer {
		return unreadable(ReasonTooLarge)
	}
	sealed, err := c.read(pkg, pkg.size)
	if err != nil {
		return err
	}
	plain, err := open(sealed)
	if err != nil {
		return err
	}
	it.r, it.size = bytesAt(plain), int64(len(plain))
	return it.readZip()
}

// readDOC looks at the flags of the FIB: fEncrypted is bit 0x0100 ([MS-DOC] 2.5.2).
func (it *item) readDOC(c *compound, s stream) error {
	fib, err := c.read(s, 32)
	if err != nil || len(fib) < 12 {
		return errCompound
	}
	return it.lockedOr(binary.LittleEndian.Uint16(fib[10:])&0x0100 != 0)
}

// readXLS looks for FILEPASS among the first records ([MS-XLS] 2.4.117).
func (it *item) readXLS(c *compound, s stream) error {
	head, err := c.read(s, 64<<10)
	if err != nil {
		return err
	}
	pass, locked := record(head, 0x2F)
	return it.lockedOr(locked && !opensByDefault(pass))
}

// record finds a BIFF record before the end of the globals (EOF, 0x0A).
func record(b []byte, want uint16) ([]byte, bool) {
	for len(b) >= 4 {
		id, size := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
		if id == want {
			return b[4:min(len(b), 4+size)], true
		}
		if id == 0x0A || len(b) < 4+size {
			break
		}
		b = b[4+size:]
	}
	return nil, false
}

// readPPT looks at the token of the Current User stream: 0xF3D1C4DF when the
// document is encrypted ([MS-PPT] 2.3.2).
func (it *item) readPPT(c *compound, _ stream) error {
	s, ok := c.find("Current User")
	if !ok {
		return errCompound
	}
	user, err := c.read(s, 64)
	if err != nil || len(user) < 16 {
		return errCompound
	}
	return it.lockedOr(binary.LittleEndian.Uint32(user[12:]) == 0xF3D1C4DF)
}
