#!/usr/bin/env bash
# Tools that the tests of recovery by hand call: age and zstd.
set -euo pipefail
missing=()
for tool in age zstd; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "testkit/setup: please install: ${missing[*]}"
  exit 0
fi
echo "testkit/setup: installing ${missing[*]}"
apt-get -qq update
DEBIAN_FRONTEND=noninteractive apt-get -qq -y install "${missing[@]}" >/dev/null
