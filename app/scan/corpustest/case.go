// Package corpustest measures the scanner on files whose content is known: it
// has them made, scans them as `daichoctl scan` does, and compares what was
// found with what a person would count. The cases lie in a folder for each
// author: inside by those who wrote the rules, outside by one who has not read
// them, municipal by one who had read some and measured before any was mended. It starts the programs that make files (Debian: see packaging/setup.sh),
// so only tests import it, and no program may.
package corpustest

import (
	"hash/fnv"
	"maps"
	"slices"

	"daicho/app/extract"
)

// Kind is a kind of data as the scan's output writes it. The names are written
// here again so that a corpus does not depend on the rules that it measures.
type Kind string

// The kinds that are measured.
const (
	IndividualNumber Kind = "individual_number"
	ResidentCode     Kind = "resident_code"
	DriversLicense   Kind = "drivers_license"
	Passport         Kind = "passport"
	ResidenceCard    Kind = "residence_card"
	PensionNumber    Kind = "pension_number"
	HealthInsurance  Kind = "health_insurance"
	CareInsurance    Kind = "care_insurance"
	BankAccount      Kind = "bank_account"
	CreditCard       Kind = "credit_card"
	Phone            Kind = "phone"
	Email            Kind = "email"
	PostalAddress    Kind = "postal_address"
	PersonName       Kind = "person_name"
	BirthDate        Kind = "birth_date"
	Sensitive        Kind = "sensitive"
	Confidential     Kind = "confidential"
)

// Kinds are all of them in the order of the table.
var Kinds = []Kind{
	IndividualNumber, ResidentCode, DriversLicense, Passport, ResidenceCard, PensionNumber,
	HealthInsurance, CareInsurance, BankAccount, CreditCard, Phone, Email,
	PostalAddress, PersonName, BirthDate, Sensitive, Confidential,
}

// Range is how many distinct values of a kind a person counts in a file. Two
// careful persons may differ (is a reading in kana a second name?): fewer than
// Min is a miss, more than Max a false find, and what lies between is neither.
type Range struct{ Min, Max int }

// Any is the upper end where only the presence of a kind can be judged.
const Any = 1 << 20

// Wants are what a person counts in a file; a kind that is not in it must not
// be found.
type Wants map[Kind]Range

// Case is a file, and what is expected of a scan of it.
type Case struct {
	Name string // of its folder: unique among the cases of an author
	File string // its name, which the scan may look at
	// Make writes the file into the folder. Files beside it are scanned and
	// counted with it.
	Make func(*Folder) error

	Want       Wants
	Persons    int                // about how many it is about; 0 where that is not clear
	Protection extract.Protection // of the file itself; "" is none
	Note       extract.Note       // on the protection of the file or an entry
	// Entries are the protections of entries of an archive, by the path inside.
	Entries map[string]extract.Protection
}

// Negative says that nothing in the file is to be found.
func (c *Case) Negative() bool {
	return !slices.ContainsFunc(slices.Collect(maps.Values(c.Want)), func(r Range) bool { return r.Min > 0 })
}

// protection is what the scan must tell of the file.
func (c *Case) protection() extract.Protection {
	if c.Protection == "" {
		return extract.ProtectNone
	}
	return c.Protection
}

// Part are the cases of one author.
type Part struct {
	Author string // the name of its package
	Cases  []Case
}

// Sample is about every nth case of the part; a case that is added changes
// nothing for the others.
func (p Part) Sample(nth uint32) Part {
	s := Part{Author: p.Author}
	for _, c := range p.Cases {
		h := fnv.New32a()
		h.Write([]byte(c.Name))
		if h.Sum32()%nth == 0 {
			s.Cases = append(s.Cases, c)
		}
	}
	return s
}
