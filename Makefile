# What can be made here. `make` alone lists it. Each target is one script in
# packaging/ that can be read on its own; this file holds what they share.

# One set of flags for every build, so that the C parts of the window (some
# minutes of compiling) are compiled once and then found in Go's cache:
#   -trimpath        no path of the building machine in a program; same source, same bytes
#   -buildvcs=false  no commit stamped in: builds without git, and a commit spoils no cache
#   migrated_fynedo  Fyne may trust that only ui/task touches the window from other goroutines
#   accessibility    Fyne tells screen readers what the window shows
#   cured, GOWORK    GLFW comes from a copy to which packaging/glfw.diff is applied
# It is a workspace and not -modfile, which staticcheck and gopls cannot do with.
CURED := var/cured/go.work
HERE := $(shell pwd -W 2>/dev/null || pwd)
export GOFLAGS := -trimpath -buildvcs=false -tags=migrated_fynedo,accessibility,cured
export GOWORK := $(HERE)/$(CURED)

# How long the long proofs run; `make fuzz FUZZTIME=1h` overrides.
KILLS    ?= 1000
SEED     ?= 1
FLIPS    ?= 10000
REPAIRS  ?= 200
REBUILD  ?= 200000
RECALL   ?= 50000
NUMBERS  ?= 10000
CLOCKS   ?= 100000
SEEDS    ?= 10000
MUTANTS  ?= 5000
FUZZTIME ?= 1m
# Inquiries of the large city of bench-scale; it stays in var/bench.
BENCH_ROWS ?= 200000
# How long bench-window drives the window to see what it holds in memory.
DAY ?= 1h
# Documents of the large library of bench-documents, each with three versions, and
# attached files that are read in the background.
DOCUMENTS ?= 50000
FILES     ?= 10000
# Files on the file server that scan-city scans, beside a log of a gigabyte.
CITY ?= 200000
# Records that bench-sync moves.
RECORDS ?= 100000

.DEFAULT_GOAL := help
WITH_GO := run pictures test check lint build flags bench bench-scale bench-scan bench-scan-speed bench-sync bench-server bench-documents bench-helpdesk bench-window crash recall numbers scan-city clocks sim sim-mutants fuzz fuzz-short
.PHONY: help clean $(WITH_GO)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 19

$(WITH_GO): $(CURED)

# The copy of GLFW, made in a second; it is compiled anew when the diff changes.
$(CURED): go.mod go.sum packaging/glfw.diff packaging/cure
	@packaging/cure $(if $(filter flags,$(MAKECMDGOALS)),>&2)

run: ## install what is missing, build, load the demo city, open the desktop
	@packaging/run

pictures: ## photograph every page, dialog and widget in each size, palette and language into var/pictures
	@packaging/pictures

test: ## install what the tests need and run every test
	@packaging/test

check: ## format, vet, linter and the tests that need no outside service (minutes)
	@packaging/check

lint: ## the part of check that runs no test
	@packaging/check static

build: ## only build bin/daicho, bin/daicho-server and bin/daichoctl
	@packaging/build

flags: ## print the build flags for go by hand and for editors: eval "$$(make flags)"
	@echo "export GOFLAGS=\"$$GOFLAGS\" GOWORK=\"$$GOWORK\""

bench: ## CPU time sealed beside plain, and SQLCipher beside itself, as ratios
	@packaging/bench

bench-scale: ## the same work with 10,000 inquiries and with BENCH_ROWS, as ratios
	@packaging/bench scale 10000 $(BENCH_ROWS)

bench-helpdesk: ## the queue, an inquiry, a month's figures and a year's clocks with a tenth of BENCH_ROWS inquiries and with all, as ratios
	@packaging/bench helpdesk $$(($(BENCH_ROWS) / 10)) $(BENCH_ROWS)

bench-scan: ## what the scanner finds in files whose content is known, kind by kind, beside the goals; the cost of changed rules and of unchanged files, as ratios
	@packaging/bench scan

bench-scan-speed: ## the scan command beside ripgrep, pdftotext and LibreOffice on the same files, two jobs beside one, its memory, unchanged files and a changed rule; on an idle machine, with 600 MB of disk
	@packaging/bench scan-speed

bench-server: ## 10,000 changes put into the order on PostgreSQL beside SQLite, as a ratio
	@packaging/bench server

bench-documents: ## lists and searches in a library of a tenth of DOCUMENTS and of DOCUMENTS, as ratios; what recording costs while FILES attached files are read in the background
	@packaging/bench documents $(DOCUMENTS) $(FILES)

bench-window: ## work and frames of a list in a city of BENCH_ROWS beside Fyne's own table, the start beside Fyne's least window, memory over a DAY
	@packaging/bench window $(BENCH_ROWS) $(DAY)

bench-sync: ## RECORDS records up and down beside PouchDB, as ratios
	@packaging/bench sync $(RECORDS)

crash: ## kill devices, servers and databases KILLS times each, flip FLIPS bits, fill the disk at every write, and look for anything lost
	@DAICHO_KILLS=$(KILLS) DAICHO_SEED=$(SEED) DAICHO_FLIPS=$(FLIPS) DAICHO_REPAIRS=$(REPAIRS) DAICHO_REBUILD=$(REBUILD) go run ./packaging/testreport go test -json -count=1 -timeout 0 -run 'Kill|Crash|FullDisk|ReplyLost|Flip|Damaged|Repair|Upgrade' ./store/... ./sync/...

recall: ## hold the search to brute force over RECALL texts
	@DAICHO_RECALL=$(RECALL) go run ./packaging/testreport go test -json -count=1 -timeout 0 -run 'Recall' ./store

numbers: ## have three stations without a line give NUMBERS official numbers, each once and with every gap explained
	@DAICHO_NUMBERS=$(NUMBERS) go run ./packaging/testreport go test -json -count=1 -timeout 0 -run 'PartitionedStations' ./app/numbering

clocks: ## hold service hours and deadlines to a slow reference in CLOCKS random cases
	@DAICHO_CLOCKS=$(CLOCKS) go run ./packaging/testreport go test -json -count=1 -timeout 0 -run 'SlowReference' ./app/calendar ./app/sla

scan-city: ## scan a file server of CITY files with all that is odd in one, kill the scan on its way, and look for what was planted in what it leaves
	@DAICHO_SCAN_TREE=$(CITY) DAICHO_SCAN_LOG=1000000000 DAICHO_SCAN_HOLE=1000000000 go run ./packaging/testreport go test -json -count=1 -timeout 0 -run '^TestScripts$$/^scan_city$$' ./cmd/daichoctl

sim: ## run SEEDS histories of devices, server and bad network; one that failed again by SEED=n SEEDS=1
	@DAICHO_SEEDS=$(SEEDS) $(if $(filter-out file,$(origin SEED)),DAICHO_SEED=$(SEED)) go run ./packaging/testreport go test -json -count=1 -timeout 0 -run 'Simulation$$' ./sync/simtest

sim-mutants: ## plant each bug that the simulator must notice, in up to MUTANTS histories, and tell what noticed it
	@DAICHO_MUTANTS=$(MUTANTS) bash -o pipefail -c "go test -v -count=1 -timeout 0 -run PlantedBugs ./sync/simtest | sed -n 's/^ *mutants_test.go:[0-9]*: //p; /^FAIL/p; /^ok/p'"

fuzz: ## feed every parser generated input for FUZZTIME each
	@packaging/fuzz $(FUZZTIME)

fuzz-short: ## the same for five seconds each
	@packaging/fuzz 5s

clean: ## remove what was built; the demo city in var/ stays
	@rm -rf bin
