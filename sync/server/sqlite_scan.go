package server

import "fmt"

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
