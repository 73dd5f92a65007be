package server

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"daicho/app"
)

// scopes are all scopes there are, and their numbers, which begin at 1. Zero is
// no scope.
type scopes struct {
	list    []app.Scope // by number
	numbers map[app.Scope]int
	moves   map[string]Reach // read before, without line and device: most lines look alike
}

func (t *sqlTx) scopeTable() (*scopes, error) {
	if t.scopes != nil {
		return t.scopes, nil
	}
	s := &scopes{make([]app.Scope, 1), map[app.Scope]int{}, map[string]Reach{}}
	err := t.each("SELECT kind, zone, org FROM scope ORDER BY n", nil, func(scan func(...any) error) (bool, error) {
		var one app.Scope
		err := scan(&one.Kind, &one.Zone, blob(one.Org[:]))
		s.add(one)
		return true, err
	})
	if err == nil {
		t.scopes = s
	}
	return s, err
}

func (s *scopes) add(one app.Scope) int {
	s.numbers[one] = len(s.list)
	s.list = append(s.list, one)
	return s.numbers[one]
}

// number is a scope's number, given to it if it has none.
func (t *sqlTx) number(of app.Scope) (int, error) {
	if of == (app.Scope{}) {
		return 0, nil
	}
	s, err := t.scopeTable()
	if err != nil {
		return 0, err
	}
	if n, ok := s.numbers[of]; ok {
		return n, nil
	}
	n := s.add(of)
	return n, t.exec("INSERT INTO scope (n, kind, zone, org) VALUES ($1, $2, $3, $4)", n, string(of.Kind), string(of.Zone), of.Org[:])
}

// among is a condition on a column of scopes; empty: it holds for all of them.
func (t *sqlTx) among(column string, may func(app.Scope) bool) (string, error) {
	if may == nil {
		return "", nil
	}
	s, err := t.scopeTable()
	if err != nil {
		return "", err
	}
	var in []string
	for n, one := range s.list[1:] {
		if may(one) {
			in = append(in, strconv.Itoa(n+1))
		}
	}
	if len(in) == 0 {
		return " AND 1 = 0", nil
	}
	return " AND " + column + " IN (" + strings.Join(in, ", ") + ")", nil
}

func (t *sqlTx) Scopes() ([]app.Scope, error) {
	s, err := t.scopeTable()
	if err != nil {
		return nil, err
	}
	return s.list[1:], nil
}

func (t *sqlTx) ScopeAt(ref app.Ref) (app.Scope, bool, error) {
	r, err := t.row(ref)
	if err != nil || !r.there {
		return app.Scope{}, false, err
	}
	s, err := t.scopeTable()
	if err != nil {
		return app.Scope{}, false, err
	}
	return s.list[r.scope], true, nil
}

func (t *sqlTx) Rescope(ref app.Ref, to app.Scope) error {
	n, err := t.number(to)
	if err != nil {
		return err
	}
	if r, known := t.records[ref]; known {
		r.scope = n
		t.records[ref] = r
	}
	return t.exec("UPDATE record SET scope = $3 WHERE kind = $1 AND id = $2", string(ref.Kind), ref.ID[:], n)
}

// inEveryScope is answered in the order of an index. inSomeScopes finds by an index
// alone what may be read, so that other documents are not touched, but holds all
// that it finds until it is sorted: it is asked for a few at a time.
const (
	inEveryScope = "SELECT kind, id, gsn, doc FROM record WHERE (kind, id) > ($1, $2) ORDER BY kind, id LIMIT $3"
	inSomeScopes = `SELECT r.kind, r.id, r.gsn, r.doc FROM
		(SELECT kind, id FROM record WHERE (kind, id) > ($1, $2)%s ORDER BY kind, id LIMIT $3) p
		JOIN record r ON r.kind = p.kind AND r.id = p.id ORDER BY r.kind, r.id`
	fewRows = 200
)

func (t *sqlTx) RowsAfter(after app.Ref, may func(app.Scope) bool, count, size int) (out []Row, err error) {
	among, err := t.among("scope", may)
	if err != nil {
		return nil, err
	}
	if among == "" {
		_, err = t.moreRows(inEveryScope, after, count, &out, &size)
		return out, err
	}
	for more := true; more && len(out) < count; {
		few := min(fewRows, count-len(out))
		if more, err = t.moreRows(fmt.Sprintf(inSomeScopes, among), after, few, &out, &size); err != nil {
			return nil, err
		}
		if more {
			after = out[len(out)-1].Ref
		}
	}
	return out, nil
}

// moreRows adds up to count rows, as long as they fit, and says whether so many
// were there.
func (t *sqlTx) moreRows(query string, after app.Ref, count int, out *[]Row, size *int) (all bool, err error) {
	found := 0
	err = t.each(query, []any{string(after.Kind), after.ID[:], count}, func(scan func(...any) error) (bool, error) {
		var r Row
		if err := scan(&r.Ref.Kind, blob(r.Ref.ID[:]), &r.GSN, t.opened("record.doc", &r.Doc, &r.Ref.Kind, r.Ref.ID[:])); err != nil {
			return false, err
		}
		*size -= len(r.Doc)
		if *size < 0 && len(*out) > 0 {
			return false, nil
		}
		*out = append(*out, r)
		found++
		return true, nil
	})
	return found == count, err
}

func (t *sqlTx) CountRows(may func(app.Scope) bool) (n int64, err error) {
	among, err := t.among("scope", may)
	if err == nil {
		_, err = t.one("SELECT count(*) FROM record WHERE 1 = 1"+among, nil, &n)
	}
	return n, err
}

func (t *sqlTx) KeysOfRows(refs []app.Ref) (all []app.SubjectKey, err error) {
	refs = slices.SortedFunc(slices.Values(refs), func(a, b app.Ref) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	for some := range slices.Chunk(refs, together) {
		var args []any
		for i := range together {
			args = append(args, some[min(i, len(some)-1)].ID[:])
		}
		keys, err := t.keys("SELECT subject, key_id, key FROM subject_key WHERE subject IN ("+listOfRows+") ORDER BY subject, key_id", args...)
		if err != nil {
			return nil, err
		}
		all = append(all, keys...)
	}
	return all, nil
}

var listOfRows = placeholders(1, together)

func (t *sqlTx) PutReach(r Reach) error {
	packed, err := t.pack(r)
	if err != nil {
		return err
	}
	return t.insert("reach", "gsn, device, scopes", r.GSN, r.Device[:], column(packed))
}

// pack writes the scopes of a line as numbers, each as a varint.
func (t *sqlTx) pack(r Reach) (packed []byte, err error) {
	all := []app.Scope{r.About}
	for _, m := range r.Moves {
		all = append(all, m.Was, m.Is)
	}
	for _, s := range all {
		n, err := t.number(s)
		if err != nil {
			return nil, err
		}
		packed = binary.AppendUvarint(packed, uint64(n))
	}
	return packed, nil
}

var errReach = errors.New("the scopes of a line cannot be read")

func (s *scopes) unpack(packed []byte) (r Reach, err error) {
	if r, known := s.moves[string(packed)]; known {
		return r, nil
	}
	var all []app.Scope
	for rest := packed; len(rest) > 0; {
		n, size := binary.Uvarint(rest)
		if size <= 0 || n >= uint64(len(s.list)) {
			return r, errReach
		}
		all, rest = append(all, s.list[n]), rest[size:]
	}
	if len(all)%2 != 1 {
		return r, errReach
	}
	r.About = all[0]
	for pair := range slices.Chunk(all[1:], 2) {
		r.Moves = append(r.Moves, Move{pair[0], pair[1]})
	}
	s.moves[string(packed)] = r
	return r, nil
}

func (t *sqlTx) Reaches(after int64, count int) (out []Reach, err error) {
	s, err := t.scopeTable()
	if err != nil {
		return nil, err
	}
	err = t.each("SELECT gsn, device, scopes FROM reach WHERE gsn > $1 ORDER BY gsn LIMIT $2", []any{after, count}, func(scan func(...any) error) (bool, error) {
		var gsn int64
		var device app.ID
		var packed []byte
		if err := scan(&gsn, blob(device[:]), &packed); err != nil {
			return false, err
		}
		r, err := s.unpack(packed)
		r.GSN, r.Device = gsn, device
		out = append(out, r)
		return true, err
	})
	return out, err
}

func (t *sqlTx) Outcomes(gsns []int64, size int) (out []Told, err error) {
	if len(gsns) == 0 {
		return nil, nil
	}
	err = t.each("SELECT gsn, outcome FROM log WHERE gsn IN ("+commas(gsns)+") ORDER BY gsn", nil, t.told(&out, size))
	return out, err
}

func (t *sqlTx) KeysOfLines(gsns []int64) ([]app.SubjectKey, error) {
	if len(gsns) == 0 {
		return nil, nil
	}
	return t.keys(`SELECT DISTINCT k.subject, k.key_id, k.key FROM log_key l JOIN subject_key k ON k.subject = l.subject AND k.key_id = l.key_id
		WHERE l.gsn IN (` + commas(gsns) + ") ORDER BY k.subject, k.key_id")
}

// commas are numbers as a list in a query.
func commas(all []int64) string {
	text := make([]string, len(all))
	for i, n := range all {
		text[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(text, ", ")
}

func (t *sqlTx) WantedOf(id app.BlobID) (device app.ID, wanted bool, err error) {
	wanted, err = t.one("SELECT device FROM attachment WHERE id = $1", []any{id[:]}, blob(device[:]))
	return device, wanted, err
}

func (t *sqlTx) Name(id app.BlobID, by app.Ref) error {
	return t.exec("INSERT INTO naming (blob, kind, id) VALUES ($1, $2, $3) ON CONFLICT (blob, kind, id) DO NOTHING", id[:], string(by.Kind), by.ID[:])
}

func (t *sqlTx) Naming(id app.BlobID) (refs []app.Ref, err error) {
	err = t.each("SELECT kind, id FROM naming WHERE blob = $1 ORDER BY kind, id", []any{id[:]}, func(scan func(...any) error) (bool, error) {
		var ref app.Ref
		err := scan(&ref.Kind, blob(ref.ID[:]))
		refs = append(refs, ref)
		return true, err
	})
	return refs, err
}
