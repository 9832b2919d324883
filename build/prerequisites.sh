# What start.sh and test.sh need from the machine. Sourced, not run.

fail() {
  echo "$1" >&2
  exit 1
}

need_dotnet() {
  local major
  major=$(dotnet --version 2>/dev/null | cut -d. -f1) || true
  [ "${major:-0}" -ge 10 ] || fail 'The .NET 10 SDK is needed: https://dotnet.microsoft.com/download'
}

# apt_install PACKAGE…: installs on Debian and its kin, as root or by sudo; elsewhere says what is missing.
apt_install() {
  local sudo=
  if [ "$(id -u)" != 0 ]; then
    sudo=sudo
  fi
  if ! command -v apt-get >/dev/null || { [ -n "$sudo" ] && ! command -v sudo >/dev/null; }; then
    fail "Install this first: $*"
  fi
  echo "Installing $* …"
  local log
  log=$(mktemp)
  $sudo env DEBIAN_FRONTEND=noninteractive sh -c '
    apt-get update && apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold "$@"' sh "$@" >"$log" 2>&1 ||
    { cat "$log" >&2; rm -f "$log"; fail "apt-get could not install $*"; }
  rm -f "$log"
}

need_postgresql() {
  if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || compgen -G '/usr/pgsql-*/bin/initdb' >/dev/null || command -v initdb >/dev/null; then
    return
  fi
  # Debian's package would make and start a cluster of its own: the console runs its own, on a socket in the data folder.
  if command -v apt-get >/dev/null && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    local sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | $sudo tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  apt_install postgresql
}
