package main

import (
	"os"
	"testing"

	"fyne.io/fyne/v2/lang"
)

// TestSpeakLeavesTheCharacters: Fyne's dialogs have the window's language, and the
// locale that an input method needs is the person's own.
func TestSpeakLeavesTheCharacters(t *testing.T) {
	for _, c := range []struct{ all, ctype, lang, wantCtype string }{
		{"", "", "ja_JP.UTF-8", ""},
		{"", "", "C", ""},
		{"", "de_DE.UTF-8", "C", "de_DE.UTF-8"},
		{"fr_FR.UTF-8", "de_DE.UTF-8", "C", "fr_FR.UTF-8"},
	} {
		t.Setenv("LC_ALL", c.all)
		t.Setenv("LC_CTYPE", c.ctype)
		t.Setenv("LANG", c.lang)
		t.Setenv("LC_MESSAGES", "es_ES.UTF-8")
		t.Setenv("LANGUAGE", "es")
		for language, want := range map[string]string{"ja": "ja-JP", "en": "en-US"} {
			if err := speak(language); err != nil {
				t.Fatal(err)
			}
			if got := lang.SystemLocale().LanguageString(); got != want {
				t.Errorf("%+v: Fyne speaks %s, want %s", c, got, want)
			}
			if got, want := lang.X("file.parent", "?"), map[string]string{"ja": "親フォルダー", "en": "Parent"}[language]; got != want {
				t.Errorf("%+v: a file dialog says %q, want %q", c, got, want)
			}
		}
		if all, ctype := os.Getenv("LC_ALL"), os.Getenv("LC_CTYPE"); all != "" || ctype != c.wantCtype {
			t.Errorf("%+v: LC_ALL is %q, LC_CTYPE is %q", c, all, ctype)
		}
	}
}

func TestPreferX11(t *testing.T) {
	for _, c := range []struct{ display, chosen, want string }{
		{":0", "", "x11"},
		{":0", "wayland", "wayland"},
		{"", "", ""}, // Wayland alone
	} {
		t.Setenv("DISPLAY", c.display)
		t.Setenv(platform, c.chosen)
		if err := preferX11(); err != nil {
			t.Fatal(err)
		}
		if got := os.Getenv(platform); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
