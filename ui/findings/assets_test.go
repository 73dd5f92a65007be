package findings_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/finding"
	"daicho/ui"
	"daicho/ui/findings"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// held is a city with two assets; the first lies where a scan looks.
func held(t *testing.T) (w *world, first, second app.Ref) {
	w = year(t)
	more := []string{"place=税務システム", "confidentiality=3B", "integrity=2", "availability=2", "kinds=individual_number\nperson_name", "persons=1,000以上", "retention=10"}
	first = w.Add(t, finding.AssetKind, append(more, "title=個人住民税の課税台帳", "department=税務課", "job="+w.jobs[0].String())...)
	second = w.Add(t, finding.AssetKind, append(more, "title=国民健康保険の資格台帳", "department=市民課")...)
	return w, first, second
}

// asset opens an asset at the face of what scans found.
func asset(t *testing.T, d *ui.Desk, w *world, ref app.Ref, size fyne.Size, face bool) fyne.Window {
	all := findings.Sections()
	page := all[len(all)-1].New(kittest.NewHost(t, d, w.Replica))
	win := kittest.Window(t, page.View(), size.Width, size.Height)
	page.Shown()
	page.(ui.Opener).Open(ref)
	for _, o := range test.LaidOutObjects(win.Content()) {
		if tabs, is := o.(*kit.Tabs); is && tabs.Visible() && face {
			tabs.Choose(len([]string{"form", "history", "links"}))
		}
	}
	return win
}

func TestAssetLook(t *testing.T) {
	d := kittest.Desk(t)
	w, first, _ := held(t)
	for _, v := range kittest.Variants() {
		v.Set(d)
		for name, face := range map[string]bool{"asset-": false, "asset-scans-": true} {
			win := asset(t, d, w, first, fyne.NewSize(v.W-176*v.Factor, v.H-24*v.Factor), face)
			kittest.Whole(t, win)
			kittest.Spoken(t, win)
			kittest.Shot(t, win, name+v.Name)
		}
	}
}

// What scans found where an asset lies is counted by its department; where none looks
// there, and where the person may not read findings, that is said. A review that is
// overdue is told.
func TestAssetAndScans(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	w, first, second := held(t)
	size := fyne.NewSize(1100, 776)
	says(t, asset(t, d, w, first, size, true), "本庁舎の共有フォルダー", "未対応 2件", "未保護 1件", "次回の確認は")
	says(t, asset(t, d, w, second, size, true), "点検が選ばれていません。")
	w.Reaches = map[app.Kind]ui.Reach{finding.Kind: {None: true, Roles: []app.Label{{JA: "点検担当", EN: "Security"}}}}
	says(t, asset(t, d, w, first, size, true), "権限がありません")
	w.Reaches = nil
	d.Now = func() time.Time { return kittest.Now.AddDate(1, 0, 1) }
	says(t, asset(t, d, w, second, size, true), "× 確認の期限（", "を過ぎています。")
}
