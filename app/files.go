package app

import (
	"encoding/hex"
	"slices"
	"strings"
)

// BlobID names an attachment's bytes: the SHA-256 of what is stored, which is
// sealed, so that it tells nothing of the content.
type BlobID [32]byte

// String is the id as 64 hexadecimal digits.
func (id BlobID) String() string { return hex.EncodeToString(id[:]) }

// ParseBlobID reads what [BlobID.String] wrote.
func ParseBlobID(s string) (BlobID, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 32 {
		return BlobID{}, Refuse(Invalid, "", "添付ファイルの ID が正しくありません。", "not the id of an attachment: want 64 hexadecimal digits")
	}
	return BlobID(b), nil
}

// Blob is one attachment as its record names it; the bytes travel apart.
type Blob struct {
	ID   BlobID
	Name string // as the person's file was called
	Size int64  // bytes of the file, before sealing
	Type string // media type: "image/jpeg"
}

// blobColumns describe a Blob; the id is the key by which sets of them merge.
var blobColumns = []Field[Blob]{
	field("blob", "ID", "ID", TRaw, func(b *Blob) *BlobID { return &b.ID }, codec[BlobID]{
		append: func(b []byte, id BlobID) []byte { return append(b, BytesValue(id[:])...) },
		read: func(v Value) (BlobID, error) {
			if b := v.Bytes(); len(b) == 32 {
				return BlobID(b), nil
			}
			return BlobID{}, errDamaged
		},
		text:  func(id BlobID, _ Lang) string { return id.String() },
		parse: ParseBlobID,
	}),
	Text("name", "名前", "Name", func(b *Blob) *string { return &b.Name }),
	Int("size", "大きさ", "Size", func(b *Blob) *int64 { return &b.Size }),
	Text("type", "形式", "Type", func(b *Blob) *string { return &b.Type }),
}

var blobsCodec = listCodec(rowCodec(blobColumns), "\n")

// Files is a set of attachments; additions and removals of several people
// merge. Its text is the names: files are attached, not typed in. They are
// sealed, for people call files by people's names.
func Files[T any](name, ja, en string, at func(*T) *[]Blob) Field[T] {
	c := blobsCodec
	c.text = func(list []Blob, _ Lang) string {
		names := make([]string, len(list))
		for i, b := range list {
			names[i] = b.Name
		}
		return strings.Join(names, "、")
	}
	c.parse = func(string) ([]Blob, error) {
		return nil, Refuse(Invalid, "", "添付ファイルは文字では入力できません。ファイルを添付してください。", "attachments cannot be typed in; attach a file")
	}
	f := field(name, ja, en, TFiles, at, c).Merge(Keyed).Seal()
	for _, col := range blobColumns {
		f.Columns = append(f.Columns, col.Spec)
	}
	return f
}

// Blobs are the attachments in a value of type [TFiles]; none in any other.
func (v Value) Blobs() []Blob {
	list, err := blobsCodec.read(v)
	if err != nil || slices.ContainsFunc(list, func(b Blob) bool { return b.ID == BlobID{} }) {
		return nil
	}
	return list
}

// FilesValue makes a value of attachments.
func FilesValue(list []Blob) Value { return Value(blobsCodec.append(nil, list)) }
