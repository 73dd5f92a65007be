package detect

import "bytes"

func passportRule() Rule {
	return Rule{
		Kind:   Passport,
		Source: "旅券法施行規則 (旅券番号); 機械読取部: ICAO Doc 9303 part 3, 4.9 and part 4",
		Names: []string{"旅券番号", "旅券", "パスポート番号", "パスポートNo", "パスポート", "ﾊﾟｽﾎﾟｰﾄ", "passport", "passport_no",
			"passport number", "ryoken"},
		Hints:  []string{"氏名", "国籍", "生年月日", "渡航", "発行年月日", "有効期間", "査証", "nationality"},
		Denies: []string{"型番", "品番", "製造番号", "シリアル", "伝票番号", "注文番号", "追跡番号", "serial", "sku", "model"},
		Cues:   []string{"p<"},
		least:  passportDigits, person: true,
		digits: matchPassport, word: matchMRZ,
	}
}

const (
	passportDigits = 7
	passportBase   = 5  // two letters and seven digits are any code
	mrzBase        = 80 // the machine readable zone with right check digits
)

// matchPassport finds two letters and seven digits: TR1234567.
func matchPassport(c *chain, emit func(match)) {
	for g := range c.n {
		if c.groups[g].n != passportDigits || g > 0 && !loose(c.groups[g].sep) || !c.freeAfter(g) {
			continue
		}
		letters, start := c.lettersOf(g)
		if len(letters) == 2 {
			emit(match{start: start, end: c.groups[g].end, value: append(letters, c.digitsOf(g, g)...), base: passportBase, valid: true})
		}
	}
}

// lettersOf reads the letters before group g; where a label names the number, a
// blank may part them: MJ 7654321.
func (c *chain) lettersOf(g int) ([]byte, int) {
	start := c.groups[g].start
	if size := blankBefore(c.text, start); size > 0 && c.active {
		start -= size
	}
	return lettersBefore(c.text, start)
}

// lettersBefore reads the Latin letters directly before text[i], of either
// width and in lower case, and where they begin. It reads three at most, and
// none when a digit or a joint stands before them.
func lettersBefore(text []byte, i int) (letters []byte, start int) {
	start = i
	for start > 0 && len(letters) < 3 {
		c, size := narrowBefore(text, start)
		if !isLetter(c) {
			break
		}
		letters = append([]byte{lower(c)}, letters...)
		start -= size
	}
	if start > 0 {
		if c, _ := narrowBefore(text, start); c-'0' <= 9 || c == '_' || c == '-' || c == '/' || c == '.' {
			return nil, i
		}
	}
	return letters, start
}

// freeAfter says whether the group ends what is written together.
func (c *chain) freeAfter(g int) bool {
	if g+1 < c.n && !loose(c.groups[g+1].sep) {
		return false
	}
	return g+1 < c.n || !gluedAfter(c.text, c.groups[g].end)
}

// matchMRZ reads the two lines of a passport's machine readable zone, of which
// the second has the number, the dates and a check digit for each.
func matchMRZ(h *handle, emit func(match)) {
	if len(h.text)-h.start < 2*mrzLine || h.text[h.start+1] != '<' {
		return
	}
	second := bytes.TrimLeft(h.text[h.start+mrzLine:], "\r\n ")
	if len(second) < mrzLine || !mrzChecks(second) {
		return
	}
	emit(match{start: h.start, end: h.start + mrzLine, value: bytes.ToLower(second[:9]), base: mrzBase, valid: true})
}

const mrzLine = 44

func mrzChecks(line []byte) bool {
	return mrzCheck(line[0:9]) == line[9] && mrzCheck(line[13:19]) == line[19] && mrzCheck(line[21:27]) == line[27]
}

// mrzCheck is the check digit with weights 7, 3, 1; 0 when a byte is none of
// the zone's.
func mrzCheck(field []byte) byte {
	sum := 0
	for i, c := range field {
		v := 0
		switch {
		case c-'0' <= 9:
			v = int(c - '0')
		case c-'A' <= 25:
			v = int(c-'A') + 10
		case c != '<':
			return 0
		}
		sum += v * int("731"[i%3]-'0')
	}
	return byte('0' + sum%10)
}
