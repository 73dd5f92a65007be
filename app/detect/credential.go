package detect

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// tokens stand for a person or a program towards a service.
var tokens = []string{"token", "bearer"}

// ciphers begin what crypt(5) makes of a password, and the hash of an empty
// password in dumps of Windows.
var ciphers = []string{"$6$", "$5$", "$y$", "$1$", "$apr1$", "$2y$", "$2b$", "$2a$", "{ssha}", "aad3b435b51404eeaad3b435b51404ee"}

// setting is what a Latin word proves in a line of settings or of a program: 0
// when no value stands there.
func (h *handle) setting() int16 {
	if h.commanded() {
		return secretValue
	}
	if !h.assigns() {
		return 0
	}
	value, _ := h.value()
	value = bytes.TrimRight(value, "\\}")
	if len(value) < leastSecret || bytes.ContainsAny(value, "()[]{}") || isAddress(value) {
		return 0
	}
	switch {
	case h.amongJapanese() && strongLooking(value), h.assigned() && strongLooking(value), h.belowJapanese() && randomLooking(value, 6):
		return secretValue
	case h.alonePair() && !h.short() && !isExample(value) && randomLooking(value, 8) && !h.code(value):
		return secretValue
	case strongLooking(value) && !h.short():
		return secretKey
	}
	return 0
}

// short says whether the word is one that has other meanings, and no name of a
// setting: PASS: 2b, not smtp_pass.
func (h *handle) short() bool {
	switch strings.ToLower(string(h.text[h.start:h.end])) {
	case "pass", "pw", "pwd":
		return h.start == h.from || !isAlnum(h.text[h.start-1]) && strings.IndexByte("_.-", h.text[h.start-1]) < 0
	}
	return false
}

// assigns says whether a sign that gives a value follows the word.
func (h *handle) assigns() bool {
	rest := bytes.TrimLeft(h.text[h.end:min(len(h.text), h.end+8)], "\"' \t")
	return len(rest) > 1 && (rest[0] == ':' || rest[0] == '=' || rest[0] == '>') || h.sep != 0 && len(rest) > 1 && rest[0] == h.sep ||
		rune3at(rest, 0) == '：' || rune3at(rest, 0) == '＝'
}

// amongJapanese says whether Japanese stands on the line, as in notes of people;
// programs have little.
func (h *handle) amongJapanese() bool {
	before, after := h.line()
	return hasJapanese(before) || hasJapanese(after)
}

func (h *handle) belowJapanese() bool {
	return hasJapanese(h.text[max(0, h.from-maxSecret):h.from])
}

func hasJapanese(text []byte) bool {
	return bytes.ContainsFunc(text, func(r rune) bool { return r >= 'ぁ' && r != utf8.RuneError })
}

// alonePair says whether the line holds a key and its value and nothing else,
// or several pairs parted by semicolons as in a connection string.
func (h *handle) alonePair() bool {
	before, after := h.line()
	if bytes.Contains(after, []byte(";")) && bytes.Count(before, []byte("="))+bytes.Count(after, []byte("=")) >= 3 {
		return true
	}
	after = bytes.TrimRight(after, " \r,;\"'}")
	return !bytes.ContainsAny(bytes.TrimSpace(before), " (") && len(bytes.Fields(after)) <= 2 || strings.Contains(string(before), "<")
}

// isExample says whether a value is one of a manual.
func isExample(value []byte) bool {
	v := strings.ToLower(string(value))
	for _, w := range []string{"example", "changeme", "change_me", "password", "passwd", "secret", "your", "dummy", "sample", "foobar", "testpass", "mypass"} {
		if strings.Contains(v, w) {
			return true
		}
	}
	return false
}

// code says whether a value is an expression of a program: opts.pass2.
func (h *handle) code(value []byte) bool {
	at := bytes.Index(h.text[h.end:], value)
	quoted := at > 0 && (h.text[h.end+at-1] == '"' || h.text[h.end+at-1] == '\'' || h.text[h.end+at-1] == '>')
	return !quoted && (bytes.Contains(value, []byte("::")) || bytes.Contains(value, []byte("->")) || bytes.Contains(value, []byte(".")))
}

// assigned says whether the line is one of a file of settings, where nothing
// but the value follows a name in capitals: DB_PASSWORD=Xy12!abc.
func (h *handle) assigned() bool {
	if h.end-h.from > maxSecret {
		return false
	}
	for i := h.from; i < h.end; i++ {
		if c := h.text[i]; c != '_' && c-'0' > 9 && c-'A' > 25 {
			return false
		}
	}
	_, after := h.line()
	return len(after) > 4 && (after[0] == '=' || after[0] == '_') && !bytes.ContainsAny(bytes.Trim(after, "=\"'\r"), " ()\"'")
}

// commanded says whether the line sets a secret of a router or a switch, whose
// value stands behind a number for its form or directly: enable secret 5 $1$….
func (h *handle) commanded() bool {
	before, after := h.line()
	words := bytes.Fields(after)
	if len(before)+len(after) > maxSecret || len(words) < 1 || len(words) > 4 || after[0] != ' ' {
		return false
	}
	last := bytes.Trim(words[len(words)-1], `"'`)
	if lower := string(bytes.ToLower(last)); len(words) > 1 && (lower == "ro" || lower == "rw") {
		last = words[0]
	}
	typed := len(words) > 1 && slices.Contains(forms, strings.ToLower(string(words[len(words)-2])))
	if typed && len(last) >= 6 && (strongLooking(bytes.ReplaceAll(last, []byte("$"), nil)) || digitsOnly(last) && len(last) >= 8) {
		return true
	}
	return slices.Contains(commands, strings.ToLower(firstWord(h.text[h.from:]))) && len(last) >= 6 && strongLooking(last) && bytes.ContainsAny(last, "0123456789")
}

// forms are words between a command and its secret that say how it is written.
var forms = []string{"0", "5", "6", "7", "8", "9", "text", "ascii", "enc", "encrypted", "hash", "cipher", "simple", "plain", "sha256", "sha512", "hex"}

// commands are the first words of lines that set a secret.
var commands = []string{"enable", "username", "snmp-server", "administrator", "login", "ipsec", "set", "crypto", "wpa-psk", "tacacs-server", "radius-server", "neighbor", "key",
	"password", "pp", "user", "snmp", "security", "wireless", "config"}

func firstWord(line []byte) string {
	words := bytes.Fields(line[:min(len(line), maxLabel)])
	if len(words) == 0 {
		return ""
	}
	return string(words[0])
}

// hashed says whether enough of a hash stands behind its beginning.
func (h *handle) hashed() bool {
	if h.text[h.start] == 'a' {
		return true
	}
	rest, n := h.text[h.end:min(len(h.text), h.end+maxSecret)], 0
	for n < len(rest) && (isAlnum(rest[n]) || strings.IndexByte("./$=+", rest[n]) >= 0) {
		n++
	}
	return n >= 22 // the shortest, of MD5; what has a salt is longer
}

// token says whether a value that no person would think of follows the word.
func (h *handle) token(word string) bool {
	if word != "bearer" && !h.assigns() {
		return false
	}
	value, _ := h.value()
	return len(value) >= leastToken && randomLooking(value, leastToken) && !isExample(value) && !bytes.ContainsAny(value, "(){}%")
}

const leastToken = 20

// netUse says whether a command that connects a drive has its password with it.
func (h *handle) netUse() bool {
	_, after := h.line()
	words := bytes.Fields(after)
	for i, w := range words {
		if bytes.HasPrefix(bytes.ToLower(w), []byte("/user:")) {
			return i > 0 && isPassword(words[i-1]) || i+1 < len(words) && isPassword(words[i+1])
		}
	}
	return false
}

func isPassword(word []byte) bool {
	return len(word) >= leastSecret && word[0] != '/' && word[0] != '\\' && word[0] != '%' && word[0] != '*' && word[len(word)-1] != ':'
}

// matchCredentials finds the password in a URL: postgres://user:pass@host.
func matchCredentials(h *handle) (match, bool) {
	from := max(h.from, h.start-maxSecret)
	scheme := bytes.LastIndex(h.text[from:h.start], []byte("://"))
	if scheme < 0 {
		return match{}, false
	}
	info := h.text[from+scheme+3 : h.start]
	user, password, found := bytes.Cut(info, []byte{':'})
	if !found || len(user) == 0 || len(password) < leastSecret || bytes.ContainsAny(info, "/ \t\"'<>?,") || isPlaceholder(password) || isExample(password) || !strongLooking(password) {
		return match{}, false
	}
	return match{start: from + scheme, end: h.start, value: []byte("://"), base: secretValue, valid: true}, true
}
