package wire

import (
	"fmt"
	"strconv"
	"strings"

	"daicho/app"
)

// Have says how much of an attachment the server has from a device.
type Have struct {
	Bytes int64 `cbor:"1,keyasint,omitempty"` // that came before the connection broke
	All   bool  `cbor:"2,keyasint,omitempty"` // from whomever
}

var errContentRange = app.Refuse(app.Invalid, "", "添付ファイルの範囲の指定が正しくありません。", "not a range of an attachment up to its end")

// ContentRange says that a body is what stands from an offset to the end.
func ContentRange(from, size int64) string { return fmt.Sprintf("bytes %d-%d/%d", from, size-1, size) }

// ParseFrom is the offset of a body: 0 where there is no header.
func ParseFrom(header string) (int64, error) {
	if header == "" {
		return 0, nil
	}
	span, size, ok := strings.Cut(strings.TrimPrefix(header, "bytes "), "/")
	first, last, dash := strings.Cut(span, "-")
	from, err := strconv.ParseInt(first, 10, 64)
	end, endErr := strconv.ParseInt(last, 10, 64)
	if !ok || !dash || err != nil || endErr != nil || from < 0 || end < from || size != strconv.FormatInt(end+1, 10) || header != ContentRange(from, end+1) {
		return 0, errContentRange
	}
	return from, nil
}
