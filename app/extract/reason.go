package extract

// Reason says in one clause why a file was not read in full. It is one of the
// constants below, so that it can hold nothing of the file, and be translated.
type Reason string

// The reasons.
const (
	ReasonPassword      Reason = "protected by a password"
	ReasonZipCrypto     Reason = "archive entry has a password (ZipCrypto: weak, easily broken)"
	ReasonZipAES        Reason = "archive entry has a password (AES)"
	ReasonZipStrong     Reason = "archive entry is encrypted (PKWARE strong encryption)"
	ReasonKey           Reason = "encrypted to a key"
	ReasonNoReader      Reason = "this format cannot be read yet"
	ReasonPDFText       Reason = "PDF: reading it was not asked for"
	ReasonImage         Reason = "image: no text is read"
	ReasonPictures      Reason = "document holds pictures and hardly any text: pictures are not read"
	ReasonGlyphs        Reason = "a font does not tell its characters: some text cannot be read"
	ReasonMedia         Reason = "sound or video: no text is read"
	ReasonExecutable    Reason = "program: not read"
	ReasonFont          Reason = "font: no text is read"
	ReasonBinary        Reason = "binary data of unknown format"
	ReasonBlobs         Reason = "database holds values that are no text: they are not read"
	ReasonMixed         Reason = "text with binary data in it"
	ReasonCharset       Reason = "character set unknown: only ASCII was read"
	ReasonDamaged       Reason = "file is damaged or not what its name says"
	ReasonTruncated     Reason = "file is shorter than it should be"
	ReasonTooMuchText   Reason = "limit reached: text"
	ReasonHeader        Reason = "limit reached: header of a mail"
	ReasonTooLarge      Reason = "limit reached: size of an entry inside an archive"
	ReasonTooDeep       Reason = "limit reached: archives inside archives"
	ReasonTooMany       Reason = "limit reached: entries"
	ReasonRatio         Reason = "limit reached: compression ratio (possible bomb)"
	ReasonInflated      Reason = "limit reached: unpacked bytes"
	ReasonTime          Reason = "limit reached: time"
	ReasonMemory        Reason = "limit reached: memory"
	ReasonMethod        Reason = "compression method cannot be read"
	ReasonEntries       Reason = "some entries could not be read"
	ReasonParser        Reason = "reader failed on this file"
	ReasonRead          Reason = "file could not be read"
	ReasonUnknownCrypto Reason = "encryption scheme unknown"
)

// stop is how a parser says that it read less than all.
type stop struct {
	scanned Scanned
	reason  Reason
}

func (s *stop) Error() string { return string(s.reason) }

func partly(r Reason) error     { return &stop{Partial, r} }
func unreadable(r Reason) error { return &stop{Unscannable, r} }
func failed(r Reason) error     { return &stop{Failed, r} }
