package dev.foldback.cli.endtoend;

import dev.foldback.core.Secret;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.engine.TargetServer;
import dev.foldback.core.progress.Progress;
import dev.foldback.engine.mysql.MySqlEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a test runs in a process of its own, to kill it. */
final class RigMain {
  private RigMain() {}

  /** Arguments: the work, folder, scheme, host, port, user; the password from MYSQL_PWD. */
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
      case "in-place" ->
          rig.restore(
              server,
              new Selection(List.of("shop"), List.of()),
              Renames.NONE,
              LoadRequest.Existing.SWAP,
              new Phases());
      case "release", "put-back" -> end(server, args[0].equals("put-back"));
      default -> rig.restore(server);
    }
  }

  /** Of what the last restore in place put aside. */
  private static void end(Endpoint server, boolean back) {
    try (TargetServer target = new MySqlEngine().openTarget(server)) {
      String id = target.kept().getLast().id();
      new Phases().phase("end", 0, 0);
      if (back) {
        target.putBack(id, Progress.NONE);
      } else {
        target.release(id);
      }
    }
  }

  /** Says what the process is at. */
  private static final class Phases implements Progress {
    @Override
    public void phase(String name, long rows, long bytes) {
      System.out.println("phase " + name);
    }

    @Override
    public void advance(long rows, long bytes) {}

    @Override
    public void note(String text) {}

    @Override
    public void finding(dev.foldback.core.Finding finding) {}
  }
}
