package extract

// readOLE reads a compound file: an old Office document, a message, or an
// encrypted new one.
func (it *item) readOLE() error {
	d, err := openCompound(it.r, it.size)
	if err != nil {
		return err
	}
	return it.readStorage(d)
}

// readStorage reads the document in a storage.
func (it *item) readStorage(d storage) error {
	for _, k := range oleKinds {
		s, ok := d.find(k.stream)
		if !ok {
			continue
		}
		it.told.Type = k.typ
		if k.read == nil {
			return unreadable(ReasonNoReader)
		}
		return k.read(it, d, s)
	}
	return unreadable(ReasonNoReader)
}

// oleKind is a document told by a stream it must have.
type oleKind struct {
	stream string
	typ    Type
	read   func(*item, storage, stream) error
}

var oleKinds []oleKind

func init() { // the readers lead back here through embedded documents
	oleKinds = []oleKind{
		{"EncryptedPackage", OOXML, (*item).readEncryptedOOXML},
		{"WordDocument", DOC, (*item).readDOC},
		{"Workbook", XLS, (*item).readXLS},
		{"Book", XLS, (*item).readXLS},
		{"PowerPoint Document", PPT, (*item).readPPT},
		{"__properties_version1.0", MSG, (*item).readMSG},
		{"DocumentText", Ichitaro, nil},
		{"VisioDocument", Visio, nil},
		{"Quill Contents", Publisher, nil},
		{"Props14", Project, nil},
		{"Props12", Project, nil},
		{"Props9", Project, nil},
	}
}

// stored returns a whole stream, if it fits the memory.
func (it *item) stored(d storage, s stream) ([]byte, error) {
	if s.size > it.limits.Buffer {
		return nil, unreadable(ReasonTooLarge)
	}
	if it.job.inflated += s.size; it.job.inflated > it.limits.Inflated { // streams may share sectors
		return nil, partly(ReasonInflated)
	}
	return d.read(s, s.size)
}

// locked says that a document needs a password.
func (it *item) locked(note Note) error {
	it.told.Protection, it.told.Note = ProtectPassword, note
	return unreadable(ReasonPassword)
}

// readEncryptedOOXML tries the default password: what it opens is not
// protected, and is read.
func (it *item) readEncryptedOOXML(c storage, pkg stream) error {
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
		return it.locked("")
	}
	it.told.Protection, it.told.Note = ProtectNone, NoteDefaultPassword
	return it.readOpened(c, pkg, open)
}

func (it *item) readOpened(c storage, pkg stream, open opener) error {
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
