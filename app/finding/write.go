package finding

import (
	"context"
	"errors"
	"slices"

	"daicho/app"
	"daicho/store"
)

// Tell writes what a run has to tell: in transactions of a bounded size, each with the
// places of what it makes. Told again after a failure, it goes on.
func Tell(ctx context.Context, r *store.Replica, run *Run, p *Plan) error {
	for part := range slices.Chunk(p.Told, batch) {
		err := r.Write(ctx, r.Actor(), func(tx *store.Tx) error {
			for _, told := range part {
				if err := p.place(tx, run, told.Mark); err != nil {
					return err
				}
			}
			return tx.Do(run, "tell", Args(part))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Args are the arguments of the command of a run that tells of files, [batch] at most.
func Args(files []Told) app.Doc {
	return app.Doc(nil).Patch([]app.Cell{{Field: tellings.Name, Now: tellings.Value(&Telling{Files: files})}})
}

// place writes where something new lies.
func (p *Plan) place(tx *store.Tx, run *Run, mark string) error {
	id, err := app.ParseID(mark)
	hit, fresh := p.Places[id]
	if err != nil || !fresh {
		return err
	}
	return savePlace(tx, id, func(place *Place) { place.Path, place.Job, place.Account = hit.Path, run.Job, hit.Account })
}

// savePlace writes a place, unless it is there as it is to be.
func savePlace(tx *store.Tx, id app.ID, fill func(*Place)) error {
	ref := app.Ref{Kind: PlaceKind, ID: id}
	rec, err := tx.Get(ref)
	if app.IsCode(err, app.NotFound) {
		rec, err = Places.Draft(id), nil
	}
	if err != nil {
		return err
	}
	fill(rec.(*Place))
	return tx.Save(rec)
}

// Folders writes where the folders lie that a run lists.
func Folders(ctx context.Context, r *store.Replica, run *Run, folders map[app.ID]string) error {
	return r.Write(ctx, r.Actor(), func(tx *store.Tx) error {
		var all error
		for id, path := range folders {
			all = errors.Join(all, savePlace(tx, id, func(p *Place) { p.Path, p.Job, p.Folder = path, run.Job, true }))
		}
		return all
	})
}

// Before are the findings of a job with where they lie. One whose place is not here,
// such as one that was erased, cannot be followed and is left out.
func Before(ctx context.Context, r *store.Replica, job app.Ref) (list []Previous, err error) {
	findings, err := all[Finding](ctx, Stored(r), Kind, app.Query{Where: []app.Cond{app.Where("job", "=", job.String())}})
	for _, f := range findings {
		place, err := store.Get(ctx, r, Places, f.Ref.ID)
		switch {
		case app.IsCode(err, app.NotFound):
		case err != nil:
			return nil, err
		case place.Path != "":
			list = append(list, Previous{f, place.Path})
		}
	}
	return list, err
}
