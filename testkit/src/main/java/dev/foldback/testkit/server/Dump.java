package dev.foldback.testkit.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the server's own dump tool says of some schemas, as lines in no order. */
final class Dump {
  private static final Pattern VOLATILE =
      Pattern.compile("-- (?:Host|Server version|MariaDB dump|MySQL dump|Dump completed).*");

  private Dump() {}

  static Bag of(Side side, List<String> schemas) throws IOException {
    TestServer server = side.server();
    List<String> command = new ArrayList<>(server.dumpTool());
    command.addAll(
        List.of(
            "--no-defaults",
            "--host=" + server.host(),
            "--port=" + server.port(),
            "--user=" + server.user(),
            "--routines",
            "--events",
            "--triggers",
            "--hex-blob",
            "--skip-extended-insert",
            "--skip-dump-date",
            "--no-tablespaces",
            "--default-character-set=utf8mb4",
            "--force"));
    command.addAll(
        side.mariaDb()
            ? List.of("--skip-ssl")
            : List.of("--set-gtid-purged=OFF", "--column-statistics=0"));
    command.add("--databases");
    command.addAll(schemas);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(side.toolEnvironment());
    Process process = builder.redirectError(server.folder().resolve("dump.err").toFile()).start();
    Bag bag = new Bag();
    try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
      String schema = "";
      boolean whole = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        schema = line.startsWith("USE ") ? line : schema;
        whole = line.startsWith("-- Dump completed");
        if (!VOLATILE.matcher(line).matches()) {
          bag.add(schema + " " + line);
        }
      }
      // Exit status says nothing here: with --force a broken view alone makes it a failure.
      if (!whole) {
        throw new IOException(
            command.getFirst()
                + " did not dump "
                + server
                + " to its end: "
                + Programs.tail(server.folder().resolve("dump.err")));
      }
    }
    return bag;
  }
}
