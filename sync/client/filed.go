package client

import (
	"context"

	"daicho/app"
	"daicho/sync/audit"
	"daicho/sync/bundle"
	"daicho/sync/wire"
)

// settingFiled says that a file of the server brought its signed record: from
// then on each has to.
const settingFiled = "audit/filed"

// filed is what a file of the server says of its whole order.
type filed struct {
	signed bool
	word   *wire.Checkpoint
	size   int64 // lines
	behind bool  // the device has heard more since: it can prove nothing, and brings nothing new
}

var (
	errUnproved = app.Refuse(app.Stale, "", "このファイルの記録は、この端末が受け取った記録の続きであることを確認できないため、取り込んでいません。この端末で持ち運び用ファイルを書き出し、サーバーで取り込んで、その回答を取り込んでください。",
		"the file cannot prove that its record goes on from what this device has; nothing was taken in; export a bundle here, import it at the server, and import the answer to that")
	errOlder = app.Refuse(app.Stale, "", "このファイルより新しいファイルの取り込みが途中です。新しいファイルを最後まで取り込むか、この端末で書き出したファイルへの新しい回答を取り込んでください。",
		"a newer file was begun and is not here in full; import that one to its end, or the answer to a bundle exported now")
	errUnsigned = app.Refuse(app.Stale, "", "このファイルには、サーバーの記録への署名がありません。以前のファイルにはありました。取り込んでいません。サーバーで作り直したファイルを取り込んでください。",
		"the file does not carry the server's signature over its record, and earlier ones did; nothing was taken in; have it made anew at the server")
)

// witness holds a file against all that the server had signed before, as a pull
// is: what does not go on from it is the alarm, and nothing is taken in.
func (u *unpacker) witness(ctx context.Context, w *bundle.Word) error {
	var s bundle.Signed
	if err := w.Into(&s); err != nil {
		return err
	}
	trail, err := Trail(ctx, u.port)
	if err != nil {
		return err
	}
	last, seen := trail.Last()
	proof, proved := s.From(last.Size)
	c := &wire.Checkpoint{Note: s.Note, Identity: s.Identity, Proof: proof}
	now, err := u.opened(ctx, c)
	if err != nil {
		return err
	}
	u.filed = filed{signed: true, size: now.Size, word: c}
	switch {
	case seen && now.Epoch == last.Epoch && now.Size < last.Size:
		u.filed.behind = true
		return u.recall(ctx, trail, now, c)
	case seen && now.Epoch == last.Epoch && now.Size > last.Size && last.Size > 0 && !proved:
		return errUnproved
	}
	if err = u.attested(ctx, trail, c, 0); err != nil {
		return err
	}
	return u.port.SetSetting(ctx, settingFiled, []byte{1})
}

// recall looks at a checkpoint that is older than the last one: where the device
// knows one of its size, they are the same.
func (u *unpacker) recall(ctx context.Context, trail audit.Trail, now audit.Checkpoint, c *wire.Checkpoint) error {
	then, there := trail.Within(now.Epoch, now.Size)
	if there && then.Size == now.Size && then.Root != now.Root {
		return u.alarm(ctx, then, c)
	}
	return nil
}

// within makes sure that what a page tells is what the file has signed; it says
// whether there is anything new in it.
func (u *unpacker) within(ctx context.Context, p *bundle.Page) (news bool, err error) {
	switch {
	case !u.filed.signed:
		return true, u.unsigned(ctx)
	case max(p.Pulled.UpTo, p.Pulled.Head) > u.filed.size:
		return false, u.contradicted(ctx)
	case !u.filed.behind:
		return true, nil
	}
	_, gsn, err := u.port.Cursor(ctx)
	if err == nil && p.Pulled.UpTo > gsn {
		err = errOlder
	}
	return false, err
}

// unsigned lets a file pass that a server of before made, and has that be told;
// not once a file was signed.
func (u *unpacker) unsigned(ctx context.Context) error {
	before, err := u.port.Setting(ctx, settingFiled)
	if err == nil && before != nil {
		err = errUnsigned
	}
	u.done.Unsigned = true
	return err
}

// contradicted is of a server that tells more than it signed.
func (u *unpacker) contradicted(ctx context.Context) error {
	trail, err := Trail(ctx, u.port)
	if err != nil {
		return err
	}
	last, _ := trail.Last()
	return u.alarm(ctx, last, u.filed.word)
}
