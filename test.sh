#!/usr/bin/env bash
# Builds everything and runs every test; closes with the sums. `./test.sh unit` runs the fast tests alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

case ${1:-all} in
  all | unit) kind=${1:-all} ;;
  *) echo 'Usage: ./test.sh [unit]' >&2; exit 2 ;;
esac

. ./build/prerequisites.sh
need_dotnet
conformance=McpConsole.Tests/ConformanceServer
if [ "$kind" = all ]; then
  need_postgresql
  command -v chromium >/dev/null || apt_install chromium
  [ -n "$(find /usr/share/fonts -iname '*NotoSansCJK*' -print -quit 2>/dev/null)" ] || apt_install fonts-noto-cjk
  command -v npm >/dev/null || apt_install npm
  [ -d $conformance/node_modules ] || (cd $conformance && npm install --no-package-lock --no-audit --no-fund --loglevel=error)
  export MCPCONSOLE_CONFORMANCE=$PWD/$conformance
fi

dotnet build McpConsole.sln -c Release -v q -nologo

passed=0 failed=0 skipped=0 broken=0
results=artifacts/test-results
rm -rf $results
run() {
  local project=$1
  shift
  dotnet test "$project" -c Release --no-build --nologo --logger "trx;LogFileName=$project.trx" --results-directory $results "$@" || broken=1
}

# count NAME FILE: what a result file says of the tests that ended this way.
count() {
  grep -o "<Counters [^>]*" "$2" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*'
}

if [ "$kind" = unit ]; then
  run McpConsole.Tests --filter 'Kind!=Integration'
else
  run McpConsole.Tests
  run e2e
fi

for file in $results/*.trx; do
  [ -e "$file" ] || continue
  passed=$((passed + $(count passed "$file")))
  failed=$((failed + $(count failed "$file") + $(count error "$file") + $(count timeout "$file") + $(count aborted "$file")))
  skipped=$((skipped + $(count notExecuted "$file")))
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$broken" = 0 ] && [ "$passed" != 0 ]
