package ticket

import (
	"strings"

	"daicho/app"
)

// Alike asks for the inquiries that say the same as a text, the most alike first: those
// of the past, with their answers, and those that somebody else has just made. What is
// spoken of is looked for by what others call it, too.
func Alike(others func(text string) []string, text string, limit int) app.Like {
	return app.Like{Kind: Kind, Text: text, Also: strings.Join(others(text), "\n"), Fields: []string{"title", "body", "answer"}, Limit: limit}
}

// Alike asks for the others that say the same as an inquiry.
func (t *Ticket) Alike(others func(text string) []string, limit int) app.Like {
	like := Alike(others, t.Title+"\n"+t.Body, limit)
	like.Except = t.Ref.ID
	return like
}
