// Package pdf reads the text of PDF files with PDFium, compiled to WebAssembly
// and run in this process by wazero.
//
// The parser cannot leave its sandbox: it sees one file and a bounded memory,
// no folder and no network, and is thrown away after each file. What it does
// wrong ends as an error of that file, and a file that keeps it busy is left
// when its context ends.
//
// Use it through package extract, which knows what else a file can be.
package pdf
