package store

import (
	"context"

	"daicho/app"
)

// Person is a person's name; empty if nobody knows it here.
func (s *Replica) Person(ctx context.Context, id app.ID) (name string, err error) {
	err = s.read(ctx, func(r *reader) error {
		name, err = r.name(id)
		return err
	})
	return name, err
}

// People is the directory, by name.
func (s *Replica) People(ctx context.Context) (list []Person, err error) {
	err = s.read(ctx, func(r *reader) error {
		return r.each("SELECT id, name FROM directory WHERE name <> '' ORDER BY name, id", nil, func(scan func(...any) error) error {
			var p Person
			var id []byte
			err := scan(&id, &p.Name)
			copy(p.ID[:], id)
			list = append(list, p)
			return err
		})
	})
	return list, err
}
