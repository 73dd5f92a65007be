package inside

import "fmt"

// person is somebody who does not exist. All of it follows from a number.
type person struct {
	surname, given       string
	surnameKana, namKana string
	born                 day
	town                 place
	n                    int
}

type day struct{ year, month, day int }

type place struct{ prefecture, city, town string }

// Names of every frequency; some are in no list of names.
var surnames = [][2]string{{"緑川", "ミドリカワ"}, {"小笠原", "オガサワラ"}, {"木下", "キノシタ"}, {"村上", "ムラカミ"}, {"西田", "ニシダ"}, {"雨宮", "アメミヤ"},
	{"名取", "ナトリ"}, {"髙橋", "タカハシ"}, {"山﨑", "ヤマザキ"}, {"渡邊", "ワタナベ"}, {"齋藤", "サイトウ"}, {"林", "ハヤシ"}, {"森", "モリ"}, {"五十嵐", "イガラシ"},
	{"佐々木", "ササキ"}, {"長谷川", "ハセガワ"}, {"保坂", "ホサカ"}, {"功刀", "クヌギ"}, {"輿石", "コシイシ"}, {"伊集院", "イジュウイン"}, {"金丸", "カネマル"},
	{"小俣", "オマタ"}, {"堀内", "ホリウチ"}, {"天野", "アマノ"}, {"矢崎", "ヤザキ"}, {"千葉", "チバ"}, {"福島", "フクシマ"}, {"大和田", "オオワダ"}, {"喜多", "キタ"}, {"三枝", "サエグサ"}}

var givens = [][2]string{{"大輔", "ダイスケ"}, {"真由美", "マユミ"}, {"健", "ケン"}, {"奈緒", "ナオ"}, {"浩二", "コウジ"}, {"陽翔", "ハルト"}, {"結衣", "ユイ"}, {"さくら", "サクラ"},
	{"ひろし", "ヒロシ"}, {"キヨ", "キヨ"}, {"良子", "ヨシコ"}, {"直樹", "ナオキ"}, {"琴音", "コトネ"}, {"悠真", "ユウマ"}, {"正", "タダシ"}, {"千代子", "チヨコ"},
	{"一郎", "イチロウ"}, {"美咲", "ミサキ"}, {"翔", "ショウ"}, {"葵", "アオイ"}, {"幸雄", "ユキオ"}, {"節子", "セツコ"}, {"拓海", "タクミ"}, {"莉子", "リコ"},
	{"恵美子", "エミコ"}, {"俊介", "シュンスケ"}, {"ヨシ子", "ヨシコ"}, {"蓮", "レン"}, {"文雄", "フミオ"}}

var places = []place{{"山梨県", "甲府市", "朝日"}, {"山梨県", "甲斐市", "竜王新町"}, {"山梨県", "笛吹市", "石和町市部"}, {"山梨県", "南アルプス市", "小笠原"},
	{"山梨県", "北杜市", "高根町村山北割"}, {"山梨県", "南巨摩郡身延町", "梅平"}, {"東京都", "世田谷区", "三軒茶屋"}, {"東京都", "八王子市", "元本郷町"},
	{"神奈川県", "横浜市中区", "山下町"}, {"北海道", "札幌市白石区", "本通"}, {"大阪府", "大阪市北区", "天神橋"}, {"京都府", "京都市左京区", "吉田本町"},
	{"福岡県", "北九州市小倉北区", "浅野"}, {"沖縄県", "那覇市", "泉崎"}, {"長野県", "諏訪郡富士見町", "落合"}, {"埼玉県", "さいたま市浦和区", "高砂"}, {"愛知県", "名古屋市千種区", "今池"}}

func someone(n int) person {
	s, g := surnames[n*7%len(surnames)], givens[n*11%len(givens)]
	return person{s[0], g[0], s[1], g[1], day{1931 + n*13%80, 1 + n*5%12, 1 + n*17%28}, places[n*3%len(places)], n}
}

func (p person) name() string   { return p.surname + " " + p.given }
func (p person) joined() string { return p.surname + p.given }
func (p person) kana() string   { return p.surnameKana + " " + p.namKana }

// address writes the house number in one of the usual ways.
func (p person) address() string {
	a, b, c := 1+p.n%5, 1+p.n*3%27, 1+p.n*7%19
	base := p.town.prefecture + p.town.city + p.town.town
	switch p.n % 6 {
	case 0:
		return fmt.Sprintf("%s%d-%d-%d", base, a, b, c)
	case 1:
		return fmt.Sprintf("%s%d丁目%d番%d号", base, a, b, c)
	case 2:
		return wide(fmt.Sprintf("%s%d-%d", base, 100+p.n, c))
	case 3:
		return fmt.Sprintf("%s%d番地%d", base, 200+p.n, c)
	case 4:
		return fmt.Sprintf("%s%d-%d-%d コーポ富士%d", base, a, b, c, 101+p.n)
	}
	return fmt.Sprintf("%s%d", base, 1000+p.n)
}

func (p person) phone() string {
	switch p.n % 4 {
	case 0:
		return fmt.Sprintf("055-%03d-%04d", 220+p.n%70, 1000+p.n*37%9000)
	case 1:
		return fmt.Sprintf("090-%04d-%04d", 1000+p.n*53%9000, 1000+p.n*71%9000)
	case 2:
		return fmt.Sprintf("03-%04d-%04d", 3200+p.n%700, 1000+p.n*29%9000)
	}
	return fmt.Sprintf("0551-%02d-%04d", 20+p.n%60, 1000+p.n*31%9000)
}

func (p person) mobile() string {
	return fmt.Sprintf("080%04d%04d", 1000+p.n*43%9000, 1000+p.n*67%9000)
}

func (p person) mail() string {
	hosts := []string{"example.jp", "mail.example.co.jp", "example.ne.jp", "example.com"}
	return fmt.Sprintf("u%d.%c@%s", 100+p.n*17, 'a'+rune(p.n%26), hosts[p.n%len(hosts)])
}

func (d day) slashed() string { return fmt.Sprintf("%d/%02d/%02d", d.year, d.month, d.day) }

// era is the year in the Japanese calendar; the exact days on which eras change
// do not matter here.
func (d day) era() (name, letter string, year int) {
	if d.year > 1989 {
		return "平成", "H", d.year - 1988
	}
	return "昭和", "S", d.year - 1925
}

func (d day) kanji() string {
	name, _, year := d.era()
	return fmt.Sprintf("%s%d年%d月%d日", name, year, d.month, d.day)
}

func (d day) short() string {
	_, letter, year := d.era()
	return fmt.Sprintf("%s%d.%d.%d", letter, year, d.month, d.day)
}
