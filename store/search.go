package store

import "daicho/app"

func (st *step) putText(app.Ref, string) error { return nil }
func (st *step) dropText(app.Ref) error        { return nil }
func matching(words string) string             { return words }
