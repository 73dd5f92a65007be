// Package lzh reads archives of LHA, which were the usual ones in Japan until
// about 2010 and still lie on old servers.
//
// Entries come one after the other, as a stream. The methods lh0, lz4, lh4, lh5,
// lh6 and lh7 are read, which is what LHA for UNIX and Windows write; headers of
// level 0 to 2. The format was published by Haruyasu Yoshizaki and Haruhiko
// Okumura (header.doc of LHa for UNIX, ar002).
//
// Use it through package extract, which bounds what an entry unpacks to.
package lzh
