package share

import (
	"context"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cloudsoda/go-smb2"

	"daicho/app/scan"
)

// Login is who reads a share.
type Login struct {
	User     string
	Domain   string // empty: none
	Password string
}

// Shares is [scan.Files] over shares and the machine's own disks. It may be used
// from several goroutines.
type Shares struct {
	scan.Local
	// Patience is how long one answer of a server may take: 30 seconds. Set it before
	// the first use.
	Patience time.Duration

	logins func(ctx context.Context, server string) (Login, error)
	ctx    context.Context

	mu      sync.Mutex
	mounted map[string]*mount
}

// New reads shares until ctx ends, as whom logins says for a server.
func New(ctx context.Context, logins func(ctx context.Context, server string) (Login, error)) *Shares {
	return &Shares{Patience: 30 * time.Second, ctx: ctx, logins: logins, mounted: map[string]*mount{}}
}

// at does something on a share. A connection that broke, or on which nobody
// answered, is made anew once.
func (s *Shares) at(path string, do func(*smb2.Share, string) error) error {
	p, err := parse(path)
	if err != nil {
		return err
	}
	name := strings.ReplaceAll(p.name, "/", `\`)
	return s.mount(p).do(s.ctx, func(share *smb2.Share) error { return do(share, name) })
}

func (s *Shares) mount(p place) *mount {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := p.server + "/" + strings.ToLower(p.share)
	if s.mounted[key] == nil {
		s.mounted[key] = &mount{place: p, logins: s.logins, patience: s.Patience}
	}
	return s.mounted[key]
}

// Stat is part of [scan.Files].
func (s *Shares) Stat(path string) (info fs.FileInfo, err error) {
	if !IsShare(path) {
		return s.Local.Stat(path)
	}
	err = s.at(path, func(share *smb2.Share, name string) (err error) {
		info, err = share.Stat(name)
		return err
	})
	return stamped(info), err
}

// ReadDir is part of [scan.Files].
func (s *Shares) ReadDir(folder string) (list []fs.DirEntry, err error) {
	if !IsShare(folder) {
		return s.Local.ReadDir(folder)
	}
	err = s.at(folder, func(share *smb2.Share, name string) error {
		all, err := share.ReadDir(name)
		list = nil
		for _, info := range all {
			list = append(list, fs.FileInfoToDirEntry(stamped(info)))
		}
		return err
	})
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, err
}

// Open is part of [scan.Files].
func (s *Shares) Open(path string) (f scan.File, err error) {
	if !IsShare(path) {
		return s.Local.Open(path)
	}
	err = s.at(path, func(share *smb2.Share, name string) error {
		ctx, end := context.WithCancel(s.ctx)
		opened := &file{ctx: ctx, end: end, patience: s.Patience}
		if err := opened.patiently(func() (err error) { opened.File, err = share.WithContext(ctx).Open(name); return err }); err != nil {
			end()
			return err
		}
		f = opened
		return nil
	})
	return f, err
}

// Join is part of [scan.Files].
func (s *Shares) Join(folder, name string) string {
	if !IsShare(folder) {
		return s.Local.Join(folder, name)
	}
	return strings.TrimSuffix(folder, "/") + "/" + name
}

// Close ends all connections.
func (s *Shares) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.mounted {
		m.end()
	}
}
