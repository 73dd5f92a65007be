package detect

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

func confidentialRule() Rule {
	return Rule{
		Kind: Confidential,
		Source: "地方公共団体における情報セキュリティポリシーに関するガイドライン (総務省) 第3編 情報資産の分類と管理; " +
			"予定価格: 予算決算及び会計令79条; 鍵: RFC 7468; 暗号化したパスワード: crypt(5)",
		Names: []string{"機密区分", "情報の分類", "取扱区分"},
		Hints: []string{"情報資産", "複製禁止", "持出禁止", "回収", "ユーザーid", "ユーザid", "ユーザー名", "ユーザ名", "ログインid", "アカウント",
			"userid", "user_id", "username", "login"},
		Cues: slicesOf(marks, secrets, codes, tokens, ciphers, prices, diagrams,
			[]string{"-----begin", "putty-user-key-file", "net use"}),
		at:   matchCredentials,
		word: matchConfidential,
	}
}

// prices are kept secret until the tender.
var prices = []string{"予定価格", "最低制限価格", "調査基準価格", "設計金額", "設計価格", "入札予定価格", "低入札価格", "入札書比較価格", "積算金額"}

// diagrams of networks and the addresses on them help an intruder.
var diagrams = []string{"ネットワーク構成図", "ネットワーク図", "システム構成図", "物理構成図", "論理構成図", "ipアドレス一覧", "ＩＰアドレス一覧", "ipアドレス管理表", "機器設定書", "ラック構成図", "ファイアウォール設定",
	"ネットワーク設計書", "サーバ一覧", "サーバー一覧", "vlan一覧"}

func slicesOf(lists ...[]string) (all []string) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

const (
	keyScore     = 95  // the armour of a private key
	markAlone    = 80  // a mark alone on its line, or in brackets
	markFirst    = 50  // a mark before or behind the text of its line
	markWithin   = -15 // a mark in a sentence: dropped without a hint
	secretValue  = 60  // パスワード: abc123
	secretField  = 30  // alone in its cell
	secretColumn = 50  // a header, of a column that is not the first
	secretKey    = 30  // password = abc123: programs have it, too
	priceValue   = 60
	mapTitle     = 50
	wordAlone    = -15
)

func matchConfidential(h *handle, emit func(match)) {
	word := strings.ToLower(string(h.text[h.start:h.end]))
	if base, ok := h.confidential(word); ok {
		emit(match{start: h.start, end: h.end, value: []byte(word), valid: true, base: base})
	}
}

func (h *handle) confidential(word string) (int16, bool) {
	switch {
	case word == "-----begin" || word == "putty-user-key-file":
		return keyScore, isPrivateKey(h.text[h.start:min(len(h.text), h.start+64)])
	case word == "net use":
		return secretValue, h.netUse()
	case oneOf(word, ciphers):
		return secretValue, h.hashed()
	case oneOf(word, tokens):
		return secretValue, h.token(word)
	case oneOf(word, secrets) || oneOf(word, codes):
		return h.secret(word), true
	case oneOf(word, prices):
		return h.price(), true
	case oneOf(word, diagrams):
		return mapTitle, h.isMap()
	case oneOf(word, marks), h.cue: // one that a pack has added
		return h.mark(), true
	}
	return 0, false
}

func oneOf(word string, list []string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return word == strings.ToLower(w) })
}

// isPrivateKey reads the label of RFC 7468, behind which a line of the key
// begins; a public key or a certificate is none, nor is the label in a program.
func isPrivateKey(text []byte) bool {
	if bytes.HasPrefix(text, []byte("PuTTY-User-Key-File")) {
		return true
	}
	label, body, found := bytes.Cut(text, []byte("PRIVATE KEY-----"))
	if !found || bytes.IndexByte(label, '\n') >= 0 {
		return false
	}
	body = bytes.TrimLeft(bytes.TrimPrefix(body, []byte(`\n`)), "\r\n ")
	return len(body) > 0 && (isAlnum(body[0]) || body[0] == '+' || body[0] == '/')
}

// isMap says whether the word is a title: alone on its line, or at the end of
// one that addresses of a network stand below.
func (h *handle) isMap() bool {
	if h.begins() && (h.ends() || h.bracketed()) {
		return true
	}
	_, after := h.line()
	if len(bytes.Trim(after, " \r\t")) > maxNote || bytes.Contains(after, []byte("を")) {
		return false
	}
	below := h.text[h.end:min(len(h.text), h.end+mapReach)]
	return hasPrivateAddress(below)
}

const (
	maxNote  = 45   // bytes of what stands behind a title: （基幹系）令和8年4月
	mapReach = 2000 // bytes below a title
)

// hasPrivateAddress looks for an address of RFC 1918.
func hasPrivateAddress(text []byte) bool {
	for _, net := range [][]byte{[]byte("192.168."), []byte("10."), []byte("172.")} {
		for rest := text; ; {
			i := bytes.Index(rest, net)
			if i < 0 {
				break
			}
			if (i == 0 || !isAlnum(rest[i-1]) && rest[i-1] != '.') && bytes.Count(dotted(rest[i:]), []byte(".")) == 3 {
				return true
			}
			rest = rest[i+len(net):]
		}
	}
	return false
}

// dotted is the digits and dots that text begins with.
func dotted(text []byte) []byte {
	if end := bytes.IndexFunc(text, func(r rune) bool { return r != '.' && (r < '0' || r > '9') }); end >= 0 {
		return text[:end]
	}
	return text
}

// price wants an amount behind the word, or in the cell below it. Prices of
// tenders that are over are public.
func (h *handle) price() int16 {
	about := h.text[max(0, h.start-priceReach):min(len(h.text), h.end+priceReach)]
	for _, over := range []string{"落札", "入札結果", "契約結果", "開札結果"} {
		if bytes.Contains(about, []byte(over)) {
			return wordAlone
		}
	}
	for i := h.end; i < len(h.text) && i < h.end+24 && h.text[i] != '\n'; i++ {
		if isDigitAt(h.text, i) {
			if h.amount(i) {
				return priceValue
			}
			return wordAlone
		}
	}
	if below := h.below(); len(below) > 0 && isDigitAt(below, 0) && (&handle{text: below}).amount(0) {
		return priceValue
	}
	return wordAlone
}

const priceReach = 300 // bytes about a price that say whether the tender is over

// amount says whether four digits or more stand at text[i], commas aside, or
// fewer and 千円, 万円 or 億.
func (h *handle) amount(i int) bool {
	n := 0
	for i < len(h.text) {
		_, size := digitAt(h.text, i)
		switch r := rune3at(h.text, i); {
		case size > 0:
			n++
			i += size
		case h.text[i] == ',':
			i++
		case r == '，':
			i += 3
		default:
			return n >= 4 || n > 0 && (r == '千' || r == '万' || r == '億' || r == '百')
		}
	}
	return n >= 4
}

// line is what stands before and behind the word on its line.
func (h *handle) line() (before, after []byte) {
	after, _, _ = bytes.Cut(h.text[h.end:min(len(h.text), h.end+maxLine)], []byte{'\n'})
	return h.text[max(h.from, h.start-maxLine):h.start], after
}

const maxLine = 512 // bytes before and behind a word that are read

// below is the cell under the one of the word, blanks and quotes aside. It is
// nil in prose, in a very long row, and at the end of a block.
func (h *handle) below() []byte {
	if h.sep == 0 || h.start-h.from > maxListRow {
		return nil
	}
	column := bytes.Count(h.text[h.from:h.start], []byte{h.sep})
	_, rest, _ := bytes.Cut(h.text[h.end:min(len(h.text), h.end+2*maxListRow)], []byte{'\n'})
	row, _, _ := bytes.Cut(rest, []byte{'\n'})
	for ; column > 0; column-- {
		_, row, _ = bytes.Cut(row, []byte{h.sep})
	}
	cell, _, _ := bytes.Cut(row, []byte{h.sep})
	return bytes.Trim(cell, " \"\r")
}

// strongLooking says whether a value is ASCII with letters and digits or signs.
func strongLooking(value []byte) bool {
	letters, others := 0, 0
	for _, c := range value {
		switch {
		case c >= utf8.RuneSelf || c <= ' ':
			return false
		case isLetter(c):
			letters++
		case strings.IndexByte("-_./:", c) < 0:
			others++
		}
	}
	return letters > 0 && others > 0 && !isPlaceholder(value)
}

// isPlaceholder says whether a value stands for another: a variable, a mask.
func isPlaceholder(value []byte) bool {
	if strings.IndexByte("$<{(%[*&!\\", value[0]) >= 0 {
		return true
	}
	for _, sign := range []string{"***", "${", "$(", "{{", "()", "...", "%s", "xxx", "XXX"} {
		if bytes.Contains(value, []byte(sign)) {
			return true
		}
	}
	return false
}
