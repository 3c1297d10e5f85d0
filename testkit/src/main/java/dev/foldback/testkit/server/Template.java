package dev.foldback.testkit.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The data folder of a new server, made once for each kind and copied for each instance: a copy
 * takes a tenth of a second, the making several.
 */
final class Template {
  /** Grows with every change here that makes older templates unfit. */
  private static final int VERSION = 1;

  private static final List<String> MARIADB_SCRIPTS =
      List.of(
          "_system_tables.sql",
          "_performance_tables.sql",
          "_system_tables_data.sql",
          "maria_add_gis_sp_bootstrap.sql",
          "_sys_schema.sql");

  private final Distribution distribution;
  private final List<String> options;

  Template(Distribution distribution, ServerOptions options) {
    this.distribution = distribution;
    this.options = options.forInitialFiles();
  }

  /** Makes {@code folder} the data folder of a new server. */
  void copyTo(Path folder) throws IOException {
    String name = "templates/%s-v%d".formatted(distribution.kind().label(), VERSION);
    String variant = options.isEmpty() ? "" : "-" + Integer.toHexString(options.hashCode());
    Path made = Cache.folder(name + variant, this::make).resolve("data");
    Programs.run(
        List.of("cp", "-a", "--sparse=always", made.toString(), folder.toString()),
        distribution.environment(),
        folder.resolveSibling("copy.log"));
  }

  private void make(Path empty) throws IOException {
    Path data = Files.createDirectory(empty.resolve("data"));
    Account.giveAway(empty);
    if (distribution.kind().mariaDb()) {
      makeMariaDb(data);
    } else {
      makeMySql(data);
    }
    Files.deleteIfExists(data.resolve("auto.cnf"));
  }

  private void makeMySql(Path data) throws IOException {
    Programs.run(
        Distribution.concat(
            distribution.serverCommand(),
            List.of("--initialize-insecure", "--datadir=" + data),
            options),
        distribution.environment(),
        data.resolveSibling("init.log"));
  }

  /** What mariadb-install-db does, with no shell script of the distribution in between. */
  private void makeMariaDb(Path data) throws IOException {
    List<String> command =
        Distribution.concat(
            distribution.serverCommand(),
            List.of(
                "--bootstrap",
                "--datadir=" + data,
                "--log-warnings=0",
                "--enforce-storage-engine=",
                "--max-allowed-packet=8M"),
            options);
    Path log = data.resolveSibling("init.log");
    Process process = Programs.start(command, distribution.environment(), log);
    try (OutputStream in = process.getOutputStream()) {
      in.write(
          "create database mysql;\nuse mysql;\nset @auth_root_socket=NULL;\n"
              .getBytes(StandardCharsets.UTF_8));
      for (Path script : mariaDbScripts()) {
        Files.copy(script, in);
      }
    }
    Programs.expectSuccess(process, command, log);
  }

  private List<Path> mariaDbScripts() throws IOException {
    List<Path> scripts = new ArrayList<>();
    for (String name : MARIADB_SCRIPTS) {
      scripts.add(mariaDbScript(name));
    }
    return scripts;
  }

  /** Older versions call their scripts mysql_…, newer ones mariadb_…. */
  private Path mariaDbScript(String name) throws IOException {
    for (String prefix : List.of("mariadb", "mysql", "")) {
      Path script = distribution.share().resolve(prefix + name);
      if (Files.exists(script)) {
        return script;
      }
    }
    throw new IOException("no script *" + name + " in " + distribution.share());
  }
}
