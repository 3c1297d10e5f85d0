# The log: capture beside a server that works, restores to the end of the log beside load and replay, a backup's cost beside
# the changes since the last, and consolidation. Comes after `compare sbtest`, whose repository holds a snapshot of the tables.
# shellcheck shell=bash

notes=$work/notes
: >"$notes"
note() { printf '%-62s %s\n' "$1" "$2" | tee -a "$notes" >&2; }

# write LABEL TRANSACTIONS: sysbench's write-only transactions, of four row changes each, at full speed
write() {
  local seconds
  sysbench oltp_write_only --db-driver=mysql --mysql-host=127.0.0.1 --mysql-port=3401 --mysql-user=bench --mysql-password=bench \
    --tables="$tables" --table-size="$rows" --threads="${writers:-$threads}" --events="$2" --time=0 run >"$work/sysbench"
  seconds=$(awk '/total time:/ {sub("s", "", $3); print $3}' "$work/sysbench")
  rate=$(awk -v n="$2" -v s="$seconds" 'BEGIN {printf "%.0f", n / s}')
  note "history: transactions a second, $1" "$rate"
}
checksums() { sql "$1" "checksum table $(for n in $(seq "$tables"); do printf 'sbtest.sbtest%s%s' "$n" "$([ "$n" = "$tables" ] || echo ,)"; done)"; }
same() { # same PORT WHAT
  if [ "$(checksums 3401)" = "$(checksums "$1")" ]; then note "history: $2 equals the source (CHECKSUM TABLE)" yes
  else note "history: $2 equals the source (CHECKSUM TABLE)" NO; echo "history differs|failed|-|-|-|-" >>"$results"; fi
}
log_files() { find "$work/source/data" -regextype posix-extended -regex '.*/[^/]*bin\.[0-9]{6}' | sort; }
log_bytes() { log_files | xargs stat -c %s | awk '{all += $1} END {printf "%.0f", all}'; }
# The files from the snapshot's place on, as the server's own tool reads them.
replay_log() { set -o pipefail; local tool=mariadb-binlog; [ "$flavor" = mysql ] && tool=$MYSQL_HOME/bin/mysqlbinlog
  # shellcheck disable=SC2086
  $tool --start-position="$start_offset" $replay_files | mariadb -h127.0.0.1 -P3402 -ubench -pbench --binary-mode; }
export -f replay_log

restore_to() { "$foldback" restore --to "$(url 3402)" --repo "$work/repo-sbtest" --key-file "$work/key" --threads "$threads" --quiet "$@"; }
export -f restore_to url
export foldback flavor

history_figures() {
  local id place file half before plain_rate captured
  local repo=(--repo "$work/repo-sbtest" --name bench)
  # The place of the snapshot that everything starts from: nothing was written since.
  place=$(sql 3401 'show master status' 2>/dev/null || sql 3401 'show binary log status')
  file=$(cut -f1 <<<"$place"); start_offset=$(cut -f2 <<<"$place")
  id=$("$foldback" list "${repo[@]:0:2}" --json | grep -oE '"id" *: *"[0-9]{8}T[^"]+"' | tail -1 | cut -d'"' -f4)
  half=$((transactions / 2))
  for n in $((transactions / 200)) $((transactions / 20)); do
    write "before a backup" "$n"
    measure "history backup after $n transactions" source - "$foldback" backup "$(url 3401)" "${repo[@]}" --include sbtest --way log --json
    note "history: bytes sent by that backup" "$(sent Bytes)"
  done
  before=$(log_bytes)

  write "alone" "$half"; plain_rate=$rate
  measure "history capture --once" source "$work/repo-sbtest/log" "$foldback" capture "$(url 3401)" "${repo[@]}" --once --quiet
  captured=$(( $(log_bytes) - before ))
  note "history: log of the first half, MiB" "$((captured / 1048576))"

  "$foldback" capture "$(url 3401)" "${repo[@]}" --max-lag 5s --quiet 2>"$work/err" & local capture=$!
  pids+=("$capture")
  sleep 3
  write "while captured" "$half"
  note "history: throughput that capture costs (aim <= 10 %)" "$(awk -v a="$plain_rate" -v b="$rate" 'BEGIN {printf "%.1f %%", 100 * (a - b) / a}')"
  local end; end=$(date +%s%N)
  kill "$capture"; wait "$capture" || true
  "$foldback" capture "$(url 3401)" "${repo[@]}" --once --quiet
  note "history: seconds until all was stored after the last write" "$(awk -v t=$(($(date +%s%N) - end)) 'BEGIN {printf "%.2f", t / 1e9}')"

  start target 3402 no
  measure "history restore snapshot, compared" target - bash -c 'restore_to "$@"' restore --snapshot "$id"
  stop target
  start target 3402 no
  measure "history restore end of log, compared" target - bash -c 'restore_to "$@"' restore
  same 3402 "the folded restore"
  stop target
  start target 3402 no
  measure "history restore end of log" target - bash -c 'restore_to "$@"' restore --no-verify
  stop target
  consolidation
  if [ "$replay" = yes ]; then
    start target 3402 no
    restore_to --snapshot "$id" --no-verify
    replay_files=$(log_files | awk -v first="$file" '{n = split($0, part, "/")} part[n] >= first' | tr '\n' ' ')
    export replay_files start_offset
    measure "history replay" target - bash -c replay_log
    same 3402 "load and replay"
    stop target
  fi
  if [ "$updates" -gt 0 ]; then many_changes; fi
}

# Every row of a table of a million changed over and over: what a restore's heap must bear.
many_changes() {
  local tall=(--repo "$work/repo-sbtest" --name tall)
  sql 3401 "create database tall; create table tall.t (id int not null primary key, n int not null, pad char(20) not null)"
  sql 3401 "insert into tall.t select id, 0, left(pad, 20) from sbtest.sbtest1 limit 1000000"
  "$foldback" backup "$(url 3401)" "${tall[@]}" --include tall --quiet
  for _ in $(seq "$updates"); do sql 3401 "update tall.t set n = n + id % 7"; done
  measure "history capture of $updates million changes" source - "$foldback" capture "$(url 3401)" "${tall[@]}" --once --quiet
  start target 3402 no
  measure "history restore of $updates million changes, compared" target - bash -c 'restore_to "$@"' restore tall --include tall
  if [ "$(sql 3401 'checksum table tall.t')" = "$(sql 3402 'checksum table tall.t')" ]; then note "history: the restore of many changes equals the source" yes
  else note "history: the restore of many changes equals the source" NO; echo "history differs|failed|-|-|-|-" >>"$results"; fi
  stop target
}

consolidation() {
  measure "history consolidate" source - "$foldback" consolidate "${repo[@]:0:2}" --key-file "$work/key" --threads "$threads" --json
  note "history: bytes sent by consolidation" "$(sent Bytes)"
  start target 3402 no
  measure "history restore consolidated, compared" target - bash -c 'restore_to "$@"' restore
  same 3402 "the consolidated restore"
  stop target
}

history_report() {
  cat "$notes"
  echo
  ratio "history restore, compared: end of log / snapshot alone" 2 "history restore end of log, compared" "history restore snapshot, compared" "<= 1.25"
  awk -F'|' '$1 == "sysbench restore myloader" || $1 == "sysbench restore zstd, mariadb" {if (!load || $2 < load) load = $2}
    $1 == "history replay" {replay = $2} $1 == "history restore end of log" {fold = $2}
    END {if (replay + 0 && fold + 0) printf "%-62s %6.2f   (aim >= 8)\n", "history restore: the fastest peer and replay / foldback", (load + replay) / fold}' "$results"
  # Pages of the tables hold about what their rows do in frames.
  awk -F'|' -v bytes="$(sql 3401 "select sum(data_length) from information_schema.tables where table_schema = 'sbtest'")" '
    $1 == "history consolidate" && $2 + 0 {printf "%-62s %6.0f   (aim >= 100)\n", "history consolidate: MiB of tables a second", bytes / 1048576 / $2}' "$results"
  echo
}
