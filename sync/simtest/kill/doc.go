// Package kill has no code of its own: its tests start real programs, a server
// that listens on TLS and devices with sealed replicas, kill them with -9 at any
// moment, fill the server's disk, and lose answers on the way back. What a device
// told a person to be saved must be in the order once, or visibly refused.
//
// Histories that must repeat exactly belong into package simtest above, and kills
// of one replica alone into package store.
package kill
