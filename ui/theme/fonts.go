package theme

import (
	"encoding/binary"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
)

// Line metrics in 1/2048 em. BIZ UD declares exactly 1 em, which clips g and y
// and sets kanji too high; this pair leaves room (line 1.39 em) and puts the
// middle of a kanji in the middle of the line. The shipped files stay as their
// makers made them: only the copy in memory is changed (SIL OFL 1.1).
const ascent, descent = 2130, -720

// face is one of the four fonts of the window.
type face int

const (
	regular face = iota
	bold
	mono
	monoBold
	faces
)

// fontFiles names the font of each face: proportional for reading,
// monospaced for digits that must line up.
func fontFiles() [faces]string {
	return [faces]string{"BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf", "BIZUDGothic-Regular.ttf", "BIZUDGothic-Bold.ttf"}
}

func faceOf(s fyne.TextStyle) face {
	switch {
	case s.Monospace && s.Bold:
		return monoBold
	case s.Monospace:
		return mono
	case s.Bold:
		return bold
	}
	return regular
}

func loadFonts(file func(name string) []byte) (fonts [faces]fyne.Resource, err error) {
	for i, name := range fontFiles() {
		b := file(name)
		if err := setMetrics(b, ascent, descent); err != nil {
			return fonts, fmt.Errorf("font %s: %w", name, err)
		}
		fonts[i] = fyne.NewStaticResource(name, b)
	}
	return fonts, nil
}

// ReadFonts has Fyne read the fonts that every page has, which takes it a good
// part of a start: else it does so when a text of the style is first measured.
// Fyne keeps what it has read without a lock. So this may go on beside the window
// being made, but nothing else may measure or draw a text until it returns.
func ReadFonts() {
	for _, s := range []fyne.TextStyle{{}, {Bold: true}, {Monospace: true}} {
		fyne.MeasureText(" ", Body, s)
	}
}

var errFont = errors.New("not a TrueType font with hhea and OS/2 tables")

// setMetrics gives a TrueType font other line metrics in hhea (ascender,
// descender) and OS/2 (sTypoAscender, sTypoDescender, usWinAscent,
// usWinDescent), the places that renderers read.
func setMetrics(b []byte, asc, desc int16) error {
	if len(b) < 12 {
		return errFont
	}
	found := 0
	for i := range int(binary.BigEndian.Uint16(b[4:])) {
		at := 12 + 16*i
		if at+16 > len(b) {
			return errFont
		}
		fields := metricFields(string(b[at:at+4]), asc, desc)
		off := uint64(binary.BigEndian.Uint32(b[at+8:]))
		for _, f := range fields {
			if off+f.at+2 > uint64(len(b)) {
				return errFont
			}
			binary.BigEndian.PutUint16(b[off+f.at:], uint16(f.value))
		}
		if len(fields) > 0 {
			found++
		}
	}
	if found != 2 {
		return errFont
	}
	return nil
}

type metricField struct {
	at    uint64 // offset within the table
	value int16
}

func metricFields(table string, asc, desc int16) []metricField {
	switch table {
	case "hhea":
		return []metricField{{4, asc}, {6, desc}}
	case "OS/2":
		return []metricField{{68, asc}, {70, desc}, {74, asc}, {76, -desc}}
	}
	return nil
}
