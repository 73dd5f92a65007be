// Package cab reads cabinet files ([MS-CAB]), which Windows makes and updates
// come in. Entries that are stored or packed with MSZIP are read; those of LZX and
// Quantum, and those that go on in another cabinet, give [ErrMethod].
//
// Use it through package extract, which bounds what an entry unpacks to.
package cab
