package dev.foldback.cli.endtoend;

import dev.foldback.testkit.server.TestServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs a rig's work in a Java process of its own, with the shipped program's heap. */
final class ChildProcess {
  private ChildProcess() {}

  static Process start(String work, Rig rig, TestServer server) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            RigMain.class.getName(),
            work,
            rig.folder().toString(),
            server.kind().scheme(),
            server.host(),
            String.valueOf(server.port()),
            server.user());
    builder.environment().put("MYSQL_PWD", server.password());
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(new File(rig.folder().toFile(), "child.log")));
    return builder.start();
  }

  /** Waits, then kills it with SIGKILL if it still runs. */
  static boolean killAfter(Process process, long millis) throws InterruptedException {
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      return false;
    }
    process.destroyForcibly().waitFor();
    return true;
  }
}
