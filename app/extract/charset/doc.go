// Package charset turns Japanese text into UTF-8, whatever it says of itself:
// CP932, EUC-JP, ISO-2022-JP with all that mail programs put into it, UTF-8 and
// UTF-16. A label is a hint; the bytes decide where it cannot be true.
//
// Use it for text of unknown origin. Do not use it to write: nothing is encoded
// here, and what a charset cannot say becomes U+FFFD.
package charset
