package kit

import (
	"context"
	"encoding/json"
	"time"

	"daicho/app"
	"daicho/ui"
	"daicho/ui/task"
)

// Cards is before every name under which is kept what was typed into a card and not
// recorded; what is asked there and the reference of the record follow. It goes
// with the record.
const Cards = "card/"

// KeepPause is how long typing goes on before it is kept: so much at most is lost
// when the program is killed.
const KeepPause = time.Second

// Filled is what a person fills in on a card.
type Filled interface {
	// Typed are the texts that were typed, by the names of their fields.
	Typed() map[string]string
	// Retype puts back what Typed gave.
	Retype(map[string]string)
}

// Kept keeps what is typed into a card, in the replica of who types, until the card
// is closed: a lock, another person at the desk and a crash lose nothing of it. The
// card has it again when it is opened the next time. It is not for secrets.
type Kept struct {
	host  ui.Host
	name  string
	typed Filled
	slot  task.Slot
	later func() // stops what is due; nil: nothing is
	there bool   // something is kept
}

// NewKept brings back what was typed into the card of before, where it asked the same
// of the same record.
func NewKept(host ui.Host, asks string, of app.Ref, typed Filled) *Kept {
	k := &Kept{host: host, name: Cards + asks + "/" + of.String(), typed: typed}
	records := host.Records()
	task.Do(host.Desk().Tasks, &k.slot, func(ctx context.Context) (was map[string]string, err error) {
		kept, err := records.Recall(ctx, k.name)
		if value := kept[k.name]; err == nil && value != nil {
			err = json.Unmarshal(value, &was)
		}
		return was, err
	}, func(was map[string]string, err error) {
		k.say(err)
		if k.there = k.there || was != nil; was != nil && len(typed.Typed()) == 0 {
			typed.Retype(was)
		}
	})
	return k
}

// Soon keeps what was typed in a moment.
func (k *Kept) Soon() {
	if k.later == nil {
		k.later = task.After(k.host.Desk().Tasks, KeepPause, k.Keep)
	}
}

// Keep keeps what was typed now.
func (k *Kept) Keep() {
	k.stop()
	typed := k.typed.Typed()
	if len(typed) == 0 {
		k.forget()
		return
	}
	if value, err := json.Marshal(typed); err == nil {
		k.there = true
		k.write(value)
	}
}

// Left keeps what was typed now; nothing is brought back any more, for the fields are
// another record's from here on.
func (k *Kept) Left() {
	k.slot.Stop()
	k.Keep()
}

// Closed forgets it: it was recorded, or nobody wants it.
func (k *Kept) Closed() {
	k.slot.Stop()
	k.stop()
	k.forget()
}

func (k *Kept) stop() {
	if k.later != nil {
		k.later()
		k.later = nil
	}
}

func (k *Kept) forget() {
	if k.there {
		k.there = false
		k.write(nil)
	}
}

func (k *Kept) write(value []byte) {
	records := k.host.Records()
	task.Go(k.host.Desk().Tasks, func(ctx context.Context) error { return records.Keep(ctx, k.name, value) }, k.say)
}

func (k *Kept) say(err error) {
	if err != nil {
		k.host.Say(Late, k.host.Desk().Words.Error(err))
	}
}

// OneText is a card with one field, whose words count where they are others than
// at first.
type OneText struct {
	*Entry
	first string
}

// NewOneText takes the field as it is now.
func NewOneText(e *Entry) *OneText { return &OneText{e, e.Text} }

// Typed is the text.
func (o *OneText) Typed() map[string]string {
	if o.Text == o.first {
		return nil
	}
	return map[string]string{"": o.Text}
}

// Retype puts it back.
func (o *OneText) Retype(typed map[string]string) { o.SetText(typed[""]) }
