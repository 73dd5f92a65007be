package extract

func (it *item) readPDF() error { return unreadable(ReasonPDFText) }
