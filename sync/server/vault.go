package server

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"sync"

	"daicho/app"
)

// vault seals values for a database whose pages are not sealed: AES-256-GCM
// with a key for each column, derived from the server's. A value opens in its
// own column and row alone. It is safe for use by several goroutines.
type vault struct {
	key [32]byte
	mu  sync.Mutex
	all map[string]cipher.AEAD // by column
}

func newVault(key [32]byte) *vault { return &vault{key: key, all: map[string]cipher.AEAD{}} }

// vaultName begins the derivation of each key. It never changes.
const vaultName = "daicho-postgres-1 "

func (v *vault) column(name string) (cipher.AEAD, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if a := v.all[name]; a != nil {
		return a, nil
	}
	key, err := hkdf.Key(sha256.New, v.key[:], nil, vaultName+name, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	a, err := cipher.NewGCMWithRandomNonce(block)
	if err == nil {
		v.all[name] = a
	}
	return a, err
}

// place is what a value is bound to: its column and the key of its row.
func place(column string, row []any) []byte {
	b := append([]byte(column), 0)
	for _, part := range row {
		switch p := part.(type) {
		case []byte:
			b = append(binary.BigEndian.AppendUint32(b, uint32(len(p))), p...)
		case string:
			b = append(binary.BigEndian.AppendUint32(b, uint32(len(p))), p...)
		case *app.Kind:
			b = append(binary.BigEndian.AppendUint32(b, uint32(len(*p))), *p...)
		case int64:
			b = binary.BigEndian.AppendUint64(b, uint64(p))
		case *int64:
			b = binary.BigEndian.AppendUint64(b, uint64(*p))
		default:
			panic(fmt.Sprintf("%s: a %T in the key of a row", column, part))
		}
	}
	return b
}

var errSealed = app.Refuse(app.Damaged, "", "データベースの値がこのサーバーの鍵で開けません。データベースとサーバーのフォルダーの組み合わせを確かめ、違わなければバックアップから復元してください。",
	"a value of the database does not open with this server's key; check that database and folder belong together, or restore a backup")

func (v *vault) seal(column string, value []byte, row []any) ([]byte, error) {
	a, err := v.column(column)
	if err != nil {
		return nil, err
	}
	return a.Seal(nil, nil, value, place(column, row)), nil
}

func (v *vault) open(column string, value []byte, row []any) ([]byte, error) {
	a, err := v.column(column)
	if err != nil {
		return nil, err
	}
	b, err := a.Open(nil, nil, value, place(column, row))
	if err != nil {
		return nil, errSealed
	}
	return b, nil
}

// seal is a value, named "table.column", as the database may hold it. row is
// the primary key that it stands under, of numbers (int64), text and bytes.
func (t *sqlTx) seal(column string, value any, row ...any) any {
	if t.vault == nil {
		return value
	}
	return sealing{t.vault, column, value, row}
}

// sealing seals a value when the driver takes it.
type sealing struct {
	vault  *vault
	column string
	value  any // string or []byte
	row    []any
}

func (s sealing) bytes() ([]byte, error) {
	switch v := s.value.(type) {
	case string:
		return s.vault.seal(s.column, []byte(v), s.row)
	case []byte:
		return s.vault.seal(s.column, v, s.row)
	}
	return nil, fmt.Errorf("%s: a %T cannot be sealed", s.column, s.value)
}

// opened scans what seal wrote. Parts of the row may be read by the same scan,
// further left: slices, and a *int64 for a number.
func (t *sqlTx) opened(column string, into any, row ...any) *unsealing {
	return &unsealing{t.vault, column, into, row}
}

type unsealing struct {
	vault  *vault
	column string
	into   any
	row    []any
}

// Scan makes it a sql.Scanner.
func (o *unsealing) Scan(v any) error {
	if o.vault != nil {
		sealed, _ := v.([]byte)
		b, err := o.vault.open(o.column, sealed, o.row)
		if err != nil {
			return err
		}
		v = b
	}
	return assign(o.into, v)
}
