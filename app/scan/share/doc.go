// Package share lets a scan read the shares of file servers over SMB 2 and 3.
//
// Use [Shares] as [scan.Files]: paths such as smb://server/share/folder are read
// over the network, all others from the machine's own disks. It only reads, mounts
// nothing on the system, and asks for a login as it is needed, so that nobody keeps
// a password. Do not use it where the system has mounted the share already.
package share
