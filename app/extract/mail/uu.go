package mail

import (
	"bytes"
	"cmp"
	"io"
	"regexp"
)

// uuBegin is the line before a file that a program wrote into a text (POSIX uuencode),
// in the old encoding or in base64: its rights and its name.
var uuBegin = regexp.MustCompile(`^begin(-base64)? [0-7]{3,6}(?: (.*))?$`)

// uuText is a text up to the next file in it, or to its end.
type uuText struct {
	s    *source
	out  []byte  // what of a line nobody has read
	file *uuFile // begins here; the text goes on behind it as soon as this is nil
}

// Read implements io.Reader.
func (u *uuText) Read(b []byte) (int, error) {
	for len(u.out) == 0 {
		if u.file != nil {
			return 0, io.EOF
		}
		starts := !u.s.mid
		line := u.s.piece()
		if line == nil {
			return 0, u.s.err
		}
		if starts && bytes.HasPrefix(line, []byte("begin")) {
			line = bytes.Clone(line) // the look at the next one moves it
			u.file = u.s.uuFile(line)
		}
		if u.file == nil {
			u.out = line
		}
	}
	n := copy(b, u.out)
	u.out = u.out[n:]
	return n, nil
}

// uuFile is the file that begins with a line, nil where the next line can be none of it.
func (s *source) uuFile(line []byte) *uuFile {
	begin := uuBegin.FindSubmatch(bytes.TrimRight(line, " \t\r\n"))
	if begin == nil || s.mid {
		return nil
	}
	f := &uuFile{s: s, base64: len(begin[1]) > 0, name: cmp.Or(cleanName(Decode(begin[2])), "part")}
	head, _ := s.r.Peek(1024) // fewer where the text ends
	next, _, _ := bytes.Cut(head, []byte{s.end})
	if next = bytes.TrimRight(next, "\r\n"); len(next) == 0 || !f.has(next) && !f.ends(next) {
		return nil
	}
	return f
}

// uuFile undoes uuencode up to its end.
type uuFile struct {
	s      *source
	name   string
	base64 bool
	out    []byte
	err    error
}

// Read implements io.Reader.
func (f *uuFile) Read(b []byte) (int, error) {
	for len(f.out) == 0 {
		if f.err != nil {
			return 0, f.err
		}
		f.next()
	}
	n := copy(b, f.out)
	f.out = f.out[n:]
	return n, nil
}

// next undoes a line. Where a file breaks off, the text goes on.
func (f *uuFile) next() {
	p := f.s.piece()
	line := bytes.TrimRight(p, "\r\n")
	switch {
	case p == nil && f.s.err != io.EOF:
		f.err = f.s.err
	case p == nil:
		f.err = ErrDamaged
	case f.ends(line):
		f.err = io.EOF
	case !f.has(line):
		f.s.unread(p)
		f.err = ErrDamaged
	case f.base64:
		f.out = unbase64(line)
	default:
		f.out = uuLine(line)
	}
}

func (f *uuFile) ends(line []byte) bool {
	line = bytes.TrimRight(line, " \t")
	return f.base64 && string(line) == "====" || !f.base64 && string(line) == "end"
}

// has says whether a line can be of the file. It may be shorter than it says, for
// blanks at its end are zeros that relays take away, and end with a check sum.
func (f *uuFile) has(line []byte) bool {
	if f.base64 {
		line = bytes.TrimRight(line, " \t")
		return len(line)%4 == 0 && !bytes.ContainsFunc(line, func(r rune) bool { return r > '~' || r != '=' && !is64(byte(r)) })
	}
	if bytes.ContainsFunc(line, func(r rune) bool { return r < ' ' || r > '`' }) {
		return false
	}
	return len(line) == 0 || len(line) <= 1+(uuSize(line)+2)/3*4+2
}

// uuSize is how many bytes a line says it has.
func uuSize(line []byte) int { return int(line[0]-' ') & 63 }

func uuLine(line []byte) (out []byte) {
	if len(line) == 0 {
		return nil
	}
	size := uuSize(line)
	for i := 1; len(out) < size; i += 4 {
		var group [4]byte
		for j := range group {
			if i+j < len(line) {
				group[j] = (line[i+j] - ' ') & 63
			}
		}
		out = append(out, group[0]<<2|group[1]>>4, group[1]<<4|group[2]>>2, group[2]<<6|group[3])
	}
	return out[:size]
}

// uuReader undoes uuencode as the transfer encoding of a part, which is one file.
// What stands beside it has no place there: the part is damaged.
type uuReader struct {
	text   *uuText
	begun  bool
	beside spoken
	err    error
}

// Read implements io.Reader.
func (u *uuReader) Read(b []byte) (int, error) {
	for u.err == nil {
		if u.text.file != nil {
			u.begun = true
			n, err := u.text.file.Read(b)
			if err != io.EOF {
				return n, err
			}
			u.text.file = nil
		}
		_, u.err = io.Copy(&u.beside, u.text)
		switch {
		case u.err != nil || u.text.file != nil && !u.begun:
		case u.text.file != nil || bool(u.beside):
			u.err = ErrDamaged
		default:
			u.err = io.EOF
		}
	}
	return 0, u.err
}

// spoken is whether more than blanks was written to it.
type spoken bool

// Write implements io.Writer.
func (s *spoken) Write(b []byte) (int, error) {
	*s = *s || len(bytes.TrimSpace(b)) > 0
	return len(b), nil
}
