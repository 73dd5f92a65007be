package detect

import (
	"bytes"
	"strings"
)

func emailRule() Rule {
	return Rule{
		Kind:   Email,
		Source: "RFC 5321 4.1.2 (dot-string only), RFC 1035 2.3.1",
		Names:  []string{"メール", "ﾒｰﾙ", "アドレス", "連絡先", "Ｅメール", "Ｅ－ｍａｉｌ", "e-mail", "email", "mail"},
		Hints:  []string{"氏名", "フリガナ", "住所", "名前", "担当", "電話"},
		Denies: []string{"message-id", "references", "in-reply-to", "content-id"},
		at:     matchEmail,
		signed: true,
	}
}

const (
	emailKnown = 75 // a top-level domain people have addresses in
	emailOther = 45
	maxLocal   = 64
	maxDomain  = 253
)

// matchEmail reads the address around an '@', in either width.
func matchEmail(h *handle) (match, bool) {
	local, start := h.local()
	if len(local) == 0 || !localFits(local) || linked(h.text, start) {
		return match{}, false
	}
	domain, end := h.domain()
	top := topLevel(domain)
	if top == "" || !hostFits(domain) || fileEndings[top] || pathFollows(h.text, end) {
		return match{}, false
	}
	m := match{start: start, end: end, value: append(append(local, '@'), domain...), base: emailOther, valid: true}
	if len(top) == 2 || knownTop[top] {
		m.base = emailKnown
	}
	return m, true
}

// pathFollows says whether a path stands behind the host, as scp and git write it:
// git@example.com:city/portal.git.
func pathFollows(text []byte, i int) bool {
	if i+1 >= len(text) || text[i] != ':' || text[i+1] == '\\' {
		return false
	}
	for i++; i < len(text) && (isAlnum(text[i]) || strings.IndexByte("._~-", text[i]) >= 0); i++ {
	}
	return i < len(text) && text[i] == '/' || bytes.HasSuffix(text[:i], []byte(".git"))
}

// local reads leftwards from the sign.
func (h *handle) local() ([]byte, int) {
	var back []byte
	i := h.start
	for i > 0 && len(back) <= maxLocal {
		c, size := narrowBefore(h.text, i)
		if !isAlnum(c) && !strings.ContainsRune("._%+-", rune(c)) {
			break
		}
		back = append(back, lower(c))
		i -= size
	}
	for l, r := 0, len(back)-1; l < r; l, r = l+1, r-1 {
		back[l], back[r] = back[r], back[l]
	}
	trimmed := bytes.TrimLeft(back, "._%+-")
	return trimmed, i + len(back) - len(trimmed)
}

func (h *handle) domain() ([]byte, int) {
	var out []byte
	i := h.end
	for i < len(h.text) && len(out) <= maxDomain {
		c, size := narrowAt(h.text, i)
		if !isAlnum(c) && c != '.' && c != '-' {
			break
		}
		out = append(out, lower(c))
		i += size
	}
	trimmed := bytes.TrimRight(out, ".-")
	return trimmed, i - (len(out) - len(trimmed))
}

// narrowAt reads the character at text[i] as ASCII, whatever its width; 0 when
// it is not ASCII in any width.
func narrowAt(text []byte, i int) (byte, int) {
	if c := text[i]; c < 0x80 {
		return c, 1
	}
	if i+2 < len(text) && text[i] == 0xEF {
		return narrow(text[i+1], text[i+2]), 3
	}
	return 0, 1
}

func narrowBefore(text []byte, i int) (byte, int) {
	if c := text[i-1]; c < 0x80 {
		return c, 1
	}
	if i >= 3 && text[i-3] == 0xEF {
		return narrow(text[i-2], text[i-1]), 3
	}
	return 0, 1
}

// narrow maps U+FF01–U+FF5E (EF BC 81 – EF BD 9E) to ASCII.
func narrow(second, third byte) byte {
	switch {
	case second == 0xBC && third >= 0x81 && third <= 0xBF:
		return third - 0x81 + '!'
	case second == 0xBD && third >= 0x80 && third <= 0x9E:
		return third - 0x80 + '`'
	}
	return 0
}

func lower(c byte) byte {
	if c-'A' <= 25 {
		return c | 0x20
	}
	return c
}

// localFits refuses what machines write: identifiers of messages and objects.
func localFits(local []byte) bool {
	if len(local) > maxLocal || local[len(local)-1] == '.' || bytes.Contains(local, []byte("..")) {
		return false
	}
	digits := 0
	for _, c := range local {
		if c-'0' <= 9 {
			digits++
		}
	}
	return digits < 14 && (len(local) < 30 || digits < 8)
}

// linked says whether the address is a part of a URL: ssh://git@host.
func linked(text []byte, start int) bool {
	return start >= 2 && text[start-1] == '/' && text[start-2] == '/' && !bytes.HasSuffix(text[:start], []byte("mailto://")) ||
		start >= 1 && text[start-1] == ':' && bytes.Contains(text[max(0, start-40):start], []byte("://"))
}

func hostFits(domain []byte) bool {
	if len(domain) > maxDomain || domain[0] == '.' || domain[0] == '-' {
		return false
	}
	for _, label := range bytes.Split(domain, []byte(".")) {
		if len(label) == 0 || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return true
}

// topLevel is the last label when it is two to twelve letters, else "".
func topLevel(domain []byte) string {
	dot := bytes.LastIndexByte(domain, '.')
	if dot < 1 || len(domain)-dot-1 < 2 || len(domain)-dot-1 > 12 {
		return ""
	}
	for _, c := range domain[dot+1:] {
		if c-'a' > 25 {
			return ""
		}
	}
	return string(domain[dot+1:])
}

var knownTop = setOf("com net org info biz edu gov mil int asia name mobi tokyo osaka kyoto nagoya yokohama okinawa example test lg")

// fileEndings are last labels of things with an '@' that are not addresses:
// pictures for dense screens, units of a service manager, source files.
var fileEndings = setOf("png jpg jpeg gif svg webp ico css js ts json html htm xml txt csv pdf zip" +
	" service socket target timer mount path slice scope device swap conf local localdomain internal invalid localhost")

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
