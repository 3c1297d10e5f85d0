package dev.foldback.testkit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;

/** The unix user that servers run as: they refuse root, so root hands them to {@code nobody}. */
final class Account {
  private static final String PLAIN = "nobody";

  private Account() {}

  static boolean amRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** The server's own option to become that user. */
  static List<String> serverOption() {
    return amRoot() ? List.of("--user=" + PLAIN) : List.of();
  }

  /** Gives a tree to that user; of a link the link itself. */
  static void giveAway(Path tree) throws IOException {
    if (!amRoot()) {
      return;
    }
    UserPrincipal owner =
        tree.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(PLAIN);
    List<Path> paths;
    try (Stream<Path> all = Files.walk(tree)) {
      paths = all.toList();
    }
    for (Path path : paths) {
      Files.getFileAttributeView(path, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setOwner(owner);
    }
  }
}
