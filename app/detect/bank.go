package detect

import "bytes"

func bankRule() Rule {
	return Rule{
		Kind:   BankAccount,
		Source: "全国銀行データ通信システム (口座番号 7桁); ゆうちょ銀行「記号番号から振込用の店名・預金種目・口座番号への変換」",
		Names: []string{"口座番号", "口座No", "口座", "振込先", "振込口座", "振込先口座", "振替口座", "普通預金", "普通口座", "当座預金", "当座口座", "総合口座",
			"通帳番号", "通帳記号", "ゆうちょ", "貯金口座", "引落口座", "還付口座", "ｺｳｻﾞ", "ｺｳｻﾞﾊﾞﾝｺﾞｳ",
			"account number", "account_no", "account no", "bank account", "bank_account", "koza", "kouza", "koza_no"},
		Hints: []string{"銀行", "支店", "信用金庫", "信金", "信用組合", "農協", "農業協同組合", "労働金庫", "名義", "名義人", "口座名義", "預金種目",
			"種別", "金融機関", "普通", "当座", "店番", "本店", "出張所"},
		Denies: []string{"郵便番号", "電話番号", "伝票番号", "注文番号", "金融機関コード", "銀行コード", "支店コード", "店番号", "仕向", "金額",
			"残高", "管理番号", "整理番号", "受付番号", "契約番号", "取引番号", "日付", "振込日", "職員番号", "社員番号", "資産番号"},
		Cues:  []string{"記号"},
		least: accountLeast, eager: true, person: true,
		digits: matchBank, word: matchSymbol(true, accountSymbol),
	}
}

const (
	accountDigits = 7
	accountLeast  = 6
	accountBase   = 0  // seven digits: a label must name them
	accountTyped  = 40 // 普通 1234567
	accountSymbol = 60 // 記号 10530 番号 12345671
	postalBase    = 10 // ゆうちょ: 10530-12345671
)

// matchBank finds seven digits, and the symbol and number of the post bank.
func matchBank(c *chain, emit func(match)) {
	if c.n == accountDigits && c.nDigits == accountDigits && c.active && c.even(0, c.n-1) {
		emit(c.matched(0, c.n-1, accountBase, true)) // a box for each digit
		return
	}
	for g := 0; g < c.n; g++ {
		if g+1 < c.n && c.post(g) {
			emit(c.matched(g, g+1, postalBase, true))
			g++
			continue
		}
		n := c.groups[g].n
		short := n == accountLeast && c.wholeCell && c.active // a spreadsheet drops the leading zero
		if (n != accountDigits && !short) || !c.apart(g, g) || isUnit(c.text, c.groups[g].end) {
			continue
		}
		switch typed := typedAccount(c.text, c.groups[g].start); {
		case typed:
			emit(c.matched(g, g, accountTyped, true))
		case c.active:
			m := c.matched(g, g, accountBase, true)
			if short {
				m.value = append([]byte{'0'}, m.value...)
			}
			emit(m)
		}
	}
}

// post says whether groups g and g+1 are the symbol and the number of the post
// bank: five digits of which the first is 1 and the last 0, then up to eight
// of which the last is 1. Between them one digit may stand with a hyphen.
func (c *chain) post(g int) bool {
	a, b := c.groups[g], c.groups[g+1]
	return a.n == 5 && c.digits[a.first] == '1' && c.digits[a.first+4] == '0' &&
		b.n >= 6 && b.n <= 8 && c.digits[b.first+b.n-1] == '1' && c.even(g, g+1) && c.apart(g, g+1)
}

// typedAccount says whether the kind of an account stands directly before.
func typedAccount(text []byte, i int) bool {
	before := bytes.TrimRight(text[max(0, i-24):i], " 　：:№No.\t\x1f,\"")
	for _, w := range [...]string{"普通", "当座", "普通預金", "当座預金", "（普）", "(普)", "（当）", "(当)"} {
		if bytes.HasSuffix(before, []byte(w)) {
			return true
		}
	}
	return false
}
