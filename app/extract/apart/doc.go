// Package apart reads files in another process, so that a file on which a
// parser crashes, hangs or takes all memory costs that file and nothing else.
//
// A [Pool] is the side that asks: it sends a file's bytes as they are wanted and
// tells its visitor what comes back. [Serve] is the side that reads. Both speak
// over two pipes; how a process is started, and what memory it may have, is the
// affair of the program (cmd/worker).
//
// Use it for formats whose parsers are large or not our own. Plain text is read
// as fast where it is.
package apart
