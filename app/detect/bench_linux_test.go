package detect

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// measure reads text b.N times and reports megabytes per second of this process's
// own time, which other work on the machine disturbs less than the clock.
func measure(b *testing.B, text []byte, sep byte) {
	e := Standard()
	before := cpuTime(b)
	n := 0
	for b.Loop() {
		d := e.NewDocument()
		d.Add(Block{Text: text, Sep: sep})
		n++
	}
	b.ReportMetric(float64(n)*float64(len(text))/1e6/(cpuTime(b)-before).Seconds(), "MB/cpu-s")
}

func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkProse(b *testing.B) {
	const prose = "令和８年度の業務報告について、各課の担当者は月末までに所定の様式により提出してください。" +
		"なお、障害の発生時には速やかに情報課へ連絡するとともに、対応の経過を台帳に記録すること。\n"
	const rare = "担当 架空 太郎 電話 055-234-5678 メール taro@example.jp 個人番号 123456789018\n"
	measure(b, []byte(strings.Repeat(strings.Repeat(prose, 20)+rare, 400)), 0)
}

// BenchmarkTable is the hardest there is: two numbers in every row.
func BenchmarkTable(b *testing.B) {
	measure(b, []byte("番号,氏名,個人番号,電話\n"+strings.Repeat("17,架空 太郎,123456789018,090-1234-5678\n", 30000)), ',')
}

func BenchmarkLog(b *testing.B) {
	measure(b, []byte(strings.Repeat("2026-11-22T10:00:00Z host daemon[1234]: connection from 192.0.2.17 port 50022 closed, took 12.5 ms\n", 20000)), 0)
}
