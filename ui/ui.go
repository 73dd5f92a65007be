// Package ui is what a section of the window gives the shell, and the reverse:
// Section and Page on one side, Host and Desk on the other, and the interfaces
// by which screens reach records and the link to the server.
//
// A new section implements Page and nothing else of this package. Nothing here
// draws: widgets are in ui/kit. Screens reach data through Records, Link and
// Door only; they never import store or sync.
package ui

import (
	"context"
	"io"
	"time"

	"fyne.io/fyne/v2"

	"daicho/app"
	"daicho/app/civil"
	"daicho/ui/task"
	"daicho/ui/text"
	"daicho/ui/theme"
)

// Desk is what every widget of one window shares: how things look and are
// said, the runner of work, the time, and where keys go that the widget in
// focus does not take. It belongs to the UI goroutine.
type Desk struct {
	Look  *theme.Look
	Words *text.Words
	Tasks *task.Runner
	Now   app.Clock

	// Focus moves the keyboard to a widget that is drawn; nil: away from all.
	Focus func(fyne.Focusable)
	// Focused is the widget that has the keyboard; nil if none has.
	Focused func() fyne.Focusable
	// Place is where a widget that is drawn stands in its window, in pixels.
	Place func(fyne.CanvasObject) fyne.Position
	// Above lays something over the whole window until it is taken away.
	Above func(fyne.CanvasObject) (away func())
	// Key offers a key without modifiers; it reports whether somebody took it.
	Key func(*fyne.KeyEvent) bool
	// Shortcut offers a key with modifiers; it reports whether somebody took it.
	Shortcut func(fyne.Shortcut) bool
	// Touch notes that a person has just pressed a key or moved the mouse: every
	// widget calls it first that takes either.
	Touch func()
	// Writes tells an input method whether a person is in a text; it takes no key
	// otherwise. Who opens a dialog of Fyne's says it for the fields in there.
	Writes func(bool)
	// Caret tells it where the foot of the caret stands in a field.
	Caret func(field fyne.CanvasObject, at fyne.Position)
	// Clipboard takes what a person copies.
	Clipboard func() fyne.Clipboard
}

// Today is the day that it is, in Japan.
func (d *Desk) Today() app.Day { return app.DayOf(civil.DateOf(d.Now())) }

// Taking is the desk of a card on top of the page: it takes one key for itself
// before the window is asked.
func (d *Desk) Taking(key Key, do func()) *Desk {
	own := *d
	own.Shortcut = func(s fyne.Shortcut) bool {
		if k, ok := KeyOf(s); ok && k == key {
			do()
			return true
		}
		return d.Shortcut(s)
	}
	return &own
}

// Section is one entry of the navigation.
type Section struct {
	ID    string    // never changes: settings remember it
	Icon  string    // name of a file in assets/icons
	Label app.Label // its name
	Group app.Label // the heading above it; sections of one group stand together
	Kinds []app.Kind
	// New makes its page; the shell does so once, when it is first opened.
	New func(Host) Page
	// Count is the number beside the name (what is open); nil for none. It runs
	// off the UI goroutine.
	Count func(context.Context, Records) (int, error)
	// Anywhere are its actions that can be done on every page; nil for none.
	Anywhere func(Host) []Action
	// Banners are what it lays over every page at the moment, the gravest first; nil
	// for none. It runs off the UI goroutine, whenever records of its kinds change.
	Banners func(context.Context, Records) ([]Banner, error)
	// Searches are words that people look for again, which it keeps for the palette.
	Searches Searches
}

// Searches keep words of the search over everything. Both run off the UI goroutine; nil
// for none.
type Searches struct {
	List func(context.Context, Records) ([]Search, error)
	Save func(ctx context.Context, r Records, words string) error
}

// Search is words to look for, under a name.
type Search struct{ Name, Words string }

// Banner stands over every page until what it tells is over. Nobody closes it away.
type Banner struct {
	Opens app.Ref // says what to do
	// Says is asked anew with each minute.
	Says func(w *text.Words, now time.Time) BannerWords
}

// BannerWords are the words of a banner. The first two are short.
type BannerWords struct {
	Lead    string // what it is
	Since   string // when it began
	Changes string // for who reads it, as a person wrote it: cut where there is no room
	Next    string // what comes next; empty: nothing
}

// Page is what a section shows. What a page can do beyond that it says by
// implementing Opener, Shower, Backer, Paner, Lister, Maker, Dropper, Ticker, Watcher,
// Keeper or Parter.
type Page interface {
	// View is what stands in the page area.
	View() fyne.CanvasObject
	// Actions are what can be done at the moment, with their keys: for the
	// keyboard and for the palette.
	Actions() []Action
	// Shown is called each time the page comes into sight.
	Shown()
}

// Keeper is a page or a card in which a person types: it keeps at once what is typed
// there, for the window is about to be locked or closed.
type Keeper interface{ Keep() }

// Kept is what a card keeps of what is typed there, and forgets when it is closed.
type Kept interface {
	Keeper
	Closed()
}

// Opener is a page that can show one record of its section's kinds.
type Opener interface{ Open(app.Ref) }

// Shower is a page on which a record stands open.
type Shower interface {
	// Showing is that record, zero for none and for one never recorded.
	Showing() app.Ref
}

// Backer is a page that has something to leave before it is left itself.
type Backer interface {
	// Back goes one step back and reports whether there was one.
	Back() bool
}

// Paner is a page of several panes, for F6: those that are drawn, and no others. The
// first gets the keyboard when the page comes into sight.
type Paner interface{ Panes() []fyne.Focusable }

// Lister is a page that can show one of its register's named lists.
type Lister interface{ List(name string) }

// Maker is a page on which a person begins a new record.
type Maker interface {
	New()
	// Begin opens a new record that was filled in elsewhere, or goes on with one that
	// was begun for the same record and left.
	Begin(app.Record)
}

// Dropper is a page onto which a person can let files and folders of this machine fall;
// at is the place in the window. It reports whether they are of use there.
type Dropper interface {
	Drop(at fyne.Position, paths []string) bool
}

// Ticker is a page that shows how much time has gone by: it is called once a
// minute.
type Ticker interface{ Tick() }

// Reader is a page that reads what it shows when it is made. Read calls done when
// that is there, or could not be read; at once, if it was before.
type Reader interface{ Read(done func()) }

// Watcher is a page that wants to hear that records changed, through sync or
// through another page. No reference means that any record may have changed.
type Watcher interface{ Changed([]app.Ref) }

// Parter is a page that can give a record into a window of its own. It is read
// and edited there until that window is closed, and not here.
type Parter interface {
	// Part makes the page of that window; what was typed goes along.
	Part(Host, app.Ref) Page
	// Rejoin takes the record back, with what was typed there.
	Rejoin(app.Ref)
}

// Action is something a person can do now.
type Action struct {
	Label   app.Label
	Icon    string
	Key     Key // zero: none
	Primary bool
	Do      func()
}

// Host is what the shell offers a page.
type Host interface {
	Desk() *Desk
	Records() Records
	Link() Link
	// Open shows a record in its section.
	Open(app.Ref)
	// List shows the section of a kind with one of its named lists; an empty name
	// leaves the list as it was left. [OutgoingKind] is one of them.
	List(kind app.Kind, name string)
	// New begins a new record of a kind in its section.
	New(kind app.Kind)
	// Begin opens a new record in its section as it was filled in here.
	Begin(app.Record)
	// Apart shows a record in a window of its own, if its page is a Parter; a window
	// that it has already comes to the front.
	Apart(app.Ref)
	// Say shows one sentence above the status bar until the next one: what was
	// done, or why it could not be.
	Say(tone theme.Tone, sentence string)
	// Ask opens an overlay; closing is up to the content. Esc closes it too.
	Ask(content fyne.CanvasObject, size fyne.Size) (closeIt func())
	// PickFile lets the person choose a file to read. Open is called off the UI
	// goroutine.
	PickFile(chosen func(name string, open func() (io.ReadCloser, error)))
	// SaveFile lets the person choose where to put a file.
	SaveFile(name string, chosen func(create func() (io.WriteCloser, error)))
	// PickPath lets the person choose a folder of this machine, or where an
	// ending is given a file with a name that ends so: * is any.
	PickPath(ending string, chosen func(path string))
	// PickRecord lets the person choose a record of a kind; empty for any.
	PickRecord(kind app.Kind, chosen func(app.Ref))
}
