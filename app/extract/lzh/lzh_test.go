package lzh

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"testing"
	"testing/iotest"
)

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../testdata/made/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestHeaders(t *testing.T) {
	for name, method := range map[string]string{"level0.lzh": "-lh5-", "level2.lzh": "-lh5-", "lh6.lzh": "-lh6-", "lh7.lzh": "-lh7-"} {
		z := NewReader(bytes.NewReader(sample(t, name)))
		h, err := z.Next()
		if err != nil || h.Name != "rows.csv" || h.Method != method || h.Size != 1790 || h.Dir {
			t.Fatalf("%s: %+v (%v)", name, h, err)
		}
		if _, err := z.Next(); err != io.EOF {
			t.Errorf("%s: after the last entry: %v", name, err)
		}
	}
}

// TestReadError: where the file cannot be read on is not where the archive ends.
func TestReadError(t *testing.T) {
	data, broken := sample(t, "level2.lzh"), errors.New("disk")
	for n := range 60 { // the header, and a little of what is packed
		z := NewReader(io.MultiReader(bytes.NewReader(data[:n]), iotest.ErrReader(broken)))
		_, err := z.Next()
		if err == nil {
			_, err = z.Next()
		}
		if err != broken {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
}

// FuzzArchive mutates an archive as it is.
func FuzzArchive(f *testing.F) {
	f.Add(sample(f, "level0.lzh"))
	f.Add(sample(f, "level2.lzh"))
	f.Add(sample(f, "lh7.lzh"))
	f.Fuzz(func(t *testing.T, data []byte) {
		z := NewReader(bytes.NewReader(data))
		for {
			if _, err := z.Next(); err != nil {
				return
			}
			if _, err := io.Copy(io.Discard, io.LimitReader(z, 1<<20)); err == nil && z.left > 0 && z.header.Size <= 1<<20 {
				t.Fatal("an entry ended early and without an error")
			}
		}
	})
}

// FuzzDecode mutates the packed bytes of an entry: its header is right.
func FuzzDecode(f *testing.F) {
	packed := sample(f, "lh5.lzh")
	f.Add(uint8(5), packed[len(packed)-480:])
	f.Add(uint8(7), []byte{0, 1, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, method uint8, data []byte) {
		h := append([]byte{22 + 1, 0}, "-lh"...)
		h = append(h, '4'+method%4, '-')
		h = binary.LittleEndian.AppendUint32(h, uint32(len(data)))
		h = binary.LittleEndian.AppendUint32(h, 1<<16)
		h = append(h, 0, 0, 0, 0, 0x20, 0, 1, 'a', 0, 0)
		z := NewReader(bytes.NewReader(append(h, data...)))
		if _, err := z.Next(); err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, z)
		if err == nil && n != 1<<16 || err != nil && !errors.Is(err, ErrFormat) && err != io.ErrUnexpectedEOF {
			t.Errorf("%d bytes (%v)", n, err)
		}
	})
}
