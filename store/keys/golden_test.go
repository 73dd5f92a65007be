package keys

import (
	"slices"
	"testing"
)

// goldenKey is the data key in the files of testdata: 0 to 31.
func goldenKey() (key DataKey) {
	for i := range key {
		key[i] = byte(i)
	}
	return key
}

// TestEnvelopeIsForEver opens a key file of the first version.
func TestEnvelopeIsForEver(t *testing.T) {
	const id = ID("6ba7b810-9dad-41d1-80b4-00c04fd430c8")
	opensBy(t, In("testdata"), id, goldenKey(), []Opener{Passphrase("合言葉")})
	ways, err := In("testdata").Ways(id)
	if err != nil || !slices.Equal(ways, []Way{ByPassphrase}) {
		t.Errorf("ways %v, %v", ways, err)
	}
}

// TestSecondEnvelopeIsForEver opens a key file of the second version in every way,
// by the papers that were printed for it, and changes its data key.
func TestSecondEnvelopeIsForEver(t *testing.T) {
	const id = ID("6ba7b811-9dad-41d1-80b4-00c04fd430c8")
	f := In("testdata")
	f.ring = &memory{m: map[string]string{
		string(id) + "/ABCDEFGHIJ": "VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=",
		string(id) + "/witness":    "AAAAAAAAAAMAAAAAAAAABU4BWeY7MGkKHLs9gNaeJfBCFacfzy50r+d1gsid76dy",
	}}
	k, err := ParseRecoveryKey(countingKey)
	must(t, err)
	var s [3]Share
	for i, text := range []string{
		"1NF9-6H9B-JM6H-5X1G-GKQW-3CWP-844N-ZFV1-V9P7-5GYM-H5FX-M9R9-000D",
		"2NFH-6JHJ-30HW-BE51-1VAT-EHR2-W5RX-0Y7H-2HMT-FGZC-E3PH-D7A3-G00S",
		"3NFS-6KR4-HWNF-EZ64-H2WC-XT5R-M5CT-BK4M-NSPJ-D0ZP-V685-V6V1-000D",
	} {
		s[i], err = ParseShare(text)
		must(t, err)
	}
	ways := []Opener{Passphrase("合言葉"), Keyring{}, k, Pair{s[0], s[1]}, Pair{s[1], s[2]}, Pair{s[2], s[0]}}
	opensBy(t, f, id, goldenKey(), ways)
	if w, found, err := f.Witness(t.Context(), id, goldenKey()); w != (Witness{3, 5}) || !found || err != nil {
		t.Errorf("witness %+v, %v, %v", w, found, err)
	}
	f = snapshot(t, f, f.ring.(*memory))
	next, err := f.StartRekey(t.Context(), id, goldenKey(), Passphrase("合言葉"))
	must(t, err)
	must(t, f.FinishRekey(t.Context(), id, next))
	opensBy(t, f, id, next, ways)
}
