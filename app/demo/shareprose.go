package demo

import (
	"fmt"
	"strings"
)

const zipNote = "このフォルダーは毎月末に作成しています。\r\n保存期間は1年です。\r\n"

const migrationPlan = `サーバ移行手順(案)

1. 旧サーバ 192.0.2.10 のサービスを停止する。
2. データベースの退避 backup-20260401.dump を新サーバ 192.0.2.20 へ複写する。
3. 件数 1,234,567 件を照合し、差がないことを確認する。
4. 作業は 2026-04-11 22:00 から 4時間を見込む。
`

const newsletter = "広報はづき 5月号 原稿\r\n\r\n" +
	"マイナンバーカードの休日交付を行います。カードの受け取りには通知書と本人確認書類をお持ちください。\r\n" +
	"個人番号をメールやFAXで送らないでください。市から個人番号をお尋ねすることはありません。\r\n"

// paragraphs and tables of a document, in order: a string is a paragraph.
type body []any

var counterManual = body{
	"窓口対応マニュアル 第4版",
	"個人番号(マイナンバー)の提供を受けるときは、番号確認と身元確認を行う。",
	"番号確認: 個人番号カード、通知カード又は住民票の写し",
	table{{"手続", "必要書類", "所要時間"}, {"転入", "転出証明書", "20分"}, {"印鑑登録", "本人確認書類", "15分"}},
	"控えをとった書類は施錠できる書庫に保管すること。",
}

var minutes = body{
	"第3回 業務改善会議 議事録",
	"日時 令和8年4月15日 10時00分から11時30分まで",
	"議題1 電話応対の記録方法について",
	"問い合わせの記録を台帳に統一する。様式は次回までに情報課が示す。",
	table{{"項目", "担当", "期限"}, {"様式案", "情報課", "4月30日"}, {"説明会", "総務課", "5月20日"}},
}

func moveOutForm(n int) body {
	p := inhabitant(n)
	return body{
		"転出届(控え)",
		table{{"氏名", p.name}, {"フリガナ", p.kana}, {"住所", p.address}, {"生年月日", p.born},
			{"個人番号", grouped(p.number)}, {"電話", p.phone}},
		"上記のとおり届け出ます。",
	}
}

// grouped writes a number as cards do: 1234 5678 9018.
func grouped(number string) string { return number[:4] + " " + number[4:8] + " " + number[8:] }

// wide writes digits in full width.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r - '0' + '０'
		case r == '-':
			return '－'
		}
		return r
	}, s)
}

func visitNotes(from, count int) string {
	var b strings.Builder
	b.WriteString("要介護認定 訪問調査メモ\n\n")
	for i, p := range people(from, count) {
		fmt.Fprintf(&b, "■%d件目 %s様(%s生)\n住所: %s\n電話: %s\n", i+1, p.name, p.born, p.address, wide(p.mobile))
		fmt.Fprintf(&b, "マイナンバー：%s\n所見: 歩行に杖を使用。室内は手すりあり。\n\n", wide(p.number))
	}
	return b.String()
}

// slips holds slip numbers of twelve digits; some have, by chance, a right
// check digit.
func slips() string {
	var b strings.Builder
	b.WriteString("納付書 伝票番号控え\n")
	for i := range 30 {
		slip := fmt.Sprintf("%012d", 630_200_000_000+i*7_919)
		if i%8 == 0 {
			slip = individualNumber(700 + i)
		}
		fmt.Fprintf(&b, "伝票番号 %s 金額 %d円 収納済\n", slip, 1200+i*350)
	}
	return b.String()
}

// accessLog has times of twelve digits and user numbers.
func accessLog() string {
	var b strings.Builder
	for i := range 60 {
		fmt.Fprintf(&b, "20260401%02d%02d host-%02d login uid=%d from 192.0.2.%d result=ok session=%08x\n",
			8+i/12, i*5%60, i%7, 10_000+i, 10+i%90, 0x51a0_0000+i*4_099)
	}
	return b.String()
}

func oldMail(n int) string {
	p, q := inhabitant(n), inhabitant(n+1)
	return "From: " + p.mail + "\r\nTo: " + q.mail + "\r\nSubject: shiryo\r\n" +
		"Date: Wed, 1 Apr 2026 09:00:00 +0900\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" +
		q.name + "様\r\n\r\nお世話になっております。資料の件、下記へご連絡ください。\r\n" +
		"電話 " + p.phone + "\r\n" + p.name + "\r\n"
}

// slideText is the lines of one slide, with its notes.
type slideText struct {
	lines []string
	notes string
}

var festivalSlides = []slideText{
	{[]string{"福祉まつり 企画案", "日時: 5月24日(日) 10時〜15時", "会場: 葉月市文化センター"}, "予算は別紙のとおり。"},
	{[]string{"催し", "車いす体験", "手話教室", "バザー"}, "雨天の場合は屋内で行う。"},
}

func claimSlides(n int) []slideText {
	p := inhabitant(n)
	return []slideText{
		{[]string{"給付申請の手引き", "氏名・住所・個人番号を記入します"}, "記入例は次のスライド。"},
		{[]string{"記入例", "氏名 " + p.name, "個人番号 " + p.number}, "画面を写さないこと。"},
	}
}
