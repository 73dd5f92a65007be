package corpustest

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	"daicho/app/extract/pdf"
)

// Result is what the scan found in one case.
type Result struct {
	*Case
	Author    string
	Found     map[Kind]int // distinct values at high and medium
	Protected bool         // whether all that was told of the protection is right
	Told      string       // the protection that was told of the file
	Unread    bool         // whether a file or entry that is not protected was not read in full
	Estimate  int          // of persons
	CPU       time.Duration
}

// Measure scans what [Make] made in dir, one case after the other, and compares.
// spent tells the CPU time that the process has used.
func Measure(ctx context.Context, dir string, spent func() time.Duration, parts ...Part) ([]Result, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	engine := pdf.New(filepath.Join(cache, "daicho", "pdf"))
	defer engine.Close()
	var results []Result
	for _, p := range parts {
		for i := range p.Cases {
			c := &p.Cases[i]
			folder, before := folderOf(dir, p, c), spent()
			lines, err := scanned(ctx, engine, folder)
			if err != nil {
				return nil, err
			}
			r := compare(p.Author, c, folder, lines)
			r.CPU = spent() - before
			results = append(results, r)
		}
	}
	return results, nil
}

func compare(author string, c *Case, folder string, lines []line) Result {
	r := Result{Case: c, Author: author, Found: found(lines), Protected: true, Told: "no line"}
	file := filepath.Join(folder, c.File)
	entries, noted := 0, c.Note == ""
	for _, l := range lines {
		r.Estimate += l.Persons
		noted = noted || l.Note == c.Note
		if l.Note != c.Note && l.Note != "" {
			r.Protected = false
		}
		r.Unread = r.Unread || l.Protection == "none" && l.Scanned != "full"
		if l.Path == file {
			r.Told = string(l.Protection)
			r.Protected = r.Protected && l.Protection == c.protection()
		} else if want, ok := c.Entries[entryOf(l.Path, file)]; ok {
			entries++
			r.Protected = r.Protected && l.Protection == want
		}
	}
	r.Protected = r.Protected && r.Told != "no line" && noted && entries == len(c.Entries)
	return r
}

// entryOf is the path of an archive's entry inside the archive.
func entryOf(path, file string) string {
	if len(path) <= len(file)+2 {
		return ""
	}
	return path[len(file)+2:] // after "!/"
}

// missed and false count values by which a result is wrong.
func (r *Result) missed(k Kind) int { return max(r.Want[k].Min-r.Found[k], 0) }
func (r *Result) wrong(k Kind) int  { return max(r.Found[k]-r.Want[k].Max, 0) }

// band is that of a number of persons: 1–9, 10–99, 100–999, 1,000 and more.
func band(persons int) int {
	b := 0
	for _, least := range []int{1, 10, 100, 1000} {
		if persons >= least {
			b++
		}
	}
	return b
}

// Score is how well one kind was found in some files.
type Score struct {
	Wanted, Hit    int // distinct values that a person counts, and that were found
	Found, Right   int // that were found, and that a person would count
	Files, FileHit int // that hold the kind, and where any was found
	FileWrong      int // where more was found than a person counts
}

// Recall is the share of wanted values that were found, 0 to 1.
func (s Score) Recall() float64 { return share(s.Hit, s.Wanted) }

// FileRecall is the share of files that hold the kind where it was found, 0 to 1.
func (s Score) FileRecall() float64 { return share(s.FileHit, s.Files) }

// Precision is the share of found values that a person would count, 0 to 1.
func (s Score) Precision() float64 { return share(s.Right, s.Found) }

// share is 1 where there was nothing to miss.
func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// ScoreOf is the score of a kind in results.
func ScoreOf(results []Result, k Kind) (s Score) {
	for i := range results {
		s = s.plus(results[i].score(k))
	}
	return s
}

// Overall is the score of all kinds together.
func Overall(results []Result) (s Score) {
	for _, k := range Kinds {
		s = s.plus(ScoreOf(results, k))
	}
	return s
}

func (r *Result) score(k Kind) Score {
	s := Score{Wanted: r.Want[k].Min, Found: r.Found[k]}
	s.Hit, s.Right = s.Wanted-r.missed(k), s.Found-r.wrong(k)
	s.Files, s.FileHit, s.FileWrong = one(s.Wanted > 0), one(s.Wanted > 0 && s.Found > 0), one(r.wrong(k) > 0)
	return s
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

func (s Score) plus(o Score) Score {
	return Score{
		s.Wanted + o.Wanted, s.Hit + o.Hit, s.Found + o.Found, s.Right + o.Right,
		s.Files + o.Files, s.FileHit + o.FileHit, s.FileWrong + o.FileWrong,
	}
}

// Worst are the results that are wrong, by how many values, the worst first.
func Worst(results []Result) []Result {
	wrong := slices.DeleteFunc(slices.Clone(results), func(r Result) bool { return r.errors() == 0 })
	slices.SortStableFunc(wrong, func(a, b Result) int { return cmp.Compare(b.errors(), a.errors()) })
	return wrong
}

// errors weighs a wrong protection like ten values: it decides whether a file
// is reported at all.
func (r *Result) errors() int {
	n := 10 * one(!r.Protected)
	for _, k := range Kinds {
		n += r.missed(k) + r.wrong(k)
	}
	return n
}
