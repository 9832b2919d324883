#!/usr/bin/env bash
# Builds McpConsole when its sources changed, and runs it in the foreground. Ctrl+C or SIGTERM stops it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: ./start.sh [--demo] [--keep-servers]

  --demo          also creates and starts an MCP server made from the console's own API
  --keep-servers  MCP servers that speak HTTP go on running when the console is stopped

Settings are environment variables, see README.md; MCPCONSOLE_URLS and MCPCONSOLE_DATA say where it listens and keeps its data.
TEXT
}

for argument in "$@"; do
  case $argument in
    --demo | --keep-servers) ;;
    -h | --help) usage; exit 0 ;;
    *) echo "start.sh: unknown option $argument" >&2; usage >&2; exit 2 ;;
  esac
done

. ./build/prerequisites.sh
need_dotnet
[ -n "${ConnectionStrings__Console:-}" ] || need_postgresql

program=artifacts/bin/McpConsole.Web/release/McpConsole.Web
stamp=artifacts/start.stamp
if [ ! -x "$program" ] || [ ! -e "$stamp" ] || [ -n "$(find . \( -path ./artifacts -o -path ./.git -o -path ./data -o -path ./McpConsole.Web/wwwroot/_framework -o -name node_modules \) -prune -o -type f -newer "$stamp" -print -quit)" ]; then
  echo 'Building (about a minute the first time) …'
  mkdir -p artifacts
  touch "$stamp.new"
  for project in McpConsole.Runner McpConsole.Web; do
    # No build server may stay behind when the console stops.
    if ! dotnet build "$project" -c Release -v q -nologo --disable-build-servers >artifacts/build.log 2>&1; then
      cat artifacts/build.log >&2
      exit 1
    fi
  done
  mv "$stamp.new" "$stamp"
fi

# In place of this shell: signals reach the console itself, and its exit code is ours.
exec "$program" "$@"
