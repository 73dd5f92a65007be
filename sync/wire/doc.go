// Package wire is what a device and its server say to each other: messages as
// deterministic CBOR, the enrolment code, the error of both sides, the limits
// both keep, and the TLS by which they know each other.
//
// Use it from sync/client and sync/server alone. It is not for keeping things:
// changes and outcomes travel here as the bytes that package app encoded, and
// nothing here looks into them. Messages may gain keys; a key never changes
// its meaning (the golden files in testdata hold every version ever sent).
package wire
