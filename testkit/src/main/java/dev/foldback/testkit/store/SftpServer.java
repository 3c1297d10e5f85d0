package dev.foldback.testkit.store;

import dev.foldback.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** OpenSSH's server for the user who runs the tests, with keys made for it. */
public final class SftpServer implements AutoCloseable {
  private static final Path SSHD = Path.of("/usr/sbin/sshd");

  private final StoreProcess process;
  private final Path folder;
  private final int port;

  private SftpServer(StoreProcess process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  public static SftpServer start() {
    if (!Files.isExecutable(SSHD)) {
      throw new TestAbortedException("No " + SSHD + ": run testkit/setup stores");
    }
    Path folder = StoreProcess.folder("sftp");
    int port = FreePort.find();
    try {
      if (System.getProperty("user.name").equals("root")) {
        Files.createDirectories(Path.of("/run/sshd")); // sshd of root will not start without.
      }
      run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("host").toString());
      run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("user").toString());
      Path config =
          Files.writeString(
              folder.resolve("config"),
              """
              Port %d
              ListenAddress 127.0.0.1
              HostKey %2$s/host
              AuthorizedKeysFile %2$s/user.pub
              PidFile none
              StrictModes no
              UsePAM no
              PasswordAuthentication no
              PermitRootLogin prohibit-password
              Subsystem sftp internal-sftp
              """
                  .formatted(port, folder));
      List<String> command = List.of(SSHD.toString(), "-D", "-e", "-f", config.toString());
      return new SftpServer(StoreProcess.start(folder, port, command), folder, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URL of a folder; the host's key is taken as it comes. */
  public String url(String name) {
    return "sftp://%s@127.0.0.1:%d%s/%s?known_hosts=add"
        .formatted(System.getProperty("user.name"), port, folder.resolve("data"), name);
  }

  public Path userKey() {
    return folder.resolve("user");
  }

  private static void run(String... command) throws IOException {
    int exit = new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    if (exit != 0) {
      throw new IOException(command[0] + " ended with " + exit);
    }
  }

  @Override
  public void close() {
    process.close();
    try {
      Path known = Path.of(System.getProperty("user.home"), ".ssh", "known_hosts");
      if (Files.exists(known)) {
        // Only this server's line; the client put it there.
        String host = "[127.0.0.1]:" + port;
        new ProcessBuilder("ssh-keygen", "-R", host)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .onExit()
            .join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
