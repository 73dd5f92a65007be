package tasks_test

import (
	"strings"
	"testing"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/task"
	"daicho/ui"
	"daicho/ui/kit/kittest"
	"daicho/ui/tasks"
)

// What is late, what nothing was heard of and what waits for its reviewer say so. The day
// there is Friday, 20 November 2026.
func TestLateAndStaleAreSeen(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	r := kittest.NewReplica(t, modules.Book())
	now := r.At
	r.At = now.AddDate(0, 0, -14)
	r.Add(t, task.Kind, "title=当番表を作り直す", "side=contractor", "charge=久米 渉", "due=2026-11-19")
	r.Add(t, task.Kind, "title=異動の人数を知らせる", "side=city", "charge=人事課 印南", "due=2026-12-04")
	r.At = now
	open := r.Add(t, task.Kind, "title=外字の窓口の案", "side=contractor", "charge=露木 葵", "due=2026-12-04", "do:report;progress=40;note=始めた。")
	r.Add(t, task.Kind, "title=連絡先の一覧", "side=contractor", "charge=露木 葵", "due=2026-12-04", "do:finish;text=作成した。")
	s := tasks.Section()
	if n, err := s.Count(t.Context(), r); n != 1 || err != nil {
		t.Errorf("%d wait for their reviewer, %v", n, err)
	}
	page := s.New(kittest.NewHost(t, d, r))
	win := kittest.Window(t, page.View(), 1100, 620)
	page.Shown()
	page.(ui.Opener).Open(open)
	kittest.Whole(t, win)
	words := kittest.Words(win)
	for _, word := range []string{"期限切れ", "報告の途絶え", "進捗 40％", "完了を報告する"} {
		if !strings.Contains(words, word) {
			t.Errorf("no %s in\n%s", word, words)
		}
	}
}
