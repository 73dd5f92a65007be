package detect

import (
	"bytes"
	"unicode/utf8"
)

// Prose tells of somebody when a sentence has a subject that is one person, or
// a verb for what was done with one, and does not speak of all who may be
// concerned, as rules and leaflets do.

// subjects are persons whom records of cases do not name again.
var subjects = bytesOf("本人", "本児", "相談者", "対象者は", "対象者が", "対象児童", "被害児童", "当該児童", "当該職員", "該当職員", "当該生徒", "当該世帯", "同人", "同女", "同児", "本世帯",
	"長男", "長女", "次男", "次女", "二男", "二女", "三男", "実母", "実父", "養父", "継父", "継母", "母親が", "母親は", "父親が", "父親は", "父が", "父は", "母が", "母は", "母に", "父から", "母から", "夫が", "夫は", "夫から", "夫の", "妻が", "妻は", "妻の", "元夫", "元妻", "内縁", "同居の",
	"祖母が", "祖母は", "祖父が", "祖父は", "来所者", "来庁者", "被害者は", "被害者が", "患者は", "患者が", "氏は", "氏が", "さんは", "さんが", "さんに", "様は", "様が", "君は", "君が", "主は", "女性は", "男性は", "代女性", "代男性", "歳女性", "歳男性")

// deeds are what happened to one, or was done by one.
var deeds = bytesOf("診断され", "と診断", "診断を受け", "診断が出", "の診断", "患って", "罹患し", "り患し", "発症し", "発病し", "入院し", "入院中", "通院し", "通院中", "受診し", "服用し", "服薬し", "休職", "療養中", "治療中", "再発し",
	"判明し", "陽性", "受給中", "受給して", "受給開始", "滞納して", "滞納があ", "申告があ", "訴えて", "訴えがあ", "訴える", "相談があ", "通報があ", "通告があ", "保護した", "重傷を負", "軽傷を負", "保護され", "保護となっ", "被害に遭", "被害を受け", "暴力を受け", "暴行を受け", "殴ら", "叩か", "蹴ら",
	"逮捕され", "起訴され", "服役", "出所し", "入信し", "信仰して", "信仰し", "信者で", "信徒で", "所属して", "拒否し", "拒んで", "避難し", "転居し", "同居し", "離婚し", "面談し", "聞き取", "聴取", "話し", "様子", "疑いがあ", "疑いで", "確認された", "見られ", "認められた", "あざ", "痣", "欠席が続", "登校できて", "開始した", "廃止した", "決定した", "要望があ", "希望して", "配慮を求")

// past are forms of what has happened, which tell of a person where one is named.
var past = bytesOf("ており", "ている", "ていた", "があり", "た。", "とのこと", "中。", "申し出", "申出", "したい")

// generals make a sentence one about anybody.
var generals = bytesOf("場合", "方は", "方へ", "方に", "方を", "方が", "ください", "下さい", "制度", "要件", "条例", "とは", "市民", "皆さん", "皆様", "する人", "ある人", "いる人", "た人", "等の", "などの", "などを", "件数", "施策", "計画", "研修", "講座", "啓発", "窓口", "予防", "対象となる", "とする",
	"ものとする", "できます", "しましょう", "ご相談", "ご連絡", "おそれ", "一般に", "件", "％", "割合", "増加", "者数", "令第", "法第", "条第", "規定", "推進", "支援を行う", "行います", "について定め", "マニュアル", "事例集", "月間", "週間", "検討する", "お持ち", "受け付け", "受付", "申請は", "お知らせ", "随時", "お問", "無料", "開催", "ません", "提出する", "記入", "必要です")

func bytesOf(words ...string) (all [][]byte) {
	for _, w := range words {
		all = append(all, []byte(w))
	}
	return all
}

// records end the titles of papers on one case each.
var records = bytesOf("調書", "票", "台帳", "記録", "記録簿", "申請書", "名簿", "一覧", "一覧表", "届", "カード", "報告書", "通知書", "決定書", "意見書", "経過", "計画書", "申立書", "診断書", "世帯")

// entitles says whether the line is the title of a record: 児童虐待 通告受理票.
func (h *handle) entitles() bool {
	before, after := h.line()
	if h.sep != 0 || len(before)+len(after) > maxTitleLine/2 || bytes.Contains(after, []byte("、")) {
		return false
	}
	after = plainOf(after)
	for _, w := range records {
		if bytes.HasSuffix(after, w) {
			return true
		}
	}
	return false
}

const maxSentence = 300 // bytes before and behind a word

// telling is what the sentence about the word proves: more where its paragraph
// has a subject, too.
func (h *handle) telling() int16 {
	s := h.between(sentenceEnds)
	if containsAny(s, generals) {
		return 0
	}
	subject, deed := containsAny(h.between(paragraphEnds), subjects), containsAny(s, deeds)
	switch {
	case subject && (deed || containsAny(s, past)):
		return sensitiveOwn
	case deed || bytes.HasSuffix(s, []byte("。")):
		return sensitiveTold
	}
	return 0
}

// between is the text about the word up to what ends it on either side. Lines of
// mail and of plain text are broken within sentences; an empty line ends them.
func (h *handle) between(ends [][]byte) []byte {
	before, after := h.text[max(0, h.start-maxSentence):h.start], h.text[h.end:min(len(h.text), h.end+maxSentence)]
	from, to := 0, len(after)
	for _, stop := range ends {
		if i := bytes.LastIndex(before, stop); i >= 0 {
			from = max(from, i+len(stop))
		}
		if i := bytes.Index(after, stop); i >= 0 {
			to = min(to, i+len(stop))
		}
	}
	if h.sep != 0 {
		from = max(from, bytes.LastIndexByte(before, h.sep)+1)
		after = cutAtByte(after, h.sep)
		to = min(to, len(after))
	}
	for from < len(before) && !utf8.RuneStart(before[from]) {
		from++
	}
	return h.text[h.start-len(before)+from : h.end+to]
}

var (
	paragraphEnds = bytesOf("\n\n", "\n\r\n")
	sentenceEnds  = bytesOf("。", "\n\n", "\n\r\n", "\n・", "\n　", "\n ")
)

func containsAny(text []byte, words [][]byte) bool {
	for _, w := range words {
		if bytes.Contains(text, w) {
			return true
		}
	}
	return false
}
