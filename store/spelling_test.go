package store_test

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// What texts in a city's office are made of.
var (
	places   = strings.Fields("総務課 税務課 市民課 福祉事務所 議会事務局 教育委員会 霞ヶ関庁舎 第二庁舎 茅ヶ崎出張所 水道局 消防本部 サーバ室 図書館 斎場")
	names    = strings.Fields("斎藤 齋藤 斉藤 齊藤 渡辺 渡邊 渡邉 高橋 髙橋 山﨑 山崎 浜田 濵田 島田 嶋田 佐々木 広瀬 廣瀨 沢田 澤田 吉野 𠮷野 国分 國分 櫻井 桜井 榮 眞壁 いすゞ子")
	systems  = strings.Fields("サーバー ｻｰﾊﾞｰ ネットワーク ﾈｯﾄﾜｰｸ プリンター プリンタ ルータ ファイアウォール 基幹システム 住基ネット グループウェア メ－ル ディスプレイ ウィルス対策ソフト シャットダウン ㈱富士フイルム Ｗｉｎｄｏｗｓ Windows11 Excel ＶＰＮ Wi-Fi キヤノン製複合機")
	troubles = strings.Fields("障害 故障 停止 不具合 印刷できない 接続不可 警告 エラー タイムアウト 紙詰まり パスワード忘れ 異音 応答なし 遅延 データ破損 エラ－ えー〜 舊システム 齒車の摩耗 舗装 塡補")
	deeds    = strings.Fields("対応した 調査中。 復旧済み 交換（予備機） 再起動後、正常 業者へ連絡 様子を見る 報告書を作成 設定変更・確認 一ヶ月後に再点検 一ヵ月待ち 神﨑氏に引継")
	joints   = []string{"の", "が", "で", "、", " ", "　", "", "・", "にて", "から", "：", "/"}
)

// sentence makes a text up.
func (l *library) sentence() string {
	any := func(list []string) string { return list[l.rnd.IntN(len(list))] }
	joint := func() string { return any(joints) }
	return any(places) + joint() + any(names) + "さん" + joint() + any(systems) + joint() + any(troubles) + joint() + l.number() + joint() + any(deeds)
}

// number is one of the numbers that people write.
func (l *library) number() string {
	n := l.rnd.IntN(10_000)
	switch l.rnd.IntN(7) {
	case 0:
		return fmt.Sprintf("第%d回", n%40+1)
	case 1:
		return fmt.Sprintf("2026-%04d", n)
	case 2:
		return fmt.Sprintf("192.168.%d.%d", n%256, n/40)
	case 3:
		return fmt.Sprintf("ＰＣ－%d", n)
	case 4:
		return fmt.Sprintf("%d〜%d時", n%12, n%12+9)
	case 5:
		return fmt.Sprintf("内線%d", n)
	}
	return width.Widen.String(fmt.Sprintf("No.%dA", n))
}

// cut takes 1 to 6 characters out of a text, none of them without its marks.
func (l *library) cut(text string) string {
	rs := []rune(text)
	n := l.rnd.IntN(6) + 1
	from := l.rnd.IntN(len(rs))
	to := min(from+n, len(rs))
	for from < to && isMark(rs[from]) {
		from++
	}
	for to < len(rs) && isMark(rs[to]) {
		to++
	}
	return string(rs[from:to])
}

func isMark(r rune) bool { return unicode.IsMark(r) || r == 'ﾞ' || r == 'ﾟ' }

// alike are characters that nobody tells apart in a search. They are written
// down here again, so that a mistake in the table of the program is found.
var alike = strings.Fields("斎齋斉齊 辺邊邉 高髙 崎﨑嵜 浜濱濵 島嶋嶌 広廣 瀬瀨 沢澤 吉𠮷 国國圀 桜櫻 栄榮 真眞 旧舊 歯齒 舗舖 填塡 対對 応應 総總 会會 図圖 済濟 戸戶⼾ " +
	"ヶケけｹ ヵカかｶ アァあぁｱｧ ツッつっﾂｯ ヤャやゃﾔｬ ュユゅゆﾕｭ ョヨょよﾖｮ イィいぃｲ フふﾌ ーｰ-－―─〜~")

// vary spells a text another way: each character in one of its forms at random.
func (l *library) vary(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteString(l.form(r))
		if l.rnd.IntN(20) == 0 && unicode.Is(unicode.Han, r) {
			b.WriteRune('\U000e0100') // as a font's own form is told
		}
	}
	return b.String()
}

func (l *library) form(r rune) string {
	for _, group := range alike {
		if strings.ContainsRune(group, r) {
			rs := []rune(group)
			return string(rs[l.rnd.IntN(len(rs))])
		}
	}
	s := string(r)
	switch l.rnd.IntN(6) {
	case 0:
		s = width.Widen.String(s)
	case 1:
		s = width.Narrow.String(s)
	case 2:
		s = strings.ToUpper(s)
	case 3:
		s = strings.ToLower(s)
	case 4:
		s = otherKana(r)
	}
	return s
}

// otherKana is the hiragana of a katakana and the other way round.
func otherKana(r rune) string {
	const between = 'ア' - 'あ'
	switch {
	case r >= 'ァ' && r <= 'ヴ':
		r -= between
	case r >= 'ぁ' && r <= 'ゔ':
		r += between
	}
	return string(utf8.AppendRune(nil, r))
}
