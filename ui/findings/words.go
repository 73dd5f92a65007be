package findings

import (
	"strconv"

	"daicho/app"
	"daicho/ui/text"
)

// sayings are the words of the pages of scans.
type sayings struct{ *text.Words }

// files is a number of files: 957件, in English 957.
func (w sayings) files(n int64) string { return w.Count(int(n)) }

// change is a difference: ＋3, ▲2, ±0; － where there is nothing before.
func (w sayings) change(c change) string {
	switch {
	case !c.known:
		return "－"
	case c.by > 0:
		return "＋" + w.Number(int(c.by))
	case c.by < 0:
		return "▲" + w.Number(int(-c.by))
	}
	return "±0"
}

// percent is a share, cut off after two digits; － of nothing.
func percent(n, of int64) string {
	if of <= 0 {
		return "－"
	}
	cut := strconv.FormatInt(n*10_000/of, 10)
	for len(cut) < 3 {
		cut = "0" + cut
	}
	return cut[:len(cut)-2] + "." + cut[len(cut)-2:] + "%"
}

// fraction is what a share is made of: 1,113 / 1,134件.
func (w sayings) fraction(n, of int64) string {
	return w.Number(int(n)) + " / " + w.files(of)
}

// shared is a share with its fraction.
func (w sayings) shared(n, of int64) string {
	if of <= 0 {
		return "－"
	}
	return percent(n, of) + w.Of(app.Label{JA: "（", EN: " ("}) + w.Number(int(n)) + "/" + w.Number(int(of)) + w.Of(app.Label{JA: "）", EN: ")"})
}

// department is the name of one, or that nobody named it.
func (w sayings) department(name string) string {
	if name == "" {
		return w.Of(app.Label{JA: "所属なし", EN: "No department"})
	}
	return name
}
