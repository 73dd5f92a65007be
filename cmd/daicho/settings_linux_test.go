package main

import (
	"context"
	"encoding/json"
	"image/color"
	"testing"
	"time"

	core "daicho/app"
	"daicho/ui"
)

// TestSettingsOfADevice: in the real window a person chooses another language, other
// colours and a larger text with the keyboard. That counts at once, is there after a
// power cut, and costs no memory however often it is changed.
func TestSettingsOfADevice(t *testing.T) {
	s := newScreen(t)
	s.create()
	kill := s.start("--lock-after", "0")
	beside := s.replica()
	kept := func() (set ui.Settings) {
		value, err := beside.Setting(context.Background(), keptByScreens+settingsName)
		if err != nil {
			t.Fatal(err)
		}
		if value != nil {
			if err := json.Unmarshal(value, &set); err != nil {
				t.Fatal(err)
			}
		}
		return set
	}
	s.keys("ctrl+comma", "Right", "F6", "Right")
	s.until("language and colours are kept", func() bool { return kept().Lang == core.EN && kept().Palette == ui.Dark })
	s.until("the window is dark", func() bool { return dark(s.picture("set-dark").At(2, 300)) })
	s.keys("F6")
	before := 0.0
	for turn := range 40 {
		s.keys([]string{"Right", "Left"}[turn%2])
		if turn == 9 {
			s.until("the text is as before", func() bool { return kept().Text == 100 })
			_, before = s.memory()
		}
	}
	s.until("the text is as before", func() bool { return kept().Text == 100 })
	_, after := s.memory()
	t.Logf("%.0f MB after 10 changes of the text size, %.0f MB after 40", before, after)
	if after > before*1.3+40 {
		t.Errorf("%.0f MB after 10 changes, %.0f MB after 40", before, after)
	}
	s.keys("Right")
	s.until("the size is kept", func() bool { return kept().Text == 115 })
	kill()

	s.start()
	s.until("the window is as it was left", func() bool { return dark(s.picture("set-again").At(2, 300)) })
	if got := kept(); got.Text != 115 || got.LockAfter != 0 {
		t.Errorf("%+v", got)
	}
}

func dark(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	return (r+g+b)/3 < 0x4000
}

// What is said at the start goes before what is set, and what is set before what is
// usual.
func TestWhatIsSaidGoesBeforeWhatIsSet(t *testing.T) {
	hour := time.Hour
	set := ui.Settings{Lang: core.EN, Palette: ui.BySystem, Text: 130, LockAfter: time.Minute}
	said := args{Lang: "ja", Dark: true, Text: 115, LockAfter: &hour}
	if got := (&args{}).over(set); got != set {
		t.Errorf("nothing was said: %+v", got)
	}
	if got := said.over(set); got.Lang != core.JA || got.Palette != ui.Dark || got.Text != 115 || got.LockAfter != hour {
		t.Errorf("all was said: %+v", got)
	}
}
