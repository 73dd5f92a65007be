package extract

import "encoding/binary"

// rows walks a tree from its root.
func (d *database) rows(root uint32, each func([]sqlValue) error) error {
	d.met = map[uint32]bool{}
	return d.tree(root, 0, each)
}

func (d *database) tree(n uint32, depth int, each func([]sqlValue) error) error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	if d.met[n] || depth > maxTreeDepth {
		d.short = true
		return nil
	}
	d.met[n] = true
	page, err := d.read(n)
	if err != nil {
		d.short = true
		return nil
	}
	head := page
	if n == 1 {
		head = page[sqliteHeader:]
	}
	kind, cells := head[0], int(binary.BigEndian.Uint16(head[3:]))
	from := 8
	if kind == tableInner || kind == indexInner {
		from = 12
	}
	for i := range cells {
		if from+2*i+2 > len(head) {
			d.short = true
			break
		}
		at := int(binary.BigEndian.Uint16(head[from+2*i:]))
		if at >= d.usable {
			d.short = true
			continue
		}
		if err := d.cell(kind, page[at:d.usable], depth, each); err != nil {
			return err
		}
	}
	if from == 12 {
		return d.tree(binary.BigEndian.Uint32(head[8:]), depth+1, each)
	}
	return nil
}

// cell reads one cell: a child page, and a record.
func (d *database) cell(kind byte, b []byte, depth int, each func([]sqlValue) error) error {
	if kind == tableInner || kind == indexInner {
		if len(b) < 4 {
			d.short = true
			return nil
		}
		if err := d.tree(binary.BigEndian.Uint32(b), depth+1, each); err != nil || kind == tableInner {
			return err
		}
		b = b[4:]
	} else if kind != tableLeaf && kind != indexLeaf {
		d.short = true
		return nil
	}
	size, n := varint(b)
	b = b[n:]
	rowid := int64(0)
	if kind == tableLeaf {
		rowid, n = varint(b)
		b = b[n:]
	}
	body, ok := d.payload(b, size, kind == tableLeaf)
	if !ok {
		d.short = true
	}
	return each(d.record(body, rowid, kind == tableLeaf))
}

// payload gathers a record that goes on in other pages (1.6).
func (d *database) payload(b []byte, size int64, table bool) ([]byte, bool) {
	if size < 0 {
		return nil, false
	}
	most := int64(d.usable - 35)
	if !table {
		most = int64((d.usable-12)*64/255 - 23)
	}
	if size <= most {
		return b[:min(size, int64(len(b)))], size <= int64(len(b))
	}
	least := int64((d.usable-12)*32/255 - 23)
	local := least + (size-least)%int64(d.usable-4)
	if local > most {
		local = least
	}
	if int64(len(b)) < local+4 || size > d.size {
		return nil, false
	}
	if d.inflated += size; d.inflated > d.limits.Inflated { // cells may share pages
		return nil, false
	}
	body := append([]byte(nil), b[:local]...)
	next := binary.BigEndian.Uint32(b[local:])
	for int64(len(body)) < min(size, d.limits.Buffer) {
		page, err := d.read(next)
		if err != nil {
			return body, false
		}
		next = binary.BigEndian.Uint32(page)
		body = append(body, page[4:min(int64(d.usable), 4+size-int64(len(body)))]...)
	}
	return body, int64(len(body)) == size
}

func (d *database) read(n uint32) ([]byte, error) {
	if n == 0 || int64(n)*d.page > d.size {
		return nil, errSQLite
	}
	b := make([]byte, d.page)
	_, err := d.r.ReadAt(b, int64(n-1)*d.page)
	if n > 0 && err != nil && int64(n)*d.page < d.size {
		return nil, err
	}
	return b, nil
}

// varint reads a number of one to nine bytes, and how many they were.
func varint(b []byte) (int64, int) {
	var v uint64
	for i, c := range b[:min(len(b), 9)] {
		if i == 8 {
			return int64(v<<8 | uint64(c)), 9
		}
		v = v<<7 | uint64(c&0x7F)
		if c < 0x80 {
			return int64(v), i + 1
		}
	}
	return int64(v), min(len(b), 9)
}
