// Package mail reads an Internet message (RFC 5322, MIME) as the person meant it
// who wrote it: subject, correspondents, text and files, from programs that follow
// no standard. Nothing in a message makes it unreadable as a whole; what cannot be
// read is left out, and the message says so.
//
// Use [Parse] for a message, and [Walk] where parts are read by somebody else, as
// package extract does. It is pure and holds no more of a message in memory than
// its text, up to a limit. Do not use it to check signatures or to write mail.
//
// Libraries for mail were tried first. They end at the first header that breaks a
// rule, decode encoded-words one by one, which tears characters that a program cut
// in two, and believe the charset that is named.
package mail
