package finding

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"daicho/app"
	"daicho/app/detect"
	"daicho/app/extract"
)

// mostFolders is how many folders a run lists; the others are one row.
const mostFolders = 100

// sums are figures under names.
type sums struct {
	kinds       map[detect.Kind]*KindCount
	departments map[string]*DepartmentCount
	folders     map[string]*FolderCount // by path
	errors      map[extract.Reason]int64
}

func newSums() sums {
	return sums{map[detect.Kind]*KindCount{}, map[string]*DepartmentCount{}, map[string]*FolderCount{}, map[extract.Reason]int64{}}
}

// at is the entry of a name, made if there is none.
func at[K comparable, V any](m map[K]*V, name K) *V {
	if m[name] == nil {
		m[name] = new(V)
	}
	return m[name]
}

// count counts a file that was read, in part or in whole.
func (t *Tally) count(f *file) {
	r, size, below := &t.run, max(f.line.Size, 0), t.below(f.line.Path)
	department, _ := t.job.Responsible(below)
	d, folder := at(t.sums.departments, department), at(t.sums.folders, t.folder(below))
	d.Department, folder.Department = department, department
	for _, files := range []*int64{&r.Files, &d.Files, &folder.Files} {
		*files++
	}
	for _, bytes := range []*int64{&r.Bytes, &d.Bytes, &folder.Bytes} {
		*bytes += size
	}
	if closed(f.line.Protection) {
		r.Protected++
		d.Protected++
		if f.line.Note != "" {
			r.Weak++
		}
	}
	if f.exposed {
		for _, exposed := range []*int64{&r.Exposed, &d.Exposed, &folder.Exposed} {
			*exposed++
		}
		t.countKinds(f)
	}
}

func (t *Tally) countKinds(f *file) {
	for kind := range f.counts {
		k := at(t.sums.kinds, kind)
		k.Kind = kind
		switch detect.BandOf(f.total(kind)) {
		case detect.Few:
			k.Few++
		case detect.Tens:
			k.Tens++
		case detect.Hundreds:
			k.Hundreds++
		case detect.Thousands:
			k.Thousands++
		}
	}
}

// below is a path as it stands below the root.
func (t *Tally) below(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, t.root), "/")
}

// folder is the folder whose figures hold a file: one of the first two levels, or the
// root, so that each file is in one.
func (t *Tally) folder(below string) string {
	parts := strings.Split(below, "/")
	parts = parts[:min(len(parts)-1, 2)]
	return strings.Join(append([]string{t.root}, parts...), "/")
}

// Figures writes what was counted into a run, and names the folders it lists: each is
// a [Place] to be.
func (t *Tally) Figures(key Key, r *Run) (folders map[app.ID]string) {
	n := &t.run
	r.Files, r.Entries, r.Bytes, r.Unread, r.Partial, r.Unscannable = n.Files, n.Entries, n.Bytes, n.Unread, n.Partial, n.Unscannable
	r.Protected, r.Weak, r.Exposed = n.Protected, n.Weak, n.Exposed
	r.Kinds, r.Departments, r.Errors = nil, nil, nil
	for _, kind := range gravest() {
		if k := t.sums.kinds[kind]; k != nil {
			r.Kinds = append(r.Kinds, *k)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.sums.departments)) {
		r.Departments = append(r.Departments, *t.sums.departments[name])
	}
	for _, reason := range slices.Sorted(maps.Keys(t.sums.errors)) {
		r.Errors = append(r.Errors, ErrorCount{reason, t.sums.errors[reason]})
	}
	r.Folders, folders = t.folders(key)
	return folders
}

// folders are the rows of the folders with the most findings, and of the others together.
func (t *Tally) folders(key Key) (rows []FolderCount, names map[app.ID]string) {
	all := slices.SortedFunc(maps.Keys(t.sums.folders), func(a, b string) int {
		x, y := t.sums.folders[a], t.sums.folders[b]
		return cmp.Or(cmp.Compare(y.Exposed, x.Exposed), cmp.Compare(y.Files, x.Files), cmp.Compare(a, b))
	})
	names = map[app.ID]string{}
	var others FolderCount
	for i, path := range all {
		row := *t.sums.folders[path]
		if i >= mostFolders {
			others.Files, others.Bytes, others.Exposed = others.Files+row.Files, others.Bytes+row.Bytes, others.Exposed+row.Exposed
			continue
		}
		id := key.folder(t.job.Ref.ID, path)
		row.Place, names[id] = id.String(), path
		rows = append(rows, row)
	}
	if others.Files > 0 {
		rows = append(rows, others)
	}
	return rows, names
}
