package csv

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// starts are the characters with which a cell becomes a formula when a spreadsheet
// opens the file. Japanese versions take the full-width signs too.
const starts = "=+-@\t\r\n＝＋－＠"

// negative matches a plain negative number: no formula can be made of it.
var negative = regexp.MustCompile(`^-[0-9,]*\.?[0-9]+%?$`)

// Neutralize returns a cell that no spreadsheet takes for a formula: one that
// starts like one gets an apostrophe before it, by which spreadsheets mark text.
//
// Left as they are: plain negative numbers (-1,134 or -0.5%), so that they can be
// summed, and a lone sign (- or －, not applicable). A telephone number that
// starts with a plus is marked, since a spreadsheet would calculate
// +81-55-000-0000; one that starts with 0 needs nothing. Texts that start with
// apostrophes before such a sign get one more, so that taking one away always
// gives back the cell.
func Neutralize(cell string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(cell, "'"))
	if !strings.ContainsRune(starts, first) || negative.MatchString(cell) || isLoneSign(cell) {
		return cell
	}
	return "'" + cell
}

func isLoneSign(cell string) bool {
	return utf8.RuneCountInString(cell) == 1 && !strings.ContainsAny(cell, "\t\r\n")
}
