package store

import (
	"context"
	"errors"
	"path/filepath"

	"daicho/app"
	"daicho/store/bigram"
	"daicho/store/keys"
	"daicho/store/vfs"
)

// Repaired is what [Repair] found and did.
type Repaired struct {
	Tags    bool        // the table of page tags could not be read, so that older pages were not told from the last ones
	Pages   []BadPage   // that were not what was written
	Records []app.Ref   // that stood on them, and are there again
	Changes int         // own changes that are kept
	Lost    []OwnChange // own changes that could not be read
	Sealed  []OwnChange // unsent changes whose personal values cannot be read, for their key is lost
	Again   int64       // how many lines of the server's order the next sync must bring again
	Aside   string      // where the damaged database is kept
}

// BadPage is a page of the database that is not what was written.
type BadPage struct {
	Page int64  // from 1
	Of   string // the table or index it belongs to; empty if nobody can say
}

// OwnChange is a change of this device that a repair met.
type OwnChange struct {
	Seq  uint64
	Ref  app.Ref // zero if nobody can say
	Sent bool    // the server has it, so it is not lost
}

// Broken says that a change is lost which the server never got: the journal
// cannot be continued.
func (r Repaired) Broken() bool {
	for _, c := range r.Lost {
		if !c.Sent {
			return true
		}
	}
	return false
}

// repairing is what the database is called that a repair makes.
const repairing = ".repair"

// Repair makes the database of a replica anew from what can be read of it: the
// server's order as far as it is here without a gap, and this device's journal.
// The next sync brings the rest. The damaged database is kept beside the new
// one. Nobody may have the replica open; killed, it changed nothing.
//
// Progress is told in pages, may be nil, and total can grow.
func Repair(ctx context.Context, o Options, how keys.Opener, progress func(done, total int64)) (Repaired, error) {
	r := &repair{o: o, progress: progress}
	err := r.run(ctx, how)
	return r.found, machine(err)
}

// repair is one repair on its way.
type repair struct {
	o        Options
	progress func(done, total int64)
	done     int64
	from     *vfs.Salvage
	wreck    *wreck
	to       *Replica
	found    Repaired
	heard    map[uint64]app.Ref // own changes that something tells of
	known    map[app.Ref]bool   // rows that could be read, of the tables that were hit
}

func (r *repair) run(ctx context.Context, how keys.Opener) (err error) {
	id, err := readID(r.o.Dir)
	if err != nil {
		return err
	}
	if err := bigram.Register(); err != nil {
		return err
	}
	key, err := newReplica(r.o).openKey(ctx, id, how)
	if err != nil {
		return err
	}
	path := filepath.Join(r.o.Dir, dbFile)
	release, err := alone(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	r.from, err = vfs.OpenSalvage(path, key)
	if errors.Is(err, vfs.ErrDamaged) {
		return because(err, otherKey)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.from.Close()) }() // which lets go of the lock, too
	return r.remake(ctx, id, key)
}

// alone makes sure that nobody has a database open.
func alone(path string) (release func() error, err error) {
	if !exists(path) {
		return nil, dbMissing
	}
	release, err = vfs.Alone(path)
	if errors.Is(err, vfs.ErrOpen) {
		return nil, because(err, openElsewhere)
	}
	return release, err
}

// remake makes the new database beside the damaged one and puts it in its place.
func (r *repair) remake(ctx context.Context, id keys.ID, key keys.DataKey) (err error) {
	if r.wreck, err = survey(ctx, r.from, r.step); err != nil {
		return err
	}
	r.found.Tags = r.from.Tags() != nil
	for _, n := range r.wreck.bad {
		r.found.Pages = append(r.found.Pages, BadPage{n, r.wreck.owner(n).name})
	}
	path := filepath.Join(r.o.Dir, dbFile)
	draft := path + repairing
	if err := dropDatabase(draft); err != nil {
		return err
	}
	r.to = newReplica(r.o)
	r.to.id, r.to.data = id, key
	if r.to.db, err = vfs.Create(draft, key); err != nil {
		return err
	}
	err = r.fill(ctx)
	if err = errors.Join(err, r.to.db.Close()); err != nil {
		return errors.Join(err, dropDatabase(draft))
	}
	_ = forgetWitness(ctx, r.o.Keys, id) // else the next opening says how to go on
	r.found.Aside, err = exchange(ctx, path, draft, r.o.Clock())
	return err
}

// step tells of one page more.
func (r *repair) step() {
	r.done++
	if r.progress != nil {
		r.progress(r.done, 2*r.from.Pages()) // each is surveyed, then read
	}
}

var (
	openElsewhere = app.Refuse(app.Failed, "", "台帳がほかのウィンドウまたはプログラムで開かれています。すべて閉じてから、もう一度実行してください。",
		"the replica is open in another window or program; close them all, then try again")
	selfLost = app.Refuse(app.Damaged, "", "この端末の署名鍵を読み取れないため、修復できません。何も変更していません。バックアップから復元するか、新しいフォルダーに登録し直してください。",
		"the signing key of this device cannot be read, so the replica cannot be repaired; nothing was changed; restore a backup or enrol again in a new folder")
	chainBroken = app.Refuse(app.Damaged, "", "読み取れなくなった未送信の変更があるため、この端末の記録を続けられません。内容を書き出し、新しいフォルダーに登録し直してください。",
		"a change that was never sent is lost, so this device's journal cannot be continued; export what is here and enrol again in a new folder")
)

// lostSpan is a run of own changes that no repair could read.
type lostSpan struct {
	First uint64 `cbor:"1,keyasint"`
	Last  uint64 `cbor:"2,keyasint"`
}
