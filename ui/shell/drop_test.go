package shell

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"daicho/ui"
	"daicho/ui/kit/kittest"
	"daicho/ui/theme"
)

// TestDropped: a page gets what falls onto the window, but not behind a lock and not
// behind a card; of what is no file of this machine a sentence is said.
func TestDropped(t *testing.T) {
	for _, c := range []struct {
		name   string
		uri    string
		locked bool
		card   bool
		got    int
		said   bool
	}{
		{name: "a file", uri: "file:///a/b.txt", got: 1},
		{name: "locked", uri: "file:///a/b.txt", locked: true},
		{name: "a card", uri: "file:///a/b.txt", card: true},
		{name: "an address", uri: "https://city.example/", said: true},
	} {
		page, said := &taker{}, false
		s := &stage{desk: kittest.Desk(t), open: func() ui.Page { return page }, tell: func(theme.Tone, string) { said = true }}
		if c.card {
			s.overlays = []*overlay{{}}
		}
		uri, err := storage.ParseURI(c.uri)
		if err != nil {
			t.Fatal(err)
		}
		s.dropped(c.locked, fyne.Position{}, []fyne.URI{uri})
		if len(page.paths) != c.got || said != c.said {
			t.Errorf("%s: got %v, said %v", c.name, page.paths, said)
		}
	}
}

type taker struct {
	ui.Page
	paths []string
}

func (p *taker) Drop(_ fyne.Position, paths []string) bool { p.paths = paths; return true }
