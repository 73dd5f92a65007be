package detect

import (
	"strings"
	"testing"
)

// benchText is Japanese office prose with a number, a phone and an address now
// and then.
func benchText() []byte {
	const prose = "令和８年度の業務報告について、各課の担当者は月末までに所定の様式により提出してください。" +
		"なお、障害の発生時には速やかに情報課へ連絡するとともに、対応の経過を台帳に記録すること。\n"
	const rare = "担当 架空 太郎 電話 055-234-5678 メール taro@example.jp 個人番号 123456789018\n"
	return []byte(strings.Repeat(strings.Repeat(prose, 20)+rare, 400))
}

func BenchmarkPassProse(b *testing.B) {
	text, e := benchText(), Standard()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		d := e.NewDocument()
		d.Add(Block{Text: text})
	}
}

func BenchmarkPassTable(b *testing.B) {
	text := []byte("番号,氏名,個人番号,電話\n" + strings.Repeat("17,架空 太郎,123456789018,090-1234-5678\n", 30000))
	e := Standard()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		d := e.NewDocument()
		d.Add(Block{Text: text, Sep: ','})
	}
}

func BenchmarkPassASCII(b *testing.B) {
	text := []byte(strings.Repeat("2026-11-22T10:00:00Z host daemon[1234]: connection from 192.0.2.17 port 50022 closed, took 12.5 ms\n", 20000))
	e := Standard()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		d := e.NewDocument()
		d.Add(Block{Text: text})
	}
}
