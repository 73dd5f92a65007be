package audit

import (
	"crypto/ed25519"
	"errors"
	"io"

	"daicho/app"
	"daicho/sync/wire"
)

// ProofMagic begins a file of proofs: after it stands one [Proven].
const ProofMagic = "DCP1"

// Proven are lines that are proved to stand in an order: with nothing else at
// hand, whoever knows the server's key can check that.
type Proven struct {
	Version  int    `cbor:"1,keyasint"`
	Identity []byte `cbor:"2,keyasint"` // the server's public key
	Note     []byte `cbor:"3,keyasint"` // the checkpoint
	Lines    []Line `cbor:"4,keyasint"`
}

// Line is one line with its proof.
type Line struct {
	Leaf  []byte `cbor:"1,keyasint"`
	Proof Proof  `cbor:"2,keyasint,omitempty"`
}

// MaxProven is how many lines are proved at once.
const MaxProven = 1000

// NewProven gathers lines that stand under a note.
func NewProven(identity ed25519.PublicKey, note []byte, lines []Line) *Proven {
	return &Proven{exportVersion, identity, note, lines}
}

// Encode is the file.
func (p *Proven) Encode() ([]byte, error) {
	b, err := wire.Encode(p)
	return append([]byte(ProofMagic), b...), err
}

// DecodeProven reads a file of proofs.
func DecodeProven(b []byte) (*Proven, error) {
	if len(b) < len(ProofMagic) || string(b[:len(ProofMagic)]) != ProofMagic {
		return nil, errMagic
	}
	var p Proven
	if err := exactly(b[len(ProofMagic):], &p); err != nil {
		return nil, err
	}
	switch {
	case p.Version > exportVersion:
		return nil, errNewer
	case p.Version != exportVersion || len(p.Identity) != ed25519.PublicKeySize || len(p.Lines) == 0 || len(p.Lines) > MaxProven:
		return nil, errFrame
	}
	return &p, nil
}

// Leaves are the lines that are proved.
func (p *Proven) Leaves() ([]Leaf, error) {
	out := make([]Leaf, len(p.Lines))
	for i, line := range p.Lines {
		var err error
		if out[i], err = DecodeLeaf(line.Leaf); err != nil {
			return nil, errFrame
		}
	}
	return out, nil
}

// Verify checks signature and proofs.
func (p *Proven) Verify() (*Report, error) {
	leaves, err := p.Leaves()
	if err != nil {
		return nil, err
	}
	r := &Report{Identity: p.Identity, Lines: int64(len(p.Lines))}
	devices := map[app.ID]bool{}
	if r.Checkpoint, err = Open(p.Note, p.Identity); err != nil {
		r.find(CheckSignature, 0, "the checkpoint is not what the server has signed")
	}
	for i, line := range p.Lines {
		devices[leaves[i].Device] = true
		if r.Checkpoint.Holds(line.Leaf, line.Proof) != nil {
			r.find(CheckCheckpoint, leaves[i].GSN, "it does not stand in the record that was signed")
		}
	}
	r.Devices = len(devices)
	return r, nil
}

// Prove proves lines of an export, by their numbers in the order, without its
// server. It reads the file once, from its beginning; what is wrong with the
// rest of the file is for [Verify].
func Prove(from io.Reader, gsns []int64) (*Proven, error) {
	in := importer{from: from}
	h, err := in.begin()
	if err != nil {
		return nil, err
	}
	text := h.Notes[len(h.Notes)-1]
	c, err := Open(text, h.Identity)
	if err != nil {
		return nil, err
	}
	g, err := newGather(c.Size, gsns)
	if err == nil {
		err = g.read(&in)
	}
	if err != nil {
		return nil, err
	}
	lines, err := g.prove()
	p := NewProven(h.Identity, text, lines)
	if r, wrong := p.Verify(); err == nil && (wrong != nil || !r.Sound()) {
		err = errNotHeld
	}
	return p, err
}

var errNoLine = app.Refuse(app.NotFound, "gsn", "この番号の行は監査記録にありません。", "no line of the record has this number")

// gather picks from a passing export what proofs are made of.
type gather struct {
	size   int64
	gsns   []int64
	tree   Tree
	leaves map[int64][]byte
	rows   map[int64][]byte // what the tree stores with the leaves that proofs need
}

func newGather(size int64, gsns []int64) (*gather, error) {
	g := &gather{size: size, gsns: gsns, leaves: map[int64][]byte{}, rows: map[int64][]byte{}}
	if len(gsns) == 0 || len(gsns) > MaxProven {
		return nil, errNoLine
	}
	asked := Stored(func(leaves []int64) ([][]byte, error) {
		for _, n := range leaves {
			g.rows[n] = nil
		}
		return nil, errAsked
	})
	for _, gsn := range gsns {
		if gsn < 1 || gsn > size {
			return nil, errNoLine
		}
		g.leaves[gsn] = nil
		if _, err := ProveLeaf(size, gsn, asked); err != nil && !errors.Is(err, errAsked) {
			return nil, err
		}
	}
	return g, nil
}

// errAsked ends a proof that was begun to see what it asks for.
var errAsked = errors.New("asked")

func (g *gather) read(in *importer) error {
	for g.tree.Size() < g.size {
		var p Page
		if err := in.next(&p); errors.Is(err, io.EOF) {
			return errCut
		} else if err != nil {
			return err
		}
		for _, leaf := range p.Leaves {
			g.take(leaf)
		}
	}
	return nil
}

func (g *gather) take(leaf []byte) {
	stored := g.tree.Add(HashOf(leaf))
	n := g.tree.Size()
	if _, wanted := g.leaves[n]; wanted {
		g.leaves[n] = leaf
	}
	if _, wanted := g.rows[n]; wanted {
		g.rows[n] = Row(stored)
	}
}

func (g *gather) prove() (lines []Line, err error) {
	rows := Stored(func(leaves []int64) (out [][]byte, err error) {
		for _, n := range leaves {
			out = append(out, g.rows[n])
		}
		return out, nil
	})
	for _, gsn := range g.gsns {
		p, err := ProveLeaf(g.size, gsn, rows)
		if err != nil {
			return nil, err
		}
		lines = append(lines, Line{g.leaves[gsn], p})
	}
	return lines, nil
}
