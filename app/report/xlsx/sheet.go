package xlsx

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"daicho/app/report"
)

// Sheet is a table that people edit and send back, with what tells the program
// afterwards which row was which.
type Sheet struct {
	Table   report.Table
	Made    time.Time
	Keys    int        // so many first columns are hidden, and nothing can be typed there
	Choices [][]string // by column: all that may stand there; nil: anything
	Locked  []bool     // by column: nothing can be typed there
	Base    [][]string // lines of a sheet that no menu shows
}

// BaseName is the name of the sheet that holds [Sheet.Base]. No menu of Excel
// shows it; who deletes it loses only what it was for.
const BaseName = "_台帳の控え"

// ChoicesName is the name of the sheet, hidden too, with what may be chosen.
const ChoicesName = "_選択肢"

// WriteSheet writes a table to be edited. The sheet itself is not protected, for
// that forbids to sort it and to insert columns: hidden and locked columns refuse
// what is typed into them instead.
func WriteSheet(w io.Writer, s Sheet) error {
	if err := s.Table.Check(); err != nil {
		return err
	}
	b := &book{file: excelize.NewFile(), names: map[string]bool{BaseName: true, ChoicesName: true}}
	defer b.file.Close()
	err := b.exchange(s)
	if err == nil {
		err = b.pour(w, s)
	}
	if err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return nil
}

func (b *book) exchange(s Sheet) error {
	if err := b.styles(); err != nil {
		return err
	}
	name := b.name(s.Table.Title, 0)
	if err := b.frame(name, 0, s.Table); err != nil {
		return err
	}
	for _, step := range []func(string, Sheet) error{b.hideKeys, b.offer, b.lock, b.keep} {
		if err := step(name, s); err != nil {
			return err
		}
	}
	made := s.Made.UTC().Format("2006-01-02T15:04:05Z")
	return b.file.SetDocProps(&excelize.DocProperties{Title: s.Table.Title, Created: made, Modified: made})
}

func (b *book) hideKeys(name string, s Sheet) error {
	if s.Keys == 0 {
		return nil
	}
	last, err := excelize.ColumnNumberToName(s.Keys)
	if err != nil {
		return err
	}
	return b.file.SetColVisible(name, "A:"+last, false)
}

// below is the range of a column below the head, with room for rows to come.
func below(column, rows int) (string, error) {
	first, err := excelize.CoordinatesToCellName(column+1, 2)
	if err != nil {
		return "", err
	}
	last, err := excelize.CoordinatesToCellName(column+1, rows+1001)
	return first + ":" + last, err
}

// lock refuses what is typed into keys and locked columns.
func (b *book) lock(name string, s Sheet) error {
	for i := range s.Table.Columns {
		if i >= s.Keys && (i >= len(s.Locked) || !s.Locked[i]) {
			continue
		}
		at, err := below(i, len(s.Table.Rows))
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.Type, v.Formula1, v.Sqref = "custom", "FALSE", at
		v.SetError(excelize.DataValidationErrorStyleStop, "変更できません", "自動で設定される項目です。")
		if err := b.file.AddDataValidation(name, v); err != nil {
			return err
		}
	}
	return nil
}

// offer lists what may be chosen. The lists stand on a sheet of their own, for
// within a rule they may have 255 characters and no comma.
func (b *book) offer(name string, s Sheet) error {
	used := 0
	for i, choices := range s.Choices {
		if len(choices) == 0 {
			continue
		}
		if used == 0 {
			if _, err := b.file.NewSheet(ChoicesName); err != nil {
				return err
			}
			if err := b.file.SetSheetVisible(ChoicesName, false); err != nil {
				return err
			}
		}
		used++
		if err := b.list(name, i, used, choices, len(s.Table.Rows)); err != nil {
			return err
		}
	}
	return nil
}

// list writes one list and ties a column to it.
func (b *book) list(name string, column, at int, choices []string, rows int) error {
	for n, c := range choices {
		cell, err := excelize.CoordinatesToCellName(at, n+1)
		if err == nil {
			err = b.file.SetCellStr(ChoicesName, cell, Fit(c))
		}
		if err != nil {
			return err
		}
	}
	letter, err := excelize.ColumnNumberToName(at)
	if err != nil {
		return err
	}
	where, err := below(column, rows)
	if err != nil {
		return err
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = where
	v.SetSqrefDropList(fmt.Sprintf("'%s'!$%s$1:$%s$%d", ChoicesName, letter, letter, len(choices)))
	v.SetError(excelize.DataValidationErrorStyleStop, "選べません", "一覧から選んでください。")
	return b.file.AddDataValidation(name, v)
}

// keep makes the sheet that no menu shows.
func (b *book) keep(_ string, s Sheet) error {
	if len(s.Base) == 0 {
		return nil
	}
	if _, err := b.file.NewSheet(BaseName); err != nil {
		return err
	}
	if err := b.file.ProtectSheet(BaseName, &excelize.SheetProtectionOptions{}); err != nil {
		return err
	}
	return b.file.SetSheetVisible(BaseName, false, true)
}

// Fit makes a text one that a cell can hold: characters of XML, 32,767 at most. What
// is left out leaves a mark.
func Fit(s string) string {
	s = strings.Map(cellRune, strings.ReplaceAll(s, "\r\n", "\n"))
	if r := []rune(s); len(r) > excelize.TotalCellChars {
		return string(r[:excelize.TotalCellChars-1]) + "…"
	}
	return s
}
