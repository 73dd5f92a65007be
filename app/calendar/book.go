package calendar

import "daicho/app"

// Book is a calendar for a service, with what related documents say of single
// services and sites (「事業関連図書で特に指定する場合を除き」, clause 3.1.4).
type Book struct {
	Holidays  *Holidays
	Base      []Version // of the contract, in the order of their first days
	Overrides []Override
}

// Override is the calendar of a service, a site, or a service at a site. Where and
// while it is in force it takes the place of what is more general.
type Override struct {
	Service, Site string // empty: every
	Versions      []Version
}

// For is the calendar of a service at a site: on each day the version of the most
// special override in force, in the order service and site, site, service, and of the
// contract where there is none. Each override must cite its document.
func (b *Book) For(service, site string) (*Calendar, error) {
	base, err := layered(b.Base)
	if err != nil {
		return nil, err
	}
	layers := make([]layer, 3, 4)
	for _, o := range b.Overrides {
		l, err := o.layer()
		if err != nil {
			return nil, err
		}
		if rank := o.rank(service, site); rank >= 0 && layers[rank] != nil {
			return nil, errOverride
		} else if rank >= 0 {
			layers[rank] = l
		}
	}
	return build(b.Holidays, append(layers, base))
}

// rank is 0 for what was agreed on for just this service at just this site, and more
// the more general the override is; -1 where it is for something else.
func (o Override) rank(service, site string) int {
	switch {
	case o.Site != "" && o.Site != site || o.Service != "" && o.Service != service:
		return -1
	case o.Site == "":
		return 2
	case o.Service == "":
		return 1
	}
	return 0
}

// layer checks that the override says for what it is, and on what it rests.
func (o Override) layer() (layer, error) {
	for _, v := range o.Versions {
		if v.Document == "" || o.Service == "" && o.Site == "" {
			return nil, errOverride
		}
	}
	return layered(o.Versions)
}

var errOverride = app.Refuse(app.Invalid, "", "個別のカレンダーには、根拠となる文書の番号と、対象の業務または拠点が必要です。同じ対象には一つにまとめてください。",
	"a calendar of its own needs the number of the document it rests on, and a service or a site; one for each, with its versions")
