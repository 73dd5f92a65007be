package keys

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

const (
	format  = "daicho key file"
	version = 2 // the latest; a file without wraps of version 2 stays at 1
)

// envelope is the key file: the data key, wrapped in each way that opens it.
type envelope struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Replica ID     `json:"replica"`
	Check   []byte `json:"check"` // knows the data key again without telling it
	Wraps   []wrap `json:"wraps"`
	Sum     string `json:"sum"` // SHA-256 of this file without it: damage, not forgery
}

// newEnvelope is an envelope for key that nothing opens yet.
func newEnvelope(id ID, key DataKey) (*envelope, error) {
	check, err := checkOf(id, key)
	return &envelope{Format: format, Version: 1, Replica: id, Check: check}, err
}

// checkOf is a value that only the data key gives.
func checkOf(id ID, key DataKey) ([]byte, error) {
	b, err := hkdf.Key(sha256.New, key[:], []byte(id), format+" 1: check", 8)
	if err != nil {
		return nil, fmt.Errorf("check value: %w", err)
	}
	return b, nil
}

// holds reports whether the envelope is of this data key.
func (e *envelope) holds(key DataKey) bool {
	check, err := checkOf(e.Replica, key)
	return err == nil && subtle.ConstantTimeCompare(check, e.Check) == 1
}

// way finds the wrap of one way, or nil.
func (e *envelope) way(w Way) *wrap {
	if i := slices.IndexFunc(e.Wraps, func(x wrap) bool { return x.Way == w }); i >= 0 {
		return &e.Wraps[i]
	}
	return nil
}

// put sets the wrap of its way, in place of the one that was there.
func (e *envelope) put(w *wrap) {
	e.drop(w.Way)
	e.Wraps = append(e.Wraps, *w)
	if w.boxed() {
		e.Version = max(e.Version, 2)
	}
}

func (e *envelope) drop(w Way) {
	e.Wraps = slices.DeleteFunc(e.Wraps, func(x wrap) bool { return x.Way == w })
}

// encode writes the file.
func (e *envelope) encode() ([]byte, error) {
	e.Sum = ""
	plain, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	sum := sha256.Sum256(plain)
	e.Sum = hex.EncodeToString(sum[:])
	b, err := json.MarshalIndent(e, "", "  ")
	return append(b, '\n'), err
}

// decode reads what encode wrote. path is for the errors: ErrFuture, ErrDamaged.
func decode(b []byte, id ID, path string) (*envelope, error) {
	var e envelope
	if err := json.Unmarshal(b, &e); err != nil || e.Format != format {
		return nil, damaged(path)
	}
	if e.Version > version {
		return nil, future(path)
	}
	again, err := e.copy().encode()
	if err != nil || !bytes.Equal(again, b) || e.Version < 1 || e.Replica != id || !e.intact() {
		return nil, damaged(path)
	}
	return &e, nil
}

func (e *envelope) copy() *envelope {
	c := *e
	return &c
}

func (e *envelope) intact() bool {
	return len(e.Check) == 8 && !slices.ContainsFunc(e.Wraps, func(w wrap) bool {
		return !w.intact() || e.Version == 1 && w.boxed()
	})
}
