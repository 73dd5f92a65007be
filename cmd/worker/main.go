package worker

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"daicho/app/extract"
	"daicho/app/extract/apart"
	"daicho/app/extract/pdf"
)

// Memory is what a process may take, in bytes, the parser of PDF aside, which has
// a bound of its own.
const Memory = 320 << 20

// exitMemory is how a process ends that was about to take more.
const exitMemory = 3

// Main serves files on the process's standard input and output until the input
// ends. The code of the parser of PDF is kept in the folder cache, "" for none.
func Main(cache string) error {
	engine := pdf.NewKillable(cache)
	defer engine.Close()
	return serve(func(ctx context.Context, limits extract.Limits, src extract.Source, v extract.Visitor) error {
		reader := extract.Reader{Limits: limits, PDF: engine}
		return reader.Extract(ctx, src, v)
	})
}

func serve(read apart.Read) error {
	signal.Ignore(os.Interrupt) // of the terminal: who started this process ends it
	debug.SetMemoryLimit(Memory * 3 / 4)
	go watchMemory()
	return apart.Serve(os.Stdin, os.Stdout, read, func() { os.Exit(0) })
}

// watchMemory ends the process before it takes memory away from others.
func watchMemory() {
	held := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
	for range time.Tick(20 * time.Millisecond) {
		metrics.Read(held)
		if held[0].Value.Uint64()+held[1].Value.Uint64() > Memory {
			os.Exit(exitMemory)
		}
	}
}
