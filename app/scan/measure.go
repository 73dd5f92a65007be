package scan

import "context"

// Extent is how much there is to scan.
type Extent struct {
	Files int   // entries of archives not counted, what cannot be opened is
	Bytes int64 // of these files
}

// Measure counts what a scan with the same options would meet, and opens none of it.
// It walks as [Run] does, so it may go on beside it. The error is ctx's.
func Measure(ctx context.Context, o Options) (e Extent, err error) {
	files := o.Files
	if files == nil {
		files = Local{}
	}
	(&walker{files, &o}).walk(ctx, o.Paths, func(t *task) bool {
		e.Files++
		e.Bytes += max(t.size, 0)
		return ctx.Err() == nil
	})
	return e, ctx.Err()
}
