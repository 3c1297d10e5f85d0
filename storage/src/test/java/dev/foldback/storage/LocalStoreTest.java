package dev.foldback.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;
import dev.foldback.testkit.store.ObjectStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends ObjectStoreContract {
  @TempDir Path folder;

  @Override
  protected ObjectStore open(String name) {
    return Stores.open(folder.resolve(name).toString(), Map.of());
  }

  @Test
  void aFileUrlIsTheSameFolder() {
    Stores.open("file://" + folder + "/with%20space", Map.of()).putIfAbsent("a", new byte[1]);

    assertThat(folder.resolve("with space/a")).exists();
  }

  @Test
  void leftoversOfKilledWritesAreNotListedAndRemovedAfterADay() throws IOException {
    ObjectStore store = open("x");
    store.putIfAbsent("objects/ab/abcd", new byte[1]);
    Path young = Files.write(folder.resolve("x/objects/ab/.tmp-young"), new byte[5]);
    Path old = Files.write(folder.resolve("x/objects/ab/.tmp-old"), new byte[5]);
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    StringBuilder keys = new StringBuilder();

    store.list("", object -> keys.append(object.key()));

    assertThat(keys).hasToString("objects/ab/abcd");
    assertThat(young).exists();
    assertThat(old).doesNotExist();
  }

  @Test
  void aFinishedWriteLeavesOneFileAndNothingElse() throws IOException {
    ObjectStore store = open("x");
    store.putIfAbsent("a/b", new byte[100]);
    store.putIfAbsent("a/b", new byte[200]);

    try (var files = Files.list(folder.resolve("x/a"))) {
      assertThat(files).containsExactly(folder.resolve("x/a/b"));
    }
  }

  @Test
  void symbolicLinksBelowTheRootAreRefused() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.write(outside.resolve("secret"), new byte[3]);
    Path root = Files.createDirectories(folder.resolve("x"));
    Files.createSymbolicLink(root.resolve("objects"), outside);
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
    ObjectStore store = open("x");

    assertDenied(() -> store.get("objects/secret"));
    assertDenied(() -> store.get("file"));
    assertDenied(() -> store.stat("objects/secret"));
    assertDenied(() -> store.putIfAbsent("objects/new", new byte[1]));
    assertDenied(() -> store.delete("objects/secret"));
    assertDenied(() -> store.list("objects/", _ -> {}));
    assertDenied(() -> store.list("", _ -> {}));
    assertThat(outside.resolve("secret")).exists();
    assertThat(outside.resolve("new")).doesNotExist();
  }

  @Test
  void aFileInTheWayIsAFailureAndNotAnAnswer() throws IOException {
    Files.createDirectories(folder.resolve("x/a/b"));
    ObjectStore store = open("x");

    assertThat(store.stat("a/b")).isEmpty();
    store.delete("a/b");
    assertThat(folder.resolve("x/a/b")).isDirectory();
  }

  private static void assertDenied(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED);
              assertThat(e.effect()).isEqualTo(StoreException.Effect.NONE);
              assertThat(e.hint()).isNotBlank();
            });
  }
}
