# Sourced by the scripts beside it: what a machine must have, how a step is run
# and reported, how the programs are built. Nothing here is a program of its own.
# shellcheck shell=bash
# shellcheck disable=SC2034 # the lists are for the scripts that source this

# Compilers and headers for the window; the server and daichoctl need none. The
# certificates are for Go's own downloads.
BUILD_PACKAGES=(ca-certificates gcc libc6-dev pkg-config libgl-dev libegl-dev libx11-dev libxcursor-dev
  libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev libxkbcommon-dev)
# Opening the window without a graphics card.
DRAW_PACKAGES=(libgl1-mesa-dri libgl1 libegl1)
# A display in memory, for machines that have none, and a camera for it.
DISPLAY_PACKAGES=(xvfb imagemagick)
# Driving and photographing the window, writing Japanese into it by keys and by an
# input method, reading PDFs back, a real keyring, watching which files a program
# writes, reading the server's unit.
TEST_PACKAGES=(xvfb xdotool imagemagick x11-utils x11-xkb-utils fcitx5 fcitx5-anthy poppler-utils gnome-keyring
  dbus-user-session strace systemd)
# PostgreSQL, which tests of the server start and kill by themselves (ps finds
# its processes).
DATABASE_PACKAGES=(postgresql procps)
# A file server whose shares tests of the scanner read; they start it by themselves.
SHARE_PACKAGES=(samba)
# What people make files with, so that the scanner is tested on real ones.
CORPUS_PACKAGES=(libreoffice-calc libreoffice-impress libreoffice-writer fonts-ipafont-gothic p7zip-full zip
  qpdf gnupg openssh-client openssl sqlite3 zstd)
# Mail servers that tests of the server's intake and notices start by themselves.
MAIL_PACKAGES=(dovecot-imapd python3-aiosmtpd util-linux)
# The browser that tests of the web desk drive by themselves.
BROWSER_PACKAGES=(chromium)
# What the sealed database is measured beside.
BENCH_PACKAGES=(sqlcipher)

# What the scan is measured beside.
SPEED_PACKAGES=(ripgrep poppler-utils)

# What sync is measured beside.
PEER_PACKAGES=(nodejs npm)

LOGS=var/log

# say WORDS: one line of progress.
say() { printf '%s\n' "$*"; }

# fail SENTENCE [LINE...]: what went wrong and what to do, then the end.
fail() {
  printf '\nDaicho: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

# step NAME WORDS COMMAND...: runs a command quietly. Only a failure is shown,
# as one sentence, the log's path and its last lines.
step() {
  local name=$1 words=$2 log=$LOGS/$1.log started=$SECONDS
  shift 2
  mkdir -p "$LOGS"
  say "· $words"
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 8 "$log" >&2
    fail "'$words' failed (step $name). The whole log is in $log."
  fi
  [ $((SECONDS - started)) -lt 20 ] || say "  done in $(minutes $((SECONDS - started))) min"
}

# minutes SECONDS: 90 gives 1.5.
minutes() { printf '%d.%d' $(($1 / 60)) $(($1 % 60 / 6)); }

# started_by_make: the build flags live in the Makefile alone.
started_by_make() {
  [ -n "${MAKELEVEL:-}" ] || fail "please start this with 'make ${0##*/}': the build flags stand in the Makefile."
}

# need_go: Go of go.mod's version or newer, or the end with a sentence.
need_go() {
  local want
  want=$(sed -n 's/^go //p' go.mod)
  command -v go >/dev/null || [ ! -x /usr/local/go/bin/go ] || PATH=$PATH:/usr/local/go/bin
  command -v go >/dev/null || fail "Go $want or newer is missing." "Install it from https://go.dev/dl/ and run the same command again."
  GOWORK=off go list -m >/dev/null 2>&1 || fail "Go $want or newer is needed; here is $(go version | cut -d' ' -f3)." \
    "Install a newer one from https://go.dev/dl/ and run the same command again."
}

# need_packages PACKAGE...: on Debian and Ubuntu installs the missing ones; on
# any other system names what is missing and ends.
need_packages() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    need_elsewhere
    return
  fi
  local missing=() package present
  present=$(dpkg-query -W -f='${Package} ${Status}\n' "$@" 2>/dev/null || true)
  for package in "$@"; do
    grep -qx "$package install ok installed" <<<"$present" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "This machine lacks: ${missing[*]}"
  local as_root=()
  become_root "${missing[@]}"
  step apt-update "fetching the list of packages" "${as_root[@]}" apt-get -q update
  step apt-install "installing ${#missing[@]} packages (a minute or two)" \
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -q -y --no-install-recommends install "${missing[@]}"
}

# become_root PACKAGE...: sets as_root of the caller, asking for a password
# only where a person can type one.
become_root() {
  [ "$(id -u)" -ne 0 ] || return 0
  if command -v sudo >/dev/null; then
    as_root=(sudo)
    sudo -n true 2>/dev/null && return 0
    [ -t 0 ] && sudo -v && return 0
  fi
  fail "installing packages needs root or sudo. Let someone who has it run:" \
    "apt-get install --no-install-recommends $*"
}

# need_elsewhere: other systems are told what is missing, never changed.
need_elsewhere() {
  local missing=()
  case $(uname -s) in
    Linux) missing_on_linux ;;
    Darwin) xcode-select -p >/dev/null 2>&1 || missing+=("the Xcode command line tools: xcode-select --install") ;;
    MINGW* | MSYS* | CYGWIN*)
      command -v gcc >/dev/null || missing+=("gcc of mingw-w64: pacman -S mingw-w64-ucrt-x86_64-gcc, in the MSYS2 UCRT64 shell")
      command -v patch >/dev/null || missing+=("patch: pacman -S patch") ;;
    *) missing+=("a system Daicho knows: Linux, macOS or Windows with MSYS2; this is $(uname -s)") ;;
  esac
  [ ${#missing[@]} -eq 0 ] || fail "packages are installed by themselves on Debian and Ubuntu only. Missing here:" "${missing[@]}"
  say "Nothing seems to be missing. Daicho has never been run on this system; only Debian 12 is tested."
}

# missing_on_linux: adds to missing of the caller what the C compiler would ask for.
missing_on_linux() {
  command -v gcc >/dev/null || missing+=("gcc, with the headers of the C library")
  command -v patch >/dev/null || missing+=("patch")
  if ! command -v pkg-config >/dev/null; then
    missing+=("pkg-config")
    return
  fi
  local part
  for part in gl egl x11 xcursor xrandr xinerama xi xxf86vm wayland-client xkbcommon; do
    pkg-config --exists "$part" || missing+=("the development files of $part (pkg-config $part)")
  done
  has_display || command -v Xvfb >/dev/null || missing+=("Xvfb, because this machine has no display")
}

# has_display: whether a window can open. macOS and Windows always have one.
has_display() {
  [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]
}

# build_programs: the three programs into bin/. The window is drawn through C;
# the server and daichoctl are built without any, so that they run on a machine
# that has nothing but themselves.
build_programs() {
  step build-server "building daicho-server and daichoctl$(first "about a minute")" \
    env CGO_ENABLED=0 go build -o bin/ ./cmd/daicho-server ./cmd/daichoctl
  step build-window "building daicho, the window$(first "its C parts take some five minutes")" \
    env CGO_ENABLED=1 go build -o bin/ ./cmd/daicho
}

# first WORDS: how long it takes, said only where nothing has been built yet.
first() { [ -e bin/daicho ] || printf ' (%s the first time)' "$1"; }
