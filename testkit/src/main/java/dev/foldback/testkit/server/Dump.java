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
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Bag bag = new Bag();
    try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
      String schema = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        schema = line.startsWith("USE ") ? line : schema;
        if (!VOLATILE.matcher(line).matches()) {
          bag.add(schema + " " + line);
        }
      }
    }
    return bag;
  }
}
