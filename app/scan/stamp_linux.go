package scan

import (
	"io/fs"
	"syscall"
)

func (s *Stamp) fromSystem(info fs.FileInfo) {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		s.Changed, s.File, s.Device = st.Ctim.Nano(), st.Ino, uint64(st.Dev)
	}
}
