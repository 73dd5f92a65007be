// Package intake turns mail into tickets: it fetches what lies in a mailbox, opens a
// ticket for each mail or adds an entry to the one that it answers, keeps the raw
// mail, and has a receipt sent. A mail that nothing can be made of is held for a
// person; it never keeps the next one waiting.
//
// It works on the server's own replica through store.Write. Do not use it to import
// mail that people have sorted already: each mail would become an inquiry of today.
package intake
