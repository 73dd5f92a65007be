package outside

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"daicho/app/extract"
	k "daicho/app/scan/corpustest"
)

// otherWords are texts without personal data, many full of its words.
func otherWords() []layout {
	return []layout{
		prose("geography", `甲府盆地は、北に奥秩父の山々、西に南アルプスを望む。森や林が広がり、原には湧き水がある。
川の流れは東から西へ、谷を抜けて平野に出る。南の岡からは町が一望できる。
北杜市の高原では、林業と酪農が盛んである。大野の堤、小川の橋、石橋、中島の渡しなどの地名が残る。
山口から山本の谷に入り、松原と竹内の集落を過ぎると、峠の東に古い関がある。`,
			output{"地誌.docx", office("")}, output{"地誌.txt", text("cp932", "")}, output{"地誌.pdf", office("")}),
		prose("seasons", `秋になると、清水のほとりの桜井戸に人が集まる。青山に雲がかかり、白石を敷いた道を歩く。
平野を流れる小川、大石のある公園、松下の茶屋。上野や中野、千葉、福島、宮崎、石川、山口、岡山といった地名も同じである。
本間の畳、金子の細工、近藤という地名、今井の森、長田、土屋の蔵。`,
			output{"随筆.txt", text("utf8", "")}, output{"随筆.odt", office("")}),
		prose("ordinance", `（目的）第1条　この条例は、個人番号及び特定個人情報の取扱いに関し必要な事項を定める。
（定義）第2条　個人情報とは、生存する個人に関する情報であって、氏名、生年月日、住所、電話番号その他の記述により特定の個人を識別することができるものをいう。
2　要配慮個人情報とは、本人の人種、信条、社会的身分、病歴、犯罪の経歴、障害その他の情報をいう。
（届出）第5条　申請者は、氏名、住所、生年月日、口座番号及び基礎年金番号を記載した申請書を市長に提出しなければならない。
（滞納処分）第9条　市長は、滞納者の財産を差し押さえることができる。
附則　この条例は、平成28年1月1日から施行する。`,
			output{"個人情報保護条例.docx", office("")}, output{"条例.txt", text("cp932", "")}, output{"条例.html", page("utf8")}, output{"条例.pdf", office("")}),
		blank(),
		prose("manual", `マイナンバー制度 職員向け操作手引
1　個人番号は12桁の数字です。入力欄に個人番号を入力し、「照会」ボタンを押します。
2　氏名、カナ氏名、生年月日のいずれかで検索できます。
3　運転免許証番号は12桁、基礎年金番号は4桁-6桁、在留カード番号は英字2桁＋数字8桁＋英字2桁です。
4　パスワードは8文字以上とし、90日ごとに変更してください。`,
			output{"操作手引.docx", office("")}, output{"手引.pptx", office("")}, output{"手引.txt", text("utf8", "")}),
		prose("notice", `広報　令和8年4月号
ごみの収集日が変わります。問合せ：環境課　電話 055-237-5312　FAX 055-237-5315
市民相談の日　毎月第2火曜日　場所：市役所本庁舎　〒400-8585 甲府市丸の内一丁目18番1号
図書館の休館日　毎週月曜日　電話 055-235-1427
代表電話 055-237-1161　受付時間 午前8時30分から午後5時15分まで`,
			output{"広報4月号.docx", office("")}, output{"koho.html", page("utf8")}, output{"広報.pdf", office("")}, output{"お知らせ.txt", text("cp932", "")}),
		prose("brochure", `企業誘致パンフレット
甲府南部工業団地　所在地：山梨県甲府市下曽根町　区画面積 12,300㎡
立地企業：株式会社富士情報（甲府市大里町1-2-3　電話 055-241-0000）
お問い合わせ：産業立地課　電話 055-237-5690　受付 平日8:30～17:15`,
			output{"パンフレット.pdf", office("")}, output{"誘致.docx", office("")}, output{"誘致.odp", office("")}),
		prose("facilities", `公共施設一覧
市役所本庁舎　甲府市丸の内一丁目18番1号　055-237-1161
北公民館　甲府市塩部四丁目　055-252-1111
総合市民会館　甲府市青沼三丁目5番44号　055-231-1951
市立図書館　甲府市城東一丁目12番33号　055-235-1427`,
			output{"施設一覧.docx", office("")}, output{"shisetsu.csv", text("cp932", "")}),
		prose("tender", `一般競争入札公告
工事名　市道改良工事　工事場所　甲府市朝日五丁目地内　予定工期　令和8年12月25日まで
入札参加資格　経営事項審査の総合評定値が700点以上の者
開札日時　令和8年6月3日午前10時　問合せ先　契約課 055-237-5111`,
			output{"入札公告.docx", office("")}, output{"公告.pdf", office("")}),
		prose("training", `情報セキュリティ研修
個人情報の入ったUSBメモリを紛失した事例から学ぶ。
パスワードを付箋に書いて貼らない。IDとパスワードを使い回さない。
滞納情報、障害の有無、病歴などは要配慮個人情報として特に慎重に扱う。`,
			output{"研修資料.pptx", office("")}, output{"研修.ppt", office("")}, output{"研修.docx", office("")}),
		prose("report-on-system", `住民情報システム 月次報告
稼働率 99.98%、問合せ 124件、障害 2件（いずれも軽微）。
4月3日、バッチ処理の遅延により口座振替データの作成が15分遅れた。原因は索引の断片化である。
来月の作業：サーバー保守、ネットワーク機器の交換、マイナンバー連携の試験。`,
			output{"月次報告.docx", office("")}, output{"月次.xlsx", excel("")}),
		prose("history", `明治22年（1889年）7月1日、市制が施行された。大正12年9月1日の地震では大きな被害はなかった。
昭和20年7月6日、空襲により市街地の大半が失われた。昭和29年10月17日、近隣の村を編入した。
平成18年3月1日、町村合併により現在の市域となった。`,
			output{"市の沿革.docx", office("")}, output{"沿革.txt", text("euc", "")}),
		prose("recipe", `学校給食 献立表
4月8日　ごはん、鯖の味噌煮、小松菜のおひたし、豆腐の味噌汁　エネルギー 620kcal
4月9日　黒パン、鶏肉のトマト煮、青菜のサラダ、牛乳　エネルギー 655kcal
アレルギー表示：卵・乳・小麦`,
			output{"献立表.xlsx", excel("")}, output{"献立.docx", office("")}),
		prose("source-code", `package main

// checkDigit は個人番号の検査数字を求める。
func checkDigit(digits string) int {
	weights := []int{6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}
	name, address, birthday := "", "", ""
	const phone, email, password = "phone", "email", "password"
	return len(name+address+birthday) + weights[0]
}`,
			output{"main.go", text("utf8", "")}, output{"check.java", text("cp932", "")}),
		prose("schema", `CREATE TABLE jumin (
  kojin_no CHAR(12) NOT NULL, -- 個人番号
  shimei VARCHAR(80), -- 氏名
  jusho VARCHAR(200), -- 住所
  seinengappi DATE, -- 生年月日
  denwa VARCHAR(20), -- 電話番号
  koza_no CHAR(7) -- 口座番号
);
CREATE INDEX ix_kojin ON jumin(kojin_no);`,
			output{"schema.sql", text("utf8", "")}, output{"テーブル定義.txt", text("cp932", "")}),
		{"columns-of-a-table", func(c *content) { // a design document: names of items, no values
			c.rows(9, []string{"項番", "項目名", "型", "桁数", "必須"}, func(i int) []any {
				return []any{"1", []string{"氏名", "カナ氏名", "生年月日", "郵便番号", "住所", "電話番号", "個人番号", "口座番号", "メールアドレス"}[i], "文字", []string{"40", "40", "8", "7", "100", "13", "12", "7", "255"}[i], "○"}
			})
		}, []output{{"項目定義書.xlsx", excel("")}, {"項目定義.docx", office("")}}},
		{"place-names", func(c *content) {
			for _, t := range towns {
				c.say("%s", t.town)
			}
		}, []output{{"町名.txt", text("cp932", "")}, {"町名一覧.xlsx", excel("")}}},
		{"stations", func(c *content) {
			c.rows(12, []string{"駅名", "乗車人員（1日平均）"}, func(i int) []any {
				return []any{[]string{"甲府", "石和温泉", "山梨市", "塩山", "大月", "高尾", "立川", "三鷹", "中野", "新宿", "竜王", "韮崎"}[i], thousands(c.between(100, 90000))}
			})
		}, []output{{"駅別乗車人員.csv", comma("utf8", ',', true)}}},
		{"companies", func(c *content) {
			c.rows(25, []string{"指名業者", "所在地", "電話番号", "工種"}, func(int) []any {
				p := c.source.person()
				return []any{pick(c.source, companies), p.home.brief(), p.phone, pick(c.source, []string{"土木", "建築", "電気"})}
			})
			for _, kind := range []k.Kind{k.Phone, k.PostalAddress} { // one person would count businesses, another not
				c.arguable(kind)
			}
		}, []output{{"業者一覧.xlsx", excel("")}, {"gyosha.csv", comma("cp932", ',', true)}}},
	}
}

// prose is a text that is the same in every format.
func prose(name, words string, out ...output) layout {
	return layout{name, func(c *content) {
		for _, line := range strings.Split(words, "\n") {
			c.say("%s", line)
		}
	}, out}
}

// blank is a form that nobody has filled in.
func blank() layout {
	return layout{"blank-form", func(c *content) {
		c.say("児童手当認定請求書（様式第1号）")
		c.add([][]any{{"フリガナ", "", "個人番号", "□□□□ □□□□ □□□□"}, {"氏名", "", "生年月日", "昭和・平成　　年　　月　　日"}, {"住所", "〒　　　-　　　　", "電話番号", "（　　　）　　　－　　　　"}, {"口座番号", "", "口座名義", ""}})
		c.say("記入例を参考に、太枠の中を記入してください。")
	}, []output{{"認定請求書様式.docx", office("")}, {"様式.xlsx", excel("")}, {"様式.pdf", office("")}, {"様式.doc", office("")}}}
}

// found are files that machines of this system have. A small one may lack some:
// they are no cases then, and the table counts fewer files.
func found() []k.Case {
	var cases []k.Case
	for _, path := range []string{
		"/usr/share/common-licenses/GPL-3", "/usr/share/common-licenses/Apache-2.0", "/usr/share/common-licenses/MPL-2.0",
		"/usr/share/doc/bash/INTRO.gz", "/usr/share/doc/zip/WHATSNEW", "/usr/share/perl5/Debconf/Db.pm",
		"/usr/share/i18n/locales/ja_JP", "/etc/services", "/etc/protocols", "/usr/share/zoneinfo/Asia/Tokyo", "/bin/ls",
		"/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf", "/usr/share/X11/rgb.txt", "/usr/share/zoneinfo/zone.tab",
		"/usr/share/mime/packages/freedesktop.org.xml", "/usr/share/iso-codes/json/iso_3166-1.json",
	} {
		if content, err := os.ReadFile(path); err == nil {
			cases = append(cases, copied(path, content))
		}
	}
	return cases
}

func copied(path string, content []byte) k.Case {
	name := filepath.Base(path)
	c := k.Case{Name: "found-" + name, File: name}
	c.Want = k.Wants{k.Email: {Min: 0, Max: bytes.Count(content, []byte("@"))}} // of those who wrote it
	if name == "Tokyo" {
		c.Protection = extract.ProtectUnknown // its format has no name: it might be anything
	}
	c.Make = func(f *k.Folder) error { return f.Write(name, content) }
	return c
}
