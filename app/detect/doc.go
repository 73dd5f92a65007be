// Package detect finds Japanese personal data in text: it reads text once and
// says which kinds of data are in it, how many distinct values of each, and
// how sure it is.
//
// Use it for text that is already decoded to UTF-8; package extract turns
// files into such text. It is a pure engine: no files, no clock, no store.
// Do not use it to pull the data out: it never returns a value, and what it
// keeps while it counts are keyed hashes that die with the Document.
//
// One pass over the bytes looks for four things at once: digits in either
// width, '@' in either width, the words of the rules, and the cells and lines
// they stand in. Only where one of them begins does a matcher look closer.
// A matcher says "this has the shape, and the check digit is right"; the words
// near it, the header above it and the other values of its column decide the
// confidence. A new kind is one Rule: words and a matcher.
package detect
