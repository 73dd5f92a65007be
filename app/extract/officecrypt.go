package extract

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash"
	"strconv"
	"unicode/utf16"
)

// defaultPassword is what Excel encrypts with when a workbook has only a
// password for writing or for its structure. Everyone's Excel opens it without
// asking: it protects nothing ([MS-OFFCRYPTO] 2.4.2.3 is silent; Excel's own
// behaviour since 97).
const defaultPassword = "VelvetSweatshop"

var errScheme = errors.New("extract: encryption scheme unknown")

// opener decrypts the package of an OOXML document with the one password it
// was made for.
type opener func(pkg []byte) ([]byte, error)

// openWith returns how to decrypt a package whose EncryptionInfo is info, nil
// when the password is not the right one, and errScheme for schemes that are
// not of [MS-OFFCRYPTO] 2.3.4: agile (4.4) and standard (n.2).
func openWith(info []byte, password string) (opener, error) {
	if len(info) < 8 {
		return nil, errScheme
	}
	major, minor := binary.LittleEndian.Uint16(info), binary.LittleEndian.Uint16(info[2:])
	switch {
	case major == 4 && minor == 4:
		return openAgile(info[8:], password)
	case minor == 2 && major >= 2 && major <= 4:
		return openStandard(info[8:], password)
	}
	return nil, errScheme
}

// agile is the XML of agile encryption ([MS-OFFCRYPTO] 2.3.4.10).
type agile struct{ data, key agileParams }

type agileParams struct {
	salt                    []byte
	block, keyBits, size    int // block and hash size in bytes
	spin                    int
	hash                    func() hash.Hash
	cipherName, chaining    string
	input, hashed, keyValue []byte // of the key encryptor
}

// maxSpin bounds the work a hostile file can ask for; Office writes 100,000.
const maxSpin = 1_000_000

var (
	blockInput  = []byte{0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79}
	blockHashed = []byte{0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e}
	blockKey    = []byte{0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6}
)

func openAgile(doc []byte, password string) (opener, error) {
	a, err := parseAgile(doc)
	if err != nil {
		return nil, err
	}
	k := &a.key
	h := k.spun(password)
	input, err := k.unwrap(h, blockInput, k.input)
	if err != nil {
		return nil, err
	}
	hashed, err := k.unwrap(h, blockHashed, k.hashed)
	if err != nil || len(hashed) < k.size {
		return nil, errScheme
	}
	if sum := digest(k.hash, input); !bytes.Equal(sum[:k.size], hashed[:k.size]) {
		return nil, nil
	}
	secret, err := k.unwrap(h, blockKey, k.keyValue)
	if err != nil || len(secret) < a.data.keyBits/8 {
		return nil, errScheme
	}
	secret = secret[:a.data.keyBits/8]
	return func(pkg []byte) ([]byte, error) { return a.data.decrypt(secret, pkg) }, nil
}

func parseAgile(doc []byte) (*agile, error) {
	a := &agile{}
	x := newXML(bytes.NewReader(doc))
	for {
		tok, err := x.next()
		if err != nil {
			break
		}
		switch {
		case tok.kind != openTag:
		case tok.is("keyData"):
			a.data = agileParamsOf(&tok)
		case tok.is("encryptedKey") && a.key.salt == nil:
			a.key = agileParamsOf(&tok)
		}
	}
	if !a.data.sound() || !a.key.sound() || a.key.spin < 0 || a.key.spin > maxSpin {
		return nil, errScheme
	}
	return a, nil
}

func agileParamsOf(t *token) agileParams {
	number := func(name string) int {
		n, err := strconv.Atoi(string(t.attr(name)))
		if err != nil {
			return 0
		}
		return n
	}
	raw := func(name string) []byte {
		b, err := base64.StdEncoding.DecodeString(string(t.attr(name)))
		if err != nil {
			return nil
		}
		return b
	}
	return agileParams{
		salt: raw("saltValue"), block: number("blockSize"), keyBits: number("keyBits"), size: number("hashSize"),
		spin: number("spinCount"), hash: hashNamed(string(t.attr("hashAlgorithm"))),
		cipherName: string(t.attr("cipherAlgorithm")), chaining: string(t.attr("cipherChaining")),
		input: raw("encryptedVerifierHashInput"), hashed: raw("encryptedVerifierHashValue"), keyValue: raw("encryptedKeyValue"),
	}
}

func hashNamed(name string) func() hash.Hash {
	switch name {
	case "SHA1", "SHA-1":
		return sha1.New
	case "SHA256", "SHA-256":
		return sha256.New
	case "SHA384", "SHA-384":
		return sha512.New384
	case "SHA512", "SHA-512":
		return sha512.New
	}
	return nil
}

func (p *agileParams) sound() bool {
	return p.hash != nil && len(p.salt) > 0 && p.cipherName == "AES" && p.chaining == "ChainingModeCBC" &&
		p.block == aes.BlockSize && (p.keyBits == 128 || p.keyBits == 192 || p.keyBits == 256) &&
		p.size == p.hash().Size()
}

// spun is the password hashed spin times (2.3.4.11).
func (p *agileParams) spun(password string) []byte {
	h := digest(p.hash, p.salt, utf16Bytes(password))
	var i [4]byte
	for n := range p.spin {
		binary.LittleEndian.PutUint32(i[:], uint32(n))
		h = digest(p.hash, i[:], h)
	}
	return h
}

// unwrap decrypts one of the key encryptor's values.
func (p *agileParams) unwrap(spun, block, value []byte) ([]byte, error) {
	key := fitted(digest(p.hash, spun, block), p.keyBits/8)
	return cbc(key, fitted(p.salt, p.block), value)
}

// decrypt undoes the package: its length, then segments of 4096 bytes, each
// with an initialisation vector of its own (2.3.4.15).
func (p *agileParams) decrypt(key, pkg []byte) ([]byte, error) {
	const segment = 4096
	size, body, err := packageSize(pkg)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(body))
	var number [4]byte
	for i := 0; len(body) > 0; i++ {
		n := min(segment, len(body))
		binary.LittleEndian.PutUint32(number[:], uint32(i))
		plain, err := cbc(key, fitted(digest(p.hash, p.salt, number[:]), p.block), body[:n])
		if err != nil {
			return nil, err
		}
		out, body = append(out, plain...), body[n:]
	}
	return out[:min(size, len(out))], nil
}

func packageSize(pkg []byte) (int, []byte, error) {
	if len(pkg) < 8 {
		return 0, nil, errCompound
	}
	size := binary.LittleEndian.Uint64(pkg)
	if size > uint64(len(pkg)) {
		return 0, nil, errCompound
	}
	return int(size), pkg[8:], nil
}

func cbc(key, iv, data []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil || len(data)%aes.BlockSize != 0 {
		return nil, errScheme
	}
	out := make([]byte, len(data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, data)
	return out, nil
}

// fitted cuts b to n bytes, or fills it up with 0x36.
func fitted(b []byte, n int) []byte {
	out := bytes.Repeat([]byte{0x36}, n)
	copy(out, b)
	return out
}

func digest(h func() hash.Hash, parts ...[]byte) []byte {
	d := h()
	for _, p := range parts {
		d.Write(p)
	}
	return d.Sum(nil)
}

func utf16Bytes(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}
