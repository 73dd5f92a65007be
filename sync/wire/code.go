package wire

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"net"
	"strings"

	"golang.org/x/text/width"

	"daicho/app"
)

// Code is what an administrator hands to a person so that a device can enrol:
// where the server is, how to know it, and a secret that works once.
type Code struct {
	Pin       Pin
	Secret    [16]byte
	Addresses []string // host:port, tried in this order
}

// codePrefix names the format. The rest is base 32 of Crockford's alphabet, in
// groups of five: pin, secret, addresses with their lengths, four check bytes.
const codePrefix = "DAICHO1-"

const (
	codeGroup = 5
	codeCheck = 4
)

var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// misread are letters that are read for digits, and what is typed between groups.
var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "", "\t", "", "\r", "", "\n", "", "　", "")

// String is the code as it is handed over.
func (c Code) String() string {
	payload := append(append([]byte(nil), c.Pin[:]...), c.Secret[:]...)
	for _, a := range c.Addresses {
		payload = append(append(payload, byte(len(a))), a...)
	}
	check := codeSum(payload)
	text := crockford.EncodeToString(append(payload, check[:]...))
	var groups []string
	for len(text) > codeGroup {
		groups, text = append(groups, text[:codeGroup]), text[codeGroup:]
	}
	return codePrefix + strings.Join(append(groups, text), "-")
}

func codeSum(payload []byte) [codeCheck]byte {
	sum := sha256.Sum256(append([]byte("daicho-code-1"), payload...))
	return [codeCheck]byte(sum[:codeCheck])
}

var (
	errNoCode   = app.Refuse(app.Invalid, "", "登録コードではありません。「DAICHO1-」で始まるコードを貼り付けてください。", "not an enrolment code: it begins with DAICHO1-")
	errCodeTypo = app.Refuse(app.Damaged, "", "登録コードに誤りがあります。全体をもう一度写してください。", "the enrolment code is mistyped or cut; copy all of it again")
)

// ParseCode reads a code as a person types or pastes it: in any case and
// width, with or without hyphens and line ends. A typing error is told.
func ParseCode(text string) (Code, error) {
	text = strings.ToUpper(width.Narrow.String(strings.TrimSpace(text)))
	rest, ok := strings.CutPrefix(text, codePrefix)
	if !ok {
		return Code{}, errNoCode
	}
	rest = misread.Replace(rest)
	raw, err := crockford.DecodeString(rest)
	if err != nil || len(raw) < len(Pin{})+16+codeCheck || crockford.EncodeToString(raw) != rest { // no stray bits at the end
		return Code{}, errCodeTypo
	}
	payload, check := raw[:len(raw)-codeCheck], raw[len(raw)-codeCheck:]
	if sum := codeSum(payload); !bytes.Equal(sum[:], check) {
		return Code{}, errCodeTypo
	}
	c := Code{Pin: Pin(payload[:32]), Secret: [16]byte(payload[32:48])}
	c.Addresses, err = cutAddresses(payload[48:])
	return c, err
}

func cutAddresses(p []byte) (list []string, err error) {
	for len(p) > 0 {
		n := int(p[0])
		if len(p) < 1+n {
			return nil, errCodeTypo
		}
		list, p = append(list, string(p[1:1+n])), p[1+n:]
	}
	return list, CheckAddresses(list)
}

// CheckAddresses refuses addresses that no code can carry or no device can call.
func CheckAddresses(list []string) error {
	if len(list) == 0 || len(list) > MaxAddresses {
		return app.Refuse(app.Invalid, "addresses", "サーバーのアドレスを 1 個以上 8 個以下で指定してください。", "give one to eight addresses of the server")
	}
	for _, a := range list {
		host, port, err := net.SplitHostPort(a)
		if err != nil || host == "" || port == "" || len(a) > maxAddress {
			return app.Refuse(app.Invalid, "addresses", "「"+a+"」はサーバーのアドレスではありません。「ホスト名:ポート番号」の形で指定してください。",
				"not an address of a server: "+a+"; write host:port")
		}
	}
	return nil
}
