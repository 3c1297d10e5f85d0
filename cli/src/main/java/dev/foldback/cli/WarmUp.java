package dev.foldback.cli;

import dev.foldback.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/**
 * Goes through what commands do at their start, so that the launcher's build can keep the loaded
 * classes for later starts. Works in the folder that it is given.
 */
final class WarmUp {
  private WarmUp() {}

  public static void main(String[] args) {
    Path folder = Path.of(args[0]).toAbsolutePath();
    PrintStream log = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Environment environment =
        new Environment(
            Map.of("FOLDBACK_REPO", folder.resolve("repo").toString()),
            folder,
            folder,
            log,
            log,
            new BufferedReader(new StringReader("")),
            Terminal.NONE,
            Clock.system(ZoneId.systemDefault()));
    Program program = new Program(environment, new RealPorts(environment));
    program.run("--version");
    program.run("init");
    program.run("list");
    program.run("list", "--json");
    program.run("verify", "--key-file", "foldback-repo.key");
    program.run("show", "latest");
    // Nobody listens there: the driver is loaded and refused.
    program.run("backup", "mysql://nobody@127.0.0.1:1");
    program.run("restore", "--to", "mysql://nobody@127.0.0.1:1");
  }
}
