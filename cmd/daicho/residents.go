package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"daicho/store/durable"
	"daicho/store/keys"
	"daicho/ui"
)

// residents are the people of this computer's account: each has a replica of
// their own. The first lies in a folder such as replica, the others beside it in
// replica-2, replica-3. Names lie in replica.people, readable to the account
// alone: within the folders nothing is readable, and a door must name people
// before it is open.
type residents struct{ base string }

// mostResidents bounds how many folders are looked at.
const mostResidents = 99

// folder is the n-th person's, from 1.
func (r residents) folder(n int) string {
	if n == 1 {
		return r.base
	}
	return fmt.Sprintf("%s-%d", r.base, n)
}

// first is the first folder with a replica; without any, where the first will be.
func (r residents) first() string {
	if all := r.all(); len(all) > 0 {
		return all[0].Place
	}
	return r.base
}

// all are those who have a replica.
func (r residents) all() (list []ui.Resident) {
	names := r.names()
	for n := range mostResidents {
		dir := r.folder(n + 1)
		if id, err := keys.FolderID(dir); err == nil {
			list = append(list, ui.Resident{Name: names[id], Place: dir})
		}
	}
	return list
}

// others are all but the one of a folder.
func (r residents) others(dir string) (list []ui.Resident) {
	for _, x := range r.all() {
		if x.Place != dir {
			list = append(list, x)
		}
	}
	return list
}

// free is a folder for one more.
func (r residents) free() string {
	for n := 1; ; n++ {
		if _, err := os.Lstat(r.folder(n)); errors.Is(err, fs.ErrNotExist) {
			return r.folder(n)
		}
	}
}

func (r residents) file() string { return filepath.Clean(r.base) + ".people" }

// names are those that were noted; none where the file is not there or broken:
// then people are offered without names.
func (r residents) names() map[keys.ID]string {
	names := map[keys.ID]string{}
	if b, err := os.ReadFile(r.file()); err == nil {
		_ = json.Unmarshal(b, &names)
	}
	return names
}

// note keeps whose replica it is, and forgets those that are gone.
func (r residents) note(id keys.ID, name string) error {
	before, now := r.names(), map[keys.ID]string{}
	for n := range mostResidents {
		if there, err := keys.FolderID(r.folder(n + 1)); err == nil && before[there] != "" {
			now[there] = before[there]
		}
	}
	if name != "" {
		now[id] = name
	}
	b, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return durable.Replace(r.file(), b)
}

// noteResident keeps the name of who works here, for the door.
func (d *desktopApp) noteResident() {
	id, err := keys.FolderID(d.door.options.Dir)
	if err == nil {
		err = d.residents.note(id, d.link.Status().Person)
	}
	if err != nil {
		fmt.Fprintf(d.log, "daicho: keep whose replica it is: %v\n", err)
	}
}

// house makes what belongs to one replica: its door, and what goes through it.
func (d *desktopApp) house(dir string) error {
	door, err := newDoor(dir, d.desk.Now)
	if err != nil {
		return err
	}
	door.residents, door.turn = d.residents, d.turnTo
	d.scanner = &scanner{door: door, log: d.log}
	d.door, d.records, d.link = door, &records{door: door, scanner: d.scanner, copies: d.copies}, newLink(door, d.desk.Now)
	d.copies.show(d.records)
	door.arrived = d.copies.takeWaiting
	d.link.erased = func() {
		go func() {
			door.closing.Wait() // a lock comes to its end first
			d.screen.Post(func() { d.leaveErased(door) })
		}()
	}
	return nil
}

// turnTo shows the door of another replica. What was begun behind the earlier one
// comes to its end there; its results find no screen any more.
func (d *desktopApp) turnTo(dir string) {
	if d.leave != nil {
		return
	}
	d.left = append(d.left, d.door)
	if err := d.house(dir); err != nil {
		fmt.Fprintf(d.log, "daicho: %v\n", err)
		return
	}
	d.dropScreens()
	fmt.Fprintln(d.log, "daicho: another person's door is shown")
}

// closeAll waits for every replica that was left, and closes the last.
func (d *desktopApp) closeAll() error {
	for _, door := range d.left {
		door.closing.Wait()
	}
	d.door.closing.Wait()
	if r := d.door.opened(); r != nil {
		return r.Close()
	}
	return nil
}
