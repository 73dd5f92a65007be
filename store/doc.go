// Package store keeps one replica: one device's copy of all registers, in an
// encrypted folder, with the signed journal of what its person did.
//
// There are three doors into it, and nothing is ever written past them:
// [Replica.Write] for people and rules, which journals; [Replica.Apply] for what
// the server has put in order; [Replica.Local] for settings of this device,
// which never leave it. Reading needs no door.
//
// The store knows no module: it works from the registers of [app.Book] alone.
// SQL over one kind's columns, files that are no attachments, and everything
// that talks to a network do not belong here. DESIGN.md in this folder says what
// lies in the folder of a replica, what is guaranteed and what is not.
package store
