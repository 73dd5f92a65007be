package detect

import "bytes"

func sensitiveRule() Rule {
	return Rule{
		Kind: Sensitive,
		Source: "個人情報保護法2条3項, 同施行令2条 (要配慮個人情報); 滞納・生活保護など: 地方税法22条 (秘密), " +
			"番号法, 各市の個人情報ファイル簿で使われる項目名",
		Cues: []string{
			// 心身の機能の障害
			"障害者手帳", "身体障害者手帳", "療育手帳", "精神障害者保健福祉手帳", "障害等級", "障害程度", "障害支援区分", "障害区分", "障害名", "障害の有無",
			"障害種別", "障害年金", "障害福祉サービス", "愛の手帳", "障がい者手帳", "障がい等級", "身体障害", "知的障害", "精神障害", "発達障害",
			"適応障害", "双極性障害", "学習障害", "視覚障害", "聴覚障害", "肢体不自由", "自閉症", "自閉スペクトラム症", "ＡＤＨＤ", "adhd", "ダウン症", "高次脳機能障害", "医療的ケア児", "摂食障害", "不安障害", "睡眠障害",
			// 病歴, 健診, 診療
			"病歴", "既往歴", "既往症", "病名", "傷病名", "診断名", "主治医", "服薬", "通院歴", "入院歴", "診断書", "診療情報", "健診結果", "健康診断結果",
			"検診結果", "特定健診", "保健指導", "要介護度", "要介護状態区分", "要支援", "認知症", "精神疾患", "感染症患者", "アレルギー", "アレルギー歴", "難病", "糖尿病", "うつ病", "統合失調症", "がん治療", "人工透析", "手術歴", "精神科", "心療内科", "接種歴",
			"結核", "ＨＩＶ", "hiv", "エイズ", "梅毒", "肝炎", "抑うつ", "抗うつ薬", "抗精神病薬", "パニック障害", "パーキンソン病", "てんかん", "脳梗塞", "心筋梗塞", "胃がん", "肺がん", "大腸がん", "乳がん", "白血病", "悪性腫瘍", "腎不全", "依存症",
			"自殺未遂", "希死念慮", "自傷", "リストカット", "ひきこもり", "妊娠中絶", "人工妊娠中絶", "流産", "不妊治療", "ＰＴＳＤ", "ptsd", "喀痰検査", "塗抹陽性", "陽性と判明", "病気休暇", "傷病手当金", "余命",
			// 犯罪, 刑事手続
			"前科", "犯罪歴", "犯罪の経歴", "逮捕歴", "犯罪被害", "ＤＶ被害", "DV被害", "支援措置", "虐待", "非行歴", "保護観察", "執行猶予", "懲戒処分",
			"性被害", "性的被害", "性暴力", "強制わいせつ", "不同意わいせつ", "ストーカー被害", "つきまとい", "配偶者暴力", "配偶者からの暴力", "暴行を受け", "家庭内暴力", "ネグレクト", "身体的虐待", "心理的虐待", "性的虐待", "一時保護", "接近禁止命令", "保護命令", "被害届", "告訴",
			"逮捕", "起訴", "有罪判決", "服役", "少年院", "刑務所", "補導", "覚醒剤", "受刑",
			// 人種, 信条, 社会的身分
			"人種", "信条", "社会的身分", "宗教", "信仰", "思想信条", "支持政党", "同和", "信者", "信徒", "入信", "被差別部落", "エホバの証人", "輸血を拒否", "輸血拒否", "創価学会", "イスラム教", "キリスト教", "仏教徒", "クリスチャン", "ムスリム", "礼拝",
			"性同一性障害", "性自認", "トランスジェンダー",
			// 知られて困るもの
			"滞納", "滞納額", "滞納者", "未納額", "差押", "督促", "生活保護", "保護費", "被保護者", "児童扶養手当", "母子家庭", "父子家庭", "就学援助",
			"要保護児童", "自己破産", "多重債務", "債務整理", "生活困窮", "ホームレス", "不登校", "いじめ", "個別の教育支援計画", "家賃滞納", "分納誓約", "養育費",
		},
		Hints:  []string{"要配慮", "要配慮個人情報"},
		Denies: []string{"件数", "要綱", "マニュアル"},
		about:  true,
		word:   matchSensitive,
	}
}

const (
	sensitiveWord  = 5  // a word in a text
	sensitiveTold  = 10 // in a sentence that tells it of somebody: reaches medium with a person close by
	sensitiveField = 15 // a word that stands as a field of a form or a table
	sensitiveOwn   = 50 // in a sentence that tells it of one person whom it does not name
)

// matchSensitive takes the word itself as the value. As a field it is followed
// by a colon or ends its cell.
func matchSensitive(h *handle, emit func(match)) {
	m := match{start: h.start, end: h.end, value: bytes.Clone(h.text[h.start:h.end]), base: sensitiveWord, valid: true}
	if h.ends() || h.valued() || h.begins() && blankAt(h.text, h.end) > 0 || h.entitles() {
		m.base = sensitiveField
	}
	m.base = max(m.base, h.telling())
	emit(m)
}

// ends says whether the word ends its cell or line, blanks aside.
func (h *handle) ends() bool {
	i := h.end
	for i < len(h.text) && h.text[i] == ' ' {
		i++
	}
	if i >= len(h.text) {
		return true
	}
	c := h.text[i]
	return c == '\n' || c == '\r' || c == '"' || h.sep != 0 && c == h.sep
}

// valued says whether a colon, or a blank and more, follows: a form's field.
func (h *handle) valued() bool {
	if h.end >= len(h.text) {
		return false
	}
	r := rune3at(h.text, h.end)
	return h.text[h.end] == ':' || h.text[h.end] == '=' || r == '：' || r == '＝'
}

// begins says whether the word begins its cell or line, blanks aside.
func (h *handle) begins() bool {
	i := h.start
	for i > h.from && (h.sep == 0 || h.text[i-1] != h.sep) && (h.text[i-1] == ' ' || h.text[i-1] == '"' || h.text[i-1] == '\t') {
		i--
	}
	for i-3 >= h.from && rune3at(h.text, i-3) == '　' {
		i -= 3
	}
	return i == h.from || h.sep != 0 && h.text[i-1] == h.sep
}
