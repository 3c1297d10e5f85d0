package dev.foldback.testkit.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A disk in memory that only one server sees: its process has mounts of its own, and what it wrote
 * goes with it. So a full one harms nobody else, and nothing is left mounted whatever ends the
 * test.
 */
public final class SmallDisk {
  private static final String MOUNT =
      """
      set -e
      data=$1; shift
      mkdir "$data.disk"
      mount -t tmpfs -o size=2g,mode=755 none "$data.disk"
      # Not sparse: a server whose log finds no room in its own file dies.
      cp -a --sparse=never "$data/." "$data.disk"
      chown --reference="$data" "$data.disk"
      mount --bind "$data.disk" "$data"
      exec "$@"
      """;

  private static final String LEAVE =
      """
      set -e
      used=$(df -m --output=used "$2" | tail -n 1)
      mount -o "remount,size=$((used + $1))m" "$2"
      """;

  private SmallDisk() {}

  /** Whether this user may mount one: root, where the machine allows it. */
  public static boolean isPossible() throws IOException {
    return Account.amRoot()
        && new ProcessBuilder("unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue()
            == 0;
  }

  /** The same command on such a disk, filled with the data folder's content. */
  static List<String> of(Path dataFolder, List<String> command) {
    return Distribution.concat(
        List.of("unshare", "-m", "/bin/sh", "-c", MOUNT, "disk"),
        List.of(dataFolder.toString()),
        command);
  }

  /** Leaves a running server's disk that much room beside what is on it. */
  static void leave(int mebibytes, long pid, Path dataFolder, Path log) throws IOException {
    Programs.run(
        List.of(
            "nsenter",
            "--mount",
            "--target=" + pid,
            "/bin/sh",
            "-c",
            LEAVE,
            "disk",
            String.valueOf(mebibytes),
            dataFolder + ".disk"),
        Map.of(),
        log);
  }
}
