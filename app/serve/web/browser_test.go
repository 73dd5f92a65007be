package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daicho/app/serve/chrometest"
)

// shot writes pictures to the folder named by DAICHO_SHOTS, for people to look at, and
// holds the page against what must be true at any width.
func shot(t *testing.T, p *chrometest.Page, name string) {
	t.Helper()
	for _, width := range []int{1024, 360} {
		png := p.Picture(width)
		if wide := p.Ask("document.documentElement.scrollWidth"); wide != fmt.Sprint(width) {
			t.Errorf("%s: %s pixels wide at %d", name, wide, width)
		}
		if dir := os.Getenv("DAICHO_SHOTS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("web-%s-%d.png", name, width)), png, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	p.Width(1024)
}

// TestARealBrowser goes the whole way by the keyboard alone, in a browser that runs no
// script: a form with faults, a receipt, the state, the confirmation.
func TestARealBrowser(t *testing.T) {
	d := newDesk(t)
	p := chrometest.Open(t)
	p.Width(1024)
	p.Visit(d.url)
	shot(t, p, "request")
	for _, control := range []string{"textbox: お名前 必須", "textbox: 内容 必須", "button: 送信", "link: 状況を見る", "heading: ヘルプデスクへの依頼"} {
		if all := p.Named(); !slices.Contains(all, control) {
			t.Errorf("a screen reader finds no %q: %q", control, all)
		}
	}

	// Tab goes through the links and then the fields in the order of the page.
	for p.Tab() != "name" {
	}
	p.Enter() // sends what is empty
	p.Await("document.activeElement.className", "faults")
	if title := p.Ask("document.title"); !strings.HasPrefix(title, "エラー") {
		t.Errorf("after a fault the title is %q", title)
	}
	shot(t, p, "faults")
	if n := p.Ask(`Array.from(document.querySelectorAll('.faults a')).filter(a => document.querySelector(a.getAttribute('href'))).length`); n != "5" {
		t.Errorf("%s links lead to fields", n)
	}

	for p.Tab() != "name" {
	}
	for _, step := range []struct{ text, next string }{
		{"葉月 見本", "department"}, {"市民課", "extension"}, {"2134", "site"}, {"本庁舎 2階", "device"}, {"複合機", "what"}, {"印刷できません。紙は入っています。", "wished"},
	} {
		p.Type(step.text)
		if at := p.Tab(); at != step.next {
			t.Errorf("after %q comes %q, not %q", step.text, at, step.next)
		}
	}
	for p.Ask("document.activeElement.tagName") != "BUTTON" {
		p.Tab()
	}
	p.Enter()
	shot(t, p, "receipt")
	word := p.Ask("document.querySelectorAll('.code')[1].textContent")
	number := p.Ask("document.querySelector('.code').textContent")
	if all := d.tickets(); len(all) != 1 || all[0].Number != number || all[0].Body != "印刷できません。紙は入っています。" {
		t.Fatalf("%s: %+v", number, all)
	}
	if strings.Contains(p.Ask("location.href"), word) {
		t.Error("the word stands in the address")
	}

	p.Visit(d.url + "/state")
	shot(t, p, "ask")
	for p.Tab() != "number" {
	}
	p.Type(number)
	p.Tab()
	p.Type(strings.ToLower(word))
	p.Enter()
	shot(t, p, "state")
	d.do("answer", cell("text", "トナーを交換しました。"))
	d.do("close")
	p.Visit(d.url + "/state")
	for p.Tab() != "number" {
	}
	p.Type(number)
	p.Tab()
	p.Type(word)
	p.Enter()
	shot(t, p, "closed")
	for p.Ask("document.activeElement.textContent") != "解決したので、完了を確認する" {
		p.Tab()
	}
	p.Enter()
	shot(t, p, "confirmed")
	if g := d.tickets()[0]; g.ConfirmedAt == 0 {
		t.Error("not confirmed")
	}
}
