package extract

const (
	// littleText is how few bytes make a document with pictures a mere envelope.
	littleText = 300
	// largePicture is what a scanned page takes at least, in bytes; logos take less.
	largePicture = 20 << 10
)

// envelope says whether the text told so far is so little that pictures of this
// size are what the document is about.
func (it *item) envelope(pictures int64) bool {
	return it.text < littleText && pictures > largePicture
}

// envelopeOf says so of a document whose pictures lie in a stream of their own.
func (it *item) envelopeOf(d storage, pictures string) bool {
	s, ok := d.find(pictures)
	return ok && it.envelope(s.size)
}
