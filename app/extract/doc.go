// Package extract opens one file and tells what is in it: its text in pieces
// with their places, the files packed inside it, whether a password protects
// it, and whether all of it could be read.
//
// Use it wherever a file of unknown origin must be read. It expects hostile
// input: every size, depth, ratio and count has a limit, and a parser's panic
// is that file's error. What it cannot read it says so of: a file is never
// reported as read when it was not. It writes nothing, not even temporary
// files, and its reasons are a fixed list of sentences without any content.
//
// Do not use it to show or convert documents: layout, pictures and formulas
// are left out, and text that stands apart on the page may come in any order.
package extract
