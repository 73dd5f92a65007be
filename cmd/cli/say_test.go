package cli

import (
	"errors"
	"fmt"
	"testing"

	"daicho/app"
)

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want app.Lang
	}{
		{nil, app.EN},
		{map[string]string{"LANG": "ja_JP.UTF-8"}, app.JA},
		{map[string]string{"LANG": "C", "LC_MESSAGES": "ja_JP.UTF-8"}, app.JA},
		{map[string]string{"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, app.EN},
	} {
		if got := language(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %s, want %s", c.env, got, c.want)
		}
	}
}

func TestSay(t *testing.T) {
	locked := app.Refuse(app.Invalid, "name", "使えません。", "cannot be used")
	full := app.Because(errors.New("no space"), app.Failed, "空きがありません。", "is full")
	wrong := app.Because(errors.New("sentinel"), app.Forbidden, "違います。", "is wrong")
	for _, c := range []struct {
		err    error
		ja, en string
	}{
		{errors.New("plain"), "plain", "plain"},
		{fmt.Errorf("replica r: %w", locked), "replica r: name: 使えません。", "replica r: name: cannot be used"},
		{fmt.Errorf("a: %w; try b", full), "a: 空きがありません。; try b", "a: is full: no space; try b"},
		{errors.Join(wrong, Misused("b: %w", locked)), "違います。; b: name: 使えません。", "is wrong: sentinel; b: name: cannot be used"},
	} {
		for lang, want := range map[app.Lang]string{app.JA: c.ja, app.EN: c.en, "": c.en} {
			if got := (&Console{Lang: lang}).say(c.err); got != want {
				t.Errorf("%q: %q, want %q", lang, got, want)
			}
		}
	}
}
