package client

import (
	"context"
	"slices"

	"daicho/app"
	"daicho/sync/wire"
)

// settingGiven is where numbers are kept that own changes had in an order that ended.
const settingGiven = "sync/given"

// remind adds the numbers that own changes had in orders before, and keeps all: the
// replica forgets what was said to a change that it brings again, and the server may
// be restored once more before it says it anew.
func (s *session) remind(ctx context.Context, l *Lost) error {
	text, err := s.port.Setting(ctx, settingGiven)
	if err != nil {
		return err
	}
	var before, own []wire.Given
	if len(text) > 0 {
		if err = wire.Decode(text, &before); err != nil {
			return err
		}
	}
	for _, g := range before {
		if !slices.ContainsFunc(l.Given, func(now Given) bool { return now.Device == g.Device && now.Seq == g.Seq }) {
			l.Given = append(l.Given, given(&g))
		}
	}
	for i := range l.Given {
		if l.Given[i].Device == s.device {
			own = append(own, said(&l.Given[i]))
		}
	}
	if text, err = wire.Encode(own); err != nil {
		return err
	}
	return s.port.SetSetting(ctx, settingGiven, text)
}

func said(g *Given) wire.Given {
	return wire.Given{Device: g.Device, Seq: g.Seq, Kind: string(g.Kind), Number: g.Number, At: g.At}
}

func given(g *wire.Given) Given {
	return Given{Device: g.Device, Seq: g.Seq, Kind: app.Kind(g.Kind), Number: g.Number, At: g.At}
}
