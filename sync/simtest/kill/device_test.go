package kill

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"daicho/app"
	"daicho/app/modules"
	"daicho/app/ticket"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/bundle"
	"daicho/sync/client"
)

// fillFrom is how long an order is that a new device does not follow from its
// beginning: short, so that it is filled with rows.
const fillFrom = 40

// secret begins every text and every file that people write here.
const secret = "強制終了の秘密"

// device is the program with a replica. It lies in home, and beside it what the
// devices hand each other.
type device struct {
	*telling
	ctx    context.Context
	home   string
	ledger *os.File
	rnd    *mathrand.Rand
}

func optionsOf(dir string) store.Options {
	return store.Options{Dir: dir, Keys: keys.In(dir + ".keys"), Cost: cheap, Book: modules.Book(), Clock: time.Now, Random: rand.Reader, App: "kill", ToSync: true}
}

var passphrase = keys.Passphrase("端末")

// runDevice is the program: the folder of all, the device's name in it, whether
// it works on or only comes to know everything, and a seed.
func runDevice(args []string) error {
	home, name, work := args[0], args[1], args[2] == "work"
	seed, err := strconv.ParseUint(args[3], 10, 64)
	if err != nil {
		return err
	}
	d := &device{ctx: context.Background(), home: home, rnd: mathrand.New(mathrand.NewPCG(seed, 1))}
	if err := d.open(filepath.Join(home, name)); err != nil {
		return err
	}
	if d.ledger, err = os.OpenFile(ledgerOf(home, name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
		return err
	}
	if err := d.belong(filepath.Join(home, name+".code")); err != nil {
		return err
	}
	if begun, err := d.ledger.Stat(); err != nil || work && begun.Size() == 0 {
		if err := errors.Join(err, d.create(fillFrom, nil)); err != nil {
			return err
		}
	}
	for ; work; d.tell(between) {
		if err := d.step(); err != nil {
			return err
		}
		time.Sleep(time.Duration(d.rnd.IntN(30)) * time.Millisecond)
	}
	return d.become()
}

func (d *device) open(dir string) error {
	open := func(ctx context.Context, o store.Options) (*store.Replica, error) {
		return store.Open(ctx, o, passphrase)
	}
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		open = func(ctx context.Context, o store.Options) (*store.Replica, error) {
			return store.Create(ctx, o, passphrase)
		}
	}
	r, err := open(d.ctx, optionsOf(dir))
	if err == nil {
		d.telling = &telling{Port: client.Of(r), r: r}
	}
	return err
}

// belong enrols, if that has not been done.
func (d *device) belong(codeFile string) error {
	for {
		if _, err := d.Enrolment(d.ctx); !app.IsCode(err, app.NotFound) {
			return err
		}
		code, err := os.ReadFile(codeFile)
		if err != nil {
			return err
		}
		d.tell(enrol)
		if _, err = client.Enroll(d.ctx, d, string(code), client.Options{Now: time.Now}); later(err) != nil {
			return err
		}
	}
}

// become syncs until nothing is left to fetch.
func (d *device) become() error {
	for {
		if err := d.sync(); err != nil {
			return err
		}
		st, err := d.r.Status(d.ctx)
		_, missing, pastErr := d.r.Past(d.ctx)
		if err = errors.Join(err, pastErr); err != nil {
			return err
		}
		if st.GSN > 0 && !missing && st.MissingBlobs == 0 {
			return d.r.Close()
		}
	}
}

// step does one of the things that people do.
func (d *device) step() error {
	switch x := d.rnd.IntN(20); {
	case x < 4:
		return d.create(1+d.rnd.IntN(4), nil)
	case x < 7:
		return d.edit()
	case x < 8:
		return d.attach()
	case x < 10:
		return d.export()
	case x < 12:
		return d.take()
	}
	return d.sync()
}

// later lets pass what a device tries again: that the server is not there.
func later(err error) error {
	if app.IsCode(err, app.Failed) {
		time.Sleep(20 * time.Millisecond)
		return nil
	}
	return err
}

func (d *device) sync() error {
	_, err := client.Sync(d.ctx, d, client.Options{Now: time.Now, Acquaint: true, Past: true, FillFrom: fillFrom, Silence: 10 * time.Second})
	if err == nil {
		fmt.Println("id", d.r.Device())
	}
	return later(err)
}

// create makes tickets in one transaction, each with a file if there is one.
func (d *device) create(n int, file []byte) error {
	var made []*ticket.Ticket
	for range n {
		draft, err := d.r.Draft(ticket.Kind)
		if err != nil {
			return err
		}
		k := draft.(*ticket.Ticket)
		k.Title, k.Channel = fmt.Sprint(secret, d.rnd.Uint64()), ticket.Phone
		if file != nil {
			b, err := d.r.Attach(d.ctx, k.Ref, "x.bin", "", bytes.NewReader(file))
			if err != nil {
				return err
			}
			k.Photos = []app.Blob{b}
		}
		made = append(made, k)
	}
	return d.write(func(tx *store.Tx) (lines []line, err error) {
		for _, k := range made {
			if err := tx.Save(k); err != nil {
				return nil, err
			}
			l := line{ID: k.Ref.ID.String(), Title: k.Title}
			if file != nil {
				sum := sha256.Sum256(file)
				l.File, l.Sum = &k.Photos[0], sum[:]
			}
			lines = append(lines, l)
		}
		return lines, nil
	})
}

// attach makes a ticket with a file of any size.
func (d *device) attach() error {
	d.tell(writing)
	file := make([]byte, []int{900, 40_000, 300_000, 600_000}[d.rnd.IntN(4)])
	for i := range file {
		file[i] = byte(d.rnd.Uint32())
	}
	copy(file, secret)
	return d.create(1, file)
}

// edit writes into a ticket of anybody, or moves it on.
func (d *device) edit() error {
	ids, err := d.r.IDs(d.ctx, ticket.Kind, app.Query{})
	if err != nil || len(ids) == 0 {
		return err
	}
	most := []int{4, len(ids)}[d.rnd.IntN(2)] // some are worked on by everybody at once
	k, err := store.Get(d.ctx, d.r, ticket.Register, ids[d.rnd.IntN(min(most, len(ids)))])
	if err != nil {
		return err
	}
	err = d.write(func(tx *store.Tx) ([]line, error) {
		l := []line{{ID: k.Ref.ID.String()}}
		if d.rnd.IntN(3) == 0 {
			return l, tx.Do(k, []string{"start", "wait", "return"}[d.rnd.IntN(3)], nil)
		}
		k.Body, k.Department = fmt.Sprint(secret, d.rnd.Uint64()), fmt.Sprint("部署", d.rnd.IntN(9))
		return l, tx.Save(k)
	})
	if e := app.ErrorOf(err); e != nil && e.Code != app.Failed { // the rules say no: nothing was saved
		return nil
	}
	return err
}

// write writes, and tells what was saved only once it is.
func (d *device) write(fn func(tx *store.Tx) ([]line, error)) error {
	d.tell(writing)
	var lines []line
	err := d.r.Write(d.ctx, d.r.Actor(), func(tx *store.Tx) (err error) {
		lines, err = fn(tx)
		return err
	})
	if err != nil {
		return err
	}
	out, err := d.r.Outbox(d.ctx)
	if err != nil {
		return err
	}
	out = out[len(out)-len(lines):]
	for i := range lines {
		lines[i].Device, lines[i].Seq = out[i].Device.String(), out[i].Seq
	}
	return note(d.ledger, lines)
}

// sticks is where bundles lie.
func (d *device) sticks() string { return filepath.Join(d.home, "sticks") }

// export writes what the server does not have, for everybody.
func (d *device) export() error {
	d.tell(pack)
	roster, err := client.KnownDevices(d.ctx, d)
	if app.IsCode(err, app.Invalid) { // it was killed before it had heard of the others
		return nil
	}
	if err != nil {
		return later(err)
	}
	ship := client.Shipment{}
	if ship.ID, err = app.NewID(app.StampOf(time.Now()), rand.Reader); err != nil {
		return err
	}
	for i := range roster.Cards {
		if c := &roster.Cards[i]; c.Device() != d.r.Device() && len(c.Box) > 0 && len(ship.For) < bundle.MaxRecipients-1 {
			ship.For = append(ship.For, c.Device())
		}
	}
	_, err = client.Export(d.ctx, d, client.Options{Now: time.Now}, ship, func(part, parts int) (io.WriteCloser, error) {
		return bundle.Create(bundle.PartName(filepath.Join(d.sticks(), ship.ID.String()+bundle.Suffix), part, parts))
	})
	return err
}

// take imports one of the files that lie about.
func (d *device) take() error {
	files, err := filepath.Glob(filepath.Join(d.sticks(), "*"+bundle.Suffix))
	if err != nil || len(files) == 0 {
		return err
	}
	f, err := bundle.Open(files[d.rnd.IntN(len(files))])
	if app.IsCode(err, app.NotFound) { // somebody has thrown it away
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := client.KnownDevices(d.ctx, d); app.IsCode(err, app.Invalid) {
		return d.sync() // it was killed before it heard of anybody
	}
	d.tell(unpack)
	_, err = client.Import(d.ctx, d, client.Options{Now: time.Now}, f)
	if app.IsCode(err, app.Forbidden) || app.IsCode(err, app.Stale) { // for another, or of a device that is not known here yet
		return nil
	}
	return err
}

// line is one change that a person was told to be saved.
type line struct {
	Device string
	Seq    uint64
	ID     string
	Title  string    // of a record that was made
	File   *app.Blob // attached to it
	Sum    []byte    // SHA-256 of that, before it was sealed
}

func ledgerOf(home, name string) string { return filepath.Join(home+".ledger", name) }

// note has lines on the disk before it returns.
func note(f *os.File, lines []line) error {
	var text bytes.Buffer
	for _, l := range lines {
		if err := json.NewEncoder(&text).Encode(l); err != nil {
			return err
		}
	}
	_, err := f.Write(text.Bytes())
	return errors.Join(err, f.Sync())
}
