package dev.foldback.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foldback.core.TableName;
import dev.foldback.core.repository.Repository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brings rows back with sha256sum, age and zstd alone, from what the store holds. */
class RecoveryByHandIT {
  private static final TableName BIG = new TableName("shop", "big");
  private static final Pattern FRAME =
      Pattern.compile(
          "\\{\"slice\":\\d+,\"object\":\"([0-9a-f]{64})\",\"at\":(\\d+),\"length\":(\\d+),"
              + ".*\"rowHash\":\"([0-9a-f]{64})\"\\}");

  @TempDir private Path folder;

  @Test
  void rowsComeBackWithStandardToolsAlone() throws IOException, InterruptedException {
    for (String tool : List.of("age", "zstd", "sha256sum")) {
      assumeTrue(has(tool), tool + " is not installed, so recovery by hand can't be tried");
    }
    Path key = folder.resolve("key.txt");
    TestStore store = new TestStore();
    var _ = Repositories.init(store, InitOptions.sealed(key));
    Sample sample = new Sample().random(new Random(3), "big", 60_000, 300);
    try (Repository repository = Repositories.open(store, Optional.empty(), Clock.systemUTC())) {
      var _ = sample.backup(repository);
    }
    for (String name : store.keys("")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, store.bytes(name));
    }
    String manifest = store.keys("snapshots/").getFirst();
    assertThat(
            run("sed 's/\"check\":\"[0-9a-f]*\"}$/\"check\":\"\"}/' " + manifest + " | sha256sum"))
        .startsWith(after(text(store, manifest), "\"check\":\""));
    String index = after(text(store, manifest), "\"index\":[{\"object\":\"");
    assertThat(run("sha256sum < " + Keys.object(index))).startsWith(index);
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (MatchResult frame :
        FRAME.matcher(run("zstd -dc < " + Keys.object(index))).results().toList()) {
      String object = Keys.object(frame.group(1));
      assertThat(run("sha256sum < " + object)).startsWith(frame.group(1));
      String cut =
          "age -d -i key.txt "
              + object
              + " | tail -c +"
              + (Integer.parseInt(frame.group(2)) + 1)
              + " | head -c "
              + frame.group(3)
              + " | zstd -dc > frame";
      assertThat(run(cut)).isEmpty();
      assertThat(run("sha256sum < frame")).startsWith(frame.group(4));
      rows.writeBytes(Files.readAllBytes(folder.resolve("frame")));
    }
    assertThat(Arrays.equals(rows.toByteArray(), sample.bytes(BIG))).isTrue();
  }

  private static String text(TestStore store, String key) {
    return new String(store.bytes(key), StandardCharsets.UTF_8);
  }

  private static String after(String text, String mark) {
    int at = text.lastIndexOf(mark) + mark.length();
    return text.substring(at, at + 64);
  }

  private boolean has(String tool) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v " + tool)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private String run(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command).isZero();
    return out;
  }
}
