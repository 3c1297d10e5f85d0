package dev.foldback.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Temporary folders whose names tell which process they belong to. The first one that a process
 * makes clears away those of processes that are gone: a JVM that was killed could not do it itself.
 */
public final class OwnFolder {
  private static final int BASE = 36;
  private static final Pattern NAME =
      Pattern.compile("foldback-[a-z0-9.-]+-([0-9a-z]+)_([0-9a-z]+)_([0-9a-z]+)-[0-9]+");
  private static final Path PLACE = Path.of(System.getProperty("java.io.tmpdir"));
  private static final String SPACE = space();

  static {
    clear(PLACE);
  }

  private OwnFolder() {}

  /** Makes a folder of this process, for its owner alone. */
  public static Path make(String name) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    String owner = String.join("_", SPACE, text(self.pid()), text(start(self)));
    return Files.createTempDirectory(PLACE, "foldback-" + name + "-" + owner + "-");
  }

  /** Deletes a tree, if it is there; follows no link. */
  public static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(tree)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  /** Deletes what dead processes left, of this user and of the one that root's servers run as. */
  static void clear(Path place) {
    String me = System.getProperty("user.name");
    Set<String> owners = me.equals("root") ? Set.of(me, "nobody") : Set.of(me);
    try (Stream<Path> all = Files.list(place)) {
      for (Path folder : all.toList()) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && isOfTheDead(folder.getFileName().toString())
            && owners.contains(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName())) {
          delete(folder);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // Another process may be clearing too, or a server may be ending: the next start goes on.
      System.err.println("left for later: " + e);
    }
  }

  /** Whether the name is such a folder's, and its process of this process space has ended. */
  private static boolean isOfTheDead(String name) {
    Matcher match = NAME.matcher(name);
    if (!match.matches() || !match.group(1).equals(SPACE)) {
      return false;
    }
    long started = Long.parseLong(match.group(3), BASE);
    return ProcessHandle.of(Long.parseLong(match.group(2), BASE))
        .filter(ProcessHandle::isAlive)
        .map(process -> Math.abs(start(process) - started) > 2000)
        .orElse(true);
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
  }

  private static String text(long number) {
    return Long.toString(number, BASE);
  }

  /** Containers that share a folder number their processes each on their own. */
  private static String space() {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return text(Long.parseLong(link.replaceAll("[^0-9]", "")));
    } catch (IOException e) {
      return "0";
    }
  }
}
