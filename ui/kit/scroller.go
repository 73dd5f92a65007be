package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"daicho/ui"
	"daicho/ui/theme"
)

// Tall is content whose height follows from its width.
type Tall interface {
	fyne.CanvasObject
	// HeightFor is the height it needs at a width, both in design pixels.
	HeightFor(w float32) float32
}

// Scroller scrolls content that is taller than its place.
type Scroller struct {
	widget.BaseWidget
	look    *theme.Look
	scroll  *container.Scroll
	content Tall
	inner   *fyne.Container
	size    fyne.Size
}

// NewScroller makes a scroller of a content.
func NewScroller(desk *ui.Desk, content Tall) *Scroller {
	c := &Scroller{look: desk.Look, content: content}
	c.inner = container.New(tallLayout{c}, content)
	c.scroll = container.NewVScroll(c.inner)
	c.scroll.OnScrolled = func(fyne.Position) { desk.Touch() }
	c.ExtendBaseWidget(c)
	return c
}

// Fit asks the content for its height again, after it changed.
func (c *Scroller) Fit() {
	c.inner.Layout.Layout(c.inner.Objects, c.inner.Size())
	c.scroll.Refresh()
}

// Reveal scrolls until the content from y to y+h, in design pixels, is in sight.
func (c *Scroller) Reveal(y, h float32) {
	y, h = c.look.Px(y), c.look.Px(h)
	top, seen := c.scroll.Offset.Y, c.scroll.Size().Height
	switch {
	case y < top:
		top = y
	case y+h > top+seen:
		top = y + h - seen
	default:
		return
	}
	c.scroll.ScrollToOffset(fyne.NewPos(0, max(0, float32(int(top)))))
}

// Scroll scrolls by so much, in design pixels, and reports whether there was anything
// left to scroll.
func (c *Scroller) Scroll(by float32) bool {
	before := c.scroll.Offset.Y
	c.scroll.ScrollToOffset(fyne.NewPos(0, before+c.look.Px(by)))
	return c.scroll.Offset.Y != before
}

// Sight is the height of what is in sight at once, in design pixels.
func (c *Scroller) Sight() float32 { return c.scroll.Size().Height / c.look.Factor() }

// CreateRenderer is for Fyne.
func (c *Scroller) CreateRenderer() fyne.WidgetRenderer { return scrollerRenderer{c} }

type scrollerRenderer struct{ c *Scroller }

func (r scrollerRenderer) Destroy()                     {}
func (r scrollerRenderer) MinSize() fyne.Size           { return fyne.NewSize(40, 40) }
func (r scrollerRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.c.scroll} }

func (r scrollerRenderer) Layout(size fyne.Size) {
	if size == r.c.size {
		return
	}
	r.c.size = size
	r.c.scroll.Resize(size)
	r.c.Fit()
}

func (r scrollerRenderer) Refresh() {
	r.c.content.Refresh()
	r.c.Fit()
}

// tallLayout gives the content the scroller's width and the height it needs.
type tallLayout struct{ c *Scroller }

func (l tallLayout) height() float32 {
	f := l.c.look.Factor()
	return l.c.look.Px(l.c.content.HeightFor(l.c.size.Width / f))
}

func (l tallLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, l.height()) }

func (l tallLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(fyne.NewSize(size.Width, max(size.Height, l.height())))
	}
}
