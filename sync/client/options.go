package client

import (
	"context"
	"net"
	"net/http"
	"time"

	"daicho/app"
	"daicho/sync/wire"
)

// Options say how to sync.
type Options struct {
	Now  app.Clock // the device's wall clock
	Name string    // of the device, for the server's list; only [Enroll] tells it
	// Acquaint asks who belongs to the server even if that was asked just before:
	// a person who syncs by hand may have been told to, for a device that is new.
	Acquaint bool
	// Progress, if not nil, is called as the work goes on, by the goroutine that syncs.
	Progress func(Progress)
	// Past has [Sync] fetch all history that came before what the replica was
	// filled with. [Follow] does it between two syncs, whatever stands here.
	Past bool
	// FillFrom is how long an order may be that a new replica follows from its
	// beginning; of a longer one it takes the records as they stand. 0: 2,000.
	FillFrom int64
	// Quit, if not nil, ends [Follow] when it is closed: at once between two
	// syncs, and after the one under way, which is not cut.
	Quit <-chan struct{}
	// Dial, if not nil, connects instead of a [net.Dialer]. There is never a proxy.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Silence is how long the server may say nothing before the connection counts
	// as dead; zero: 90 seconds.
	Silence time.Duration
	// Prove, if not nil, asks the person for a password and a one-time code. It is
	// called only where the server wants them: to enrol, and to renew a certificate
	// that is over.
	Prove func(ctx context.Context) (wire.Proof, error)
	// Rest, if not nil, waits in the place of a timer when the server is busy.
	Rest func(ctx context.Context, d time.Duration) error
	// Transport, if not nil, carries requests instead of TLS: for simulators.
	Transport http.RoundTripper
}

// Progress says how far a sync has come.
type Progress struct {
	Step        Step
	Done, Total int // Total is 0 if nobody knows it yet
}

func (o *Options) progress(step Step, done, total int) {
	if o.Progress != nil {
		o.Progress(Progress{step, done, total})
	}
}

// Step is a part of a sync.
type Step string

// The steps, in their order.
const (
	Pushing     Step = "pushing"
	Uploading   Step = "uploading"
	Pulling     Step = "pulling"
	Filling     Step = "filling"   // a new replica, with records as they stand
	Rescoping   Step = "rescoping" // one whose person may read more now
	Indexing    Step = "indexing"
	Downloading Step = "downloading"
	Remembering Step = "remembering" // history of before
	Packing     Step = "packing"     // a bundle
	Unpacking   Step = "unpacking"   // one
	Auditing    Step = "auditing"    // [ExportAudit]
	Reviving    Step = "reviving"    // going over to the order of a restored server
)

var steps = map[Step]app.Label{
	Pushing:     {JA: "変更を送信中", EN: "Sending changes"},
	Uploading:   {JA: "添付ファイルを送信中", EN: "Sending attachments"},
	Pulling:     {JA: "更新を受信中", EN: "Receiving updates"},
	Filling:     {JA: "最初の同期中", EN: "First sync"},
	Rescoping:   {JA: "閲覧できるようになった記録を受信中", EN: "Receiving records that may be read now"},
	Indexing:    {JA: "検索の索引を作成中", EN: "Making records searchable"},
	Remembering: {JA: "過去の履歴を受信中", EN: "Receiving earlier history"},
	Auditing:    {JA: "監査記録を受信中", EN: "Receiving the audit log"},
	Downloading: {JA: "添付ファイルを受信中", EN: "Receiving attachments"},
	Reviving:    {JA: "復元されたサーバーに合わせています", EN: "Following the restored server"},
	Packing:     {JA: "持ち運び用ファイルを作成中", EN: "Writing a bundle"},
	Unpacking:   {JA: "持ち運び用ファイルを取り込み中", EN: "Reading a bundle"},
}

// Label is the step in words.
func (s Step) Label() app.Label { return steps[s] }

// Result is what a sync did, also one that did not come to its end.
type Result struct {
	Pushed    int      // own changes that the server acknowledged
	Filled    int      // records taken in as they stand
	Delivered int      // changes of others that it has now
	Pulled    int      // outcomes taken in
	Rejected  int      // of them, own changes that were refused
	Conflicts int      // of them, changes that opened a conflict
	Past      int      // outcomes of before taken in
	Erased    int      // records whose personal values were erased here
	Reborn    *Rebirth // the server was restored; nil: it was not
	BlobsUp   int
	BlobsDown int
	Offset    int64 // milliseconds to add to the device's clock
	Err       int64 // by how many Offset may be off; [app.Unknown] if the server was not reached
}
