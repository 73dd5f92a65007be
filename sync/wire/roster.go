package wire

import (
	"bytes"
	"crypto/sha256"
	"slices"

	"daicho/app"
)

// RosterAsk asks who belongs to the server, so that devices know each other
// where it is out of reach.
type RosterAsk struct {
	Box  []byte     `cbor:"1,keyasint,omitempty"` // the asking device's own key for what is sealed to it
	Have []CardHash `cbor:"2,keyasint,omitempty"` // cards that it knows
}

// Roster is the server's key for boxes and a card for each device. In an
// answer, cards that the device named stand only by their hash.
type Roster struct {
	Times Times      `cbor:"1,keyasint"`
	At    app.Stamp  `cbor:"2,keyasint"` // when the server said so
	Box   []byte     `cbor:"3,keyasint"` // the server's key for what is sealed to it
	Cards []Card     `cbor:"4,keyasint,omitempty"`
	Same  []CardHash `cbor:"5,keyasint,omitempty"` // cards as the device has them
}

// Card is what others know of a device.
type Card struct {
	Public []byte `cbor:"1,keyasint"`           // Ed25519 key
	Box    []byte `cbor:"2,keyasint,omitempty"` // key for what is sealed to it; none until it first asked
	Person app.ID `cbor:"3,keyasint"`
	Name   string `cbor:"4,keyasint,omitempty"` // of the device
	Barred bool   `cbor:"5,keyasint,omitempty"` // revoked or frozen
}

// Device is whose card it is.
func (c *Card) Device() app.ID { return app.DeviceID(c.Public) }

// CardHash tells cards apart.
type CardHash [8]byte

// Hash is the card's.
func (c *Card) Hash() CardHash {
	text, err := Encode(c)
	if err != nil {
		panic(err) // of plain fields
	}
	sum := sha256.Sum256(text)
	return CardHash(sum[:8])
}

// Hashes are those of all cards.
func (r *Roster) Hashes() (all []CardHash) {
	for i := range r.Cards {
		all = append(all, r.Cards[i].Hash())
	}
	return all
}

// Without leaves out what somebody has already.
func (r *Roster) Without(have []CardHash) *Roster {
	out := &Roster{Times: r.Times, At: r.At, Box: r.Box}
	for _, c := range r.Cards {
		if h := c.Hash(); slices.Contains(have, h) {
			out.Same = append(out.Same, h)
		} else {
			out.Cards = append(out.Cards, c)
		}
	}
	return out
}

// Onto fills in what was left out, from the roster that it was left out for. An
// answer that is older than that one changes nothing: who was shut out stays out.
func (r *Roster) Onto(old *Roster) (*Roster, error) {
	if old != nil && r.At < old.At {
		return old, nil
	}
	out := &Roster{At: r.At, Box: r.Box, Cards: slices.Clone(r.Cards)}
	missing := len(r.Same)
	for i := 0; old != nil && i < len(old.Cards); i++ {
		if slices.Contains(r.Same, old.Cards[i].Hash()) {
			out.Cards = append(out.Cards, old.Cards[i])
			missing--
		}
	}
	if missing != 0 {
		return nil, app.Refuse(app.Damaged, "", "端末の一覧を受け取れませんでした。もう一度同期してください。", "the list of devices came in pieces that do not fit; sync again")
	}
	slices.SortFunc(out.Cards, func(a, b Card) int { return bytes.Compare(a.Public, b.Public) })
	return out, nil
}

var (
	errStranger = app.Refuse(app.Forbidden, "", "相手の端末は、このサーバーに登録された端末として確認できません。双方の端末を一度サーバーと同期してから、やり直してください。",
		"the other device is not known as one of this server; sync both with the server once, then try again")
	errBarred = app.Refuse(app.Forbidden, "", "相手の端末は登録が取り消されているか、停止されています。データは受け渡していません。管理者に連絡してください。",
		"the other device was revoked or frozen; nothing was exchanged; ask the administrator")
)

// Card finds a device.
func (r *Roster) Card(device app.ID) (*Card, error) {
	for i := range r.Cards {
		if r.Cards[i].Device() == device {
			return &r.Cards[i], nil
		}
	}
	return nil, errStranger
}
