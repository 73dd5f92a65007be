package detect

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// marks are put on documents; in a text about them they say nothing.
var marks = []string{"部外秘", "取扱注意", "取扱い注意", "取り扱い注意", "取扱要注意", "取扱厳重注意", "関係者限り", "関係者外秘", "社外秘", "庁外秘", "対外秘", "課内限り", "部内限り",
	"庁内限り", "内部限り", "職員限り", "委員限り", "極秘", "厳秘", "マル秘", "㊙", "機密性３", "機密性3", "機密性３Ｂ", "秘密文書", "機密文書", "複写禁止", "複写厳禁", "複製厳禁", "持ち出し禁止",
	"持出厳禁", "持ち出し厳禁", "会議後回収", "要回収", "confidential", "internal use only", "top secret", "自治体機密性3", "自治体機密性３"}

// mark is what a mark proves by where it stands: alone, in brackets, at an end
// of a line that is no sentence, or said of the document itself.
func (h *handle) mark() int16 {
	word := h.text[h.start:h.end]
	if word[0] < utf8.RuneSelf && (!bytes.Equal(word, bytes.ToUpper(word)) || !h.stands()) {
		return markWithin // English prose and programs have these words, too
	}
	before, after := h.line()
	after, notice := afterMark(after)
	switch {
	case h.bracketed() || h.begins() && (h.ends() || h.valued() || len(plainOf(after)) == 0):
		return markAlone
	case notice && h.begins(), h.itself(before):
		return markFirst
	case isSentence(before, after):
		return markWithin
	case h.begins() && parts(after), framed(before, after), h.within(before, after), len(plainOf(after)) == 0 && partsBefore(before):
		return markFirst
	}
	return markWithin
}

// stands says whether the word is alone on its line or in its cell, signs aside.
func (h *handle) stands() bool {
	before, after := h.line()
	if h.sep != 0 {
		before, after = before[bytes.LastIndexByte(before, h.sep)+1:], cutAtByte(after, h.sep)
	}
	return len(plainOf(before)) == 0 && len(plainOf(after)) == 0
}

func cutAtByte(text []byte, sep byte) []byte {
	head, _, _ := bytes.Cut(text, []byte{sep})
	return head
}

// ornaments are signs that stand about a mark and mean nothing.
const ornaments = " \t\r\"'-*=#|/\x1f　・※★☆■□◆◇●○◎▼▲－―─━＊／｜【】［］〔〕＜＞《》（）()[]<>!！：:"

// plainOf is text without ornaments at its ends.
func plainOf(text []byte) []byte { return bytes.Trim(text, ornaments) }

// afterMark steps over what a mark may go on with: 部外秘資料. notice says that
// it gives a reason: 取扱注意につき.
func afterMark(after []byte) (rest []byte, notice bool) {
	for _, w := range []string{"資料", "文書", "書類", "情報", "扱い"} {
		if rest, found := bytes.CutPrefix(after, []byte(w)); found {
			return rest, false
		}
	}
	return after, bytes.HasPrefix(after, []byte("につき"))
}

// framed says whether one sign stands on both sides of the first word of the
// line: ■取扱注意■.
func framed(before, after []byte) bool {
	b, _ := utf8.DecodeLastRune(before)
	a, _ := utf8.DecodeRune(after)
	return len(plainOf(before)) == 0 && a == b && strings.ContainsRune(ornaments, a)
}

// itself says whether the sentence is about the document it stands in.
func (h *handle) itself(before []byte) bool {
	if stop := bytes.LastIndex(before, []byte("。")); stop >= 0 {
		before = before[stop:]
	}
	return slices.ContainsFunc(ownWords, func(w []byte) bool { return bytes.Contains(before, w) })
}

var ownWords = [][]byte{[]byte("本書"), []byte("本資料"), []byte("本文書"), []byte("本ファイル"), []byte("本データ"), []byte("本表は"), []byte("この文書"), []byte("この資料"), []byte("この書類"),
	[]byte("このファイル"), []byte("このデータ"), []byte("この表は"), []byte("当資料"), []byte("本メール"), []byte("このメール")}

// isSentence says whether the line goes on as a sentence does.
func isSentence(before, after []byte) bool {
	if len(before)+len(after) > maxTitleLine || bytes.Contains(after, []byte("。")) || bytes.Contains(before, []byte("。")) {
		return true
	}
	return scriptOf(rune3at(after, 0)) != 0 || bytes.HasPrefix(after, []byte("、")) || bytes.HasSuffix(before, []byte("、"))
}

const maxTitleLine = 180 // bytes of a title beside the mark

// parts says whether something that parts a mark from a title comes next.
func parts(after []byte) bool {
	if len(after) == 0 {
		return false
	}
	r, _ := utf8.DecodeRune(after)
	return strings.ContainsRune(ornaments, r) || r == '_'
}

func partsBefore(before []byte) bool {
	r, _ := utf8.DecodeLastRune(before)
	return len(before) > 0 && (strings.ContainsRune(ornaments, r) || r == '_')
}

// within says whether the mark stands in brackets beside other words, or
// between signs: 【取扱注意・複写禁止】.
func (h *handle) within(before, after []byte) bool {
	open, shut := bytes.LastIndexAny(before, "【［〔＜《（([<"), bytes.IndexAny(after, "】］〕＞》）)]>")
	return open >= 0 && shut >= 0 && !bytes.ContainsAny(before[open+1:], "】］〕＞》）)]>") &&
		partsBefore(before) && parts(after) && shut+len(before)-open < maxBracket
}

const maxBracket = 60 // bytes in brackets about a mark

// bracketed says whether brackets stand about the word: 【部外秘】.
func (h *handle) bracketed() bool {
	before, _ := utf8.DecodeLastRune(h.text[h.from:h.start])
	after, _ := utf8.DecodeRune(h.text[h.end:])
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
