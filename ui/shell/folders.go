package shell

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"daicho/ui/text"
)

// folders are the usual folders, by the names that Fyne 2.8.0 gives them in every
// language.
var folders = map[string]text.Key{
	"home": text.HomeFolder, "computer": text.Computer, "desktop": text.DesktopFolder, "documents": text.Documents,
	"downloads": text.Downloads, "music": text.Music, "pictures": text.Pictures, "videos": text.Videos, "movies": text.Videos,
}

// nameFolders gives the usual folders of a dialog of Fyne's, which lists them at its
// left, the names that they have in the window's language.
func nameFolders(dialog fyne.CanvasObject, words *text.Words) {
	list := placesOf(dialog)
	if list == nil {
		return
	}
	update := list.UpdateItem
	list.UpdateItem = func(id widget.ListItemID, row fyne.CanvasObject) {
		update(id, row)
		for _, o := range row.(*fyne.Container).Objects {
			if label, ok := o.(*widget.Label); ok {
				if key := folders[strings.ToLower(label.Text)]; key != "" {
					label.SetText(words.T(key))
				}
			}
		}
	}
	list.Refresh()
}

// placesOf finds the list at the left of the split within a dialog; nil if there is none.
func placesOf(o fyne.CanvasObject) *widget.List {
	switch o := o.(type) {
	case *container.Split:
		list, _ := o.Leading.(*widget.List)
		return list
	case *fyne.Container:
		for _, c := range o.Objects {
			if list := placesOf(c); list != nil {
				return list
			}
		}
	default:
		if inside := contentOf(o); inside != nil {
			return placesOf(inside)
		}
	}
	return nil
}

// contentOf is what a pop-up holds, or the overlay that holds it, which is of a package
// that Fyne keeps to itself; nil for anything else.
func contentOf(o fyne.CanvasObject) fyne.CanvasObject {
	v := reflect.Indirect(reflect.ValueOf(o))
	if v.Kind() != reflect.Struct {
		return nil
	}
	if f := v.FieldByName("Content"); f.IsValid() {
		inside, _ := f.Interface().(fyne.CanvasObject)
		return inside
	}
	return nil
}
