package extract

import (
	"errors"

	"github.com/bodgit/sevenzip"
	"github.com/nwaples/rardecode/v2"
)

// needsPassword says whether an archive, or an entry, did not open for want of
// a password.
func needsPassword(err error) bool {
	var e *sevenzip.ReadError
	return errors.As(err, &e) && e.Encrypted || errors.Is(err, rardecode.ErrArchiveEncrypted) ||
		errors.Is(err, rardecode.ErrArchivedFileEncrypted)
}

// judgeEntries says what protects an archive by what protects its entries.
func (it *item) judgeEntries() error {
	switch {
	case it.entriesLocked > 0 && it.entriesOpen > 0:
		it.told.Protection = ProtectPartial
	case it.entriesLocked > 0:
		return it.locked("")
	default:
		it.told.Protection = ProtectNone
	}
	return nil
}
