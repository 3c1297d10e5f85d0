package dev.foldback.cli.endtoend;

import dev.foldback.core.Secret;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.progress.Progress;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a test runs in a process of its own, to kill it. */
final class RigMain {
  private RigMain() {}

  /**
   * Arguments: backup, capture or restore, folder, scheme, host, port, user; the password from
   * MYSQL_PWD.
   */
  public static void main(String[] args) {
    @Nullable String password = System.getenv("MYSQL_PWD");
    Endpoint server =
        new Endpoint(
            args[2],
            args[3],
            Integer.parseInt(args[4]),
            args[5],
            new Secret(password == null ? "" : password),
            null,
            Map.of());
    Rig rig = new Rig(Path.of(args[1]));
    switch (args[0]) {
      case "backup" -> rig.backup(server);
      case "consolidate" -> rig.consolidate(java.util.Optional.empty());
      case "capture" -> rig.capture(server, false, false, Progress.NONE);
      default -> rig.restore(server);
    }
  }
}
