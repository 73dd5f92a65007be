package extract

import "strconv"

// pageName is the part of a document that begins at the n-th page, from 0.
func pageName(n int) string { return "page " + strconv.Itoa(n+1) }
