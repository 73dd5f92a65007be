package extract

import (
	"errors"
	"io"
)

// unpacked reads what an archive unpacks, and stops when it becomes too much
// for the whole job or for its packed size.
type unpacked struct {
	j      *job
	r      io.Reader
	packed int64 // -1 when it is not known
	n      int64
	idle   int // reads in a row that gave nothing, and no reason
}

// maxIdle is when a decoder hangs that says it has nothing, time and again.
const maxIdle = 100

func (j *job) unpack(r io.Reader, packed int64) *unpacked {
	return &unpacked{j: j, r: r, packed: packed}
}

func (u *unpacked) Read(b []byte) (int, error) {
	if err := u.j.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := u.r.Read(b)
	if u.idle++; n > 0 || err != nil || len(b) == 0 {
		u.idle = 0
	}
	u.n += int64(n)
	u.j.inflated += int64(n)
	switch {
	case u.idle > maxIdle:
		return 0, io.ErrNoProgress
	case u.j.inflated > u.j.limits.Inflated:
		return 0, partly(ReasonInflated)
	case u.packed >= 0 && u.n > ratioFrom && u.n/max(u.packed, 1) > u.j.limits.Ratio, u.j.bomb():
		return 0, partly(ReasonRatio)
	}
	return n, err
}

// bomb says that all entries together are more than files of any use unpack to:
// archives in archives may each stay within the ratio.
func (j *job) bomb() bool {
	return j.inflated > wholeFrom && j.inflated/max(j.size, 1) > wholeRatio*j.limits.Ratio
}

// entry reads one entry of an archive as a file of its own. What fits the
// buffer is held in memory; of a larger one the rest is read as a stream, if
// its format allows that.
func (it *item) entry(name string, size int64, r io.Reader) error {
	child, err := it.child(name)
	if err != nil {
		return err
	}
	head, err := io.ReadAll(io.LimitReader(r, it.limits.Buffer+1))
	child.r, child.size = bytesAt(head), int64(len(head))
	if int64(len(head)) > it.limits.Buffer {
		child.rest = r
	}
	if err != nil {
		return it.broken(child, size, err)
	}
	it.entriesOpen++
	err = it.job.file(child)
	if child.told.Scanned != Full {
		it.unread++
	}
	return err
}

// child is the item for an entry.
func (it *item) child(name string) (*item, error) {
	if it.depth >= it.limits.Depth {
		return nil, partly(ReasonTooDeep)
	}
	if it.job.entries++; it.job.entries > it.limits.Entries {
		return nil, partly(ReasonTooMany)
	}
	return &item{job: it.job, path: it.path + "!/" + name, name: name, depth: it.depth + 1}, nil
}

// inner reads a part of the item that has no bytes of its own, such as a
// storage, as a file of its own.
func (it *item) inner(name string, read func(*item) error) error {
	child, err := it.child(name)
	if err != nil {
		return err
	}
	child.part, child.size = read, -1
	err = it.job.file(child)
	if child.told.Scanned != Full {
		it.unread++
	}
	return err
}

// broken tells of an entry whose bytes could not be had, and what became of
// its text so far is not known: it is not read at all.
func (it *item) broken(child *item, size int64, err error) error {
	f := File{Path: child.path, Size: size, Type: Other, Protection: ProtectUnknown, Scanned: Failed, Reason: ReasonDamaged}
	s, ours := asStop(err)
	switch {
	case ours:
		f.Scanned, f.Reason = Unscannable, s.reason
	case it.ctx.Err() != nil:
		return it.ctx.Err()
	case unknownMethod(err):
		f.Type, f.Scanned, f.Reason = typeByName(child.name), Unscannable, ReasonMethod
	case needsPassword(err):
		f.Type, f.Protection, f.Scanned, f.Reason = typeByName(child.name), ProtectPassword, Unscannable, ReasonPassword
		it.entriesLocked++
	}
	return it.report(f)
}

// report tells of an entry that is not opened.
func (it *item) report(f File) error {
	it.unread++
	it.visitor.Enter(f.Path)
	if err := it.visitor.Leave(f); err != nil {
		return visitorError{err}
	}
	return nil
}

func asStop(err error) (*stop, bool) {
	var s *stop
	return s, errors.As(err, &s)
}

// bytesAt is a byte slice as io.ReaderAt.
type bytesAt []byte

func (b bytesAt) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= int64(len(b)) {
		return 0, io.EOF
	}
	n := copy(p, b[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
