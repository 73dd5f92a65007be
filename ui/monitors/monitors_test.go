package monitors_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/monitor"
	"daicho/ui/kit/kittest"
	"daicho/ui/monitors"
)

// fill is a server with what monitoring knows of it, and one without a schedule of backups.
func fill(t *testing.T, r *kittest.Replica) {
	t.Helper()
	fin := r.Add(t, monitor.TargetKind, "title=財務会計サーバー", "host=fin01", "role=データベース", "managed=yes", "schedule=毎日 2:00", "do:unsettle;text=夜間の集計で応答が遅い。",
		"do:adjust;setting=接続数の上限;before=100;after=200;reason=接続待ちが多い。;result=経過を見る。")
	r.Add(t, monitor.TargetKind, "title=庁内ポータル", "host=web01", "managed=yes")
	ping := r.Add(t, monitor.MethodKind, "title=死活監視", "target="+fin.String(), "item=ICMP ping", "tool=Zabbix", "interval=180", "confirmations=3", "delivery=60",
		"settings=応答時間の上限|5s\n損失率の閾値|20%", "do:submit")
	was := r.Author
	r.Author = "髙橋 直"
	if err := r.Do(t.Context(), r.Load(ping), "approve", []string{"document=甲情第31号", "review=2027-03-31"}); err != nil {
		t.Fatal(err)
	}
	r.Author = was
	r.Add(t, monitor.MethodKind, "title=ディスクの容量", "target="+fin.String(), "item=空き容量", "tool=Zabbix", "interval=600", "confirmations=2", "delivery=60")
	r.Add(t, monitor.DriftKind, "title=fin01 ICMP ping: 損失率の閾値", "do:find;host=fin01;item=ICMP ping;setting=損失率の閾値;approved=20%;found=40%;method="+ping.String())
	r.Add(t, monitor.EventKind, "title=応答がありません", "key=zabbix:4711", "host=fin01", "severity=high", "occurred=2026-11-20 14:02")
	r.Add(t, monitor.EventKind, "title=CPUの負荷が高い", "key=zabbix:4700", "host=web01", "severity=warning", "occurred=2026-11-20 11:30", "do:recover;at=2026-11-20 11:42")
	r.Add(t, monitor.SignKind, "title=ディスクの空きが減っている", "target="+fin.String(), "sort=trend", "seen=2026-11-19 9:00", "evidence=1日に2GB減っている。", "expected=2027-01-15")
	r.Add(t, monitor.BackupKind, "target="+fin.String(), "at=2026-11-20 02:10", "result=good", "size=12345")
	r.Add(t, monitor.BackupKind, "target="+fin.String(), "at=2026-11-19 02:10", "result=failed", "detail=媒体の空きがない")
	r.Add(t, monitor.RestoreKind, "target="+fin.String(), "on=2026-10-01", "what=財務会計の9月末分", "result=good", "minutes=95", "who=山田 徹")
	r.Add(t, monitor.LogKind, "target="+fin.String(), "log=error", "day=2026-11-19", "lines=8412", "errors=31", "gap=12", "file=messages.1")
}

// TestEachPageIsWhole, in both languages and at the least width.
func TestEachPageIsWhole(t *testing.T) {
	for _, lang := range []app.Lang{app.JA, app.EN} {
		d := kittest.Desk(t)
		d.Words.Set(lang)
		r := kittest.NewReplica(t, modules.Book())
		fill(t, r)
		for _, s := range monitors.Sections() {
			t.Run(string(lang)+"/"+s.ID, func(t *testing.T) {
				page := s.New(kittest.NewHost(t, d, r))
				win := kittest.Window(t, page.View(), 976, 620)
				page.Shown()
				kittest.Whole(t, win)
				kittest.Shot(t, win, s.ID+"-"+string(lang))
			})
		}
	}
}

// TestGolden is the list of what nobody approved, with the change that is open.
func TestGolden(t *testing.T) {
	d := kittest.Desk(t)
	d.Words.Set(app.JA)
	r := kittest.NewReplica(t, modules.Book())
	fill(t, r)
	for _, s := range monitors.Sections() {
		if s.ID == "monitordrifts" {
			page := s.New(kittest.NewHost(t, d, r))
			win := kittest.Window(t, page.View(), 1000, 620)
			page.Shown()
			test.AssertRendersToMarkup(t, "drifts.xml", win.Canvas())
		}
	}
}

// TestCounts: the navigation counts what waits for somebody.
func TestCounts(t *testing.T) {
	r := kittest.NewReplica(t, modules.Book())
	fill(t, r)
	want := map[string]int{"monitorevents": 1, "monitordrifts": 1, "monitorsigns": 1}
	for _, s := range monitors.Sections() {
		if s.Count == nil {
			continue
		}
		if n, err := s.Count(t.Context(), r); err != nil || n != want[s.ID] {
			t.Errorf("%s: %d, %v", s.ID, n, err)
		}
	}
}
