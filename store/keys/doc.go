// Package keys holds the data key of a replica or a server: a random key that
// opens its database, wrapped by a passphrase and, if its owner wants, by a key in
// the operating system's keyring, for a printed recovery key, and for any two of
// three shares. The wrapped key stands in a file of its own (an
// envelope), outside the folder that it opens, so that a copy of the folder alone
// opens with nothing, and deleting the envelope makes every copy unreadable.
//
// Make a [Folder] with [Default] or [In], then [Folder.Create] once and
// [Folder.Open] at each start, under [Throttle] where a person types. DESIGN.md has
// the hierarchy, the file format and what is guaranteed.
//
// Do not use it for keys that sign, or for a person's credentials at a server; and
// never put what it returns into an argument, an environment variable, a log or an
// error. Its secret types print as "(secret)" for that reason.
package keys
