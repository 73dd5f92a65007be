package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

func TestConflictPairLook(t *testing.T) {
	kittest.Gallery(t, "conflictpair", 900, 620, func(d *ui.Desk) fyne.CanvasObject {
		l := func(ja, en string) string { return d.Words.Of(app.Label{JA: ja, EN: en}) }
		p := kit.NewConflictPair(d, nil, nil)
		p.Load([2]kit.Side{{Title: l("1　中村 彩（あなた）", "1   Aya Nakamura (you)"), Who: l("端末 7QK4", "device 7QK4")}, {Title: l("2　髙橋 直", "2   Nao Takahashi"), Who: l("端末 3XZ9", "device 3XZ9")}}, []*kit.Contest{
			{Field: l("担当", "Assignee"), Before: "佐々木 健", Values: [2]string{"中村 彩", "髙橋 直"}, When: [2]string{"13:41 ±1", "13:44 ±1"}, Pick: kit.Second, Shown: 1},
			{Field: l("内容", "Content"), Values: [2]string{"トレイ2から給紙すると、給紙エラーが表示される。用紙は補給済み。", "トレイ2から給紙すると、紙づまりが表示される。用紙は補給済み。"}, When: [2]string{"13:41 ±1", "13:44 ±1"}, CanBoth: true, IsText: true},
		})
		return kit.NewScroller(d, p)
	})
}
