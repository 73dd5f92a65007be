package keys

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daicho/app"
)

// counting is 20 bytes that anybody can write down.
var counting = secret{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}

// What is printed must be readable for ever.
const (
	countingKey   = "R00Z-0G40-0R44-0M3R-0E2W-0915-85GW-R38A-E1WF-8120-4GK7"
	countingShare = "3NFS-6G0X-0822-0C2N-0A1A-G71C-04GJ-M2R4-C1MF-70YE-40H9-289B-G00S"
)

func TestPapersAreForEver(t *testing.T) {
	if got := RecoveryKey(counting).Text(); got != countingKey {
		t.Errorf("got %s", got)
	}
	if got := (Share{3, [2]byte{0xab, 0xcd}, counting}).Text(); got != countingShare {
		t.Errorf("got %s", got)
	}
	if k, err := ParseRecoveryKey(countingKey); err != nil || k != RecoveryKey(counting) {
		t.Error(err)
	}
	if s, err := ParseShare(countingShare); err != nil || s != (Share{3, [2]byte{0xab, 0xcd}, counting}) {
		t.Error(err)
	}
}

// TestPapersAsTyped: what people and their keyboards do to a text.
func TestPapersAsTyped(t *testing.T) {
	wide := strings.Map(func(r rune) rune { return r + '０' - '0' }, strings.ReplaceAll(countingKey, "-", ""))
	for name, typed := range map[string]string{
		"lower case":        strings.ToLower(countingKey),
		"spaces":            strings.ReplaceAll(countingKey, "-", " "),
		"wide spaces":       "　" + strings.ReplaceAll(countingKey, "-", "　") + "\r\n",
		"nothing between":   strings.ReplaceAll(countingKey, "-", ""),
		"full width":        wide,
		"long vowel sign":   strings.ReplaceAll(countingKey, "-", "ー"),
		"half-width vowel":  strings.ReplaceAll(countingKey, "-", "ｰ"),
		"minus and dash":    strings.ReplaceAll(strings.Replace(countingKey, "-", "−", 3), "-", "—"),
		"O and o for 0":     strings.Replace(strings.ReplaceAll(countingKey, "0", "O"), "O", "o", 1),
		"I, l and L for 1":  strings.Replace(strings.Replace(strings.ReplaceAll(countingKey, "1", "I"), "I", "l", 1), "I", "L", 1),
		"groups as they go": strings.Join(strings.Split(countingKey, ""), " "),
	} {
		if k, err := ParseRecoveryKey(typed); err != nil || k != RecoveryKey(counting) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEveryMistypedCharacter tries each other character at each place, and a
// stranger to the alphabet: the sentence names the group.
func TestEveryMistypedCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := RecoveryKey(rapid.Make[[20]byte]().Draw(t, "key")).Text()
		for i, was := range text {
			for _, r := range alphabet + "Uあ?" {
				if was == '-' || r == was {
					continue
				}
				_, err := ParseRecoveryKey(text[:i] + string(r) + text[i+1:])
				if want := fmt.Sprintf("の%d組目の", i/5+1); !errors.Is(err, ErrMistyped) || !strings.Contains(app.ErrorOf(err).Say.JA, want) {
					t.Fatalf("%q for %q at %d: %v", r, was, i, err)
				}
			}
		}
	})
}

// TestChangedPlaces: two characters of a group, or two groups, that changed places.
func TestChangedPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := strings.Split(Share{2, rapid.Make[[2]byte]().Draw(t, "set"), rapid.Make[[20]byte]().Draw(t, "part")}.Text(), "-")
		mixed := append([]string{}, groups...)
		if rapid.Bool().Draw(t, "whole groups") {
			i, j := rapid.IntRange(0, 12).Draw(t, "i"), rapid.IntRange(0, 12).Draw(t, "j")
			mixed[i], mixed[j] = mixed[j], mixed[i]
		} else {
			g, i, j := rapid.IntRange(0, 12).Draw(t, "group"), rapid.IntRange(0, 3).Draw(t, "i"), rapid.IntRange(0, 3).Draw(t, "j")
			b := []byte(groups[g])
			b[i], b[j] = b[j], b[i]
			mixed[g] = string(b)
		}
		text := strings.Join(mixed, "-")
		if _, err := ParseShare(text); (err == nil) != (text == strings.Join(groups, "-")) {
			t.Fatalf("%s as %s: %v", groups, text, err)
		}
	})
}

func TestIncompletePapers(t *testing.T) {
	for _, c := range []struct{ name, text, say string }{
		{"nothing", "", "44文字ですが、0文字"},
		{"a group too few", countingKey[:len(countingKey)-5], "44文字ですが、40文字"},
		{"a character too few", countingKey[:len(countingKey)-1], "44文字ですが、43文字"},
		{"twice", countingKey + countingKey, "12組目"},
		{"one too many", countingKey + "0", "44文字ですが、45文字"},
		{"one left out in the middle", countingKey[:16] + countingKey[17:], "4組目"},
		{"a share", countingShare, "回復キーではありません"},
		{"no utf-8", "\xff\xfe" + countingKey, "1組目"},
	} {
		_, err := ParseRecoveryKey(c.text)
		if !errors.Is(err, ErrMistyped) || !strings.Contains(app.ErrorOf(err).Say.JA, c.say) {
			t.Errorf("%s: %v", c.name, err)
		}
		for _, group := range strings.Split(c.text, "-") {
			if group != "" && strings.Contains(fmt.Sprintf("%v %+v", err, app.ErrorOf(err).Say), group) {
				t.Errorf("%s: what was typed is in the error", c.name)
			}
		}
	}
	if _, err := ParseShare(countingKey); !errors.Is(err, ErrMistyped) || !strings.Contains(err.Error(), "no share") {
		t.Errorf("a recovery key as share: %v", err)
	}
}

// TestNothingBesides: a paper has one spelling, so what is left over must be 0.
func TestNothingBesides(t *testing.T) {
	longer := sharePaper
	longer.bytes++
	for rest, want := range map[byte]error{0: nil, 1: ErrMistyped, 0x80: ErrMistyped} {
		text := longer.spell('1', append(make([]byte, sharePaper.bytes), rest))
		if _, err := ParseShare(text); !errors.Is(err, want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func FuzzRecoveryKey(f *testing.F) {
	f.Add(countingKey)
	f.Add("ｒー\xff" + countingKey)
	f.Fuzz(func(t *testing.T, text string) {
		k, err := ParseRecoveryKey(text)
		if again, err2 := ParseRecoveryKey(k.Text()); err == nil && (err2 != nil || again != k) {
			t.Errorf("%q: read as something that is written otherwise", text)
		}
		if err != nil && !errors.Is(err, ErrMistyped) {
			t.Errorf("%q: %v", text, err)
		}
	})
}

func FuzzShare(f *testing.F) {
	f.Add(countingShare)
	f.Add(countingKey)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseShare(text)
		if again, err2 := ParseShare(s.Text()); err == nil && (err2 != nil || again != s || s.Number() < 1 || s.Number() > 3) {
			t.Errorf("%q: read as something that is written otherwise", text)
		}
		if err != nil && !errors.Is(err, ErrMistyped) {
			t.Errorf("%q: %v", text, err)
		}
	})
}
