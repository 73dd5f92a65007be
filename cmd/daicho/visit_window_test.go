package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	core "daicho/app"
	"daicho/app/access"
	"daicho/app/dispatch"
	"daicho/app/people"
	"daicho/app/ticket"
)

// TestAVisitInTheBasement is a visit without a line, with the keyboard alone on a screen
// of 1024 by 768: one key at the door, one as the work begins, what was done with a
// photo, the confirmation by name, and the report on the spot. When the line is back the
// server has all of it.
func TestAVisitInTheBasement(t *testing.T) {
	for _, lang := range []core.Lang{core.JA, core.EN} {
		t.Run(string(lang), func(t *testing.T) {
			c := newTown(t, lang, "佐々木 健", access.FieldEngineer)
			visit := c.wished()
			c.open()
			c.line.mu.Lock() // nothing reaches the server
			c.shown("visit-01-today")
			c.worksOn(visit)
			c.isConfirmed(visit)
			c.line.mu.Unlock()
			c.keys("F5")
			c.until("everything is sent", func() bool {
				counts, err := c.mine.Status(t.Context())
				ok(t, err)
				return counts.Pending == 0
			})
			c.shown("visit-12-sent")
			c.reached(visit)
		})
	}
}

// wished is a visit for whom somebody waits in the basement.
func (c *town) wished() core.Ref {
	t, r := c.t, c.colleague
	site := entered(t, r, people.SiteKind, "name=本庁舎", "main=yes")
	asked := entered(t, r, ticket.Kind, "title=本庁舎地下の端末が起動しない", "channel=phone", "department=税務課", "requester=印南 帳子", "extension=2231", "asset=PC-1182",
		"body=電源を入れても画面が暗いまま。")
	return entered(t, r, dispatch.Kind, "ticket="+asked.String(), "site="+site.String(), "engineer=佐々木 健", "wished="+inAnHour(), "wished_by=税務課 印南")
}

// worksOn arrives, works, and writes down what was done.
func (c *town) worksOn(visit core.Ref) {
	t := c.t
	is := func(what string, state dispatch.State) {
		awaited(c, what, dispatch.Register, func(v *dispatch.Visit) bool { return v.Ref == visit && v.State == state })
	}
	c.section("dispatches")
	c.keys("Return")
	c.shown("visit-02-opened")
	c.keys("ctrl+d")
	is("one key is the arrival", dispatch.There)
	c.shown("visit-03-arrived")
	c.keys("ctrl+d")
	is("one key begins the work", dispatch.Working)
	c.face(3)
	c.shown("visit-04-working")

	ok(t, os.WriteFile(filepath.Join(c.files, "photo.png"), photo(t), 0o600))
	c.keys("ctrl+s", "ctrl+Return")
	c.shown("visit-05-wanted") // what was done
	c.write(c.says("電源を交換し、起動を確かめた。", "The power supply was replaced; it starts."))
	c.keys("Tab")
	c.write(c.says("電源 1個", "1 power supply"))
	c.keys("Tab")
	c.write(c.says("古い電源を廃棄する。", "Dispose of the old one."))
	c.keys("Tab", "Tab")
	c.shown("visit-06-written")
	c.keys("space")
	c.shown("visit-06-photo")

	c.keys("Tab", "Tab", "Right", "space")
	c.shown("visit-07-chosen")
	c.keys("shift+Tab", "shift+Tab", "space")
	c.shown("visit-07-attached")
	c.keys("ctrl+s")
	c.shown("visit-08-done")
	c.keys("ctrl+Return")
	is("the work is done", dispatch.Done)
}

// isConfirmed has the work confirmed by a name, and the report made on the spot.
func (c *town) isConfirmed(visit core.Ref) {
	c.keys("ctrl+d")
	c.write(c.says("印南 帳子", "Innami"))
	c.keys("Tab", "space")
	c.shown("visit-09-confirm")
	c.keys("ctrl+Return")
	awaited(c, "who asked has confirmed it", dispatch.Register, func(v *dispatch.Visit) bool { return v.Ref == visit && v.Confirmed != "" })
	c.keys("ctrl+p")
	c.shown("visit-10-papers")
	c.keys("Return", "Return")
	words := c.paper("*.pdf")
	for _, want := range []string{"現地対応報告書", "本庁舎", "佐々木 健", "PC-1182", "署名に代えて氏名の入力で確認", c.says("印南 帳子", "Innami"), c.says("電源 1個", "1 power supply")} {
		if !strings.Contains(words, want) {
			c.t.Errorf("the report has no %s:\n%s", want, words)
		}
	}
	c.shown("visit-11-printed")
}

// reached finds the visit at the other desk, by the server.
func (c *town) reached(visit core.Ref) {
	t := c.t
	synced(t, c.colleague)
	rec, err := c.colleague.Get(t.Context(), visit)
	ok(t, err)
	v := rec.(*dispatch.Visit)
	if v.State != dispatch.Done || v.Confirmed == "" || v.Work == "" || v.Parts == "" || v.Next == "" || len(v.Photos) != 1 {
		t.Errorf("the server has %+v", v)
	}
	steps, err := core.Every(t.Context(), c.colleague, dispatch.Steps, core.Query{Where: []core.Cond{core.Where("visit", "=", visit.String())}, Sort: "at"})
	ok(t, err)
	var course []dispatch.What
	for _, s := range steps {
		course = append(course, s.What)
	}
	if len(course) != 5 {
		t.Errorf("the course: %v", course)
	}
}

// photo is a small picture.
func photo(t *testing.T) []byte {
	var out bytes.Buffer
	ok(t, png.Encode(&out, image.NewGray(image.Rect(0, 0, 40, 30))))
	return out.Bytes()
}
