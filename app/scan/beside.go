package scan

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"daicho/app/extract"
	"daicho/app/extract/charset"
)

// passwordNames are what people call a file that holds the password of what
// lies beside it. A name proves nothing: it is told as a note, never counted.
var passwordNames = []string{"パスワード", "password", "passwd", "解凍キー", "暗証"}

// readableEndings are of files that open without a program of their own, so
// that a password in them can be read.
var readableEndings = []string{"", ".txt", ".csv", ".md", ".rtf", ".eml", ".msg", ".doc", ".docx", ".xls", ".xlsx", ".pdf", ".html"}

// namesPassword says whether a file calls itself the place of a password.
func namesPassword(name string) bool {
	name = strings.ToLower(norm.NFKC.String(charset.Name(name)))
	if !slices.Contains(readableEndings, filepath.Ext(name)) {
		return false
	}
	return slices.ContainsFunc(passwordNames, func(word string) bool { return strings.Contains(name, word) })
}

// holdsPassword says whether a folder has such a file.
func holdsPassword(entries []fs.DirEntry) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Type().IsRegular() && namesPassword(e.Name()) })
}

// noteBeside tells that the password of what is protected may lie beside it,
// unless there is a weakness to tell already.
func noteBeside(lines []Line) {
	for i := range lines {
		locked := lines[i].Protection == extract.ProtectPassword || lines[i].Protection == extract.ProtectPartial
		if locked && lines[i].Note == "" {
			lines[i].Note = extract.NotePasswordBeside
		}
	}
}
