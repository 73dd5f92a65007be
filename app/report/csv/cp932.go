package csv

import (
	"strings"

	"daicho/app/report"

	"golang.org/x/text/encoding/japanese"
)

// twins are characters that share one JIS code with another one, which alone
// CP932 has: the wave dash of other systems is the tilde of Windows. They look
// the same on paper, so they are not reported.
var twins = strings.NewReplacer(
	"\u301c", "\uff5e", // wave dash
	"\u2212", "\uff0d", // minus
	"\u2016", "\u2225", // parallel
	"\u2014", "\u2015", // dash
	"\u00a5", "\uffe5", // yen
	"\u00a2", "\uffe0", "\u00a3", "\uffe1", "\u00ac", "\uffe2", // cent, pound, not
	"\u00a6", "\uffe4", // broken bar
	"\u203e", "\uffe3", // overline
)

// toCP932 encodes s and calls missing for each character that CP932 has not; 〓
// is written in its place.
func toCP932(s string, missing func(rune)) string {
	s = twins.Replace(s)
	encoder := japanese.ShiftJIS.NewEncoder()
	if all, err := encoder.String(s); err == nil {
		return all
	}
	var b strings.Builder
	for _, r := range s {
		one, err := encoder.String(string(r))
		if err != nil {
			missing(r)
			one, _ = encoder.String(string(report.Geta)) // 〓 is in JIS X 0208
		}
		b.WriteString(one)
	}
	return b.String()
}
