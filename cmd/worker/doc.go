// Package worker starts the program a second time, as the process that reads
// files whose parsers are not trusted (app/extract/apart), and is what runs
// there. The process has no more than [Memory] and no screen, network or replica;
// whoever started it ends it.
package worker
