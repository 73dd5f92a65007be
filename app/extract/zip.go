package extract

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"

	"daicho/app/extract/charset"
)

const (
	flagEncrypted = 1 << 0 // APPNOTE 4.4.4
	flagStrong    = 1 << 6
	methodAES     = 99 // WinZip AES
	// maxDirectory bounds what archive/zip loads at once; 100,000 entries with
	// long names need about 15 MB.
	maxDirectory = 64 << 20
)

// readZip reads a ZIP file: a document that is one inside, or an archive.
func (it *item) readZip() error {
	if err := checkDirectory(it.r, it.size); err != nil {
		return err
	}
	z, err := zip.NewReader(it.r, it.size)
	if err != nil {
		return err
	}
	if typ, read := documentIn(z); read != nil {
		it.told.Type = typ
		return read(&pack{item: it, zip: z})
	}
	return (&pack{item: it, zip: z}).readEntries()
}

// pack is an item that is a ZIP file.
type pack struct {
	*item
	zip *zip.Reader
}

// documentIn tells which document a ZIP file is, by the parts it must have.
func documentIn(z *zip.Reader) (Type, func(*pack) error) {
	for _, f := range z.File {
		switch name := f.Name; {
		case strings.HasPrefix(name, "word/document") && strings.HasSuffix(name, ".xml"):
			return DOCX, (*pack).readDOCX
		case name == "xl/workbook.xml":
			return XLSX, (*pack).readXLSX
		case name == "ppt/presentation.xml":
			return PPTX, (*pack).readPPTX
		case name == "mimetype" && isODF(f):
			return ODF, (*pack).readODF
		case name == "xl/workbook.bin":
			return XLSX, (*pack).readXLSB
		}
	}
	return "", nil
}

// isODF reads the name of the format that an OpenDocument begins with.
func isODF(f *zip.File) bool {
	r, err := f.Open()
	if err != nil {
		return false
	}
	defer r.Close()
	var b [40]byte
	n, err := io.ReadFull(r, b[:])
	return err != io.EOF && strings.HasPrefix(string(b[:n]), "application/vnd.oasis.opendocument")
}

// readEntries reads an archive's entries, each with a protection of its own;
// the archive's follows from theirs.
func (p *pack) readEntries() error {
	if p.overlap() {
		return unreadable(ReasonRatio)
	}
	locked, open := 0, 0
	for _, f := range p.zip.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if isLocked(f) {
			locked++
		} else {
			open++
		}
	}
	switch {
	case locked > 0 && open > 0:
		p.told.Protection = ProtectPartial
	case locked > 0:
		p.told.Protection = ProtectPassword
	}
	for _, f := range p.zip.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if err := p.readEntry(f); err != nil {
			return err
		}
	}
	if p.told.Protection == ProtectPassword {
		return unreadable(ReasonPassword)
	}
	return nil
}

// overlap says that the entries have more bytes than the file: some share theirs,
// so that a small file unpacks to a large one.
func (p *pack) overlap() bool {
	left := uint64(p.size)
	for _, f := range p.zip.File {
		if f.CompressedSize64 > left {
			return true
		}
		left -= f.CompressedSize64
	}
	return false
}

func isLocked(f *zip.File) bool { return f.Flags&flagEncrypted != 0 || f.Method == methodAES }

func (p *pack) readEntry(f *zip.File) error {
	name := entryName(f)
	if isLocked(f) {
		return p.lockedEntry(f, name)
	}
	r, err := f.Open()
	if err != nil {
		return p.closedEntry(f, name, err)
	}
	defer r.Close()
	return p.entry(name, entrySize(f), p.unpack(r, int64(f.CompressedSize64)))
}

// lockedEntry tells of an entry behind a password. Its name is readable all
// the same.
func (p *pack) lockedEntry(f *zip.File, name string) error {
	child, err := p.child(name)
	if err != nil {
		return err
	}
	reason, note := ReasonZipCrypto, NoteZipCrypto
	switch {
	case f.Method == methodAES:
		reason, note = ReasonZipAES, ""
	case f.Flags&flagStrong != 0:
		reason, note = ReasonZipStrong, ""
	}
	return p.report(File{Path: child.path, Size: entrySize(f), Type: typeByName(name),
		Protection: ProtectPassword, Note: note, Scanned: Unscannable, Reason: reason})
}

func (p *pack) closedEntry(f *zip.File, name string, cause error) error {
	child, err := p.child(name)
	if err != nil {
		return err
	}
	told := File{Path: child.path, Size: entrySize(f), Type: typeByName(name),
		Protection: ProtectUnknown, Scanned: Failed, Reason: ReasonDamaged}
	if errors.Is(cause, zip.ErrAlgorithm) {
		told.Scanned, told.Reason = Unscannable, ReasonMethod
	}
	return p.report(told)
}

// entrySize is what the archive says; it may lie.
func entrySize(f *zip.File) int64 {
	if f.UncompressedSize64 > 1<<62 {
		return -1
	}
	return int64(f.UncompressedSize64)
}

// entryName decodes names that are not marked as UTF-8, and mends the
// separators of old Windows archivers.
func entryName(f *zip.File) string {
	if f.NonUTF8 {
		return printableName(f.Name)
	}
	return strings.ReplaceAll(f.Name, "\\", "/")
}

// printableName is the name of an entry as UTF-8 with slashes.
func printableName(raw string) string { return strings.ReplaceAll(charset.Name(raw), "\\", "/") }

// checkDirectory refuses a central directory that is larger than could be
// loaded, before it is loaded. APPNOTE 4.3.16, 4.3.14.
func checkDirectory(r io.ReaderAt, size int64) error {
	tail := make([]byte, min(size, 22+1<<16))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return failed(ReasonRead)
	}
	end := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if end < 0 || end+22 > len(tail) {
		return nil // archive/zip says what is wrong
	}
	length := uint64(binary.LittleEndian.Uint32(tail[end+12:]))
	if length == 1<<32-1 {
		length = zip64Directory(r, tail, end)
	}
	if length > maxDirectory {
		return unreadable(ReasonTooMany)
	}
	return nil
}

// zip64Directory follows the locator before the end record.
func zip64Directory(r io.ReaderAt, tail []byte, end int) uint64 {
	if end < 20 || !bytes.HasPrefix(tail[end-20:], []byte("PK\x06\x07")) {
		return 0
	}
	var record [56]byte
	at := int64(binary.LittleEndian.Uint64(tail[end-12:]))
	if at < 0 {
		return 0
	}
	if _, err := r.ReadAt(record[:], at); err != nil {
		return 0
	}
	return binary.LittleEndian.Uint64(record[40:])
}
