package bigram

import (
	"errors"
	"fmt"
	"sync"
	"unsafe"

	"golang.org/x/text/unicode/norm"
	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"daicho/store/internal/cmem"
)

// Name is what a table gives as tokenize.
const Name = "bigram"

// Version names the folding and the tokens. An index made under another version
// must be built anew from its texts: rows could not be deleted from it any more.
func Version() string { return "2 unicode " + norm.Version }

// Shapes of the functions of FTS5's C interface.
type (
	fnCreate   = func(t *libc.TLS, context, args uintptr, n int32, out uintptr) int32
	fnDelete   = func(t *libc.TLS, tokenizer uintptr)
	fnTokenize = func(t *libc.TLS, tokenizer, context uintptr, flags int32, text uintptr, n int32, emit uintptr) int32
	fnEmit     = func(t *libc.TLS, context uintptr, flags int32, token uintptr, n, from, to int32) int32
	fnAdd      = func(t *libc.TLS, api, name, context, tokenizer, destroy uintptr) int32
	fnConnect  = func(t *libc.TLS, db, message, api uintptr) int32
)

// words are the constants in C memory that every new connection needs. They are
// made once and never freed: connections may outlive any caller.
type words struct {
	name, pointer, sql uintptr
	tokenizer          uintptr
}

var constants = sync.OnceValues(func() (words, error) {
	t := libc.NewTLS()
	defer t.Close()
	var w words
	var errs [3]error
	w.name, errs[0] = libc.CString(Name)
	w.pointer, errs[1] = libc.CString("fts5_api_ptr")
	w.sql, errs[2] = libc.CString("SELECT fts5(?1)")
	w.tokenizer = libc.Xcalloc(t, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tfts5_tokenizer{})))
	if err := errors.Join(errs[:]...); err != nil || w.tokenizer == 0 {
		return w, fmt.Errorf("bigram: no memory: %w", err)
	}
	*cmem.At[sqlite3.Tfts5_tokenizer](w.tokenizer) = sqlite3.Tfts5_tokenizer{
		FxCreate:   cmem.Address[fnCreate](create),
		FxDelete:   cmem.Address[fnDelete](remove),
		FxTokenize: cmem.Address[fnTokenize](tokenize),
	}
	return w, nil
})

var register = sync.OnceValue(func() error {
	if _, err := constants(); err != nil {
		return err
	}
	t := libc.NewTLS()
	defer t.Close()
	if rc := sqlite3.Xsqlite3_auto_extension(t, cmem.Address[fnConnect](connect)); rc != sqlite3.SQLITE_OK {
		return fmt.Errorf("bigram: SQLite refused the tokenizer (%d)", rc)
	}
	return nil
})

// Register gives every connection opened from now on, in this process, the
// tokenizer called [Name]. Calling it again does nothing.
func Register() error { return register() }

// connect adds the tokenizer to a new connection, by FTS5's way of handing out its
// interface: https://sqlite.org/fts5.html#extending_fts5
func connect(t *libc.TLS, db, _, _ uintptr) int32 {
	sqlite3.Xsqlite3_extended_result_codes(t, db, 1) // what follows reads the file: damage is told from a bad disk
	w, _ := constants()
	p := t.Alloc(16)
	defer t.Free(16)
	*cmem.At[uintptr](p), *cmem.At[uintptr](p + 8) = 0, 0
	if rc := sqlite3.Xsqlite3_prepare_v2(t, db, w.sql, -1, p, 0); rc != sqlite3.SQLITE_OK {
		return rc
	}
	stmt := *cmem.At[uintptr](p)
	sqlite3.Xsqlite3_bind_pointer(t, stmt, 1, p+8, w.pointer, 0)
	sqlite3.Xsqlite3_step(t, stmt)
	if rc := sqlite3.Xsqlite3_finalize(t, stmt); rc != sqlite3.SQLITE_OK {
		return rc
	}
	api := *cmem.At[uintptr](p + 8)
	if api == 0 {
		return sqlite3.SQLITE_ERROR
	}
	add := cmem.Func[fnAdd](cmem.At[sqlite3.Tfts5_api](api).FxCreateTokenizer)
	return add(t, api, w.name, 0, w.tokenizer, 0)
}

// create gives any address but 0, which nobody follows: the tokenizer has no state
// and no settings.
func create(_ *libc.TLS, _, _ uintptr, _ int32, out uintptr) int32 {
	*cmem.At[uintptr](out) = 1
	return sqlite3.SQLITE_OK
}

func remove(*libc.TLS, uintptr) {}

func tokenize(t *libc.TLS, _, context uintptr, flags int32, text uintptr, n int32, emit uintptr) int32 {
	if text == 0 || n <= 0 {
		return sqlite3.SQLITE_OK
	}
	p := t.Alloc(16)
	defer t.Free(16)
	token := cmem.Bytes(p, 16)
	call := cmem.Func[fnEmit](emit)
	search := flags&sqlite3.FTS5_TOKENIZE_QUERY != 0
	return tokens(cmem.Bytes(text, int(n)), search, func(b []byte, from, to int) int32 {
		return call(t, context, 0, p, int32(copy(token, b)), int32(from), int32(to))
	})
}
