package app

// Merge3 and MergeRows open the two merges to properties.
var Merge3 = diff3

// MergeRows merges lists by their key column; empty: by the whole item.
func MergeRows(was, cur, mine Value, key string) (Value, bool, error) {
	return mergeList(was, cur, mine, key)
}

// ForgeBlob seals another content under the header of a good blob, as somebody
// who holds the key could.
func ForgeBlob(good []byte, k SubjectKey, content string) ([]byte, error) {
	header := good[:blobHeader]
	gcm, err := k.blobAEAD(header)
	if err != nil {
		return nil, err
	}
	return append(header[:blobHeader:blobHeader], gcm.Seal(nil, blobNonce(0, true), []byte(content), header)...), nil
}
