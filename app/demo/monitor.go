package demo

import (
	"fmt"
	"time"
)

// watched is a server of the city, and how it is backed up.
type watched struct {
	title, host, role, schedule string
	interval, confirmations     int
}

var servers = []watched{
	{"住民記録サーバー", "gyomu01", "業務データベース", "毎日 2:00", 60, 3},
	{"財務会計サーバー", "fin01", "業務データベース", "毎日 2:30", 180, 3},
	{"印刷サーバー", "print02", "印刷", "毎週日曜 4:00", 300, 2},
	{"メールサーバー", "mail01", "メール", "毎日 3:00", 120, 3},
	{"庁内ポータル", "web01", "Web", "", 300, 1},
}

// monitoring is what is watched, what the tools told of it, and what was seen in time.
// Methods wait for the city, for who tells the story is one person.
func monitoring(end time.Time) (steps []Step) {
	at := midnight(end).AddDate(0, 0, -(7*weeks - 2)).Add(opens + 5*time.Minute)
	for n, w := range servers {
		steps = append(steps, w.steps(n, at)...)
		steps = append(steps, w.backups(n, end)...)
	}
	steps = append(steps, signs(end)...)
	return append(steps, events(end)...)
}

func (w watched) steps(n int, at time.Time) []Step {
	y := &diary{kind: "monitor_target", record: n}
	var s Step
	for _, f := range [][2]string{{"title", w.title}, {"host", w.host}, {"role", w.role}, {"managed", "yes"}, {"schedule", w.schedule}} {
		s.set(f[0], f[1])
	}
	if w.host == "print02" {
		s.set("backup_age", "168")
	}
	y.note(at, s)
	z := &diary{kind: "monitor_method", record: n}
	m := Step{Links: []Link{{"target", "monitor_target", n}}, Command: "submit"}
	for _, f := range [][2]string{{"title", w.title + "の死活監視"}, {"item", "ICMP ping"}, {"tool", "Zabbix"}, {"interval", fmt.Sprint(w.interval)}, {"confirmations", fmt.Sprint(w.confirmations)},
		{"delivery", "30"}, {"settings", "応答時間の上限|5s\n損失率の閾値|20%"}} {
		m.set(f[0], f[1])
	}
	z.note(at.Add(time.Minute), m)
	return append(y.steps, z.steps...)
}

// backups are the results of a week.
func (w watched) backups(n int, end time.Time) (steps []Step) {
	if w.schedule == "" || w.host == "print02" {
		return nil
	}
	for ago := 7; ago >= 1; ago-- {
		ended := midnight(end).AddDate(0, 0, -ago).Add(2*time.Hour + time.Duration(40+n)*time.Minute)
		s := Step{At: stamp(ended.Add(opens)), Kind: "backup_result", Record: n*10 + ago, Links: []Link{{"target", "monitor_target", n}}}
		s.set("at", typed(ended))
		s.set("result", "good")
		if w.host == "mail01" && ago <= 2 {
			s.Set[1] = "result=failed"
			s.set("detail", "媒体の空きがない")
		}
		s.set("size", fmt.Sprint(20_000+n*3_000-ago*40))
		steps = append(steps, s)
	}
	return steps
}

// signs are what was seen before it failed, and a test of restoring.
func signs(end time.Time) (steps []Step) {
	at := midnight(end).AddDate(0, 0, -9).Add(opens + 40*time.Minute)
	y := &diary{kind: "monitor_sign"}
	first := Step{Links: []Link{{"target", "monitor_target", 1}}, Command: "report", Args: []string{"document=8葉情報告第12号"}}
	for _, f := range [][2]string{{"title", "ディスクの空きが減っている"}, {"sort", "trend"}, {"evidence", "1日に約2GB減り、2か月後に空きがなくなる。"}, {"expected", day(end, 52)}, {"measure", "古い帳票を別の領域へ移す。"}} {
		first.set(f[0], f[1])
	}
	y.note(at, first)
	z := &diary{kind: "monitor_sign", record: 1}
	other := Step{Links: []Link{{"target", "monitor_target", 3}}}
	for _, f := range [][2]string{{"title", "メールの送信待ちが増えている"}, {"sort", "unusual"}, {"evidence", "同じ曜日と時刻の平均の4倍になった。"}} {
		other.set(f[0], f[1])
	}
	z.note(midnight(end).AddDate(0, 0, -2).Add(opens+20*time.Minute), other)
	r := &diary{kind: "restore_test"}
	test := Step{Links: []Link{{"target", "monitor_target", 1}}}
	for _, f := range [][2]string{{"what", "財務会計の前月末分"}, {"on", day(end, -15)}, {"result", "good"}, {"minutes", "95"}, {"who", "相馬 律"}} {
		test.set(f[0], f[1])
	}
	r.note(midnight(end).AddDate(0, 0, -15).Add(15*time.Hour), test)
	return append(append(y.steps, z.steps...), r.steps...)
}

// events are what the tool told of the failures, and of one that is a sign alone.
func events(end time.Time) (steps []Step) {
	for n, f := range failures {
		occurred := staffed(midnight(end).AddDate(0, 0, -f.ago).Add(opens + 95*time.Minute))
		s := Step{Links: []Link{{"incident", incidentKind, n}}}
		for _, v := range [][2]string{{"title", f.title}, {"key", fmt.Sprintf("zabbix:%d", 4700+n)}, {"host", f.target}, {"severity", "high"}, {"occurred", typed(occurred)}} {
			s.set(v[0], v[1])
		}
		y := &diary{kind: "monitor_event", record: n}
		y.note(occurred.Add(time.Duration(f.told)*time.Minute), s)
		if f.recovered > 0 {
			back := occurred.Add(time.Duration(f.recovered) * time.Minute)
			y.note(back.Add(time.Minute), Step{Command: "recover", Args: []string{"at=" + typed(back)}})
		}
		steps = append(steps, y.steps...)
	}
	return steps
}
