package municipal

import (
	"fmt"

	k "daicho/app/scan/corpustest"
)

// letters are what is written to somebody, or about somebody.
func letters() []layout {
	both := func(p *paper) { // of a mail, and not of the same as text
		note(p.perhaps, k.Email, "from")
		note(p.perhaps, k.Email, "to")
	}
	return []layout{
		{"overdue", func(p *paper) { // the library writes to a reader
			who := p.crowd(1, 1960, 2000)[0]
			both(p)
			p.say("%s　様", p.named(who))
			p.say("")
			p.say("松風市立図書館です。お借りになっている資料の返却期限が過ぎています。")
			p.say("利用者番号：10%s", p.digits(7))
			p.say("資料名：信州の野鳥　ほか2点")
			p.say("返却期限：2026年10月31日")
			p.say("")
			p.say("お届けの電話番号（%s）につながりませんでしたので、メールでご連絡しました。", p.call(who))
		}, []file{{"返却のお願い.eml", mailed("tosho@city.matsukaze.example.jp", "reader@example.org", "返却のお願い")}}},

		{"handover", func(p *paper) { // a colleague goes on leave
			both(p)
			boss := p.person(1970, 1985)
			p.say("%s係長", boss.surname.word)
			note(p.perhaps, k.PersonName, boss.surname.word)
			p.say("明日から休暇をいただくため、対応中の案件を引き継ぎます。")
			for i, who := range p.crowd(4, 1945, 1990) {
				p.say("%d．%sさん（%s）　%s", i+1, p.joined(who), p.at(who, home.local), p.one("国保税の分納相談", "介護保険料の減免申請", "障害者手帳の更新"))
				p.say("　　連絡先：%s　平日は夕方以降", p.mobileOf(who))
			}
			p.mayHave(k.Sensitive)
		}, []file{{"引継ぎ.eml", mailed("a.suzuki@city.matsukaze.example.jp", "kakaricho@city.matsukaze.example.jp", "引継ぎ")}, {"引継ぎ.txt", typed(inCP932)}}},

		{"decision", func(p *paper) { // a letter to one person
			who := p.crowd(1, 1950, 1985)[0]
			p.say("松福第 12%s 号", p.digits(2))
			p.say("令和8年11月9日")
			p.say("%s", p.at(who, home.formal))
			p.say("%s　様", p.named(who))
			p.say("松風市福祉事務所長")
			p.say("保　護　決　定　通　知　書")
			p.say("生活保護法による保護を次のとおり決定したので通知します。")
			p.table([]any{"保護の種類", "生活扶助、住宅扶助、医療扶助"}, []any{"保護開始日", "令和8年11月1日"}, []any{"世帯員", "本人のみ"}, []any{"扶助額", "生活扶助 72,340円　住宅扶助 31,000円"}, []any{"担当", "現業員　" + p.joined(p.person(1980, 2000))})
			p.has(k.Sensitive)
		}, []file{{"保護決定通知書.docx", office}, {"保護決定通知書.pdf", office}}},

		{"accident", func(p *paper) { // what happened to whom
			a, b := p.crowd(1, 1970, 1995)[0], p.crowd(1, 1950, 1990)[0]
			p.say("公用車事故報告書")
			p.table([]any{"発生日時", "令和8年10月22日（木）午後2時15分頃"}, []any{"発生場所", "松風市本町交差点"}, []any{"運転者", "建設課　主事　" + p.named(a)}, []any{"相手方", p.named(b) + "（" + fmt.Sprint(2026-b.born.y) + "歳）"}, []any{"相手方住所", p.at(b, home.hyphens)}, []any{"相手方電話", p.mobileOf(b)}, []any{"相手方保険", "松風火災　証券番号 A-" + p.digits(8)}, []any{"負傷の程度", "頸椎捻挫　全治2週間"})
			p.say("　当該職員が信号待ちの相手方車両に追突した。相手方の%s氏は市立病院で受診した。", b.surname.word)
			note(p.perhaps, k.PersonName, b.surname.word)
			p.mayHave(k.Sensitive)
		}, []file{{"事故報告書.docx", office}, {"事故報告書.txt", typed(inUTF8)}}},

		{"invitations", func(p *paper) { // labels, three in a row
			people := p.crowd(18, 1940, 1990)
			var table [][]any
			for i := 0; i < len(people); i += 3 {
				zips, homes, names := []any{}, []any{}, []any{}
				for _, who := range people[i : i+3] {
					zips, homes, names = append(zips, "〒"+p.zip(who)), append(homes, p.at(who, home.hyphens)), append(names, p.named(who)+"　様")
				}
				table = append(table, zips, homes, names, []any{"", "", ""})
			}
			p.table(table...)
		}, []file{{"宛名ラベル.xlsx", book}, {"宛名ラベル.docx", office}, {"宛名ラベル.pdf", office}}},
	}
}
