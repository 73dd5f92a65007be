package detect

import "bytes"

func individualRule() Rule {
	return Rule{
		Kind:   IndividualNumber,
		Source: "番号法2条5項; 検査用数字: 総務省令第85号 (平成26年) 5条",
		Names: []string{
			"マイナンバー", "ﾏｲﾅﾝﾊﾞｰ", "個人番号", "個人番号カード", "個人番号通知書", "共通番号",
			"個人識別番号", "通知カード", "特定個人情報", "my number", "mynumber", "my_number",
			"kojin_bango", "kojinbango", "individual number", "個番",
		},
		Hints: []string{
			"氏名", "フリガナ", "ふりがな", "住所", "生年月日", "性別", "続柄", "世帯主", "被保険者",
			"扶養", "本人", "名前", "宛名", "対象者", "申請者", "受給者", "納税義務者", "住民",
			"源泉徴収", "給与支払",
		},
		Denies: []string{
			"伝票番号", "伝票no", "注文番号", "受注番号", "発注番号", "型番", "品番", "商品コード",
			"商品番号", "法人番号", "追跡番号", "送り状", "お問い合わせ番号", "お問合せ番号", "問合せ番号",
			"問い合わせ番号", "荷物番号", "管理番号", "資産番号", "製造番号", "シリアル", "口座番号",
			"請求書番号", "領収書番号", "契約番号", "取引番号", "決済番号", "処理番号", "明細番号",
			"登録番号", "住民票コード", "免許証番号", "運転免許", "証券番号", "整理番号", "受付番号",
			"納付番号", "確認番号", "地番コード", "物件番号", "メーター番号", "バーコード", "検針番号",
			"jan", "jancode", "isbn", "serial", "tracking", "order", "invoice", "sku", "timestamp",
			"日時", "タイムスタンプ", "電話番号", "通知書番号", "金額", "残高",
		},
		least: 10, checked: true, person: true,
		digits: matchIndividual,
	}
}

const (
	individualDigits = 12
	individualBase   = 15 // the check digit alone: low
	paddedBase       = 10 // a cell of 11 digits whose leading zero a spreadsheet dropped
	boxedBase        = 5  // twelve boxes of one digit, or two zeros dropped: a word must name it
	clockBase        = 5  // reads as a date and time
)

// individualCheck computes the check digit of an individual number from its
// first eleven digits (ASCII): 総務省令第85号5条. With P(n) the digit n places
// from the right and Q(n) = n+1 for n ≤ 6, n−5 for n ≥ 7, it is 11 minus the
// sum of P·Q modulo 11, and 0 where that remainder is 0 or 1.
func individualCheck(eleven []byte) byte {
	sum := 0
	for n := 1; n <= 11; n++ {
		q := n + 1
		if n >= 7 {
			q = n - 5
		}
		sum += int(eleven[11-n]-'0') * q
	}
	r := sum % 11
	if r <= 1 {
		return '0'
	}
	return byte('0' + 11 - r)
}

// validIndividual also refuses twelve equal digits: 000000000000 has a right
// check digit and is the commonest filler.
func validIndividual(twelve []byte) bool {
	if twelve[11] != individualCheck(twelve[:11]) {
		return false
	}
	return bytes.Count(twelve, twelve[:1]) < individualDigits
}

// matchIndividual finds numbers written together, as 4-4-4, in twelve boxes,
// and cells of eleven digits that lost their leading zero.
func matchIndividual(c *chain, emit func(match)) {
	for g := 0; g < c.n; g++ {
		switch {
		case c.groups[g].n == individualDigits && c.apart(g, g):
			emit(c.individual(g, g, individualBase))
		case c.groups[g].n == 4 && c.fourFourFour(g):
			emit(c.individual(g, g+2, individualBase))
			g += 2
		case c.wholeCell && c.lostZeros():
			emit(c.padded())
		case g == 0 && c.boxes():
			emit(c.individual(0, c.n-1, boxedBase))
			return
		}
	}
}

func (c *chain) individual(from, to int, base int16) match {
	v := c.digitsOf(from, to)
	if base == individualBase && readsAsClock(v) {
		base = clockBase
	}
	return match{start: c.groups[from].start, end: c.groups[to].end, value: v, base: base, valid: validIndividual(v)}
}

// boxes says whether the chain is twelve digits each on its own.
func (c *chain) boxes() bool { return c.n == individualDigits && c.nDigits == individualDigits }

// lostZeros says whether the chain may be a number without its leading zeros:
// one in ten begins with one, one in a hundred with two.
func (c *chain) lostZeros() bool {
	return c.n == 1 && (c.nDigits == 11 || c.nDigits == 10) && c.digits[0] != '0'
}

func (c *chain) padded() match {
	v := []byte("000000000000")
	copy(v[individualDigits-c.nDigits:], c.digitsOf(0, 0))
	base := int16(paddedBase)
	if c.nDigits < 11 {
		base = boxedBase
	}
	return match{start: c.groups[0].start, end: c.groups[0].end, value: v, base: base, valid: validIndividual(v)}
}

// fourFourFour says whether groups g, g+1, g+2 are 4-4-4 with one separator and
// no fourth group of four: that would be a card number.
func (c *chain) fourFourFour(g int) bool {
	if g+2 >= c.n || c.groups[g+1].n != 4 || c.groups[g+2].n != 4 {
		return false
	}
	sep := c.groups[g+1].sep
	if sep != c.groups[g+2].sep || (sep != sepHyphen && sep != sepSpace) {
		return false
	}
	if g > 0 && c.groups[g-1].n == 4 || g+3 < c.n && c.groups[g+3].n == 4 {
		return false
	}
	return c.apart(g, g+2)
}

// readsAsClock says whether twelve digits are YYYYMMDDhhmm of 1990–2059, as in
// logs and file names.
func readsAsClock(v []byte) bool {
	year := int(v[0]-'0')*1000 + two(v[1:])*10 + int(v[3]-'0')
	month, day, hour, minute := two(v[4:]), two(v[6:]), two(v[8:]), two(v[10:])
	return year >= 1990 && year < 2060 && month >= 1 && month <= 12 &&
		day >= 1 && day <= 31 && hour <= 23 && minute <= 59
}

func two(v []byte) int { return int(v[0]-'0')*10 + int(v[1]-'0') }
