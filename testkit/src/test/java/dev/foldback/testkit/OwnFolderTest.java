package dev.foldback.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFolderTest {
  @TempDir private Path place;

  @Test
  void onlyFoldersOfDeadProcessesAreCleared() throws Exception {
    Path mine = OwnFolder.make("test");
    try {
      String name = mine.getFileName().toString();
      String[] parts = name.split("[-_]", -1);
      String space = parts[2];
      Process sleeper = new ProcessBuilder("sleep", "60").start();
      String start = Long.toString(sleeper.info().startInstant().orElseThrow().toEpochMilli(), 36);
      String pid = Long.toString(sleeper.pid(), 36);
      Path outside = Files.createDirectory(place.resolve("outside"));
      Files.createFile(outside.resolve("kept"));
      Path living = full(place.resolve("foldback-x-" + space + "_" + pid + "_" + start + "-1"));
      // The number is in use again, by a process that began later.
      Path reused = full(place.resolve("foldback-x-" + space + "_" + pid + "_1-2"));
      Path elsewhere = full(place.resolve("foldback-x-zz_" + pid + "_1-3"));
      Path other = full(place.resolve("foldback-mariadb-11.4-12345"));
      Path own = full(place.resolve(name));
      Path link =
          Files.createSymbolicLink(
              place.resolve("foldback-x-" + space + "_" + pid + "_1-4"), outside);
      Files.createSymbolicLink(reused.resolve("way-out"), outside);
      try {
        OwnFolder.clear(place);
        assertThat(reused).doesNotExist();
        assertThat(living).isDirectory();
      } finally {
        sleeper.destroyForcibly().waitFor();
      }
      OwnFolder.clear(place);
      assertThat(living).doesNotExist();
      assertThat(elsewhere).isDirectory();
      assertThat(other).isDirectory();
      assertThat(own).isDirectory();
      assertThat(link).isSymbolicLink();
      assertThat(outside.resolve("kept")).exists();
    } finally {
      OwnFolder.delete(mine);
    }
    assertThat(mine).doesNotExist();
  }

  private static Path full(Path folder) throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.createFile(folder.resolve("data/file"));
    return folder;
  }
}
