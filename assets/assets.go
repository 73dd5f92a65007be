// Package assets holds the files that travel inside the program: the BIZ UD
// fonts (SIL Open Font License 1.1), the Lucide icons (ISC, parts MIT) and their
// licences, all unmodified, and the table of national holidays.
//
// Ask it for bytes to hand to a theme, a report writer or a calendar. It is no place
// for texts, rules or anything that a city may want to change.
package assets

import (
	"embed"
	"path"
)

//go:embed fonts/*.ttf fonts/OFL*.txt icons/*.svg icons/LICENSE icon.png holidays.csv
var files embed.FS

// Names of the fonts for Font. The P faces are proportional and for the screen;
// the others have full and half widths only, for columns of figures and for paper.
const (
	GothicRegular  = "BIZUDGothic-Regular"
	GothicBold     = "BIZUDGothic-Bold"
	PGothicRegular = "BIZUDPGothic-Regular"
	PGothicBold    = "BIZUDPGothic-Bold"
	MinchoRegular  = "BIZUDMincho-Regular"
)

// Font returns a TrueType font by its name without ending, or nil when there is
// none. Each call returns a copy of its own (4.6 MB; Mincho 6.2 MB), which the caller may change.
func Font(name string) []byte { return read("fonts", name+".ttf") }

// PaperFonts are the fonts of papers: for tables and headings, bold, and for letters.
func PaperFonts() (gothic, bold, mincho []byte) {
	return Font(GothicRegular), Font(GothicBold), Font(MinchoRegular)
}

// Icon returns an SVG icon by its name without ending, such as "book-open", or
// nil when there is none. Its lines are drawn in currentColor.
func Icon(name string) []byte { return read("icons", name+".svg") }

// ProductIcon returns the product's seal as a PNG of 512 pixels a side.
func ProductIcon() []byte { return read("", "icon.png") }

// Holidays returns the table of Japanese holidays from 1970 to 2050, as
// app/calendar reads it. Where its days come from stands in its first lines.
func Holidays() []byte { return read("", "holidays.csv") }

// Licences returns the licence texts of the embedded fonts and icons, which have
// to be shown wherever the program is given away.
func Licences() string {
	return "BIZ UDGothic, BIZ UDPGothic\n\n" + string(read("fonts", "OFL.txt")) +
		"\n\nBIZ UDMincho\n\n" + string(read("fonts", "OFL-Mincho.txt")) +
		"\n\nLucide\n\n" + string(read("icons", "LICENSE"))
}

func read(folder, name string) []byte {
	data, err := files.ReadFile(path.Join(folder, name))
	if err != nil {
		return nil
	}
	return data
}
