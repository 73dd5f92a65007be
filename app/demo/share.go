package demo

import (
	"os"
	"path"
	"path/filepath"
	"time"
)

// Outcome is what a scan must say of a file of the share.
type Outcome string

// The outcomes.
const (
	Exposed   Outcome = "exposed"   // personal data, and nothing protects it
	Protected Outcome = "protected" // a password or key protects it
	Clean     Outcome = "clean"     // read in full, and nothing in it
	Unread    Outcome = "unread"    // cannot be read: never called clean
)

// Expected says what a scan must find in one file, or one entry of an archive.
type Expected struct {
	Path    string // relative to the share, with slashes; entries as a.zip!/b.csv
	Outcome Outcome
	Kinds   []string // of an exposed file, in the order of the scanner's kinds
}

// shareTime is when every file of the share was last changed.
var shareTime = time.Date(2026, time.April, 1, 9, 0, 0, 0, time.FixedZone("JST", 9*60*60))

// WriteShare writes the city's sample file share into dir, which it makes when
// needed: folders by department, with documents of many formats. It returns
// what a scan of it must find, ordered by path. Files of an earlier run are
// overwritten with the same bytes.
func WriteShare(dir string) ([]Expected, error) {
	var expected []Expected
	for _, f := range shareFiles() {
		content, err := f.content()
		if err != nil {
			return nil, err
		}
		to := filepath.Join(dir, filepath.FromSlash(f.path))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(to, content, 0o644); err != nil {
			return nil, err
		}
		if err := os.Chtimes(to, shareTime, shareTime); err != nil {
			return nil, err
		}
		expected = append(expected, f.expected()...)
	}
	return expected, nil
}

// shareFile is one file of the share with what a scan must find in it.
type shareFile struct {
	path    string
	outcome Outcome
	kinds   []string
	entries []Expected // with paths inside the archive
	content func() ([]byte, error)
}

func (f shareFile) expected() []Expected {
	all := []Expected{{f.path, f.outcome, f.kinds}}
	for _, e := range f.entries {
		all = append(all, Expected{f.path + "!/" + e.Path, e.Outcome, e.Kinds})
	}
	return all
}

// in puts files into a department's folder.
func in(folder string, files ...shareFile) []shareFile {
	for i := range files {
		files[i].path = path.Join(folder, files[i].path)
	}
	return files
}

// The kinds of the scanner that occur together in the share, in its order.
var (
	numberOnly  = []string{"individual_number"}
	numberName  = []string{"individual_number", "person_name"}
	numberPhone = []string{"individual_number", "phone", "person_name"}
	numberForm  = []string{"individual_number", "postal_address", "person_name"}
	wholePerson = []string{"individual_number", "phone", "postal_address", "person_name", "birth_date"}
	visited     = []string{"individual_number", "phone", "postal_address", "birth_date"}
	addressed   = []string{"phone", "postal_address", "person_name"}
	reachable   = []string{"phone", "email", "person_name"}
	phoneMail   = []string{"phone", "email"}
)

func exposed(name string, kinds []string, content func() ([]byte, error)) shareFile {
	return shareFile{path: name, outcome: Exposed, kinds: kinds, content: content}
}

func clean(name string, content func() ([]byte, error)) shareFile {
	return shareFile{path: name, outcome: Clean, content: content}
}

func locked(name string, content func() ([]byte, error)) shareFile {
	return shareFile{path: name, outcome: Protected, content: content}
}

func unread(name string, content func() ([]byte, error)) shareFile {
	return shareFile{path: name, outcome: Unread, content: content}
}

// archive is a file whose own entries carry the outcome.
func archive(name string, outcome Outcome, content func() ([]byte, error), entries ...Expected) shareFile {
	return shareFile{path: name, outcome: outcome, content: content, entries: entries}
}
