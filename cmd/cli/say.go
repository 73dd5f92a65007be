package cli

import (
	"strings"

	"daicho/app"
)

// language is that of the terminal, as POSIX names it (LC_ALL, then LC_MESSAGES,
// then LANG): Japanese where it says so, else English.
func language(env func(string) string) app.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := env(name); locale != "" {
			if strings.HasPrefix(locale, string(app.JA)) {
				return app.JA
			}
			return app.EN
		}
	}
	return app.EN
}

// say is an error on one line, in the console's language. What stands around its
// sentences, such as the folder that they are about, stays.
func (c *Console) say(err error) string {
	text := err.Error()
	if c.Lang == app.JA {
		for _, e := range sentences(err) {
			text = strings.Replace(text, e.Error(), japanese(e), 1)
		}
	}
	return oneLine(text)
}

// sentences are those that an error is made of.
func sentences(err error) (all []*app.Error) {
	switch e := err.(type) {
	case *app.Error:
		all = append(all, e)
	case interface{ Unwrap() error }:
		all = sentences(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, part := range e.Unwrap() {
			all = append(all, sentences(part)...)
		}
	}
	return all
}

// japanese is the sentence with its field. The machine's own words behind it are
// English, and left out.
func japanese(e *app.Error) string {
	if e.Field != "" {
		return e.Field + ": " + e.Say.JA
	}
	return e.Say.JA
}
