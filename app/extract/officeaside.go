package extract

import "slices"

// valuesOf tells the values of these attributes, in every tag of the parts: names
// of people, choices, connections and the like stand there and not between tags.
func (p *pack) valuesOf(part string, attributes []string, patterns ...string) error {
	w := p.writer(part)
	for _, pattern := range patterns {
		err := p.each(pattern, func(t *token) error {
			if t.kind != openTag {
				return nil
			}
			return w.attributes(t, attributes)
		})
		if err != nil {
			return err
		}
	}
	return w.turn(0)
}

// attributes tells each of them that a tag has on a line of its own.
func (w *writer) attributes(t *token, wanted []string) error {
	for rest := t.attrs; ; {
		name, value, after, ok := nextAttr(rest)
		if !ok {
			return nil
		}
		if len(value) > 0 && slices.Contains(wanted, string(name)) {
			w.cellText(unescape(nil, value))
			if err := w.endLine(); err != nil {
				return err
			}
		}
		rest = after
	}
}

// customXML reads what programs and forms keep in a document beside its text.
func (p *pack) customXML() error {
	for _, f := range p.parts("customXml/item*.xml") {
		if err := p.plainPart(f, "custom XML"); err != nil {
			return err
		}
		if err := p.valuesOf("custom XML", []string{"value", "name", "val"}, f.Name); err != nil {
			return err
		}
	}
	return nil
}

// altText is what a picture shows, as someone wrote for those who do not see it.
func altText(t *token) (wanted []string) {
	if t.is("docPr") || t.is("cNvPr") {
		return []string{"descr", "title"}
	}
	if t.is("listItem") || t.is("listEntry") { // choices of a form
		return []string{"displayText", "val"}
	}
	return nil
}
