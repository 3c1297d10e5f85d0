package dev.foldback.testkit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A place for keys of one MySQL server: its component_keyring_file, which keeps them in a file. A
 * server loads that from a manifest beside its program and configures it from beside the component,
 * so each server with keys gets links to both in a folder of its own.
 */
final class Keyring {
  private static final String COMPONENT = "component_keyring_file";

  private Keyring() {}

  /**
   * The distribution with keys.
   *
   * @param folder of the server, which its account gets with all that is in there
   * @throws ServerAbsentException if the distribution has no such component
   */
  static Distribution in(Path folder, Distribution plain) throws IOException {
    Path component = plain.plugins().resolve(COMPONENT + ".so");
    if (!Files.isRegularFile(component)) {
      throw new ServerAbsentException(plain.kind(), component + " is missing");
    }
    Path plugins = Files.createDirectory(folder.resolve("keyring"));
    Files.createSymbolicLink(plugins.resolve(component.getFileName()), component);
    Files.writeString(
        plugins.resolve(COMPONENT + ".cnf"),
        "{\"path\": \"%s\", \"read_only\": false}".formatted(folder.resolve("keys")));
    List<String> command = new ArrayList<>(plain.server());
    Path program = plugins.resolve("mysqld");
    Files.createSymbolicLink(program, Path.of(command.removeLast()));
    command.add(program.toString());
    Files.writeString(
        plugins.resolve("mysqld.my"), "{\"components\": \"file://" + COMPONENT + "\"}");
    // The server makes it while it is still root, if it is not there.
    Files.createFile(folder.resolve("keys"));
    return new Distribution(
        plain.kind(),
        plain.base(),
        plain.share(),
        plugins,
        command,
        plain.dump(),
        plain.client(),
        plain.environment());
  }
}
