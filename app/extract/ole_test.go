package extract

import (
	"bytes"
	"crypto/aes"
	"crypto/md5"
	"crypto/sha1"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestLegacyProtection(t *testing.T) {
	doc := func(flags uint16) []byte {
		b := make([]byte, 64)
		b[2] = 104 // Word 95
		binary.LittleEndian.PutUint16(b[10:], flags)
		return b
	}
	user := func(token uint32) []byte {
		b := make([]byte, 40)
		binary.LittleEndian.PutUint32(b[12:], token)
		return b
	}
	show := func(token uint32) []olePart {
		return []olePart{{"PowerPoint Document", []byte{0, 0, 0xBA, 0x0F, 2, 0, 0, 0, 'x', 0}}, {"Current User", user(token)}}
	}
	open := outcome{ProtectNone, "", Full, ""}
	locked := outcome{ProtectPassword, "", Unscannable, ReasonPassword}
	weak := func(n Note) outcome { return outcome{ProtectPassword, n, Unscannable, ReasonPassword} }
	byDefault := outcome{ProtectNone, NoteDefaultPassword, Full, ""}
	unknown := func(r Reason) outcome { return outcome{ProtectUnknown, "", Unscannable, r} }
	for name, c := range map[string]struct {
		parts []olePart
		typ   Type
		want  outcome
	}{
		"doc":             {[]olePart{{"WordDocument", doc(0)}}, DOC, open},
		"doc, saved fast": {[]olePart{{"WordDocument", doc(4)}}, DOC, outcome{ProtectNone, "", Unscannable, ReasonNoReader}},
		"doc, locked":     {[]olePart{{"WordDocument", doc(0x0100)}}, DOC, locked},
		"doc, RC4":        {[]olePart{{"WordDocument", doc(0x0300)}, {"1Table", []byte{1, 0, 1, 0, 9}}}, DOC, weak(NoteRC4)},
		"doc, obfuscated": {[]olePart{{"WordDocument", doc(0x8100)}}, DOC, weak(NoteXOR)},
		"xls":             {[]olePart{{"Workbook", biff(nil)}}, XLS, open},
		"xls, XOR":        {[]olePart{{"Workbook", biff([]byte{0, 0, 1, 2, 3, 4})}}, XLS, weak(NoteXOR)},
		"xls, XOR by default password": {[]olePart{{"Workbook", biff(xorPass(defaultPassword))}}, XLS,
			outcome{ProtectNone, NoteDefaultPassword, Unscannable, ReasonUnknownCrypto}},
		"xls 5, RC4":                   {[]olePart{{"Book", biff(rc4Pass("secret"))}}, XLS, weak(NoteRC4)},
		"xls, RC4 by default password": {[]olePart{{"Workbook", biff(rc4Pass(defaultPassword))}}, XLS, byDefault},
		"xls, CryptoAPI":               {[]olePart{{"Workbook", biff(cryptoAPIPass("secret", 128))}}, XLS, locked},
		"xls, CryptoAPI 40":            {[]olePart{{"Workbook", biff(cryptoAPIPass("secret", 40))}}, XLS, weak(NoteRC4)},
		"xls, CryptoAPI by default":    {[]olePart{{"Workbook", biff(cryptoAPIPass(defaultPassword, 128))}}, XLS, byDefault},
		"xls, CryptoAPI 40 by default": {[]olePart{{"Workbook", biff(cryptoAPIPass(defaultPassword, 40))}}, XLS, byDefault},
		"ppt":                          {show(0xE391C05F), PPT, open},
		"ppt, locked":                  {show(cryptToken), PPT, locked},
		"jtd":                          {[]olePart{{"DocumentText", user(0)}}, Ichitaro, unknown(ReasonNoReader)},
		"any other":                    {[]olePart{{"Contents", user(0)}}, OLE, unknown(ReasonNoReader)},
		"bad crypto":                   {[]olePart{{"EncryptedPackage", user(0)}, {"EncryptionInfo", user(0)}}, OOXML, unknown(ReasonUnknownCrypto)},
	} {
		t.Run(name, func(t *testing.T) {
			f := told(t, "a.bin", oleOf(t, c.parts...)).file(t, "a.bin")
			if got := (outcome{f.Protection, f.Note, f.Scanned, f.Reason}); f.Type != c.typ || got != c.want {
				t.Errorf("%s: %+v, want %s: %+v", f.Type, got, c.typ, c.want)
			}
		})
	}
}

type outcome struct {
	protection Protection
	note       Note
	scanned    Scanned
	reason     Reason
}

// biff is the beginning of a workbook stream, with a FILEPASS record or without.
func biff(filepass []byte) []byte {
	b := []byte{0x09, 0x08, 4, 0, 0, 6, 5, 0}
	if filepass != nil {
		b = binary.LittleEndian.AppendUint16(append(b, 0x2F, 0), uint16(len(filepass)))
		b = append(b, filepass...)
	}
	return append(b, 0x0A, 0, 0, 0)
}

func xorPass(password string) []byte {
	return binary.LittleEndian.AppendUint16([]byte{0, 0, 0x12, 0x34}, xorVerifier(password))
}

func rc4Pass(password string) []byte {
	salt, secret := []byte("0123456789abcdef"), []byte("verifierverifier")
	first := digest(md5.New, utf16Bytes(password))[:5]
	second := digest(md5.New, bytes.Repeat(append(first, salt...), 16))[:5]
	sealed := rc4Of(digest(md5.New, second, make([]byte, 4)), append(secret, digest(md5.New, secret)...))
	return append(append([]byte{1, 0, 1, 0, 1, 0}, salt...), sealed...)
}

func rc4Of(key, data []byte) []byte {
	out, err := rc4Plain(key, data)
	if err != nil {
		panic(err)
	}
	return out
}

func cryptoAPIPass(password string, bits uint32) []byte {
	salt, secret := []byte("0123456789abcdef"), []byte("verifierverifier")
	h := digest(sha1.New, digest(sha1.New, salt, utf16Bytes(password)), make([]byte, 4))
	key := make([]byte, 16)
	copy(key, h[:bits/8])
	sealed := rc4Of(key, append(secret, digest(sha1.New, secret)...))
	header := make([]byte, 32)
	binary.LittleEndian.PutUint32(header[16:], bits)
	b := append([]byte{1, 0, 2, 0, 2, 0, 0, 0, 0, 0, 32, 0, 0, 0}, header...)
	b = append(append(b, 16, 0, 0, 0), salt...)
	b = append(b, sealed[:16]...)
	return append(append(b, 20, 0, 0, 0), sealed[16:]...)
}

// TestXorVerifier compares with the example of the documentation of password
// hashes in spreadsheets: "test" gives CBEB.
func TestXorVerifier(t *testing.T) {
	if got := xorVerifier("test"); got != 0xCBEB {
		t.Errorf("verifier of \"test\" is %04X, want CBEB", got)
	}
}

func lockedWorkbook(t testing.TB, password string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetRow("Sheet1", "A1", &[]string{"個人番号", "123456789018"}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, excelize.Options{Password: password}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEncryptedOOXML(t *testing.T) {
	told(t, "a.xlsx", lockedWorkbook(t, "secret")).
		want(t, "a.xlsx", OOXML, ProtectPassword, Unscannable, ReasonPassword)

	r := told(t, "a.xlsx", lockedWorkbook(t, defaultPassword))
	r.want(t, "a.xlsx", XLSX, ProtectNone, Full, "")
	if got := shown(r.text["a.xlsx"]); !strings.Contains(got, "個人番号|123456789018\n") {
		t.Errorf("the default password opened it, but it reads %q", got)
	}
}

// TestStandardEncryption seals a package by the rules and opens it again.
func TestStandardEncryption(t *testing.T) {
	salt, secret := []byte("0123456789abcdef"), []byte("verifierverifier")
	h := digest(sha1.New, salt, utf16Bytes("word"))
	for n := range uint32(50_000) {
		h = digest(sha1.New, binary.LittleEndian.AppendUint32(nil, n), h)
	}
	key := xorDigest(digest(sha1.New, h, make([]byte, 4)), 0x36)[:16]
	seal := func(plain []byte) []byte {
		block, err := aes.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		plain = append(bytes.Clone(plain), make([]byte, (16-len(plain)%16)%16)...)
		for i := 0; i < len(plain); i += 16 {
			block.Encrypt(plain[i:], plain[i:])
		}
		return plain
	}
	header := make([]byte, 32)
	binary.LittleEndian.PutUint32(header[8:], 0x660E)
	binary.LittleEndian.PutUint32(header[16:], 128)
	info := append([]byte{3, 0, 2, 0, 0, 0, 0, 0, 32, 0, 0, 0}, header...)
	info = append(append(info, 16, 0, 0, 0), salt...)
	info = append(append(info, seal(secret)...), 20, 0, 0, 0)
	info = append(info, seal(digest(sha1.New, secret))...)

	if open, err := openWith(info, "another"); open != nil || err != nil {
		t.Errorf("another password: %v", err)
	}
	open, err := openWith(info, "word")
	if err != nil || open == nil {
		t.Fatalf("the right password does not open it: %v", err)
	}
	plain := []byte("文書の中身")
	pkg := append(binary.LittleEndian.AppendUint64(nil, uint64(len(plain))), seal(plain)...)
	if got, err := open(pkg); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("opened %q (%v), want %q", got, err, plain)
	}
}

func FuzzEncryptionInfo(f *testing.F) {
	data := lockedWorkbook(f, "x")
	c, err := openCompound(bytesAt(data), int64(len(data)))
	if err != nil {
		f.Fatal(err)
	}
	s, _ := c.find("EncryptionInfo")
	info, err := c.read(s, s.size)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(bytes.ReplaceAll(info, []byte(`spinCount="100000"`), []byte(`spinCount="10"`)))
	f.Fuzz(func(t *testing.T, info []byte) {
		if a, err := parseAgile(info[min(8, len(info)):]); err == nil && a.key.spin > 1000 {
			return // right, but slow
		}
		open, err := openWith(info, defaultPassword)
		if err != nil && open != nil {
			t.Error("opened in spite of an error")
		}
	})
}
