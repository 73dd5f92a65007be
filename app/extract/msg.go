package extract

func (it *item) readMSG(d storage, _ stream) error { return unreadable(ReasonNoReader) }
