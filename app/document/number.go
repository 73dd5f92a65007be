package document

import "daicho/app"

// NumberType is the type that number formats go by.
func (d *Document) NumberType() string { return string(d.Type) }

// NumberWords are what a number format can have of a document.
func (d *Document) NumberWords() map[string]string {
	return map[string]string{"種別": Register.Show(d, "type", app.JA), "案件": d.Project, "版": d.Version}
}
