package detect

import "testing"

// TestSensitiveProse: sentences about one person, and those about anybody.
func TestSensitiveProse(t *testing.T) {
	for text, want := range map[string]bool{
		"長男（小4）の腕にあざがあり、身体的虐待の疑いで児童相談所に通告した。":               true,
		"本人は令和5年に適応障害と診断され、現在も通院中である。":                      true,
		"患者は結核の塗抹陽性と判明し、本日から入院した。":                          true,
		"夫から暴力を受け、子と避難している。ＤＶ被害の支援措置を申し出たい。":                true,
		"実母は特定の宗教を信仰しており、輸血拒否の申し出があった。本人に聞き取りを行う。":          true,
		"佐藤花子さんの件。\n昨年から統合失調症で服薬しており、\n就労が難しいとのこと。":         true,
		"対象者：山田太郎\n概要\n5年前に自己破産し、以後、生活保護を受給している。":           true,
		"元夫によるつきまといがあり、接近禁止命令が出ている。相談者は転居し、住所を秘匿している。":      true,
		"当該職員は抑うつ状態のため休職に入った。診断書は別添のとおり。":                   true,
		"犯罪被害者等見舞金 支給調書\n対象者氏名：山田太郎\n傷害事件により、全治2か月の重傷を負った。": true,
		"面談記録\n氏名：山田太郎\n信仰上の理由で、体育の武道を見学する。":                true,
		"就学相談票\n氏名：山田太郎\n療育手帳Bを所持している。":                     true,
		"障害者手帳交付申請書\n（様式第1号）":                               false,
		"生活保護の申請は随時受け付けています。\n担当：山田太郎":                      false,
		"うつ病と診断された方は、保健センターにご相談ください。":                       false,
		"児童虐待の防止に関する研修を行う。":                                 false,
		"結核予防週間のお知らせ。結核は早期の受診が大切です。":                        false,
		"生活保護の受給者数は前年度から3件増加した。":                            false,
		"宗教法人の設立について、申請の手引を配布する。":                           false,
		"本人が障害者手帳の交付を受けている場合は、減免の対象となる。":                    false,
		"担当：福祉課 山田太郎\n\n障害者手帳をお持ちの方は、窓口で提示してください。":          false,
		"犯罪被害者等支援条例の施行について":                                 false,
		"システム障害で学習障害の判定処理が止まった。":                            false,
	} {
		d := Standard().NewDocument()
		d.Add(Block{Text: []byte(text)})
		found := false
		for _, f := range d.Findings() {
			found = found || f.Kind == Sensitive && f.Confidence != Low
		}
		if found != want {
			t.Errorf("%q: sensitive %v, want %v (%s)", text, found, want, written(d.Findings()))
		}
	}
}
