package inside

import (
	"slices"

	"github.com/xuri/excelize/v2"

	"daicho/app/extract"
	"daicho/app/scan/corpustest"
)

const password = "Hazuki2026"

// locked are files with a password or a key, and such as only seem to have one.
func locked() []corpustest.Case {
	columns, people := sheets["residents"], crowd(500, 6)
	list, open := rows(columns, people, onPaper), wants(columns, people)
	entry := func(p extract.Protection) map[string]extract.Protection {
		return map[string]extract.Protection{"list.csv": p}
	}
	return []corpustest.Case{
		{Name: "locked-zip", File: "list.zip", Make: archive(list, "zip", "-q", "-P", password), Protection: extract.ProtectPassword, Note: extract.NoteZipCrypto,
			Entries: entry(extract.ProtectPassword)},
		{Name: "locked-zip-aes", File: "list.zip", Make: archive(list, "7z", "a", "-tzip", "-mem=AES256", "-p"+password),
			Protection: extract.ProtectPassword, Entries: entry(extract.ProtectPassword)},
		{Name: "open-zip", File: "list.zip", Make: archive(list, "zip", "-q"), Want: open, Persons: 6, Entries: entry(extract.ProtectNone)},
		{Name: "open-7z", File: "list.7z", Make: archive(list, "7z", "a"), Want: open, Persons: 6, Entries: entry(extract.ProtectNone)},
		{Name: "locked-7z", File: "list.7z", Make: archive(list, "7z", "a", "-mhe=on", "-p"+password), Protection: extract.ProtectPassword},
		{Name: "locked-xlsx", File: "list.xlsx", Protection: extract.ProtectPassword, Make: book(list, password, false)},
		{Name: "default-password", File: "list.xlsx", Want: open, Persons: 6, Note: extract.NoteDefaultPassword, Make: book(list, "VelvetSweatshop", false)},
		{Name: "sheet-protection", File: "list.xlsx", Want: open, Persons: 6, Make: book(list, "", true)},
		{Name: "locked-docx", File: "list.docx", Protection: extract.ProtectPassword, Make: written("list.docx", list)},
		{Name: "locked-odt", File: "list.odt", Protection: extract.ProtectPassword, Make: written("list.odt", list)},
		{Name: "locked-pdf", File: "list.pdf", Protection: extract.ProtectPassword, Make: closedPDF(list, password)},
		{Name: "owner-password", File: "list.pdf", Want: open, Persons: 6, Note: extract.NoteOwnerPassword, Make: closedPDF(list, "")},
		{Name: "pgp", File: "list.csv.gpg", Protection: extract.ProtectKey, Make: func(f *corpustest.Folder) error {
			if err := f.WriteSource("list.csv", []byte(commas(list))); err != nil {
				return err
			}
			return f.Run("gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", password, "--symmetric",
				"--output", f.Path("list.csv.gpg"), "list.csv")
		}},
	}
}

// archive lets a program pack the list as the case's file.
func archive(list [][]string, program string, args ...string) func(*corpustest.Folder) error {
	return func(f *corpustest.Folder) error {
		if err := f.WriteSource("list.csv", []byte(commas(list))); err != nil {
			return err
		}
		name := "list.zip"
		if program == "7z" && !slices.Contains(args, "-tzip") {
			name = "list.7z"
		}
		return f.Run(program, slices.Concat(args, []string{f.Path(name), "list.csv"})...)
	}
}

func book(list [][]string, password string, protect bool) func(*corpustest.Folder) error {
	return func(f *corpustest.Folder) error {
		x := excelize.NewFile(excelize.Options{Password: password})
		defer x.Close()
		for i, r := range list {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				return err
			}
			if err := x.SetSheetRow("Sheet1", cell, &r); err != nil {
				return err
			}
		}
		if protect {
			if err := x.ProtectSheet("Sheet1", &excelize.SheetProtectionOptions{Password: "Hazuki2026"}); err != nil {
				return err
			}
		}
		return x.SaveAs(f.Path("list.xlsx"), excelize.Options{Password: password})
	}
}

// written lets LibreOffice write the list with a password.
func written(file string, list [][]string) func(*corpustest.Folder) error {
	return func(f *corpustest.Folder) error { return letter(f, file, "名簿\n", odfTable(list), password) }
}

// closedPDF has a password of the owner and, unless it is empty, one of the reader.
func closedPDF(list [][]string, reader string) func(*corpustest.Folder) error {
	return func(f *corpustest.Folder) error {
		open := f.Source("open.pdf")
		f.Then(func() error {
			return f.Run("qpdf", "--encrypt", reader, "owner", "256", "--", open, f.Path("list.pdf"))
		})
		return letterAt(f, open, "名簿\n", odfTable(list), "")
	}
}
