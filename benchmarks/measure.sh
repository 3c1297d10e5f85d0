# What benchmarks/run measures with: servers of its own, and rows of results. Needs $work, $flavor, $threads and $pids.
# shellcheck shell=bash
# --- servers -------------------------------------------------------------------------------------
user=$(id -un)
as=()
if [ "$user" = root ]; then user=nobody; as=(setpriv --reuid=nobody --regid=nogroup --clear-groups); fi

# Older clients know the old way to log in alone; newer servers don't know the option, and 9.0 not the way.
native_password() {
  local version; version=$("$MYSQL_HOME/bin/mysqld" --no-defaults --version | grep -oE 'Ver [0-9]+\.[0-9]+' | head -n 1)
  case $version in
    'Ver 5.'* | 'Ver 8.0') echo --default-authentication-plugin=mysql_native_password ;;
  esac
}

# start NAME PORT LOGBIN: an empty server with production settings for durability
start() {
  local dir=$work/$1 port=$2 logbin=$3
  mkdir -p "$dir/data" "$dir/tmp"; chown -R "$user" "$dir"
  local common=(--no-defaults --datadir="$dir/data" --socket="$dir/sock" --port="$port" --bind-address=127.0.0.1
    --pid-file="$dir/pid" --tmpdir="$dir/tmp" --local-infile=1 --innodb-buffer-pool-size=2G --server-id=1 --max-connections=200
    --max-allowed-packet=256M --log-error="$dir/log" --secure-file-priv= --table-open-cache=4000 --open-files-limit=30000)
  if [ "$flavor" = mariadb ]; then
    TMPDIR=$dir/tmp "${as[@]}" mariadb-install-db --no-defaults --tmpdir="$dir/tmp" --datadir="$dir/data" --auth-root-authentication-method=normal --skip-test-db >"$dir/install" 2>&1
    local binlog=(); [ "$logbin" = yes ] && binlog=(--log-bin --binlog-format=ROW)
    "${as[@]}" /usr/sbin/mariadbd "${common[@]}" --innodb-log-file-size=1G "${binlog[@]}" >"$dir/out" 2>&1 &
  else
    TMPDIR=$dir/tmp "${as[@]}" "$MYSQL_HOME/bin/mysqld" --no-defaults --initialize-insecure --basedir="$MYSQL_HOME" --datadir="$dir/data" >"$dir/install" 2>&1
    local binlog=(--skip-log-bin); [ "$logbin" = yes ] && binlog=(--log-bin)
    TMPDIR=$dir/tmp "${as[@]}" "$MYSQL_HOME/bin/mysqld" "${common[@]}" --basedir="$MYSQL_HOME" --innodb-log-file-size=1G --mysqlx=OFF \
      $(native_password) "${binlog[@]}" >"$dir/out" 2>&1 &
  fi
  local pid=$!
  pids+=("$pid")
  echo "$pid" >"$dir/server-pid"
  for _ in $(seq 300); do
    MYSQL_PWD= mariadb -h127.0.0.1 -P"$port" -uroot -e 'select 1' >/dev/null 2>&1 && break
    kill -0 "$pid" 2>/dev/null || { cat "$dir/log" "$dir/out" >&2; exit 1; }
    sleep 0.2
  done
  MYSQL_PWD= mariadb -h127.0.0.1 -P"$port" -uroot -e "create user bench@'127.0.0.1' identified by 'bench'; grant all on *.* to bench@'127.0.0.1' with grant option"
}
stop() {
  local pid; pid=$(cat "$work/$1/server-pid")
  kill "$pid"; while kill -0 "$pid" 2>/dev/null; do sleep 0.2; done
  rm -rf "${work:?}/$1"
}
server_cpu() { # seconds of CPU that the server has used
  awk -v hz="$(getconf CLK_TCK)" '{print ($14 + $15) / hz}' "/proc/$(cat "$work/$1/server-pid")/stat"
}
sql() { mariadb -h127.0.0.1 -P"$1" -ubench -pbench -N -e "$2"; }

# --- measuring -----------------------------------------------------------------------------------
results=$work/results
: >"$results"
# measure LABEL SERVER SIZE-PATH COMMAND…: wall and CPU seconds, peak memory, size. Where the command runs several
# processes at once it notes the peak of each in $work/parts, and at_once says how many are added up, largest first.
measure() {
  local label=$1 server=$2 size=$3; shift 3
  local cpu0 cpu1 kib bytes=-
  rm -f "$work/parts"
  sync
  cpu0=$(server_cpu "$server")
  if ! /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" >"$work/out" 2>"$work/err"; then
    echo "FAILED: $label" >&2; cat "$work/out" "$work/err" | tail -n 20 >&2
    echo "$label|failed|-|-|-|-" >>"$results"; return 0
  fi
  cpu1=$(server_cpu "$server")
  kib=$(tail -1 "$work/time" | cut -d' ' -f4)
  if [ -s "$work/parts" ]; then
    kib=$(sort -rn "$work/parts" | head -n "$at_once" | awk '{all += $1} END {print all}')
  fi
  [ "$size" = - ] || bytes=$(du -sb "$size" | cut -f1)
  awk -v label="$label" -v c0="$cpu0" -v c1="$cpu1" -v kib="$kib" -v bytes="$bytes" \
    '{printf "%s|%.2f|%.2f|%.2f|%.0f|%s\n", label, $1, $2 + $3, c1 - c0, kib / 1024, (bytes == "-" ? "-" : sprintf("%.1f", bytes / 1048576))}' \
    <(tail -1 "$work/time") >>"$results"
  tail -1 "$results" >&2
}
# ratio LABEL FIELD A B AIM: of the rows A and B; field 2 is the wall, cpu what client and server used
ratio() {
  awk -F'|' -v label="$1" -v field="$2" -v a="$3" -v b="$4" -v aim="$5" '
    function value() {return $2 == "failed" ? "" : field == "cpu" ? $3 + $4 : $field}
    $1 == a {x = value()} $1 == b {y = value()}
    END {if (x == "" || y == "" || y == 0) printf "%-62s      -   (aim %s)\n", label, aim;
         else printf "%-62s %6.2f   (aim %s)\n", label, x / y, aim}' "$results"
}
memory() { # memory PREFIX: the most of all of Foldback's rows
  awk -F'|' -v what="$1" 'index($1, what " ") == 1 && $1 ~ /foldback/ && $5 > most {most = $5}
    END {printf "%-62s %6s   (aim <= 700)\n", what " foldback: peak MiB", most}' "$results"
}

raw_read() { # every row of the schema to /dev/null with $threads clients
  local schema=$1 port=$2
  sql "$port" "select table_name from information_schema.tables where table_schema = '$schema' and table_type = 'BASE TABLE'" |
    xargs -P "$threads" -I{} /usr/bin/time -a -o "$work/parts" -f %M mariadb -h127.0.0.1 -P"$port" -ubench -pbench --quick -N "$schema" -e 'select * from `{}`' >/dev/null
}
part() { /usr/bin/time -a -o "$work/parts" -f %M "$@"; }
dump_zstd() { set -o pipefail; part mariadb-dump -h127.0.0.1 -P"$1" -ubench -pbench --single-transaction --quick "$2" | part zstd -1 -q -o "$3"; }
load_zstd() { set -o pipefail; part zstd -d -c "$2" | part mariadb -h127.0.0.1 -P"$1" -ubench -pbench "$3"; }
export -f raw_read dump_zstd load_zstd part sql
export threads work

export MYSQL_PWD=bench
url() { echo "$flavor://bench@127.0.0.1:$1"; }

sent() { grep -oE "\"sent$1\": *[0-9]+" "$work/out" | tail -1 | grep -oE '[0-9]+$' || echo '?'; }

