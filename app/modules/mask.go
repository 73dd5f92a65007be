package modules

import (
	"slices"
	"strings"

	"daicho/app/detect"
)

const (
	// masked stands where an individual number stood.
	masked = "〔個人番号〕"
	// withheld stands where a text stood of which no number could be taken out.
	withheld = "〔個人番号を含むため、ここには表示していません。隔離したメールを確認してください。〕"
)

// MaskNumbers takes individual numbers (個人番号) out of a text in which the detector
// is sure of one, and says whether it was. A number whose check digit is wrong stays.
// No text is left in which the detector would still be sure.
func MaskNumbers(text string) (string, bool) {
	if !sure(text) {
		return text, false
	}
	var b strings.Builder
	from := 0
	for _, s := range detect.IndividualSpans([]byte(text)) {
		b.WriteString(text[from:s.From] + masked)
		from = s.To
	}
	b.WriteString(text[from:])
	if out := b.String(); !sure(out) {
		return out, true
	}
	return withheld, true
}

// MayHoldNumber says whether a text has what may be an individual number, of which the
// detector is not sure: whoever wrote it is asked.
func MayHoldNumber(text string) bool {
	return holdsNumber(read(text), detect.Medium, detect.Low)
}

func sure(text string) bool { return holdsNumber(read(text), detect.High) }

func read(text string) *detect.Document {
	d := detect.Standard().NewDocument()
	d.Add(detect.Block{Text: []byte(text)})
	return d
}

func holdsNumber(d *detect.Document, how ...detect.Confidence) bool {
	for _, f := range d.Findings() {
		if f.Kind == detect.IndividualNumber && slices.Contains(how, f.Confidence) {
			return true
		}
	}
	return false
}

// NumberSearch looks for individual numbers in the pieces of a document, of which the
// detector is sure by what stands above them and beside them.
type NumberSearch struct{ document *detect.Document }

// SearchNumbers begins a search.
func SearchNumbers() *NumberSearch { return &NumberSearch{detect.Standard().NewDocument()} }

// Add reads a piece that ends where a line ends; sep stands between its cells, 0 in
// prose. continues says that it goes on with the piece before.
func (s *NumberSearch) Add(text []byte, sep byte, continues bool) {
	s.document.Add(detect.Block{Text: text, Sep: sep, Continues: continues})
}

// Found says whether there was one.
func (s *NumberSearch) Found() bool { return holdsNumber(s.document, detect.High) }
