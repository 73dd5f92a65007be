package detect

import "bytes"

func personRule() Rule {
	return Rule{
		Kind:   PersonName,
		Source: "戸籍法13条1項1号 (氏名); 辞書: ipadic (姓・名)",
		Names: []string{"氏名", "お名前", "名前", "姓名", "姓", "苗字", "名字", "last_name", "lastname", "surname", "family_name", "familyname", "family", "sei", "寄附者", "寄付者", "入居者", "入所者", "受講者", "委員名", "フリガナ", "ふりがな", "ﾌﾘｶﾞﾅ", "カナ氏名", "氏名カナ", "カナ", "漢字氏名", "ｼﾒｲ", "シメイ",
			"担当者", "担当", "申請者", "申請者名", "届出人", "世帯主", "世帯主名", "保護者", "保護者名", "代表者", "代表者名", "本人", "宛名", "宛先",
			"受給者", "受給者名", "納税者", "納税義務者", "契約者", "契約者名", "患者名", "患者", "児童名", "園児名", "生徒名", "職員名", "社員名", "名義人",
			"口座名義", "口座名義人", "被保険者名", "利用者名", "利用者氏名", "住民名", "相談者", "対象者", "対象者名", "配偶者", "扶養者", "所有者", "借受人",
			"使用者", "使用者名", "請求者", "相手方", "連帯保証人", "保証人", "同居者", "耕作者", "占用者", "記入者", "作成者", "連絡者", "通報者", "滞納者", "滞納者名", "差出人", "送信者", "受信者", "参加者", "出席者", "name", "full name", "fullname", "full_name", "shimei", "namae", "person_name"},
		Hints: []string{"住所", "生年月日", "性別", "電話番号", "続柄", "年齢", "個人番号", "マイナンバー", "メールアドレス"},
		Denies: []string{"会社名", "法人名", "店名", "施設名", "品名", "件名", "業務名", "事業者名", "部署", "部署名", "商号", "学校名", "団体名", "機関名",
			"商品名", "製品名", "地名", "町名", "駅名", "銀行名", "支店名", "課名", "所属", "システム名", "ファイル名", "項目名", "銀行", "支店", "株式会社"},
		Cues:   []string{"様", "さん", "氏", "殿", "先生", "くん", "ちゃん", "委員", "議員", "課長", "部長", "係長", "（", "("},
		person: true, checked: true,
		word: matchTitled, cell: matchNameCell,
	}
}

// What a name proves by how it is written; a label adds nameScore.
const (
	personParted   = 50  // 山田 太郎, both in the lists and a blank between them
	personTitled   = 50  // 山田太郎様
	personWhole    = 45  // 山田太郎 alone in a cell
	personColon    = 45  // 寄附者：山田 澪翔, whatever the label
	personTogether = 25  // 林太郎, 山田健
	personNewGiven = 25  // 山田 陽翔: the given name is in no list, its characters are
	personGuess    = 10  // 山田陽翔
	personSurname  = 10  // 山田様
	personShape    = 0   // characters of names, of no list: a label must stand there
	personPair     = -15 // 林翔
	personOnly     = -25 // a surname alone under a label
)

// matchNameCell looks at a whole cell or short line, or around a blank.
func matchNameCell(h *handle, emit func(match)) {
	if blankAt(h.text, h.start) == h.end-h.start {
		matchParted(h, emit)
		return
	}
	cell := h.text[h.start:h.end]
	if isLabel(h, h.start) || partedByCell(h, cell, emit) {
		return
	}
	n := parseName(h, cell)
	if h.sep != 0 && !n.valid && amongWords(h, cell, emit) {
		return
	}
	if h.sep == 0 && (!n.valid || n.weak || n.base < personGuess || n.base < personTogether && !h.active) {
		return
	}
	n.start, n.end = h.start, h.end
	emit(n)
}

// partedByCell reads a given name whose surname stands in the cell before.
func partedByCell(h *handle, cell []byte, emit func(match)) bool {
	before := h.text[h.before.start:h.before.end]
	if len(before) == 0 || bytes.ContainsAny(before, " 　") || scriptAll(before) != kanji || scriptAll(cell) == 0 {
		return false
	}
	h.left = foldName(h.left[:0], before, kanji)
	h.right = foldName(h.right[:0], cell, scriptAll(cell))
	base, valid := parted(h.dict, h.left, h.right)
	if !valid || base < personNewGiven {
		return false
	}
	h.left = append(h.left, h.right...)
	emit(match{start: h.before.start, end: h.end, value: h.left, base: base, valid: true})
	return true
}

// amongWords reads a name among other words in its cell: 建設課　主事　山田　太郎.
func amongWords(h *handle, cell []byte, emit func(match)) bool {
	words := cutBlanks(nil, cell, 1)
	for i, w := range words {
		if i > 0 && told(h, words[i-1].start, w.end, personParted, emit) || len(words) > 1 && told(h, w.start, w.end, personWhole, emit) {
			return true
		}
	}
	return false
}

// told emits the name at these places of the cell, if it is worth so much.
func told(h *handle, from, to int, least int16, emit func(match)) bool {
	n := parseName(h, h.text[h.start+from:h.start+to])
	if !n.valid || n.weak || n.base < least {
		return false
	}
	n.start, n.end = h.start+from, h.start+to
	emit(n)
	return true
}

// matchParted reads the name around a blank: 山田 太郎.
func matchParted(h *handle, emit func(match)) {
	left := runBefore(h, h.start)
	right := runAfter(h, h.end)
	if left == h.start || right == h.end || isLabel(h, h.end) {
		return
	}
	for from := left; from < h.start; from += len("山") {
		if from > left && !endsWord(h, from) || isLabel(h, from) {
			continue
		}
		whole := h.text[from:right]
		if n := parseName(h, whole); n.valid && (n.base >= personNewGiven || h.active && n.base >= personGuess) {
			if coloned(h.text, from) {
				n.base = max(n.base, personColon)
			}
			n.start, n.end = from, right
			emit(n)
			return
		}
	}
}
