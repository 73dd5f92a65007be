package keys

import (
	"encoding/json"
	"os"

	"daicho/store/durable"
)

// WriteShared writes a new key file that nothing opens but two of the three shares
// that it gives: for a copy of the key that lies apart from everything else.
func WriteShared(path string, id ID, key DataKey) (shares [3]Share, err error) {
	e, err := newEnvelope(id, key)
	if err != nil {
		return shares, err
	}
	s := newSecret()
	shares = s.split()
	w, err := boxWrap(id, ByShares, shares[0].Set(), s, key)
	if err != nil {
		return shares, err
	}
	e.put(w)
	b, err := e.encode()
	if err != nil {
		return shares, err
	}
	return shares, durable.Create(path, func(draft string) error { return os.WriteFile(draft, b, 0o600) })
}

// OpenShared opens such a file. Errors are those of [Folder.Open].
func OpenShared(path string, p Pair) (id ID, key DataKey, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", key, noFile(path, err)
	}
	var head struct {
		Replica ID `json:"replica"`
	}
	if json.Unmarshal(b, &head) != nil {
		return "", key, damaged(path)
	}
	e, err := decode(b, head.Replica, path)
	if err != nil {
		return "", key, err
	}
	w := e.way(ByShares)
	s, err := p.join()
	switch {
	case err != nil:
		return "", key, err
	case w == nil:
		return "", key, noWay(ByShares, path)
	case p[0].Set() != w.Entry:
		return "", key, earlierSet(p[0].Set(), w.Entry)
	}
	key, right := w.unsealBy(head.Replica, s)
	if !right {
		return "", key, wrongShares()
	}
	return head.Replica, key, nil
}

// Keep writes an envelope for a data key that is known, opened by pass. One that is
// there is never replaced: ErrExists.
func (f Folder) Keep(id ID, key DataKey, pass Passphrase, cost Cost) error {
	e, err := newEnvelope(id, key)
	if err != nil {
		return err
	}
	w, err := passphraseWrap(id, key, pass, cost)
	if err != nil {
		return err
	}
	e.put(w)
	return f.write(e, true)
}
