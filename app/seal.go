package app

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"errors"
	"io"
)

// SubjectKey seals what is personal about one subject: one record and all that
// is said of it. Erasing the key erases the subject's data wherever it stands.
type SubjectKey struct {
	Subject ID
	Key     [32]byte
}

// KeyID tells a subject's keys apart without telling the key. It is long enough
// that nobody finds two keys of one name: under two keys, one sealed value
// could be made to say two things.
type KeyID [16]byte

// ID is the key's name.
func (k SubjectKey) ID() KeyID {
	sum := sha256.Sum256(append([]byte("daicho-subject-key-1"), k.Key[:]...))
	return KeyID(sum[:16])
}

// SubjectKeys finds keys.
type SubjectKeys interface {
	// Find is one key of a subject. It fails with ErrErased if the key was
	// erased, and with a Damaged error if it never came.
	Find(subject ID, id KeyID) (SubjectKey, error)
	// For is the key to seal with now, made if the subject has none.
	For(subject ID) (SubjectKey, error)
}

// ErrErased says that a subject's key was erased: its values are gone for good.
var ErrErased = errors.New("erased")

// Sealer seals values; each takes twelve random bytes.
type Sealer struct {
	Keys   SubjectKeys
	Random io.Reader
}

// sealed is a sealed value as bytes.
type sealed struct {
	_       struct{} `cbor:",toarray"`
	Subject ID
	Key     KeyID
	Nonce   [12]byte
	Text    []byte
}

// place is where a sealed value stands. It is bound to it: a sealed value that
// was moved to another change, field or side does not open.
type place struct {
	what string // change or outcome
	dev  ID
	seq  uint64
}

func (p place) of(ref Ref, field, side string) []byte {
	b := appendHead(nil, majArray, 7)
	b = append(b, TextValue(p.what)...)
	b = append(b, BytesValue(p.dev[:])...)
	b = appendHead(b, majUint, p.seq)
	b = append(b, TextValue(string(ref.Kind))...)
	b = append(b, BytesValue(ref.ID[:])...)
	b = append(appendHead(b, majText, uint64(len(field))), field...)
	return append(b, TextValue(side)...)
}

func (k SubjectKey) aead() (cipher.AEAD, error) {
	block, err := aes.NewCipher(k.Key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// seal seals one value; the zero value stays nothing.
func (s *Sealer) seal(subject ID, aad, value []byte) ([]byte, error) {
	if len(value) == 0 {
		return nil, nil
	}
	key, err := s.Keys.For(subject)
	if err != nil {
		return nil, err
	}
	gcm, err := key.aead()
	if err != nil {
		return nil, err
	}
	out := sealed{Subject: subject, Key: key.ID()}
	if _, err = io.ReadFull(s.Random, out.Nonce[:]); err != nil {
		return nil, err
	}
	out.Text = gcm.Seal(nil, out.Nonce[:], value, aad)
	return enc.Marshal(out)
}

var errSeal = Refuse(Damaged, "", "封をした値を開けません。データが壊れているか、差し替えられています。", "a sealed value does not open: it is damaged or was put in another's place")

// open opens what seal sealed; an erased value is the zero value.
func open(k SubjectKeys, aad, p []byte) ([]byte, error) {
	if len(p) == 0 {
		return nil, nil
	}
	var s sealed
	if err := decode(p, &s); err != nil {
		return nil, errSeal
	}
	key, err := k.Find(s.Subject, s.Key)
	if errors.Is(err, ErrErased) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	gcm, err := key.aead()
	if err != nil {
		return nil, err
	}
	value, err := gcm.Open(nil, s.Nonce[:], s.Text, aad)
	if err != nil {
		return nil, errSeal
	}
	return value, nil
}

// isPersonal says whether a field's values must be sealed; those of a field
// that only a newer version knows are, to be safe.
func isPersonal(g AnyRegister, name string) bool {
	if name == ErasedField {
		return false
	}
	if g == nil {
		return true
	}
	name, _ = g.Upcast(name, nil)
	spec, known := SpecOf(g, name)
	return !known || spec.Personal
}

func argsPersonal(g AnyRegister, command string) bool {
	if g == nil || command == "" {
		return command != ""
	}
	c, err := CommandOf(g, command)
	if err != nil {
		return true
	}
	for _, f := range c.Args {
		if f.Personal {
			return true
		}
	}
	return false
}

func sealCells(s *Sealer, at place, g AnyRegister, ref Ref, cells []Cell) (out []wireCell, err error) {
	for _, c := range cells {
		w := wireCell{Field: c.Field, Was: c.Was, Now: c.Now, Sealed: isPersonal(g, c.Field)}
		if w.Sealed {
			w.Was, err = s.seal(ref.ID, at.of(ref, c.Field, "was"), c.Was)
			if errors.Is(err, ErrErased) { // who still saw the value has emptied the field: it is said nowhere any more
				w.Was, err = nil, nil
			}
			if err != nil {
				return nil, err
			}
			if w.Now, err = s.seal(ref.ID, at.of(ref, c.Field, "now"), c.Now); err != nil {
				return nil, err
			}
		}
		out = append(out, w)
	}
	return out, nil
}

func openCells(k SubjectKeys, at place, ref Ref, in []wireCell) (out []Cell, err error) {
	for _, w := range in {
		c := Cell{Field: w.Field, Was: w.Was, Now: w.Now}
		if w.Sealed {
			if c.Was, err = open(k, at.of(ref, w.Field, "was"), w.Was); err != nil {
				return nil, err
			}
			if c.Now, err = open(k, at.of(ref, w.Field, "now"), w.Now); err != nil {
				return nil, err
			}
			c.Erased = len(w.Was) > 0 && len(c.Was) == 0 || len(w.Now) > 0 && len(c.Now) == 0 // nothing is never sealed
		}
		if err = errors.Join(c.Was.Check(), c.Now.Check()); err != nil {
			return nil, err
		}
		if c.Was.isZero() || c.Now.isZero() {
			return nil, errDamaged
		}
		out = append(out, c)
	}
	return out, nil
}

// subjectOf is whose key a sealed value needs.
func subjectOf(p []byte) (ID, bool) {
	var s sealed
	err := dec.Unmarshal(p, &s)
	return s.Subject, len(p) > 0 && err == nil
}

// SealedBy lists the keys that an encoded change or outcome needs to be read.
func SealedBy(p []byte) (subjects map[ID]KeyID, err error) {
	var b struct {
		Cells      []wireCell   `cbor:"18,keyasint"`
		Args       []byte       `cbor:"20,keyasint"`
		ArgsSealed bool         `cbor:"21,keyasint"`
		Effects    []wireEffect `cbor:"30,keyasint"`
	}
	if err := dec.Unmarshal(p, &b); err != nil {
		return nil, errSeal
	}
	subjects = map[ID]KeyID{}
	note := func(p []byte) {
		var s sealed
		if len(p) > 0 && dec.Unmarshal(p, &s) == nil {
			subjects[s.Subject] = s.Key
		}
	}
	for _, e := range append(b.Effects, wireEffect{Cells: b.Cells}) {
		for _, c := range e.Cells {
			if c.Sealed {
				note(c.Was)
				note(c.Now)
			}
		}
	}
	if b.ArgsSealed {
		note(b.Args)
	}
	return subjects, nil
}
