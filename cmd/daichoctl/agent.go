package main

import (
	"context"
	"runtime"
	"time"

	"daicho/app/agent"
	"daicho/cmd/cli"
	"daicho/cmd/worker"
	"daicho/store"
	"daicho/store/keys"
	"daicho/sync/client"
)

// agentVerb runs the scans that are assigned to this device (clause 3.4.2).
type agentVerb struct {
	KeyFile string        `required:"" placeholder:"FILE" help:"The site's key for scans: one line of 64 hexadecimal digits, the same on all agents; made if it is not there."`
	Memory  string        `placeholder:"FOLDER" help:"Where is remembered what was found, so that only files that changed are opened (default: beside the replica)."`
	Once    bool          `help:"Do what is due now, and end."`
	Every   time.Duration `default:"5m" placeholder:"TIME" help:"How often is asked what is to be done."`
	Jobs    int           `placeholder:"N" help:"So many files are read side by side; as many as there are cores, if not given."`
	packFlags
	politeFlags
}

// Validate is called as the arguments are read.
func (v *agentVerb) Validate() error {
	if v.Every < time.Second {
		return cli.Errorf("--every %s: 1秒以上を指定してください。", "--every %s: give a second or more", v.Every)
	}
	return v.politeFlags.check()
}

// Run goes on until it is ended, or once round.
func (v *agentVerb) Run(ctx context.Context, s *session) error {
	return s.open(ctx, toSync, func(r *store.Replica) error {
		a, err := v.agent(ctx, s, r)
		if err != nil {
			return err
		}
		sync := func(ctx context.Context) error {
			_, err := client.Sync(ctx, client.Of(r), client.Options{Now: s.console.Now, Acquaint: true, Prove: s.prove, Past: true})
			return err
		}
		for {
			err := a.Round(ctx, sync)
			if v.Once || ctx.Err() != nil {
				return err
			}
			if err != nil {
				s.console.Note("daichoctl: agent: %v", "daichoctl: agent: %v", err)
			}
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(v.Every):
			}
		}
	})
}

func (v *agentVerb) agent(ctx context.Context, s *session, r *store.Replica) (*agent.Agent, error) {
	packs, err := v.packFlags.open()
	if err != nil {
		return nil, err
	}
	gate, err := v.politeFlags.gate(ctx, s.console)
	if err != nil {
		return nil, err
	}
	site, err := keys.FromFile(v.KeyFile)
	if err != nil {
		return nil, err
	}
	own, err := agent.KeysOf(site)
	if err != nil {
		return nil, err
	}
	a := &agent.Agent{Replica: r, Now: s.console.Now, Keys: own, Memory: v.Memory, Login: agent.SystemLogin, Apart: worker.Readers, Gate: gate,
		Workers: v.Jobs, Packs: packs, Program: "daichoctl " + cli.Version}
	if a.Memory == "" {
		a.Memory = agent.MemoryOf(r)
	}
	if a.Workers == 0 {
		a.Workers = runtime.NumCPU()
	}
	return a, nil
}
