package vfs

import (
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
)

// The sealed file format, version 1. DESIGN.md explains it and a golden test
// holds it fast; a later version gets another label and another key, never
// another meaning of these numbers.
const (
	label = "daicho sealed file 1: "

	tagSize   = 16
	nonceSize = 24
	overhead  = tagSize + nonceSize // also SQLite's reserved bytes a page

	pageSize = 4096
	usable   = pageSize - overhead // bytes of a page that SQLite may use

	logHeader = 32                   // SQLite's header of a write-ahead log
	frameHead = 24                   // SQLite's header of one frame
	frameSize = frameHead + pageSize // equal sealed and in clear

	blockSize   = 4096
	sealedBlock = blockSize + overhead

	identitySize = 16
	aadSize      = 1 + identitySize + 8 + 8
)

// lockPage is the page (from 0) at 1 GiB that SQLite never reads nor writes,
// because the platform's byte-range locks stand there.
const lockPage = 0x40000000 / pageSize

// magic is what SQLite expects at the start of page 1. The sealed page carries
// the file's identity there instead, the only clear bytes of the format.
const magic = "SQLite format 3\x00"

// kind tells what a sealed unit is, so that none can stand in for another.
type kind byte

const (
	kindPage    kind = 'P'
	kindHeader  kind = 'H'
	kindFrame   kind = 'F'
	kindJournal kind = 'J'
	kindTemp    kind = 'T'

	kindTags      kind = 'S' // start of a table of tags
	kindTagBlock  kind = 'B'
	kindTagRecord kind = 'R'
)

// identity is the file's own: 8 random bytes, then 8 bytes that only the holder
// of the data key can make from them. So a wrong key is told from damage before
// anything is read, and two files under one key share no page key.
type identity [identitySize]byte

// newIdentity draws the identity of a new file under key.
func newIdentity(key *[32]byte, random func([]byte)) (identity, error) {
	var id identity
	random(id[:8])
	sum, err := id.check(key)
	copy(id[8:], sum)
	return id, err
}

// check is the second half of an identity, made from the first.
func (id *identity) check(key *[32]byte) ([]byte, error) {
	return hkdf.Key(sha256.New, key[:], id[:8], label+"identity", 8)
}

// madeBy reports whether id was made under key.
func (id *identity) madeBy(key *[32]byte) bool {
	sum, err := id.check(key)
	return err == nil && subtle.ConstantTimeCompare(sum, id[8:]) == 1
}

// derive gives the key for one purpose of one file.
func derive(key *[32]byte, id identity, purpose string) ([]byte, error) {
	return hkdf.Key(sha256.New, key[:], id[:], label+purpose, 32)
}

// binding is the associated data of a sealed unit: what it is, of which file,
// at which place, and in a log of which generation.
type binding [aadSize]byte

func (b *binding) file(k kind, id identity) {
	b[0] = byte(k)
	copy(b[1:], id[:])
}

func (b *binding) place(n int64) []byte {
	binary.BigEndian.PutUint64(b[1+identitySize:], uint64(n))
	return b[:]
}

func (b *binding) generation(salts [8]byte) {
	copy(b[1+identitySize+8:], salts[:])
}

func allZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}
