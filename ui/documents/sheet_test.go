package documents_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/document"
	"daicho/app/modules"
	"daicho/app/people"
	"daicho/ui/documents"
	"daicho/ui/kit"
	"daicho/ui/kit/kittest"
)

// filed is a plan with a first version that was approved by all, and a second on
// its way; the reply that it asked for has come, and one of two has read it.
func filed(t *testing.T, r *kittest.Replica) app.Ref {
	t.Helper()
	who := map[string]app.Ref{}
	for _, p := range [][2]string{{"山田 徹", "field_engineer"}, {"中村 彩", "reviewer1"}, {"小林 誠", "reviewer2"}, {"長谷川 剛", "pm"}, {"早川 直子", "city_approver"}} {
		who[p[0]] = r.Employ(t, p[0])
		r.Add(t, people.GrantKind, "person="+who[p[0]].String(), "role="+p[1])
	}
	do := func(by string, ref app.Ref, command string, args ...string) {
		t.Helper()
		r.Author = by
		if err := r.Do(t.Context(), r.Load(ref), command, args); err != nil {
			t.Fatal(by, command, err)
		}
	}
	r.Author = "山田 徹"
	plan := r.Add(t, document.Kind, "title=帳票印刷 障害対応手順書", "type=plan", "key=failure_plan", "owner=山田 徹", "secrecy=2", "reply_due=2026-11-30")
	first := r.Add(t, document.RevisionKind, "document="+plan.String(), "reason=初版", "body=# 4 窓口での対応\n症状を確かめる。\n# 5 切替え\n予備機に切り替える。")
	do("山田 徹", first, "submit")
	for _, by := range []string{"中村 彩", "小林 誠", "長谷川 剛", "早川 直子"} {
		do(by, first, "approve")
	}
	do("山田 徹", first, "publish")
	second := r.Add(t, document.RevisionKind, "document="+plan.String(), "reason=トレイ交換の手順を追加（4.2）", "place=4.2",
		"body=# 4 窓口での対応\n症状を確かめる。\n# 4.2 トレイを交換する\n予備のトレイに替え、試し刷りを1枚行う。2回続けて失敗したときは、5章に進む。\n# 5 切替え\n予備機に切り替える。")
	do("山田 徹", second, "submit")
	do("中村 彩", second, "approve")
	r.Author = "早川 直子"
	r.Add(t, document.Kind, "title=障害対応手順書について（回答）", "type=reply", "reply_to="+plan.String(), "issued=2026-11-20")
	do("早川 直子", plan, "circulate", "people="+who["中村 彩"].String()+" "+who["小林 誠"].String(), "due=2026-11-25")
	return plan
}

func TestSheet(t *testing.T) {
	for _, lang := range []app.Lang{app.JA, app.EN} {
		d := kittest.Desk(t)
		d.Words.Set(lang)
		r := kittest.NewReplica(t, modules.Book())
		plan := filed(t, r)
		page := documents.Sections()[0].New(kittest.NewHost(t, d, r))
		win := kittest.Window(t, page.View(), 1280, 1400)
		page.Shown()
		page.(interface{ Open(app.Ref) }).Open(plan)
		for _, o := range test.LaidOutObjects(win.Content()) {
			if tabs, ok := o.(*kit.Tabs); ok {
				tabs.Choose(3)
			}
		}
		kittest.Whole(t, win)
		kittest.Shot(t, win, "sheet-"+string(lang))
		words := kittest.Words(win)
		for _, want := range []string{"1.1案1", "予備のトレイに替え", "小林 誠", "8葉情第"} {
			if !strings.Contains(words, want) {
				t.Errorf("%s: no %q in\n%s", lang, want, words)
			}
		}
		if lang == app.JA {
			for _, want := range []string{"機密性2（取扱注意）", "◎ 2次レビュー待ち", "回答済　令和8年11月20日", "未確認", "1.0 → 1.1案1"} {
				if !strings.Contains(words, want) {
					t.Errorf("no %q in\n%s", want, words)
				}
			}
		}
	}
}
