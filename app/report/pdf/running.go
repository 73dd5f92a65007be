package pdf

import (
	"fmt"
	"strconv"
	"strings"

	"daicho/app/civil"
	"daicho/app/report"
)

func (l *layout) title(t report.Title) {
	s := l.clean(t.Text, "表題")
	l.put(bookmark{s, l.outline.title(), l.y})
	l.lines(s, l.bold(titleSize), l.sheet.left, l.width(), 0.5)
	if !t.At.IsZero() {
		l.lines(civil.Moment(t.At)+"　現在", l.regular(noteSize), l.sheet.left, l.width(), 1)
	}
	l.y += gap
}

func (l *layout) letter(b report.Letter) {
	f := l.prose(bodySize)
	right := []string{l.clean(b.Number, "文書番号")}
	if !b.Date.IsZero() {
		right = append(right, wide(civil.DateOf(b.Date).Wareki()))
	}
	l.column(right, f, 1)
	l.y += gap
	l.column(l.cleanAll(b.To, "宛先"), f, 0)
	l.y += gap
	l.column(l.cleanAll(b.From, "発信者"), f, 1)
	l.y += 2 * gap
	subject := l.clean(b.Subject, "件名")
	l.put(bookmark{subject, l.outline.title(), l.y})
	l.lines(subject, l.bold(12), l.sheet.left, l.width(), 0.5)
	l.y += 2 * gap
}

// wide writes the digits of a letter's date as wide as its kanji.
func wide(date string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, date)
}

func (l *layout) cleanAll(texts []string, place string) []string {
	clean := make([]string, len(texts))
	for i, s := range texts {
		clean[i] = l.clean(s, place)
	}
	return clean
}

// column sets lines one below the other that begin at the same x: at the left, or
// so far right that the widest ends at the margin.
func (l *layout) column(texts []string, f font, shift float64) {
	widest := 0.0
	for _, s := range texts {
		widest = max(widest, f.width(s))
	}
	over := max(l.width()-widest, 0) * shift
	for _, s := range texts {
		if s != "" {
			l.lines(s, f, l.sheet.left+over, l.width()-over, 0)
		}
	}
}

func (l *layout) heading(b report.Heading) {
	l.counters[b.Level-1]++
	clear(l.counters[b.Level:])
	s := number(b.Level, l.counters[b.Level-1]) + "　" + l.clean(b.Text, "見出し")
	f := l.bold([]float64{12, 11, bodySize, bodySize}[b.Level-1])
	l.need(2 * lineHeight(f.size)) // a heading does not end a page
	l.put(bookmark{s, l.outline.heading(b.Level), l.y})
	indent := float64(b.Level-1) * bodySize * mmPerPoint
	l.lines(s, f, l.sheet.left+indent, l.width()-indent, 0)
	l.y += gap / 2
}

// number writes the n-th heading of a level as official papers do.
func number(level, n int) string {
	kana := []rune("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン")
	s := strconv.Itoa(n)
	if level >= 3 && n <= len(kana) {
		s = string(kana[n-1])
	}
	if level%2 == 0 {
		return "(" + s + ")"
	}
	return s
}

func (l *layout) paragraph(b report.Paragraph) {
	f, shift := l.prose(bodySize), 0.0
	switch b.Style {
	case report.Centre:
		shift = 0.5
	case report.Right:
		shift = 1
	case report.Small:
		f = l.regular(noteSize)
	}
	s := l.clean(b.Text, "本文")
	if b.Style == report.Right && l.isAlmostThere(lineHeight(f.size)) {
		shown := strings.TrimRight(s, " 　")
		l.put(text{l.sheet.left + l.width() - f.width(shown), baseline(l.y, lineHeight(f.size), f.size), shown, f, black})
		l.y = l.floor()
		return
	}
	l.lines(s, f, l.sheet.left, l.width(), shift)
	l.y += gap
}

// isAlmostThere says whether a line goes below the last one, into the margin above
// the footer: 以上 does not stand alone on a page.
func (l *layout) isAlmostThere(h float64) bool {
	return l.y+h > l.floor() && l.y+h <= l.sheet.h-footHeight-2*footSize*mmPerPoint
}

// notes sets the footnotes below a short rule, their texts hanging.
func (l *layout) notes(b report.Notes) {
	f := l.regular(noteSize)
	l.need(gap + lineHeight(f.size))
	l.put(rule{l.sheet.left, l.y, l.sheet.left + 40, l.y, thin, black})
	l.y += gap / 2
	for i, s := range b.Lines {
		mark := fmt.Sprintf("※%d", i+1)
		l.need(lineHeight(f.size))
		l.put(text{l.sheet.left, baseline(l.y, lineHeight(f.size), f.size), mark, f, black})
		l.lines(l.clean(s, mark), f, l.sheet.left+9, l.width()-9, 0)
	}
	l.y += gap
}
