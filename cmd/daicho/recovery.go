package main

import (
	"bytes"
	"context"
	"strings"

	"daicho/app/report"
	"daicho/app/report/pdf"
	"daicho/assets"
	"daicho/ui"
)

// NewRecoveryKey makes a recovery key and its sheet. Neither is kept.
func (d *door) NewRecoveryKey(context.Context) (ui.RecoverySheet, error) {
	r, err := d.open()
	if err != nil {
		return ui.RecoverySheet{}, err
	}
	key, err := r.NewRecoveryKey()
	if err != nil {
		return ui.RecoverySheet{}, err
	}
	s := ui.RecoverySheet{Groups: strings.Split(key.Text(), "-"), File: "recovery-key-" + r.Device().Short() + ".pdf"}
	sheet := report.RecoveryKey{Groups: s.Groups, Device: r.Device().Short(), Made: d.options.Clock()}
	s.Print, err = printed(sheet.Document())
	return s, err
}

func printed(doc report.Document) ([]byte, error) {
	press, err := pdf.New(assets.PaperFonts())
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	_, err = press.Write(&out, doc)
	return out.Bytes(), err
}
