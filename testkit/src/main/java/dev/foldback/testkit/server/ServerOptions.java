package dev.foldback.testkit.server;

import java.util.ArrayList;
import java.util.List;

/**
 * Options of a server, in the server's own notation such as {@code --max-connections=20}. Later
 * ones win, so {@link #with} can override a profile.
 *
 * @param ownDisk whether the data folder lies on a {@link SmallDisk}
 * @param keyring whether a MySQL server has a place for keys of its own
 */
public record ServerOptions(List<String> arguments, boolean ownDisk, boolean keyring) {
  private static final List<String> FOR_INITIAL_FILES =
      List.of("--lower-case-table-names", "--innodb-page-size", "--innodb-data-file-path");

  public ServerOptions {
    arguments = List.copyOf(arguments);
  }

  public ServerOptions(List<String> arguments) {
    this(arguments, false, false);
  }

  /** Small and quick: a crash of the machine (not of the server) may lose the last second. */
  public static ServerOptions quick() {
    return new ServerOptions(
        List.of(
            "--innodb-buffer-pool-size=96M",
            "--innodb-flush-log-at-trx-commit=2",
            "--sync-binlog=0",
            "--innodb-doublewrite=0",
            "--performance-schema=OFF"));
  }

  /** As a careful administrator runs it, for benchmarks: durable, with room for caches. */
  public static ServerOptions production() {
    return new ServerOptions(
        List.of(
            "--innodb-buffer-pool-size=1G",
            "--innodb-flush-log-at-trx-commit=1",
            "--sync-binlog=1",
            "--innodb-doublewrite=1"));
  }

  public ServerOptions with(String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    return new ServerOptions(all, ownDisk, keyring);
  }

  /** With its data on a disk of its own, where {@link SmallDisk#isPossible}. */
  public ServerOptions onOwnDisk() {
    return new ServerOptions(arguments, true, keyring);
  }

  /** With a place for keys, without which MySQL encrypts nothing; not for MariaDB. */
  public ServerOptions withKeyring() {
    return new ServerOptions(arguments, ownDisk, true);
  }

  /** Those that must be known when the data folder is made, and can't change afterwards. */
  List<String> forInitialFiles() {
    return arguments.stream()
        .filter(a -> FOR_INITIAL_FILES.stream().anyMatch(a.replace('_', '-')::startsWith))
        .toList();
  }
}
