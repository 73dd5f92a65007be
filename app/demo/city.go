package demo

import (
	"fmt"
	"strings"
)

// workplace is where a part of the city's people work.
type workplace struct {
	name, site string
	extension  int // the first of its ten
}

var workplaces = []workplace{
	{"市民課", "本庁舎1階", 2110},
	{"保険年金課", "本庁舎1階", 2130},
	{"税務課", "本庁舎1階", 2150},
	{"収納課", "本庁舎1階", 2170},
	{"会計課", "本庁舎1階", 2190},
	{"社会福祉課", "本庁舎2階", 2210},
	{"高齢者支援課", "本庁舎2階", 2230},
	{"子育て支援課", "本庁舎2階", 2250},
	{"障害福祉課", "本庁舎2階", 2270},
	{"総務課", "本庁舎3階", 2310},
	{"人事課", "本庁舎3階", 2330},
	{"財政課", "本庁舎3階", 2350},
	{"管財課", "本庁舎3階", 2370},
	{"情報課", "本庁舎4階", 2410},
	{"企画政策課", "本庁舎4階", 2430},
	{"秘書広報課", "本庁舎4階", 2450},
	{"危機管理課", "本庁舎5階", 2510},
	{"議会事務局", "本庁舎6階", 2610},
	{"監査委員事務局", "本庁舎6階", 2630},
	{"選挙管理委員会事務局", "本庁舎6階", 2650},
	{"建設課", "第二庁舎2階", 3210},
	{"都市計画課", "第二庁舎2階", 3230},
	{"農林課", "第二庁舎1階", 3110},
	{"商工観光課", "第二庁舎1階", 3130},
	{"環境課", "クリーンセンター", 4110},
	{"上下水道課", "水道庁舎", 4210},
	{"教育総務課", "教育会館", 4310},
	{"学校教育課", "教育会館", 4330},
	{"健康増進課", "保健センター", 4410},
	{"図書館", "葉月図書館", 4510},
	{"中央公民館", "中央公民館", 4530},
	{"東支所", "東支所", 5110},
	{"西支所", "西支所", 5210},
	{"北山出張所", "北山出張所", 5310},
	{"消防総務課", "消防本部", 6110},
}

// The names of people are common ones put together by dice.
var (
	staffSurnames = strings.Fields("青柳 石丸 今村 上原 江口 大塚 岡崎 小野寺 梶原 金子 川上 北村 木下 熊谷 小松 斎木 坂口 島田 杉山 関口 " +
		"高瀬 竹内 田辺 千葉 土屋 富田 中川 永井 西岡 野口 橋爪 長谷川 浜田 平野 福島 藤原 堀内 本多 松永 三浦 水野 宮下 村井 森田 矢島 安田 山岸 横山 吉岡 若林")
	staffGivenNames = strings.Fields("明 綾香 一郎 恵美 修 香織 和也 恭子 健太 幸子 聡 志保 大輔 千尋 剛 直美 信夫 花 浩二 真由美 美咲 康弘 裕子 良平")
	engineers       = []string{"小野寺 修", "竹内 千尋", "長谷川 剛", "水野 恵美", "若林 健太", "森田 志保", "北村 和也"}
)

func (d *dice) person() string { return oneOf(d, staffSurnames) + " " + oneOf(d, staffGivenNames) }

// caller is who asks for help, from where.
type caller struct {
	workplace
	name, phone string
}

func (d *dice) caller() caller {
	o := oneOf(d, workplaces)
	return caller{o, d.person(), fmt.Sprint(o.extension + d.below(10))}
}

// device is an inventory number: PC-0417. A letter stands for what it is.
func (d *dice) device(prefix string, most int) string {
	return fmt.Sprintf("%s-%04d", prefix, d.between(1, most))
}
