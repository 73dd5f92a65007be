package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Why a file was not opened.
var (
	ErrPassword = errors.New("pdf: a password is needed")
	ErrScheme   = errors.New("pdf: encryption scheme unknown")
	ErrDamaged  = errors.New("pdf: file is damaged")
)

// Engine holds the parser's code, made ready when the first file is opened. It
// is safe for concurrent use.
type Engine struct {
	cache string
	watch bool // the parser looks at the clock
	ready sync.Once
	pool  pdfium.Pool
	err   error
}

// New returns an engine that keeps the machine code of the parser, 22 MB, in
// the folder cache, which only its user may write: what lies there is run. The
// first file then costs some four seconds of CPU time once, and a fifth of a
// second whenever the folder is there. With cache "" the parser is interpreted:
// ready in half a second, and slower with every page.
func New(cache string) *Engine { return &Engine{cache: cache, watch: true} }

// NewKillable is New for a process that is killed when a file takes too long: the
// parser does not look at the clock, and is three times as fast. The contexts of
// its calls end nothing.
func NewKillable(cache string) *Engine { return &Engine{cache: cache} }

// Close frees the parser's memory. No document may be open.
func (e *Engine) Close() error {
	e.ready.Do(func() { e.err = errors.New("pdf: engine is closed") })
	if e.pool == nil {
		return nil
	}
	return e.pool.Close()
}

// memoryPages of 64 KiB are what one file may make the parser hold: 128 MiB.
const memoryPages = 2048

func (e *Engine) start() {
	config, err := e.config()
	if err != nil {
		e.err = err
		return
	}
	e.pool, e.err = webassembly.Init(webassembly.Config{
		Context: context.Background(), MaxTotal: -1, // an attachment may be a PDF again
		RuntimeConfig: config, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
}

func (e *Engine) config() (wazero.RuntimeConfig, error) {
	config := wazero.NewRuntimeConfigInterpreter()
	if e.cache != "" {
		code, err := wazero.NewCompilationCacheWithDir(e.cache)
		if err != nil {
			return nil, fmt.Errorf("pdf: folder for the parser's code: %w", err)
		}
		config = wazero.NewRuntimeConfig().WithCompilationCache(code)
	}
	return config.WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCloseOnContextDone(e.watch).WithMemoryLimitPages(memoryPages), nil
}

// Open opens a file of size bytes without a password. The document must be
// closed; when ctx ends, all its methods fail.
func (e *Engine) Open(ctx context.Context, r io.ReaderAt, size int64) (*Document, error) {
	e.ready.Do(e.start)
	if e.err != nil {
		return nil, e.err
	}
	sandbox, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, err
	}
	d := &Document{sandbox: sandbox}
	d.leave = context.AfterFunc(ctx, func() { _ = sandbox.Kill() }) // it is gone either way
	opened, err := sandbox.OpenDocument(&requests.OpenDocument{
		FileReader: io.NewSectionReader(r, 0, size), FileReaderSize: size})
	if err != nil {
		d.Close()
		return nil, openError(ctx, err)
	}
	d.ref = opened.Document
	return d, nil
}

func openError(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, pdfiumerrors.ErrPassword):
		return ErrPassword
	case errors.Is(err, pdfiumerrors.ErrSecurity):
		return ErrScheme
	}
	return ErrDamaged
}
