package detect

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

func confidentialRule() Rule {
	return Rule{
		Kind: Confidential,
		Source: "地方公共団体における情報セキュリティポリシーに関するガイドライン (総務省) 第3編 情報資産の分類と管理; " +
			"予定価格: 予算決算及び会計令79条; 鍵: RFC 7468",
		Names: []string{"機密区分", "機密性", "情報の分類", "取扱区分"},
		Hints: []string{"情報資産", "複製禁止", "持出禁止", "回収", "ユーザーid", "ユーザid", "ユーザー名", "ユーザ名", "ログインid", "アカウント",
			"userid", "user_id", "username", "login"},
		Cues: slicesOf(marks, secrets, prices, diagrams,
			[]string{"-----begin", "putty-user-key-file"}),
		word: matchConfidential,
	}
}

// marks are put on documents; in a text about them they say nothing.
var marks = []string{"部外秘", "取扱注意", "取扱厳重注意", "関係者限り", "関係者外秘", "社外秘", "庁外秘", "課内限り", "極秘", "厳秘", "マル秘", "㊙", "機密性３",
	"機密性3", "機密性３Ｂ", "秘密文書", "複写禁止", "持ち出し禁止", "confidential", "internal use only", "top secret", "自治体機密性3", "自治体機密性３"}

// secrets name a word that opens something; a value must follow.
var secrets = []string{"パスワード", "ﾊﾟｽﾜｰﾄﾞ", "ＰＷ", "暗証番号", "秘密鍵", "事前共有鍵", "パスフレーズ", "初期パスワード", "password", "passwd", "api_key",
	"apikey", "secret_key", "secretkey", "access_key", "psk", "ログインパスワード", "管理者パスワード"}

// prices are kept secret until the tender.
var prices = []string{"予定価格", "最低制限価格", "調査基準価格", "設計金額", "入札予定価格", "低入札価格"}

// diagrams of networks and the addresses on them help an intruder.
var diagrams = []string{"ネットワーク構成図", "ネットワーク図", "システム構成図", "物理構成図", "論理構成図", "ipアドレス一覧", "ＩＰアドレス一覧", "ipアドレス管理表", "機器設定書", "ラック構成図", "ファイアウォール設定"}

func slicesOf(lists ...[]string) (all []string) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

const (
	keyScore     = 95  // the armour of a private key
	markAlone    = 80  // a mark alone on its line, or in brackets
	markFirst    = 50  // a mark before the text of its line
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
	m := match{start: h.start, end: h.end, value: []byte(word), valid: true, base: wordAlone}
	switch {
	case word == "-----begin" || word == "putty-user-key-file":
		if !isPrivateKey(h.text[h.start:min(len(h.text), h.start+64)]) {
			return
		}
		m.base = keyScore
	case oneOf(word, marks):
		m.base = h.mark()
	case oneOf(word, secrets):
		m.base = h.secret()
	case oneOf(word, prices):
		m.base = h.price()
	case oneOf(word, diagrams):
		if h.begins() && (h.ends() || h.bracketed()) {
			m.base = mapTitle
		}
	case h.cue: // a mark that a pack has added
		m.base = h.mark()
	default:
		return
	}
	emit(m)
}

func oneOf(word string, list []string) bool {
	for _, w := range list {
		if word == strings.ToLower(w) {
			return true
		}
	}
	return false
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

// mark is what a mark proves by where it stands.
func (h *handle) mark() int16 {
	word := h.text[h.start:h.end]
	switch {
	case word[0] < utf8.RuneSelf && (!bytes.Equal(word, bytes.ToUpper(word)) || !h.begins() || !h.ends()):
		return markWithin // English prose and programs have these words, too
	case h.bracketed() || h.begins() && (h.ends() || h.valued()):
		return markAlone
	case h.begins() && blankAt(h.text, h.end) > 0:
		return markFirst
	}
	return markWithin
}

// bracketed says whether brackets stand about the word: 【部外秘】.
func (h *handle) bracketed() bool {
	if h.start < 1 || h.end >= len(h.text) {
		return false
	}
	before, after := rune3at(h.text, h.start-3), rune3at(h.text, h.end)
	if h.start < 3 {
		before = 0
	}
	if h.text[h.start-1] < 0x80 {
		before = rune(h.text[h.start-1])
	}
	if h.text[h.end] < 0x80 {
		after = rune(h.text[h.end])
	}
	switch before {
	case '（', '(':
		return after == '）' || after == ')'
	case '【':
		return after == '】'
	case '［', '[':
		return after == '］' || after == ']'
	case '〔':
		return after == '〕'
	case '＜', '<', '《':
		return after == '＞' || after == '>' || after == '》'
	}
	return false
}

const maxSecret = 128 // bytes of a password

// secret wants a value behind the word that looks like one: Latin letters and
// digits of both sorts, or signs.
func (h *handle) secret() int16 {
	if h.sep != 0 && h.ends() && h.begins() {
		if h.start-h.from > 2 { // not the first of its row, where forms describe their fields
			return secretColumn
		}
		return secretField
	}
	if !h.valued() {
		return wordAlone
	}
	value := h.text[valueAt(h.text, h.end):]
	value = value[:min(len(value), maxSecret+1)]
	if end := bytes.IndexAny(value, " \t\r\n,\"'"); end >= 0 {
		value = value[:end]
	}
	if len(value) < 4 || len(value) > maxSecret || !strongLooking(value) {
		return wordAlone
	}
	if h.text[h.start] < utf8.RuneSelf {
		return secretKey
	}
	return secretValue
}

// valueAt is where the value behind a label begins.
func valueAt(text []byte, i int) int {
	i, _ = skipLabel(text, i)
	return i
}

// strongLooking says whether a value is ASCII with letters and digits or signs.
func strongLooking(value []byte) bool {
	letters, others := 0, 0
	for _, c := range value {
		switch {
		case c >= 0x80 || c <= ' ' || c == '$' || c == '<' || c == '{' || c == '(' || c == '*':
			return false // a variable, a placeholder, a mask
		case isLetter(c):
			letters++
		default:
			others++
		}
	}
	return letters > 0 && others > 0
}

// price wants an amount behind the word.
func (h *handle) price() int16 {
	i := h.end
	for i < len(h.text) && i < h.end+24 && h.text[i] != '\n' {
		if isDigitAt(h.text, i) {
			if h.amount(i) {
				return priceValue
			}
			return wordAlone
		}
		i++
	}
	return wordAlone
}

// amount says whether four digits or more stand at text[i], commas aside.
func (h *handle) amount(i int) bool {
	n := 0
	for i < len(h.text) {
		_, size := digitAt(h.text, i)
		switch {
		case size > 0:
			n++
			i += size
		case h.text[i] == ',':
			i++
		case rune3at(h.text, i) == '，':
			i += 3
		default:
			return n >= 4
		}
	}
	return n >= 4
}
