#!/usr/bin/env bash
# Servers from Debian's packages, each unpacked into a folder of its own together with the
# libraries it needs. They run through that folder's own loader, so the machine's version of
# Debian does not matter, nothing is installed, and no root is needed.
set -euo pipefail
# Where ldconfig is; an ordinary user's path may lack it.
PATH=$PATH:/usr/sbin:/sbin
servers=$FOLDBACK_SETUP_CACHE/servers
mkdir -p "$servers"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir "$work/none"

if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
  echo "testkit/setup: no apt-get here; only the servers from Maven's jars can be tested"
  exit 0
fi

# The machine's own mirror of Debian, from its apt sources of either style.
mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources \
    2>/dev/null | grep -v '^ *#' | grep -oE '[a-z+]+://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' '
}

apt_private() {
  local suite=$1
  shift
  apt-get -qq \
    -o Dir::Etc::sourcelist="$work/$suite/sources.list" -o Dir::Etc::sourceparts="$work/none" \
    -o Dir::Etc::preferencesparts="$work/none" \
    -o Dir::State="$work/$suite/state" -o Dir::State::status="$work/$suite/status" \
    -o Dir::Cache="$work/$suite/cache" -o APT::Sandbox::User="$(id -un)" \
    -o Acquire::Languages=none -o APT::Install-Recommends=false -o Acquire::Retries=3 "$@"
}

# download SUITE PACKAGE...: the packages and all they depend on, below $work/SUITE/cache/archives.
download() {
  local suite=$1 keyring='' candidate
  shift
  for candidate in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
    if [ -e "$candidate" ]; then keyring="signed-by=$candidate"; fi
  done
  mkdir -p "$work/$suite"/{state/lists/partial,cache/archives/partial}
  : > "$work/$suite/status"
  echo "deb [$keyring] $(mirror) $suite main" > "$work/$suite/sources.list"
  apt_private "$suite" update
  apt_private "$suite" -y --download-only install "$@" >/dev/null
}

# tree NAME SUITE FILE PACKAGE...: made anew where it lacks the file, which is named from its usr on.
tree() {
  local name=$1 suite=$2 file=$3 deb
  shift 3
  if [ -e "$servers/$name/usr/$file" ]; then
    return 0
  fi
  echo "testkit/setup: fetching $name from Debian $suite"
  download "$suite" "$@"
  rm -rf "$servers/$name.draft"
  mkdir -p "$servers/$name.draft"
  for deb in "$work/$suite"/cache/archives/*.deb; do
    case $(basename "$deb") in
      perl* | libperl* | *-doc_*) ;;
      *) dpkg-deb --fsys-tarfile "$deb" \
        | tar -x -C "$servers/$name.draft" --no-same-owner --keep-directory-symlink ;;
    esac
  done
  chmod 755 "$servers/$name.draft"
  rm -rf "${servers:?}/$name"
  mv -T "$servers/$name.draft" "$servers/$name"
  rm -rf "${work:?}/$suite"
}

# MySQL 8.0 comes from a jar but needs two libraries that not every machine has.
mysql_80_libraries() {
  local target=$servers/mysql-8.0-libs file
  if [ -d "$target" ] || { ldconfig -p | grep -q 'libaio\.so\.1 ' \
    && ldconfig -p | grep -q 'libnuma\.so\.1 '; }; then
    return 0
  fi
  echo "testkit/setup: fetching libraries for mysql-8.0"
  download bookworm libaio1 libnuma1
  mkdir -p "$target.draft" "$work/libs"
  for file in "$work"/bookworm/cache/archives/lib{aio1,numa1}_*.deb; do
    dpkg-deb -x "$file" "$work/libs"
  done
  find "$work/libs" -name 'lib*.so.*' -exec cp -a {} "$target.draft" \;
  mv -T "$target.draft" "$target"
  rm -rf "$work/bookworm"
}

if [ -z "$(mirror)" ]; then
  echo "testkit/setup: this machine's apt knows no Debian mirror; more servers can't be fetched"
  exit 0
fi
mysql_80_libraries
# The plugin that gives keys for encryption is in the whole server's package.
tree mariadb-10.11 bookworm lib/mysql/plugin/file_key_management.so mariadb-server mariadb-server-core mariadb-client
tree mariadb-11.8 trixie bin/mariadb-dump mariadb-server-core mariadb-client
tree mysql-9.7 sid bin/mysqldump mysql-server-core mysql-client-core
