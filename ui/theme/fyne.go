package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Theme hands the look to Fyne's own widgets (entries, selects, menus, file
// dialogs). Set it once: it follows the look by itself. With each theme that is
// set Fyne reads all fonts anew, and what it made of the last ones stays in
// memory for a long time, some 75 MB of it.
func (l *Look) Theme() fyne.Theme { return &forFyne{l} }

type forFyne struct{ *Look }

// Font is the face for a style.
func (f *forFyne) Font(s fyne.TextStyle) fyne.Resource { return f.fonts[faceOf(s)] }

// Icon is Fyne's own: our icons are drawn by name with Look.Icon. Fyne keeps by
// its name what it has drawn of an icon, so each palette has other names.
func (f *forFyne) Icon(n fyne.ThemeIconName) fyne.Resource {
	icon := theme.DefaultTheme().Icon(n)
	if f.dark {
		return atNight{icon}
	}
	return icon
}

type atNight struct{ fyne.Resource }

func (i atNight) Name() string { return "night-" + i.Resource.Name() }

// Size is a size of Fyne's under the text factor.
func (f *forFyne) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return f.TextSize(Body)
	case theme.SizeNameCaptionText:
		return f.TextSize(Caption)
	case theme.SizeNameHeadingText:
		return f.TextSize(Title)
	case theme.SizeNameSubHeadingText:
		return f.TextSize(Subject)
	case theme.SizeNamePadding, theme.SizeNameLineSpacing:
		return 3
	case theme.SizeNameInnerPadding:
		return f.Px(5)
	case theme.SizeNameInlineIcon:
		return f.Px(16)
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameScrollBarSmall:
		return 3 // a field with a long text shows this bar under its words
	case theme.SizeNameInputBorder, theme.SizeNameSeparatorThickness, theme.SizeNameSplitThickness:
		return 1
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameSelectionRadius, theme.SizeNameMenuRadius, theme.SizeNamePopupRadius:
		return 4
	case theme.SizeNameDialogRadius, theme.SizeNameCardRadius:
		return 6
	}
	return theme.DefaultTheme().Size(n)
}

// Color is the token that fits Fyne's name. The system's variant is not asked:
// the person chose light or dark in the product.
func (f *forFyne) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if c, ok := f.ground(n); ok {
		return c
	}
	if c, ok := f.ink(n); ok {
		return c
	}
	return theme.DefaultTheme().Color(n, v)
}

// ground gives the colours of areas. Shadows are transparent because Scroll
// paints one inside every field; the overlays draw their own.
func (f *forFyne) ground(n fyne.ThemeColorName) (color.Color, bool) {
	t := &f.tokens
	switch n {
	case theme.ColorNameBackground, theme.ColorNameInputBackground:
		return t.Sheet, true
	case theme.ColorNameMenuBackground: // Fyne draws no edge round a menu: on the ground of a page it would have none
		return t.QuietSoft, true
	case theme.ColorNameOverlayBackground: // nor round a dialog
		return t.Ground, true
	case theme.ColorNameHeaderBackground:
		return t.Band, true
	case theme.ColorNameButton:
		return t.QuietSoft, true
	case theme.ColorNameDisabledButton:
		return t.Raised, true
	case theme.ColorNameSelection:
		return t.Select, true
	case theme.ColorNameFocus:
		return wash(t.Accent, 70), true
	case theme.ColorNameHover:
		return wash(t.Accent, 22), true
	case theme.ColorNamePressed:
		return wash(t.Accent, 50), true
	case theme.ColorNameShadow, theme.ColorNameScrollBarBackground:
		return color.Transparent, true
	}
	return nil, false
}

// ink gives the colours of text and lines.
func (f *forFyne) ink(n fyne.ThemeColorName) (color.Color, bool) {
	t := &f.tokens
	switch n {
	case theme.ColorNameForeground:
		return t.Ink, true
	case theme.ColorNamePlaceHolder, theme.ColorNameDisabled:
		return t.Ink3, true
	case theme.ColorNamePrimary, theme.ColorNameHyperlink:
		return t.Accent, true
	case theme.ColorNameForegroundOnPrimary:
		return t.OnAccent, true
	case theme.ColorNameInputBorder, theme.ColorNameScrollBar:
		return t.Edge, true
	case theme.ColorNameSeparator:
		return t.Line, true
	case theme.ColorNameError:
		return t.Late, true
	case theme.ColorNameWarning:
		return t.Warn, true
	case theme.ColorNameSuccess:
		return t.OK, true
	}
	return nil, false
}

func wash(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}
