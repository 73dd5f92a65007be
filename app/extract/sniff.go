package extract

import (
	"bytes"
	"path"
	"strings"

	"daicho/app/extract/cms"
)

const sniffSize = 4096

// format is what the package does with a type; types that are missing here are
// read as text.
type format struct {
	protection Protection
	reason     Reason // when there is no reader
	read       func(*item) error
	streams    bool // the reader needs no random access
	plain      bool // the reader is small and our own, and the file holds no others
}

var formats map[Type]format

func init() { // the readers lead back here through nested entries
	noReader := format{protection: ProtectUnknown, reason: ReasonNoReader}
	key := format{protection: ProtectKey, reason: ReasonKey}
	sealed := format{protection: ProtectPassword, reason: ReasonPassword}
	formats = map[Type]format{
		Empty:   {protection: ProtectNone, read: func(*item) error { return nil }, plain: true},
		Mail:    {protection: ProtectNone, read: (*item).readMail, streams: true},
		Mailbox: {protection: ProtectNone, read: (*item).readMailbox, streams: true},
		JSON:    {protection: ProtectNone, read: (*item).readJSON, streams: true, plain: true},
		XML:     {protection: ProtectNone, read: (*item).readMarkup, streams: true, plain: true},
		SQL:     {protection: ProtectNone, read: (*item).readSQL, streams: true, plain: true},
		HTML:    {protection: ProtectNone, read: (*item).readHTML, streams: true, plain: true},
		ZIP:     {protection: ProtectNone, read: (*item).readZip},
		OLE:     {protection: ProtectUnknown, read: (*item).readOLE},
		PDF:     {protection: ProtectUnknown, read: (*item).readPDF},
		GZIP:    {protection: ProtectNone, read: (*item).readGzip, streams: true},
		BZIP2:   {protection: ProtectNone, read: (*item).readBzip2, streams: true},
		TAR:     {protection: ProtectNone, read: (*item).readTar, streams: true},

		XZ:       {protection: ProtectNone, read: (*item).readXZ, streams: true},
		Zstd:     {protection: ProtectNone, read: (*item).readZstd, streams: true},
		RTF:      {protection: ProtectNone, read: (*item).readRTF, streams: true},
		SevenZip: {protection: ProtectUnknown, read: (*item).readSevenZip},
		RAR:      {protection: ProtectUnknown, read: (*item).readRAR, streams: true},
		SQLite:   {protection: ProtectNone, read: (*item).readSQLite},

		LZH: {protection: ProtectNone, read: (*item).readLZH, streams: true},
		CAB: {protection: ProtectNone, read: (*item).readCAB},

		DocuWorks: noReader, Access: noReader, PST: noReader,
		PGP: key, Age: key,
		TNEF:  {protection: ProtectNone, read: (*item).readTNEF},
		SMIME: {protection: ProtectUnknown, read: (*item).readSMIME},

		ARJ: noReader, ACE: noReader, Compress: noReader, LZ4: noReader, Lzip: noReader, Ar: noReader, RPM: noReader,
		Disc: noReader, Disk: noReader, OneNote: noReader, Drawing: noReader, Hanako: noReader, FileMaker: noReader,
		Lotus: noReader, Notes: noReader, Ichitaro: noReader,
		KeePass: sealed, PKCS12: sealed, OpenSSL: sealed, AttacheCase: sealed, Volume: sealed,
		Image:      {protection: ProtectNone, reason: ReasonImage},
		Media:      {protection: ProtectNone, reason: ReasonMedia},
		Executable: {protection: ProtectNone, reason: ReasonExecutable},
		Font:       {protection: ProtectNone, reason: ReasonFont},
	}
}

// magics are the first bytes of formats, at an offset.
var magics = []struct {
	at    int
	bytes string
	typ   Type
}{
	{0, "PK\x03\x04", ZIP}, {0, "PK\x05\x06", ZIP}, {0, "PK\x07\x08", ZIP},
	{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", OLE},
	{0, "%PDF-", PDF}, {0, "\x1f\x8b", GZIP}, {4, "1AY&SY", BZIP2}, {4, "\x17rE8P\x90", BZIP2}, {257, "ustar", TAR},
	{0, "7z\xBC\xAF\x27\x1C", SevenZip}, {0, "Rar!\x1A\x07", RAR}, {2, "-lh", LZH}, {2, "-lz", LZH},
	{0, "\xFD7zXZ\x00", XZ}, {0, "\x28\xB5\x2F\xFD", Zstd}, {0, "MSCF", CAB}, {0, "{\\rtf", RTF},
	{0, "\x60\x0E\x82\x01", DocuWorks}, {0, "\x60\x0E\x85\x01", DocuWorks},
	{4, "Standard Jet DB", Access}, {4, "Standard ACE DB", Access},
	{0, "\x60\xEA", ARJ}, {7, "**ACE**", ACE}, {0, "\x1f\x9d", Compress}, {0, "\x04\x22\x4D\x18", LZ4}, {0, "LZIP", Lzip},
	{0, "!<arch>\n", Ar}, {0, "\xED\xAB\xEE\xDB", RPM}, {0, "\x78\x9F\x3E\x22", TNEF},
	{0, "MSWIM\x00\x00\x00", Disk}, {0, "conectix", Disk}, {0, "vhdxfile", Disk}, {0, "KDMV", Disk}, {0, "QFI\xFB", Disk},
	{0, "LUKS\xBA\xBE", Volume}, {3, "-FVE-FS-", Volume}, {0, "\x03\xD9\xA2\x9A", KeePass}, {0, "Salted__", OpenSSL},
	{4, "_AttacheCaseData", AttacheCase}, {0, "\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D", OneNote}, {0, "AC10", Drawing},
	{0, "!BDN", PST}, {0, "SQLite format 3\x00", SQLite},
	{0, "-----BEGIN PGP MESSAGE-----", PGP}, {0, "age-encryption.org/v1", Age},
	{0, "-----BEGIN AGE ENCRYPTED FILE-----", Age},
	{0, "\x89PNG\r\n\x1a\n", Image}, {0, "\xFF\xD8\xFF", Image}, {0, "GIF8", Image},
	{0, "II*\x00", Image}, {0, "MM\x00*", Image}, {8, "WEBP", Image}, {4, "ftypheic", Image},
	{4, "ftypavif", Image}, {0, "8BPS", Image}, {0, "\x00\x00\x01\x00", Image}, {0, "\xD7\xCD\xC6\x9A", Image},
	{4, "ftyp", Media}, {0, "ID3", Media}, {0, "OggS", Media}, {0, "fLaC", Media}, {0, "\x1A\x45\xDF\xA3", Media},
	{8, "WAVE", Media}, {8, "AVI ", Media}, {0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11", Media},
	{0, "\x7FELF", Executable}, {0, "\xCA\xFE\xBA\xBE", Executable}, {0, "\xCF\xFA\xED\xFE", Executable},
	{0, "OTTO", Font}, {0, "\x00\x01\x00\x00\x00", Font}, {0, "wOFF", Font}, {0, "wOF2", Font},
}

// sniff tells the type from the first bytes; the name's ending only helps where
// the bytes say nothing.
func sniff(head []byte, name string) Type {
	if len(head) == 0 {
		return Empty
	}
	for _, m := range magics {
		if len(head) >= m.at && bytes.HasPrefix(head[m.at:], []byte(m.bytes)) && (!wordy(m.bytes) || bytes.IndexByte(head, 0) >= 0) {
			return m.typ
		}
	}
	ending := strings.ToLower(path.Ext(name))
	switch {
	case bytes.HasPrefix(head, []byte("BM")) && ending == ".bmp":
		return Image
	case bytes.HasPrefix(head, []byte("MZ")) && bytes.IndexByte(head, 0) >= 0:
		return Executable
	case looksPGP(head, ending):
		return PGP
	case cms.Looks(head):
		return SMIME
	case bytes.Contains(head[:min(1024, len(head))], []byte("%PDF-")):
		return PDF
	case looksHTML(head, ending):
		return HTML
	case looksMailbox(head):
		return Mailbox
	case looksMail(head):
		return Mail
	case ending == ".csv" || ending == ".tsv":
		return CSV
	case looksJSON(head, ending):
		return JSON
	case looksXML(head):
		return XML
	case ending == ".sql" || ending == ".dump":
		return SQL
	}
	return Text
}

// wordy says whether a list may begin with a mark, too: AC1001,葉月. The formats with
// such marks all have a zero byte near them.
func wordy(mark string) bool {
	return !strings.ContainsFunc(mark, func(r rune) bool { return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') })
}

// typesOfBinary are formats without a mark that is sure enough: the bytes say that
// they are no text, the name says what.
var typesOfBinary = map[string]Type{
	".fp7": FileMaker, ".fmp12": FileMaker, ".123": Lotus, ".wk3": Lotus, ".wk4": Lotus, ".nsf": Notes, ".jhd": Hanako,
	".jaw": Ichitaro, ".jbw": Ichitaro, ".jsw": Ichitaro, ".jtw": Ichitaro, ".juw": Ichitaro, ".jfw": Ichitaro,
	".xbd": DocuWorks, ".xct": DocuWorks, ".p12": PKCS12, ".pfx": PKCS12, ".atc": AttacheCase, ".lzma": XZ, ".dmg": Disk,
}

// binaryType tells what a file without text is: by what stands at the beginning of
// a disc (ECMA-119 8.4.2, ECMA-167 2/9.1.2), or by its name.
func (it *item) binaryType() Type {
	var mark [5]byte
	if _, err := it.r.ReadAt(mark[:], 32<<10+1); err == nil {
		switch string(mark[:]) {
		case "CD001", "BEA01", "NSR02", "NSR03":
			return Disc
		}
	}
	if t, ok := typesOfBinary[strings.ToLower(path.Ext(it.name))]; ok {
		return t
	}
	return Binary
}

// looksJSON wants the name to say so and the first character to agree.
func looksJSON(head []byte, ending string) bool {
	switch ending {
	case ".json", ".jsonl", ".ndjson", ".geojson", ".har", ".ipynb", ".webmanifest":
		start := bytes.TrimLeft(head, "\xEF\xBB\xBF \t\r\n")
		return len(start) > 0 && (start[0] == '{' || start[0] == '[')
	}
	return false
}

// looksXML knows XML by its declaration, in eight bits or sixteen.
func looksXML(head []byte) bool {
	for _, mark := range []string{"<?xml", "\xEF\xBB\xBF<?xml", "\xFF\xFE<\x00?\x00x\x00m\x00l\x00", "\xFE\xFF\x00<\x00?\x00x\x00m\x00l"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return true
		}
	}
	return false
}

var typesByName = map[string]Type{
	".txt": Text, ".log": Text, ".csv": CSV, ".tsv": CSV, ".html": HTML, ".htm": HTML,
	".docx": DOCX, ".docm": DOCX, ".xlsx": XLSX, ".xlsm": XLSX, ".pptx": PPTX, ".pptm": PPTX,
	".doc": DOC, ".xls": XLS, ".ppt": PPT, ".pdf": PDF, ".zip": ZIP, ".7z": SevenZip, ".rar": RAR,
	".eml": Mail, ".msg": MSG, ".rtf": RTF, ".jtd": Ichitaro, ".xdw": DocuWorks, ".mdb": Access, ".accdb": Access,
	".jpg": Image, ".jpeg": Image, ".png": Image, ".gif": Image, ".tif": Image, ".bmp": Image,
}

// typeByName is what a locked entry claims to be.
func typeByName(name string) Type {
	if t, ok := typesByName[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return Other
}
