package server

import (
	"bytes"
	"database/sql"
	"fmt"
	"reflect"
)

// fixed scans a BLOB into an array of its very size.
type fixed []byte

func blob(into []byte) fixed { return into }

// Scan makes it a sql.Scanner.
func (f fixed) Scan(v any) error {
	b, ok := v.([]byte)
	if !ok || len(b) != len(f) {
		return fmt.Errorf("column of %d bytes where %d belong", len(b), len(f))
	}
	copy(f, b)
	return nil
}

// assign puts the value of a column where a scan wants it.
func assign(into, v any) error {
	if s, ok := into.(sql.Scanner); ok {
		return s.Scan(v)
	}
	to := reflect.ValueOf(into).Elem()
	switch v := v.(type) {
	case int64:
		return assignNumber(to, v)
	case string:
		return assignBytes(to, []byte(v))
	case []byte:
		return assignBytes(to, bytes.Clone(v)) // the driver may use its own again
	}
	return fmt.Errorf("column of %T", v)
}

func assignNumber(to reflect.Value, n int64) error {
	switch {
	case to.CanInt():
		to.SetInt(n)
	case to.CanUint():
		to.SetUint(uint64(n))
	case to.Kind() == reflect.Bool:
		to.SetBool(n != 0)
	default:
		return fmt.Errorf("column of a number where %s belongs", to.Type())
	}
	return nil
}

func assignBytes(to reflect.Value, b []byte) error {
	switch to.Kind() {
	case reflect.String:
		to.SetString(string(b))
	case reflect.Slice:
		to.SetBytes(b)
	default:
		return fmt.Errorf("column of bytes where %s belongs", to.Type())
	}
	return nil
}
