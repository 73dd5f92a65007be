package server

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"daicho/app"
	"daicho/store/durable"
	"daicho/sync/wire"
)

// erasures are those that a device has not carried out, the first ones. A program
// that knows of none is told of none: what it could not read is left out instead.
func (a *asking) erasures(done int64) ([]wire.Erased, error) {
	if a.erases = done > 0; !a.erases {
		return nil, nil
	}
	all, err := a.tx.Erasures(done-1, wire.MaxErased)
	return toldErased(all), err
}

func toldErased(all []Erased) (out []wire.Erased) {
	for _, e := range all {
		out = append(out, wire.Erased{N: e.N, Ref: wire.Ref{Kind: string(e.Ref.Kind), ID: e.Ref.ID}, GSN: e.GSN, At: e.At})
	}
	return out
}

// readable is an outcome without values that an older program would take for
// damaged: their keys are gone.
func (a *asking) readable(outcome []byte) ([]byte, error) {
	if a.erases {
		return outcome, nil
	}
	if n, err := a.tx.Counter(counterErased); err != nil || n == 0 {
		return outcome, err
	}
	var failed error
	out, err := app.Blank(outcome, func(subject app.ID) bool {
		is, err := a.tx.IsErased(subject)
		failed = orElse(failed, err)
		return is
	})
	return out, orElse(failed, err)
}

// ErasuresFile is a file in the server's folder, signed and without contents: all
// that was erased. It is no part of a backup, and must be kept elsewhere, too: a
// server that is restored from an older backup erases by it before it serves.
const ErasuresFile = "erasures"

// noteErasures writes that file anew.
func (s *Server) noteErasures(ctx context.Context) error {
	text, err := s.SignedErasures(ctx)
	if err != nil || s.o.Dir == "" {
		return err
	}
	return durable.Replace(filepath.Join(s.o.Dir, ErasuresFile), text)
}

// SignedErasures is the list of all erasures, as the file of them holds it.
func (s *Server) SignedErasures(ctx context.Context) ([]byte, error) {
	list := wire.Erasures{At: s.now()}
	var who identity
	err := s.log.Read(ctx, func(tx Tx) (err error) {
		if list.Epoch, err = epochOf(tx); err != nil {
			return err
		}
		if who, err = identityOf(tx); err != nil {
			return err
		}
		all, err := allErasures(tx)
		list.List = toldErased(all)
		return err
	})
	if err != nil {
		return nil, err
	}
	return list.Sign(who.key)
}

// allErasures are all there are, in their order.
func allErasures(tx Tx) (all []Erased, err error) {
	for last := int64(0); ; last = all[len(all)-1].N {
		some, err := tx.Erasures(last, wire.MaxErased)
		if all = append(all, some...); err != nil || len(some) == 0 {
			return all, err
		}
	}
}

var errNoErasures = app.Refuse(app.Damaged, "", "このファイルはこのサーバーの消去一覧ではないか、壊れています。サーバーのフォルダーの erasures か、その控えを指定してください。",
	"the file is no list of this server's erasures, or is damaged; name the file erasures of its folder, or a copy of it")

// ReplayErasures erases what a list names that the server wrote before it was
// restored, in records as the backup has them. No path is the list in the folder, if
// there is one.
func (s *Server) ReplayErasures(ctx context.Context, path string) error {
	named := path != ""
	if !named {
		path = filepath.Join(s.o.Dir, ErasuresFile)
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil
	}
	if err != nil {
		return err
	}
	err = s.log.Write(ctx, func(tx Tx) error {
		pins, err := signersOf(tx)
		if err != nil {
			return err
		}
		list, err := wire.ReadErasures(text, pins...)
		if err != nil {
			return errNoErasures
		}
		for _, e := range list.List {
			if err = s.eraseAgain(tx, Erased{Ref: refOf(e.Ref), At: e.At}); err != nil {
				return err
			}
		}
		return nil
	})
	return orElse(err, s.eraseOn(ctx))
}

// signersOf are the identities that may have signed since a backup was made: the one
// of now, and its successor if one was named.
func signersOf(tx Tx) ([]wire.Pin, error) {
	i, err := identityOf(tx)
	if err != nil {
		return nil, err
	}
	pins := []wire.Pin{wire.PinOf(i.public())}
	next, err := keyOf(tx, settingSuccessor)
	if err == nil && next != nil {
		pins = append(pins, wire.PinOf(next.Public().(ed25519.PublicKey)))
	}
	return pins, err
}

// eraseAgain erases a subject without a line in the order: the one that decided it
// comes again with the device that wrote it.
func (s *Server) eraseAgain(tx Tx, e Erased) error {
	doc, gsn, err := tx.Row(e.Ref)
	if err != nil || doc.IsEmpty() {
		return orElse(err, eraseOne(tx, e))
	}
	g := s.o.Book.Registers[e.Ref.Kind]
	row := Row{Ref: e.Ref, GSN: gsn, Doc: doc.Patch(app.Erasure(g, doc))}
	var failed [3]error
	row.Ticks, failed[0] = tx.Ticks(e.Ref)
	row.Scope, _, failed[1] = tx.ScopeAt(e.Ref)
	if g != nil {
		row.Links, failed[2] = linksOf(g, row.Doc)
	}
	if err = errors.Join(failed[:]...); err != nil {
		return err
	}
	return errors.Join(tx.PutRow(row), eraseOne(tx, e))
}
