package extract

import "io"

// Type names a file format.
type Type string

// The formats the package tells apart. Those without a reader are reported as
// Unscannable.
const (
	Text       Type = "text"
	CSV        Type = "csv"
	HTML       Type = "html"
	XML        Type = "xml"
	JSON       Type = "json"
	SQL        Type = "sql"
	DOCX       Type = "docx"
	XLSX       Type = "xlsx"
	PPTX       Type = "pptx"
	OOXML      Type = "ooxml" // encrypted: which of the three cannot be told
	ODF        Type = "odf"
	ZIP        Type = "zip"
	GZIP       Type = "gzip"
	BZIP2      Type = "bzip2"
	TAR        Type = "tar"
	DOC        Type = "doc"
	XLS        Type = "xls"
	PPT        Type = "ppt"
	MSG        Type = "msg"
	OLE        Type = "ole"
	PDF        Type = "pdf"
	Mail       Type = "eml"
	Mailbox    Type = "mbox"
	RTF        Type = "rtf"
	SevenZip   Type = "7z"
	RAR        Type = "rar"
	LZH        Type = "lzh"
	XZ         Type = "xz"
	Zstd       Type = "zstd"
	CAB        Type = "cab"
	Ichitaro   Type = "jtd"
	DocuWorks  Type = "xdw"
	Access     Type = "mdb"
	PST        Type = "pst"
	SQLite     Type = "sqlite"
	TNEF       Type = "tnef"
	SMIME      Type = "p7m"
	PGP        Type = "pgp"
	Age        Type = "age"
	Image      Type = "image"
	Media      Type = "media"
	Executable Type = "executable"
	Font       Type = "font"
	Empty      Type = "empty"

	// Recognised only.
	ARJ         Type = "arj"
	ACE         Type = "ace"
	Compress    Type = "z"
	LZ4         Type = "lz4"
	Lzip        Type = "lzip"
	Ar          Type = "ar"
	RPM         Type = "rpm"
	Disc        Type = "iso"  // ISO 9660 or UDF
	Disk        Type = "disk" // an image of one: VHD, VMDK, WIM and the like
	OneNote     Type = "one"
	Visio       Type = "vsd"
	Publisher   Type = "pub"
	Project     Type = "mpp"
	FileMaker   Type = "fmp"
	Lotus       Type = "123"
	Notes       Type = "nsf"
	Drawing     Type = "dwg"
	Hanako      Type = "jhd"
	KeePass     Type = "kdbx"
	PKCS12      Type = "p12"
	OpenSSL     Type = "openssl"
	AttacheCase Type = "atc"
	Volume      Type = "volume" // encrypted: LUKS, BitLocker
	Binary      Type = "binary"
	Other       Type = "other" // not a regular file, or not opened
)

// Protection says what stands between a reader and the content.
type Protection string

// Sheet, workbook and edit protection and read-only recommendations protect
// nothing from being read: they are ProtectNone. So are documents that open
// with the empty or the product's default password.
const (
	ProtectNone     Protection = "none"
	ProtectPassword Protection = "password"
	ProtectKey      Protection = "encrypted" // to a key or recipient: PGP, age
	ProtectPartial  Protection = "partial"   // some entries of an archive
	ProtectUnknown  Protection = "unknown"
)

// Note says in one clause why a protection is less than it seems. It is one of
// the constants below; an empty one says nothing.
type Note string

// The notes.
const (
	NoteOwnerPassword   Note = "opens without a password: one is only asked for changes"
	NoteDefaultPassword Note = "opens without a password: it was encrypted with the one that every Office tries"
	NoteZipCrypto       Note = "weak: ZipCrypto is easily broken"
	NoteRC4             Note = "weak: RC4 with 40 bits is easily broken"
	NotePasswordBeside  Note = "weak: a file beside it has a name that promises its password"
	NoteXOR             Note = "weak: XOR obfuscation is easily broken"
)

// Scanned says how much of the content was read.
type Scanned string

// Only Full says that what was not found is not there.
const (
	Full        Scanned = "full"
	Partial     Scanned = "partial"
	Unscannable Scanned = "unscannable"
	Failed      Scanned = "error"
)

// File is what is known of one file, or of one entry of an archive, after it
// was read.
type File struct {
	Path       string // entries as a.zip!/dir/b.xlsx
	Size       int64  // bytes, uncompressed; -1 when an archive does not tell
	Type       Type
	Protection Protection
	Note       Note // on the protection
	Scanned    Scanned
	Reason     Reason // empty when Scanned is Full
}

// Source is a file to read.
type Source struct {
	Path string // as it shall appear in File.Path; its ending helps to tell the type
	Size int64  // bytes
	R    io.ReaderAt
}

// Cell separates the cells of a row in the text of documents; rows end with a
// newline and cells hold neither.
const Cell = '\x1f'

// Piece is a stretch of text that ends where a line ends.
type Piece struct {
	Text []byte // UTF-8; valid until the call returns
	// Sep separates cells in every line: Cell in documents; tab, comma,
	// semicolon or bar in text files, with '"' around cells; 0 is prose.
	Sep byte
	// Continues says that the piece goes on with the one before it.
	Continues bool
	Part      string // sheet, slide or part of the document; may be empty
	Line      int    // of the first line in the part, from 1
}

// Visitor is told of a file, of the files inside it, and of their text.
// Enter and Leave nest; Text belongs to the file entered last and not yet left.
type Visitor interface {
	Enter(path string)
	Text(p Piece)
	Leave(f File) error // an error ends the reading
}
