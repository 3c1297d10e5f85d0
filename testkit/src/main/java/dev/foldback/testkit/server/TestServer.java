package dev.foldback.testkit.server;

import dev.foldback.core.Secret;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.testkit.FreePort;
import dev.foldback.testkit.OwnFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A real server on a free port of the loopback address, with a data folder of its own below the
 * temporary folder. It ends with the JVM, whatever ends that. Not for several threads, but for
 * {@link #connect()}.
 */
public final class TestServer implements AutoCloseable {
  /** The account of tests: it may do everything, from any address. */
  public static final String USER = "tester";

  private static final String MYSQL_PROXY =
      "GRANT PROXY ON ''@'' TO '" + USER + "'@'%' WITH GRANT OPTION;";

  /** MariaDB lets nobody grant this from its first statements. */
  private static final String MARIADB_PROXY =
      "REPLACE INTO mysql.proxies_priv (Host, User, With_grant) VALUES ('%', '"
          + USER
          + "', 1);\nFLUSH PRIVILEGES;";

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private static final Set<TestServer> LIVING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> LIVING.forEach(TestServer::discard), "stop-servers"));
  }

  private final Distribution distribution;
  private final ServerOptions options;
  private final Path folder;
  private final int serverId;
  private final String password = randomPassword();
  private int port;
  private ServerProcess process;

  private TestServer(Distribution distribution, ServerOptions options) throws IOException {
    this.options = options;
    this.folder = OwnFolder.make(distribution.kind().label());
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x--x"));
    this.distribution = options.keyring() ? Keyring.in(folder, distribution) : distribution;
    this.port = FreePort.find();
    this.serverId = port;
    new Template(distribution, options).copyTo(dataFolder());
    Files.createDirectory(folder.resolve("tmp"));
    writeFirstStatements();
    Account.giveAway(folder);
    this.process = launch();
  }

  static TestServer start(Distribution distribution, ServerOptions options) {
    try {
      TestServer server = new TestServer(distribution, options);
      LIVING.add(server);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ServerKind kind() {
    return distribution.kind();
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  public Path dataFolder() {
    return folder.resolve("data");
  }

  /** Everything of this server is below it; it goes with {@link #close}. */
  Path folder() {
    return folder;
  }

  public Path socket() {
    return folder.resolve("s.sock");
  }

  /** What the server wrote to its error log. */
  public Path log() {
    return folder.resolve("server.log");
  }

  public long pid() {
    return process.pid();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  public Endpoint endpoint() {
    return new Endpoint(kind().scheme(), host(), port, USER, new Secret(password), null, Map.of());
  }

  /** The server's URL without a password. */
  public String url() {
    return kind().scheme() + "://" + USER + "@" + host() + ":" + port;
  }

  /** Words that call a dump tool of the server's family; empty where there is none. */
  public List<String> dumpTool() {
    return distribution.dump();
  }

  /** Words that call a command line client of the server's family; empty where there is none. */
  public List<String> clientTool() {
    return distribution.client();
  }

  /** A plain connection with all rights and the driver's own defaults. */
  public Connection connect() throws SQLException {
    return connect(Map.of());
  }

  /** A connection with more properties of MariaDB Connector/J. */
  public Connection connect(Map<String, String> more) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", password);
    properties.setProperty("allowPublicKeyRetrieval", "true");
    properties.setProperty("allowLocalInfile", "true");
    properties.putAll(more);
    return DriverManager.getConnection("jdbc:mariadb://" + host() + ":" + port + "/", properties);
  }

  /** Every value that a query gives, row by row; NULL is {@code null} as text. */
  public List<String> texts(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(result.getString(i)));
        }
      }
    }
    return values;
  }

  /** Runs statements one by one on a connection of their own. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Leaves that much room on the disk that this server has for itself, while it runs. */
  public void leaveRoom(int mebibytes) throws IOException {
    SmallDisk.leave(mebibytes, pid(), dataFolder(), folder.resolve("disk.log"));
  }

  /** SIGKILL, as a crash; {@link #restart} brings the server back on the same port and data. */
  public void kill() {
    process.kill();
  }

  /** An orderly end; the data stays. */
  public void stop() {
    process.stop(STOP_LIMIT);
  }

  /** Starts again on the same port and data, after an orderly end where it still runs. */
  public void restart() {
    if (process.isAlive()) {
      stop();
    }
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #restart}, at the address of one that has ended; with its own server_id still. */
  public void takeAddressOf(TestServer other) {
    stop();
    port = other.port;
    restart();
  }

  /** Kills the server and deletes its data. */
  @Override
  public void close() {
    discard();
    LIVING.remove(this);
  }

  private void discard() {
    try {
      process.kill();
      OwnFolder.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerProcess launch() throws IOException {
    ServerProcess started = ServerProcess.start(command(), distribution.environment(), log());
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try (Connection connection = connect()) {
        if (connection.isValid(5)) {
          return started;
        }
      } catch (SQLException e) {
        if (!started.isAlive() || System.nanoTime() > limit) {
          started.kill();
          throw new IOException(
              kind() + " did not start: " + e.getMessage() + "\n" + Programs.tail(log()), e);
        }
      }
      pause();
    }
  }

  private List<String> command() {
    List<String> own =
        new ArrayList<>(
            List.of(
                "--datadir=" + dataFolder(),
                "--tmpdir=" + folder.resolve("tmp"),
                "--socket=" + socket(),
                "--pid-file=" + folder.resolve("server.pid"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--secure-file-priv=" + folder.resolve("tmp"),
                "--init-file=" + firstStatements(),
                "--server-id=" + serverId,
                "--log-bin=binlog",
                "--binlog-format=ROW",
                "--local-infile=1",
                "--max-allowed-packet=256M",
                "--character-set-server=utf8mb4",
                "--event-scheduler=ON",
                "--default-time-zone=+00:00"));
    if (kind().mariaDb()) {
      // Newer ones would make a certificate at every start, which takes up to half a minute.
      own.add("--skip-ssl");
    } else {
      own.addAll(List.of("--gtid-mode=ON", "--enforce-gtid-consistency=ON", "--mysqlx=OFF"));
    }
    List<String> command =
        Distribution.concat(distribution.serverCommand(), own, options.arguments());
    return options.ownDisk() ? SmallDisk.of(dataFolder(), command) : command;
  }

  private Path firstStatements() {
    return folder.resolve("first.sql");
  }

  /** The password goes this way so that it is on no command line; the log does not get it. */
  private void writeFirstStatements() throws IOException {
    Files.writeString(
        Files.createFile(
            firstStatements(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
        """
        SET SESSION sql_log_bin=0;
        CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
        GRANT ALL ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
        %3$s
        """
            .formatted(USER, password, kind().mariaDb() ? MARIADB_PROXY : MYSQL_PROXY));
  }

  private static String randomPassword() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static void pause() {
    try {
      Thread.sleep(40);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server starts", e);
    }
  }

  @Override
  public String toString() {
    return kind() + " at " + host() + ":" + port;
  }
}
