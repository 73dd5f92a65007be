package finding

import (
	"fmt"
	"strconv"
)

// notApplicable stands where there is nothing to say.
const notApplicable = "－"

// Rate is a share with its fraction, cut off after two digits: 98.14 %（1,113/1,134）.
func Rate(n, of int64) string {
	if of <= 0 {
		return notApplicable
	}
	cut := n * 10_000 / of
	return fmt.Sprintf("%d.%02d %%（%s/%s）", cut/100, cut%100, thousands(n), thousands(of))
}

func count(n int) string { return thousands(int64(n)) }

// thousands is a number with separators.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// signed is a difference: +3, ▲2, ±0.
func signed(n int64) string {
	switch {
	case n > 0:
		return "+" + thousands(n)
	case n < 0:
		return "▲" + thousands(-n)
	}
	return "±0"
}
