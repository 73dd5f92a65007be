package extract

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// onlyLocked is a workbook whose sheet and structure are protected against
// changes: everyone reads it.
func onlyLocked(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetCellStr("Sheet1", "A1", "葉月 見本"); err != nil {
		t.Fatal(err)
	}
	if err := f.ProtectSheet("Sheet1", &excelize.SheetProtectionOptions{AlgorithmName: "SHA-512", Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	if err := f.ProtectWorkbook(&excelize.WorkbookProtectionOptions{AlgorithmName: "SHA-512", Password: "secret", LockStructure: true}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestProtection: what stands between a reader and the content, of files as the
// tools make them. PDF has a table of its own.
func TestProtection(t *testing.T) {
	open := outcome{ProtectNone, "", Full, ""}
	locked := outcome{ProtectPassword, "", Unscannable, ReasonPassword}
	weak := func(n Note) outcome { return outcome{ProtectPassword, n, Unscannable, ReasonPassword} }
	sealed := outcome{ProtectKey, "", Unscannable, ReasonKey}
	files := map[string][]byte{"sheet.xlsx": onlyLocked(t), "secret.xlsx": lockedWorkbook(t, "secret"), "default.xlsx": lockedWorkbook(t, defaultPassword)}
	for name, want := range map[string]outcome{
		"sheet.xlsx": open, "secret.xlsx": locked, "default.xlsx": {ProtectNone, NoteDefaultPassword, Full, ""},
		"list.xls": open, "default.xls": {ProtectNone, NoteDefaultPassword, Full, ""}, "locked.xls": weak(NoteRC4),
		"letter.doc": open, "locked.doc": weak(NoteRC4), "letter.odt": open, "locked.odt": locked,
		"zipcrypto.zip": locked, "zipcrypto.zip!/list.csv": {ProtectPassword, NoteZipCrypto, Unscannable, ReasonZipCrypto},
		"aes.zip": locked, "aes.zip!/list.csv": {ProtectPassword, "", Unscannable, ReasonZipAES},
		"mixed.zip": {ProtectPartial, "", Partial, ReasonEntries}, "mixed.zip!/note.txt": open,
		"mixed.zip!/list.csv": {ProtectPassword, NoteZipCrypto, Unscannable, ReasonZipCrypto},
		"plain.7z":            open, "content.7z": locked, "names.7z": locked, "stored.7z": locked, "mixed.7z": {ProtectPartial, "", Partial, ReasonEntries},
		"symmetric.gpg": sealed, "recipient.gpg": sealed, "recipient.asc": sealed, "enveloped.p7m": sealed, "signed.p7m": open,
		"lh5.lzh": open, "mszip.cab": open, "people.db": open,
	} {
		file, _, _ := bytes.Cut([]byte(name), []byte("!/"))
		data, ok := files[string(file)]
		if !ok {
			data = made(t, string(file))
		}
		f := told(t, string(file), data).file(t, name)
		if got := (outcome{f.Protection, f.Note, f.Scanned, f.Reason}); got != want {
			t.Errorf("%s is %+v, want %+v", name, got, want)
		}
	}
}
