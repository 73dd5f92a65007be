// Package detect finds Japanese personal data, and other data that must be
// guarded, in text: it reads text once and says which kinds are in it, how many
// distinct values of each, and how sure it is.
//
// Use it for text that is already decoded to UTF-8; package extract turns
// files into such text. It is a pure engine: no files, no clock, no store.
// Do not use it to pull the data out: it never returns a value, and what it
// keeps while it counts are keyed hashes that die with the Document.
//
// # How it works
//
// One pass over the bytes looks for all kinds at once: digits in either width,
// '@' in either width, the words of the rules, blanks between wide characters,
// and the cells and lines they stand in. Only where one of them begins does a
// matcher look closer, at a short window. A matcher says "this has the shape,
// and the check digit is right"; what decides the confidence is, in this order,
// the word beside the value, the header of its column, the title or the lines
// above, the other kinds in its row, and the other values of its column. Words
// speak against a value as they speak for it: 伝票番号, and the name of any other
// number.
//
// A kind is one file: a function that returns its Rule (words and where they
// come from) and its matchers. Names and places are asked of lists in dict,
// which packaging/dictionaries makes.
//
// Words can be changed by a Pack: data that is signed, names the edition of the
// guideline it follows, and ends its exceptions by a day. How a number is
// checked is code. What is kept of a file are its findings, the Table of the
// rules and the file's Traces: Engine.Since then tells which files other rules
// concern.
//
// # What an extractor should tell
//
// Structure is told by Block. Cells of one row are parted by Block.Sep, rows by
// a newline: then headers, columns and rows of several kinds count. Rows and
// lines of one thing are handed over with Continues, in as many blocks as
// wanted; a block ends where a line ends. A new table, sheet, slide or part
// begins with Continues false, and with what names it as Title: a sheet's name,
// a mail's subject, the name of a table. A value with a key (JSON, XML, a form)
// is a line "key: value", or a cell with its key to the left.
package detect
