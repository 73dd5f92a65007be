package keys

import (
	"errors"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daicho/app"
)

func TestShares(t *testing.T) {
	f, id, key := made(t)
	if _, err := f.Open(t.Context(), id, Pair{}); !errors.Is(err, ErrSameShare) {
		t.Errorf("two that are nothing: %v", err)
	}
	made, err := f.NewShares(id, key)
	must(t, err)
	for _, p := range []Pair{{made[0], made[1]}, {made[1], made[2]}, {made[2], made[0]}} {
		if got, err := f.Open(t.Context(), id, p); err != nil || got != key {
			t.Errorf("%d and %d: %v", p[0].Number(), p[1].Number(), err)
		}
	}
	forged := made[1]
	forged.part[7]++
	later, err := f.NewShares(id, key)
	must(t, err)
	for name, c := range map[string]struct {
		pair Pair
		want error
		say  string
	}{
		"the same twice":       {Pair{later[1], later[1]}, ErrSameShare, "（2枚目）"},
		"of different sets":    {Pair{later[0], made[1]}, ErrOtherSet, made[1].Set()},
		"both of an older set": {Pair{made[0], made[1]}, ErrOtherSet, "この台帳は" + later[0].Set()},
		"forged":               {Pair{later[0], Share{2, later[0].set, forged.part}}, ErrWrongShares, "開けません"},
	} {
		if _, err := f.Open(t.Context(), id, c.pair); !errors.Is(err, c.want) || !strings.Contains(app.ErrorOf(err).Say.JA, c.say) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := f.Open(t.Context(), id, Pair{later[2], later[1]}); err != nil || got != key {
		t.Errorf("the later ones: %v", err)
	}
}

// TestNoShares: an envelope without them, and one for another replica.
func TestNoShares(t *testing.T) {
	f, id, _ := made(t)
	other := NewID()
	key, err := f.Create(other, Passphrase("x"), cheap)
	must(t, err)
	s, err := f.NewShares(other, key)
	must(t, err)
	if _, err := f.Open(t.Context(), id, Pair{s[0], s[1]}); !errors.Is(err, ErrNoShares) {
		t.Errorf("got %v", err)
	}
	if _, err := f.NewShares(id, key); !errors.Is(err, ErrOtherKey) {
		t.Errorf("made with another key: %v", err)
	}
}

// TestAnyTwoShares opens with each two, whatever secret and slope.
func TestAnyTwoShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := secret(rapid.Make[[20]byte]().Draw(t, "secret"))
		shares := s.split()
		for i := range shares {
			for j := range shares {
				if got, err := (Pair{shares[i], shares[j]}).join(); i != j && (err != nil || got != s) {
					t.Fatalf("%d and %d: %v", i+1, j+1, err)
				}
			}
		}
	})
}

// TestOneShareTellsNothing: for each byte of a secret, each sheet may hold each
// value, by exactly one slope. The slope is as random as a key, so is the sheet.
func TestOneShareTellsNothing(t *testing.T) {
	for number := byte(1); number <= 3; number++ {
		for s := range 256 {
			var seen [256]bool
			for slope := range 256 {
				seen[secret{byte(s)}.along(secret{byte(slope)}, number)[0]] = true
			}
			for value, is := range seen {
				if !is {
					t.Fatalf("sheet %d of secret %d is never %d", number, s, value)
				}
			}
		}
	}
}

// TestField: times is the multiplication of a field. FIPS 197 has the examples.
func TestField(t *testing.T) {
	if a, b := times(0x57, 0x83), times(0x57, 0x13); a != 0xc1 || b != 0xfe {
		t.Errorf("got %x, %x", a, b)
	}
	for a := 1; a < 256; a++ {
		if times(byte(a), inverse(byte(a))) != 1 {
			t.Errorf("%d has no inverse", a)
		}
	}
}

func TestRecoveryKey(t *testing.T) {
	f, id, key := made(t)
	if _, err := f.Open(t.Context(), id, RecoveryKey{}); !errors.Is(err, ErrNoRecoveryKey) {
		t.Errorf("before: %v", err)
	}
	first, err := f.NewRecoveryKey(id, key)
	must(t, err)
	if got, err := f.Open(t.Context(), id, first); err != nil || got != key {
		t.Errorf("open: %v", err)
	}
	second, err := f.NewRecoveryKey(id, key)
	must(t, err)
	if _, err := f.Open(t.Context(), id, first); !errors.Is(err, ErrWrongRecoveryKey) {
		t.Errorf("the earlier one: %v", err)
	}
	if _, err := f.NewRecoveryKey(id, DataKey{1}); !errors.Is(err, ErrOtherKey) {
		t.Errorf("made with another key: %v", err)
	}
	must(t, f.ChangePassphrase(t.Context(), id, second, Passphrase("new"), cheap))
	for _, how := range []Opener{second, Passphrase("new")} {
		if got, err := f.Open(t.Context(), id, how); err != nil || got != key {
			t.Errorf("%T after the change of passphrase: %v", how, err)
		}
	}
}

// TestBoxOfAnother seals a data key of somebody else's to the public key that
// stands in the file, as anybody can: it opens to nothing.
func TestBoxOfAnother(t *testing.T) {
	f, id, key := made(t)
	k, err := f.NewRecoveryKey(id, key)
	must(t, err)
	e, err := f.read(id)
	must(t, err)
	vouch := e.way(ByRecoveryKey).Vouch
	must(t, e.way(ByRecoveryKey).sealBox(id, DataKey{1}))
	e.way(ByRecoveryKey).Vouch = vouch
	must(t, f.write(e, false))
	if _, err := f.Open(t.Context(), id, k); !errors.Is(err, ErrWrongRecoveryKey) {
		t.Errorf("got %v", err)
	}
}

func TestDropWay(t *testing.T) {
	f, id, key := made(t)
	if err := f.DropWay(t.Context(), id, key, ByPassphrase); !errors.Is(err, ErrLastWay) {
		t.Errorf("the only way: %v", err)
	}
	k, err := f.NewRecoveryKey(id, key)
	must(t, err)
	if err := f.DropWay(t.Context(), id, DataKey{1}, ByPassphrase); !errors.Is(err, ErrOtherKey) {
		t.Errorf("with another key: %v", err)
	}
	must(t, f.DropWay(t.Context(), id, key, ByPassphrase))
	must(t, f.DropWay(t.Context(), id, key, ByShares)) // which it never had
	if err := f.DropWay(t.Context(), id, key, ByRecoveryKey); !errors.Is(err, ErrLastWay) {
		t.Errorf("the last way: %v", err)
	}
	if _, err := f.Open(t.Context(), id, Passphrase("合言葉")); !errors.Is(err, ErrNoPassphrase) {
		t.Errorf("what was dropped: %v", err)
	}
	if got, err := f.Open(t.Context(), id, k); err != nil || got != key {
		t.Errorf("what is left: %v", err)
	}
	must(t, os.Remove(f.Path(id)))
	if err := f.DropWay(t.Context(), id, key, ByShares); !errors.Is(err, ErrMissing) {
		t.Errorf("without an envelope: %v", err)
	}
}
