package extract

// readPPTX reads a presentation: slides, hidden ones too, notes, masters,
// comments, tables, charts, diagrams, properties and embedded files.
func (p *pack) readPPTX() error {
	for _, f := range p.parts("ppt/slides/slide*.xml", "ppt/notesSlides/*.xml", "ppt/comments/*.xml",
		"ppt/slideMasters/*.xml", "ppt/slideLayouts/*.xml", "ppt/notesMasters/*.xml", "ppt/handoutMasters/*.xml", "ppt/charts/chart*.xml", "ppt/diagrams/data*.xml") {
		if err := p.wordPart(f); err != nil {
			return err
		}
	}
	if err := p.plainParts("comments", "ppt/comments/*.xml"); err != nil {
		return err
	}
	if err := p.valuesOf("people", []string{"name"}, "ppt/commentAuthors.xml", "ppt/authors.xml"); err != nil {
		return err
	}
	if err := p.valuesOf("tags", []string{"val"}, "ppt/tags/*.xml"); err != nil {
		return err
	}
	if err := p.customXML(); err != nil {
		return err
	}
	if err := p.links("ppt/slides/_rels/*.rels", "ppt/notesSlides/_rels/*.rels"); err != nil {
		return err
	}
	text := p.text
	if err := p.properties(); err != nil {
		return err
	}
	if err := p.embedded("ppt"); err != nil {
		return err
	}
	if p.text = text; p.picturesOnly("ppt/media/*") {
		return partly(ReasonPictures)
	}
	return nil
}

func (p *pack) plainParts(part string, patterns ...string) error {
	for _, f := range p.parts(patterns...) {
		if err := p.plainPart(f, part); err != nil {
			return err
		}
	}
	return nil
}
