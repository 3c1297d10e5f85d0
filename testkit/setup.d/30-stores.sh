#!/usr/bin/env bash
# Servers of stores: Azurite (Azure Blob Storage) by npm into the cache, OpenSSH's server and client.
set -euo pipefail
version=3.37.0
azurite=$FOLDBACK_SETUP_CACHE/azurite-$version
main=$azurite/node_modules/azurite/dist/src/blob/main.js
if [ ! -e "$main" ]; then
  if command -v npm >/dev/null; then
    echo "testkit/setup: installing azurite $version" >&2
    rm -rf "$azurite.draft"
    mkdir -p "$azurite.draft"
    npm install --prefix "$azurite.draft" --no-audit --no-fund --ignore-scripts --loglevel error \
      "azurite@$version" >&2
    mv -T "$azurite.draft" "$azurite"
  else
    echo "testkit/setup: no npm here; Azure Blob Storage can't be tested"
  fi
fi
if [ -e "$main" ]; then
  echo "azurite=$main"
fi
if [ ! -x /usr/sbin/sshd ] || ! command -v ssh >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "testkit/setup: installing openssh-server and openssh-client" >&2
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends \
      openssh-server openssh-client >/dev/null
  else
    echo "testkit/setup: please install: openssh-server openssh-client"
  fi
fi
