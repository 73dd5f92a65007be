package wire_test

import (
	"maps"

	"daicho/sync/wire"
)

func init() {
	checkpoint := wire.Checkpoint{Note: []byte("note"), Identity: []byte{1, 2}, Proof: [][32]byte{{3}, {4}}}
	maps.Copy(golden, map[string]any{
		"pull_audited":   &wire.Pull{Epoch: id(1), GSN: 1 << 40, Seen: 1 << 33},
		"pulled_audited": &wire.Pulled{Times: times, Epoch: id(1), UpTo: 9, Head: 10, Directory: 4, Checkpoint: &checkpoint},
		"audit":          &wire.Audit{Seen: 7, After: 8, Count: 9},
		"auditpage":      &wire.AuditPage{Times: times, Checkpoint: checkpoint, Leaves: [][]byte{{5}, {6, 7}}, Hashes: [][32]byte{{8}, {9}}},
		"proving_lines":  &wire.Proving{Lines: []int64{3, 1 << 40}},
		"proven":         &wire.Proven{Times: times, Checkpoint: checkpoint, Lines: []wire.ProvenLine{{Leaf: []byte{5}, Proof: [][32]byte{{8}}}}},
	})
}
