package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"daicho/ui/kit"
	"daicho/ui/theme"
)

// frame lays out navigation, page and status bar, and between the last two the
// sentence that was said last.
type frame struct {
	widget.BaseWidget
	shell    *Shell
	nav      *nav
	status   *status
	banner   *banner
	alarm    *alarmBand
	rebirth  *rebirthBand
	saying   *kit.Surface
	tips     *kit.Tips // above everything
	ground   *canvas.Rectangle
	page     fyne.CanvasObject
	sentence string
	tone     theme.Tone
}

func newFrame(s *Shell) *frame {
	f := &frame{shell: s, ground: canvas.NewRectangle(s.desk.Look.Tokens().Sheet)}
	f.nav, f.status, f.alarm, f.rebirth = newNav(s), newStatus(s), newAlarmBand(s), newRebirthBand(s)
	f.banner = newBanner(s)
	f.tips = kit.NewTips(s.desk)
	f.saying = kit.NewSurface(s.desk.Look, func(p *kit.Pen, w, h float32) { paintSaying(p, w, h, f.tone, f.sentence) })
	f.ExtendBaseWidget(f)
	return f
}

// Cursor is asked for whenever the mouse moves, wherever in the window.
func (f *frame) Cursor() desktop.Cursor {
	f.shell.desk.Touch()
	return desktop.DefaultCursor
}

// show puts a page into the page area.
func (f *frame) show(page fyne.CanvasObject) {
	f.page = page
	f.Refresh()
}

func (f *frame) say(tone theme.Tone, sentence string) {
	f.tone, f.sentence = tone, sentence
	f.Refresh()
}

// linkChanged draws what depends on the link; where a band begins or ends,
// everything else gives way.
func (f *frame) linkChanged() {
	if (f.shell.link.Status().Alarm != 0) != (f.alarm.Size().Height > 0) || f.rebirth.shows() != (f.rebirth.Size().Height > 0) {
		f.Refresh()
		return
	}
	f.status.Refresh()
	f.alarm.Refresh()
	f.rebirth.Refresh()
}

func paintSaying(p *kit.Pen, w, h float32, tone theme.Tone, sentence string) {
	if sentence == "" {
		return
	}
	p.Rect(0, 0, w, h, p.Soft(tone))
	p.H(0, 0, w)
	p.Text(16, 0, w-32, h, mark(tone)+sentence, p.Body().In(p.Of(tone)))
}

// CreateRenderer is for Fyne.
func (f *frame) CreateRenderer() fyne.WidgetRenderer { return frameRenderer{f} }

type frameRenderer struct{ f *frame }

func (r frameRenderer) Destroy()           {}
func (r frameRenderer) MinSize() fyne.Size { return fyne.NewSize(800, 600) }

func (r frameRenderer) Objects() []fyne.CanvasObject {
	objs := []fyne.CanvasObject{r.f.ground}
	if r.f.page != nil {
		objs = append(objs, r.f.page)
	}
	return append(objs, r.f.nav, r.f.status, r.f.saying, r.f.banner, r.f.alarm, r.f.rebirth, r.f.tips)
}

func (r frameRenderer) Layout(size fyne.Size) {
	look := r.f.shell.desk.Look
	nw, sh, ih := look.Px(navWide), look.Px(statusHeight), float32(0)
	if size.Width < look.Px(railWidth) {
		nw = look.Px(navRail)
	}
	if r.f.sentence != "" {
		ih = look.Px(sayHeight)
	}
	bottom, top := size.Height-sh, r.bands(size.Width)
	put(r.f.tips, 0, 0, size.Width, size.Height)
	put(r.f.ground, nw, top, size.Width-nw, bottom-top)
	put(r.f.nav, 0, top, nw, bottom-top)
	put(r.f.status, 0, bottom, size.Width, sh)
	put(r.f.saying, nw, bottom-ih, size.Width-nw, ih)
	if r.f.page != nil {
		put(r.f.page, nw, top, size.Width-nw, bottom-ih-top)
	}
}

// bands lays out what stands above everything, the banner and one of two below it,
// and gives its height.
func (r frameRenderer) bands(width float32) float32 {
	banner, alarm, rebirth := float32(0), float32(0), float32(0)
	if r.f.banner.shows() {
		banner = r.f.shell.desk.Look.Px(bannerHeight)
	}
	if r.f.shell.link.Status().Alarm != 0 {
		look := r.f.shell.desk.Look
		alarm = look.Px(r.f.alarm.high(width / look.Factor()))
	} else if r.f.rebirth.shows() {
		rebirth = r.f.shell.desk.Look.Px(rebirthHeight)
	}
	put(r.f.banner, 0, 0, width, banner)
	put(r.f.alarm, 0, banner, width, alarm)
	put(r.f.rebirth, 0, banner, width, rebirth)
	return banner + alarm + rebirth
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

func (r frameRenderer) Refresh() {
	r.f.ground.FillColor = r.f.shell.desk.Look.Tokens().Sheet
	r.Layout(r.f.Size())
	r.f.nav.Refresh()
	r.f.status.Refresh()
	r.f.banner.Refresh()
	r.f.alarm.Refresh()
	r.f.rebirth.Refresh()
	r.f.saying.Refresh()
	canvas.Refresh(r.f)
}
