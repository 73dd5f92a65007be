package detect

import (
	"os"
	"os/exec"
	"path/filepath"
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

// sentences are ordinary text of an office; one line in fifty has a person in it.
var sentences = []string{
	"令和８年度の業務報告について、各課の担当者は月末までに所定の様式により提出してください。",
	"なお、障害の発生時には速やかに情報課へ連絡するとともに、対応の経過を台帳に記録すること。",
	"市民の皆様におかれましては、日頃より市政運営に御理解と御協力を賜り厚く御礼申し上げます。",
	"本計画は、地域の特性を踏まえ、関係機関との連携を図りながら、総合的に施策を推進するものである。",
	"会議の概要は次のとおりであり、委員からは財源の確保や周知の方法について意見があった。",
	"国の補助制度を活用し、老朽化した設備の更新と維持管理費の縮減を両立させる。",
	"森林の整備、農地の保全、水源の涵養など、多面的な機能の発揮が期待されている。",
	"第3条の規定にかかわらず、市長が特に必要と認めるときは、この限りでない。",
	"平成30年4月1日から施行し、同日以後に申請のあったものから適用する。",
	"図書館の利用者数は前年度に比べて約12％増加し、貸出冊数も過去最高となった。",
}

func officeText(size int) []byte {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		for k := range 3 {
			b.WriteString(sentences[(i*7+k*3+i/11)%len(sentences)])
		}
		b.WriteByte('\n')
		if i%50 == 0 {
			b.WriteString("担当 架空 太郎 電話 055-234-5678 メール taro@example.jp 個人番号 123456789018\n")
		}
	}
	return []byte(b.String())
}

// BenchmarkBesideRipgrep reads the same text by turns with ripgrep and
// testdata/ripgrep.patterns, with the rules of numbers alone, and with all.
func BenchmarkBesideRipgrep(b *testing.B) {
	program, err := exec.LookPath("rg")
	if err != nil {
		b.Fatal("ripgrep is the measure: apt-get install ripgrep")
	}
	text := officeText(64 << 20)
	file := filepath.Join(b.TempDir(), "text")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		b.Fatal(err)
	}
	var numbers []Rule
	for _, r := range standardRules() {
		if r.digits != nil || r.at != nil {
			numbers = append(numbers, r)
		}
	}
	some, all := compile(numbers), Standard()
	var theirs, ours, every time.Duration
	for b.Loop() {
		rg := exec.Command(program, "-j1", "-c", "-f", "testdata/ripgrep.patterns", file)
		if err := rg.Run(); err != nil {
			b.Fatal(err)
		}
		theirs += rg.ProcessState.UserTime() + rg.ProcessState.SystemTime()
		ours += spent(b, some, text)
		every += spent(b, all, text)
	}
	b.ReportMetric(float64(theirs)/float64(ours), "numbers/rg")
	b.ReportMetric(float64(theirs)/float64(every), "all/rg")
}

func spent(b *testing.B, e *Engine, text []byte) time.Duration {
	before := cpuTime(b)
	e.NewDocument().Add(Block{Text: text})
	return cpuTime(b) - before
}
