package kittest

import (
	"context"
	"maps"
	"strings"
)

// Recall are the values kept under names that begin with prefix.
func (r *Replica) Recall(_ context.Context, prefix string) (map[string][]byte, error) {
	kept := maps.Clone(r.Kept)
	maps.DeleteFunc(kept, func(name string, _ []byte) bool { return !strings.HasPrefix(name, prefix) })
	return kept, r.asked("recall")
}

// Keep keeps a value; nil forgets it.
func (r *Replica) Keep(_ context.Context, name string, value []byte) error {
	if r.Kept == nil {
		r.Kept = map[string][]byte{}
	}
	if r.Kept[name] = value; value == nil {
		delete(r.Kept, name)
	}
	return r.asked("keep")
}
