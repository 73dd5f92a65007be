package extract

import (
	"bytes"
	"encoding/binary"
)

// objects reads the documents embedded in an old Office document: each has a
// storage of its own, whose name begins so.
func (it *item) objects(d storage, prefix string) error {
	for _, s := range d.storages(prefix) {
		if err := it.object(d.open(s), s.name); err != nil {
			return err
		}
	}
	return nil
}

// object reads an embedded document: a storage like that of a file, a new
// Office document, or any file that was dropped into the page.
func (it *item) object(d storage, name string) error {
	for _, known := range []string{"Package", "CONTENTS"} {
		if s, ok := d.find(known); ok {
			data, err := it.stored(d, s)
			if err != nil {
				return err
			}
			return it.entry(name, s.size, bytes.NewReader(data))
		}
	}
	s, ok := d.find("\x01Ole10Native")
	if !ok {
		return it.inner(name, func(child *item) error { return child.readStorage(d) })
	}
	data, err := it.stored(d, s)
	if err != nil {
		return err
	}
	label, file := nativeFile(data)
	if label != "" {
		name = label
	}
	return it.entry(name, int64(len(file)), bytes.NewReader(file))
}

// nativeFile takes the file out of an Ole10Native stream as the packager writes
// it: size, type, label, path, two numbers, path again, size, data
// ([MS-OLEDS] 2.3.6; the packager's own part is not documented). What is
// something else is returned as it is.
func nativeFile(data []byte) (label string, file []byte) {
	if len(data) < 6 {
		return "", data
	}
	names, rest, ok := bytes.Cut(data[6:], []byte{0})
	if !ok {
		return "", data[4:]
	}
	_, rest, _ = bytes.Cut(rest, []byte{0}) // where the file lay
	if len(rest) < 8 {
		return "", data[4:]
	}
	skip := int(min(binary.LittleEndian.Uint32(rest[4:]), 1<<16))
	rest = rest[8:]
	if len(rest) < skip+4 {
		return "", data[4:]
	}
	rest = rest[skip:]
	size := int64(binary.LittleEndian.Uint32(rest))
	if rest = rest[4:]; size > int64(len(rest)) {
		return "", data[4:]
	}
	return printableName(string(names)), rest[:size]
}
