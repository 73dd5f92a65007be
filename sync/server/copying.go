package server

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"daicho/app"
	"daicho/store/durable"
	"daicho/store/keys"
	"daicho/sync/server/second"
	"daicho/sync/wire"
)

// counterCopied counts the entries of the second place. The number of one is
// taken in the transaction that it tells of: so a backup knows which came later.
const counterCopied = "copied"

// settingCopy is where the second place is.
const settingCopy = "copy"

// copyPlace is a second place as the database names it.
type copyPlace struct {
	Dir  string `cbor:"1,keyasint"`
	From int64  `cbor:"2,keyasint"` // entries up to this one lie elsewhere, or nowhere
}

func copyPlaceOf(tx Tx) (p copyPlace, err error) {
	text, err := tx.Setting(settingCopy)
	if err == nil && len(text) > 0 {
		err = wire.Decode(text, &p)
	}
	return p, err
}

func (p copyPlace) keep(tx Tx) error {
	if p.Dir == "" {
		return tx.PutSetting(settingCopy, nil)
	}
	text, err := wire.Encode(p)
	if err != nil {
		return err
	}
	return tx.PutSetting(settingCopy, text)
}

// sealedBy is the key that a server's folder is sealed by, and its name; none over
// a log that was handed in open.
type sealedBy struct {
	id  keys.ID
	key keys.DataKey
}

// copier keeps the second place of one process.
type copier struct {
	mu     sync.Mutex // one at a time: what is told must be what is there
	folder *second.Folder
	rows   map[string][32]byte // hashes of what the folder tells, by name
	lines  map[app.ID]uint64   // up to which it tells a device's changes
	last   int64               // its newest entry
	whole  bool                // tell all rows next time

	failing atomic.Bool // at the last look, for the monitoring
}

var (
	errNoCopyKey = app.Refuse(app.Invalid, "copy", "このサーバーには鍵がないため、控えを作れません。", "this server has no key of its own, so it can keep no second place")
	errCopyHere  = app.Refuse(app.Invalid, "copy", "控えのフォルダーがサーバーのデータの中にあります。別のディスクのフォルダーを指定してください。", "the second place is inside the server's own data; name a folder on another disk")
	errCopyAhead = app.Refuse(app.Invalid, "copy", "控えのフォルダーの内容は、このサーバーより新しいものです。restore --copy で復元するか、別のフォルダーを指定してください。",
		"the second place tells of a later state than this server's; restore with --copy, or name another folder")
	errCopyGone = app.Refuse(app.Failed, "copy", "控えのフォルダーに、このサーバーの控えがありません。ディスクが接続されているか確かめてください。新しく作り直す場合は daicho-server copy --anew を実行してください。何も実行していません。",
		"the second place holds nothing of this server: is its disk mounted? Nothing was done; to begin it anew, run 'daicho-server copy --anew'")
)

// refusedCopy is why nothing was done.
func refusedCopy(err error) error {
	var known *app.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return app.Because(err, app.Failed, "控えのフォルダーを読み書きできないため、何も実行していません。ディスクの接続、空き、権限を確かめて、もう一度実行してください。",
		"nothing was done, since the second place cannot be read or written; check its disk, room and rights, and do it again")
}

// behind is the error of what is done here and not told there.
func behind(err error) error {
	if err == nil {
		return nil
	}
	return app.Because(err, app.Failed, "サーバーでは実行しましたが、控えにはまだ書き込めていません。控えのフォルダーの空きと権限を確かめ、daicho-server copy を実行してください。",
		"it is done at this server, but is not in the second place yet; check room and rights there, then run 'daicho-server copy'")
}

// act does something that only the server knows. It returns nil only when that is
// in the second place, too, if the server has one. If that cannot be written,
// nothing is done.
func (s *Server) act(ctx context.Context, fn func(Tx) error) error {
	s.copier.mu.Lock()
	defer s.copier.mu.Unlock()
	there, err := s.readyCopy(ctx)
	if err != nil {
		return refusedCopy(err)
	}
	if !there {
		return s.log.Write(ctx, fn)
	}
	return s.tellCopy(ctx, fn)
}

// tellCopy does something and tells the second place.
func (s *Server) tellCopy(ctx context.Context, fn func(Tx) error) error {
	for {
		var e *second.Entry
		var more bool
		err := s.log.Write(ctx, func(tx Tx) (err error) {
			if err = fn(tx); err == nil {
				e, more, err = s.copier.entry(tx, s.now())
			}
			return err
		})
		if err != nil {
			return err
		}
		if err = s.copier.folder.Append(e); err != nil {
			return behind(errors.Join(err, s.copier.folder.Ready(s.now())))
		}
		s.copier.told(e)
		s.copier.whole = false
		if !more {
			return nil
		}
		fn = func(Tx) error { return nil }
	}
}

// readyCopy sees to it that the second place, if there is one, is there and can be written.
func (s *Server) readyCopy(ctx context.Context) (there bool, err error) {
	var p copyPlace
	var n int64
	err = s.log.Read(ctx, func(tx Tx) error {
		if p, err = copyPlaceOf(tx); err != nil {
			return err
		}
		n, err = tx.Counter(counterCopied)
		return err
	})
	if err != nil || p.Dir == "" {
		return false, err
	}
	if s.o.sealed == nil {
		return false, errNoCopyKey
	}
	c := &s.copier
	if c.folder == nil || c.folder.Dir != p.Dir {
		err = c.begin(&second.Folder{Dir: p.Dir, Server: s.o.sealed.id, Key: s.o.sealed.key, Random: s.o.Random})
	}
	if err != nil {
		return true, err
	}
	if err = c.look(p, n); err != nil {
		return true, err
	}
	return true, c.folder.Ready(s.now())
}

// begin turns to another folder.
func (c *copier) begin(f *second.Folder) error {
	err := c.end()
	c.folder = f
	c.forget()
	return err
}

func (c *copier) forget() { c.rows, c.lines, c.last = map[string][32]byte{}, map[app.ID]uint64{}, 0 }

// end lets go of the folder.
func (c *copier) end() error {
	if c.folder == nil {
		return nil
	}
	return c.folder.Close()
}

// look reads what came into the folder since the last look, of this or another
// process. Entries have come up to n.
func (c *copier) look(p copyPlace, n int64) error {
	if n == p.From { // it begins
		if err := durable.Folder(p.Dir); err != nil {
			return err
		}
	}
	all, found, err := c.folder.Read()
	if errors.Is(err, fs.ErrNotExist) || err == nil && found.Files == 0 && n > p.From {
		return errCopyGone
	}
	if err != nil {
		return err
	}
	if found.Again {
		c.forget()
	}
	for _, e := range all {
		c.told(e)
	}
	if c.last > n {
		return errCopyAhead
	}
	c.whole = c.whole || len(found.Bad) > 0
	return nil
}

// told notes what the folder tells.
func (c *copier) told(e *second.Entry) {
	for _, r := range e.Rows {
		c.rows[r.Name] = sha256.Sum256(r.Value)
	}
	for _, l := range e.Lines {
		if l.Seq == c.lines[l.Device]+1 {
			c.lines[l.Device] = l.Seq
		}
	}
	c.last = max(c.last, e.N)
}

// entry is what the folder does not tell yet. Where the entry before it is not
// there, another process is about to write it, or never will: then all rows are told.
func (c *copier) entry(tx Tx, now app.Stamp) (e *second.Entry, more bool, err error) {
	e = &second.Entry{At: now}
	if e.N, err = tx.Count(counterCopied, 1); err != nil {
		return nil, false, err
	}
	rows, err := knowledge(tx)
	if err != nil {
		return nil, false, err
	}
	whole := c.whole || c.last != e.N-1
	for _, r := range rows {
		if whole || c.rows[r.Name] != sha256.Sum256(r.Value) {
			e.Rows = append(e.Rows, r)
		}
	}
	if more, err = ownLines(tx, c.lines, e); err != nil {
		return nil, false, err
	}
	if e.Counts, err = numbersNow(tx); err != nil {
		return nil, false, err
	}
	return e, more, orderNow(tx, e)
}

// orderNow names the order of an entry.
func orderNow(tx Tx, e *second.Entry) (err error) {
	if e.Epoch, err = epochOf(tx); err != nil {
		return err
	}
	if e.GSN, err = tx.Counter(counterGSN); err != nil {
		return err
	}
	past, err := epochsOf(tx)
	if n := len(past.Ended); n > 0 {
		e.Shared = past.Ended[n-1].Size
	}
	return err
}

// KeepCopy has what is done at the server count as done only when it is in a
// second place, too: a folder on another disk or machine. It is remembered:
// whoever acts at this server, in any process, writes into it.
func (s *Server) KeepCopy(ctx context.Context, dir string) error {
	dir, err := s.elsewhere(dir)
	if err != nil {
		return err
	}
	err = s.placeCopy(ctx, func(p *copyPlace, n int64) {
		if p.Dir != dir {
			*p = copyPlace{dir, n}
		}
	})
	if err != nil {
		return err
	}
	_, err = s.Copied(ctx)
	return err
}

// BeginCopyAnew begins the second place again in the same folder, where what was
// in it is lost.
func (s *Server) BeginCopyAnew(ctx context.Context) error {
	return s.placeCopy(ctx, func(p *copyPlace, n int64) { p.From = n })
}

// EndCopy does without a second place from now on. What is in it stays there.
func (s *Server) EndCopy(ctx context.Context) error {
	return s.placeCopy(ctx, func(p *copyPlace, _ int64) { p.Dir = "" })
}

// placeCopy changes where the second place is; there have been n entries.
func (s *Server) placeCopy(ctx context.Context, change func(p *copyPlace, n int64)) error {
	return s.log.Write(ctx, func(tx Tx) error {
		p, err := copyPlaceOf(tx)
		if err != nil {
			return err
		}
		n, err := tx.Counter(counterCopied)
		if err != nil {
			return err
		}
		was := p
		if change(&p, n); p == was {
			return nil
		}
		return p.keep(tx)
	})
}

// elsewhere is a folder's whole name, if that is not within the server's own.
func (s *Server) elsewhere(dir string) (string, error) {
	if s.o.sealed == nil {
		return "", errNoCopyKey
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	own, err := filepath.Abs(s.o.Dir)
	if err == nil && (dir == own || strings.HasPrefix(dir, own+string(os.PathSeparator))) {
		err = errCopyHere
	}
	return dir, err
}

// CopyState is how a second place stands.
type CopyState struct {
	Dir  string // empty: there is none
	Last int64  // its newest entry
}

// Copied brings into the second place what is not there yet, and says how it stands.
func (s *Server) Copied(ctx context.Context) (CopyState, error) {
	s.copier.mu.Lock()
	defer s.copier.mu.Unlock()
	there, err := s.readyCopy(ctx)
	if err != nil || !there {
		return CopyState{}, refusedCopy(err)
	}
	fresh, err := s.freshCopy(ctx)
	if err == nil && fresh {
		err = s.tellCopy(ctx, func(Tx) error { return nil })
	}
	return CopyState{s.copier.folder.Dir, s.copier.last}, err
}

// freshCopy says whether there is anything to tell.
func (s *Server) freshCopy(ctx context.Context) (fresh bool, err error) {
	return fresh, s.log.Read(ctx, func(tx Tx) error {
		rows, err := knowledge(tx)
		if err != nil {
			return err
		}
		n, err := tx.Counter(counterCopied)
		if err != nil {
			return err
		}
		fresh = s.copier.whole || s.copier.last != n
		for _, r := range rows {
			fresh = fresh || s.copier.rows[r.Name] != sha256.Sum256(r.Value)
		}
		e := &second.Entry{}
		_, err = ownLines(tx, s.copier.lines, e)
		fresh = fresh || len(e.Lines) > 0
		return err
	})
}

// copyEvery is how soon the second place hears of what the server noted without a
// person asking for it: a device that it froze, a recovery code that was used.
const copyEvery = 30 * time.Second

// keepCopying brings such things there until ctx ends.
func (s *Server) keepCopying(ctx context.Context) {
	tick := time.NewTicker(copyEvery)
	defer tick.Stop()
	for {
		if _, err := s.Copied(ctx); (err != nil) != s.copier.failing.Load() && ctx.Err() == nil {
			if s.copier.failing.Store(err != nil); err != nil {
				s.o.Log.Error("the second place cannot be written: nothing can be done at the server until it can", "err", err)
			} else {
				s.o.Log.Info("the second place is up to date again")
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
