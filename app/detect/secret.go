package detect

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// secrets name a word that opens something; a value must follow.
var secrets = []string{"パスワード", "ﾊﾟｽﾜｰﾄﾞ", "ＰＷ", "ＰＡＳＳ", "秘密鍵", "事前共有鍵", "共有シークレット", "パスフレーズ", "初期パスワード", "仮パスワード", "ログインパスワード", "管理者パスワード",
	"暗号化キー", "暗号キー", "セキュリティキー", "ネットワークキー", "接続キー", "パスコード",
	"password", "passwd", "passphrase", "passcode", "pwd", "pass", "pw", "api_key", "apikey", "secret_key", "secretkey", "secret", "access_key", "accesskey", "psk",
	"keymaterial", "wpa_passphrase", "pre-shared-key", "presharedkey", "privatekey", "snmp-server community", "community"}

// codes open doors and cards; they are of digits alone.
var codes = []string{"暗証番号", "解錠番号", "開錠番号", "解除番号", "解除コード", "開錠コード", "解錠コード", "ダイヤル番号", "pinコード", "ｐｉｎコード"}

const (
	maxSecret   = 128 // bytes of a password
	leastSecret = 4
	leastCode   = 4 // digits
	belowLines  = 4 // lines below a sentence on a password that may hold it alone
)

// secret wants a value that looks like one: beside the word, behind the command
// it is part of, in the cell below, or alone on one of the next lines.
func (h *handle) secret(word string) int16 {
	latin := word[0] < utf8.RuneSelf
	if latin {
		if base := h.setting(); base != 0 {
			return base
		}
	} else if value, told := h.value(); h.opens(value, told, word) {
		return secretValue
	}
	if h.sep != 0 && h.ends() && h.begins() {
		return h.column(latin)
	}
	if _, after := h.line(); !latin && len(after) < maxSecret && h.alone() || latin && h.heads() && h.besideLogin() && h.alone() {
		return secretValue
	}
	return wordAlone
}

// column is what a header proves by the cell below it.
func (h *handle) column(latin bool) int16 {
	below := h.below()
	switch {
	case len(below) >= leastSecret && len(below) <= maxSecret && strongLooking(below):
		return secretValue
	case !ascii(below): // forms describe their fields
		return wordAlone
	case h.start-h.from > 2:
		return secretColumn
	case latin:
		return wordAlone
	}
	return secretField
}

func ascii(text []byte) bool {
	return !bytes.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
}

// value is what stands behind a label, in the next cell if need be. told says
// that nothing but a colon, a cell's end or は lies between.
func (h *handle) value() (value []byte, told bool) {
	i, _ := skipLabel(h.text, h.end)
	told = i > h.end
	if i < len(h.text) && (h.sep != 0 && h.text[i] == h.sep || h.text[i] == '\t') {
		i, told = i+1, true
	}
	for i < len(h.text) && (h.text[i] == ' ' || h.text[i] == '"' || h.text[i] == '\'') {
		i++
	}
	if bytes.HasPrefix(h.text[i:], []byte("、")) {
		i += len("、")
	}
	return narrowed(h.text[i:min(len(h.text), i+maxSecret)]), told
}

// narrowed is the ASCII, in either width, that text begins with.
func narrowed(text []byte) []byte {
	var out []byte
	for i := 0; i < len(text); {
		c, size := narrowAt(text, i)
		if c <= ' ' || strings.IndexByte("\"',;<", c) >= 0 || c == 0x7F {
			break
		}
		out, i = append(out, c), i+size
	}
	return bytes.TrimRight(out, "]>)/")
}

// opens says whether a value behind a Japanese word is the secret. Digits alone
// are one where they end the field: 8文字以上 is none.
func (h *handle) opens(value []byte, told bool, word string) bool {
	if len(value) < leastSecret || isPlaceholder(value) {
		return false
	}
	if digitsOnly(value) {
		return told && (oneOf(word, codes) || h.valued() || h.sep != 0) && len(value) >= leastCode && len(value) <= 16 && h.closed(value)
	}
	return strongLooking(value) && !isAddress(value)
}

// closed says whether nothing goes on behind digits that follow the word.
func (h *handle) closed(value []byte) bool {
	_, after := h.line()
	at := bytes.Index(after, value)
	if at < 0 { // in full width
		return true
	}
	rest := bytes.TrimLeft(after[at+len(value):], " \r\"'　）)」")
	return len(rest) == 0 || bytes.HasPrefix(rest, []byte("です")) || bytes.HasPrefix(rest, []byte("。")) || h.sep != 0 && rest[0] == h.sep || rest[0] == '\t'
}

// isAddress says whether a value is an e-mail address or a URL: パスワードの再発行は https://….
func isAddress(value []byte) bool {
	return bytes.Contains(value, []byte("://")) || bytes.IndexByte(value, '@') > 0 && bytes.IndexByte(value[bytes.IndexByte(value, '@'):], '.') > 0
}

// alone says whether one of the next lines holds a word that looks like a
// secret and nothing else, or stands with others under a heading.
func (h *handle) alone() bool {
	_, rest, _ := bytes.Cut(h.text[h.end:min(len(h.text), h.end+maxBelow)], []byte{'\n'})
	heads := h.heads()
	for n := 0; n < belowLines && len(rest) > 0; n++ {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte{'\n'})
		words := bytes.FieldsFunc(line, func(r rune) bool {
			return r == ' ' || r == '\t' || r == '　' || r == '\r' || r == '|' || r == '｜' || r == '│'
		})
		if len(words) == 0 {
			continue
		}
		if heads && len(words) > 1 {
			return len(words) <= 10 && randomLooking(bytes.Trim(words[len(words)-1], `"'`), 6) || randomLooking(bytes.Trim(words[len(words)/2], `"'`), 6)
		}
		if len(words) == 1 && randomLooking(bytes.Trim(plainOf(words[0]), "「」"), 6) {
			return true
		}
	}
	return false
}

const maxBelow = 1024 // bytes below a heading that are read

// heads says whether the word is one of a few short ones on its line, as in a
// heading: システム ID パスワード.
func (h *handle) heads() bool {
	before, after := h.line()
	if len(before)+len(after) > maxHeading/2 || bytes.ContainsAny(before, "。、.({=") || bytes.ContainsAny(after, "。、.({=") {
		return false
	}
	words := len(bytes.Fields(before)) + 1 + len(bytes.Fields(after))
	return words >= 2 && words <= 10 && (blankEnd(before) && blankStart(after))
}

// besideLogin says whether the line names, too, who opens something.
func (h *handle) besideLogin() bool {
	before, after := h.line()
	line := strings.ToLower(string(before) + string(after))
	return containsAny([]byte(line), logins)
}

var logins = bytesOf("user", "login", "account", "host", " id", "\tid", "id ", "id\t", "|id", "id|")

func blankStart(text []byte) bool {
	return len(text) == 0 || text[0] == '\t' || text[0] == '\r' || text[0] == '|' || blankAt(text, 0) > 0
}

func blankEnd(text []byte) bool {
	return len(text) == 0 || text[len(text)-1] == '\t' || text[len(text)-1] == '|' || blankBefore(text, len(text)) > 0
}

// randomLooking says whether a value is one that a machine, or a careful person,
// makes up: letters and digits mixed, of three sorts, or with three digits.
func randomLooking(value []byte, least int) bool {
	if len(value) < least || len(value) > maxSecret || !strongLooking(value) || isAddress(value) {
		return false
	}
	var lowers, uppers, digits, signs int
	for _, c := range value {
		switch {
		case c-'a' <= 25:
			lowers++
		case c-'A' <= 25:
			uppers++
		case c-'0' <= 9:
			digits++
		case strings.IndexByte("-_./:", c) < 0:
			signs++
		}
	}
	sorts := min(lowers, 1) + min(uppers, 1) + min(digits, 1) + min(signs, 1)
	return digits > 0 && (sorts >= 3 || digits >= 3) && lowers+uppers >= 2
}
