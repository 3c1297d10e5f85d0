package dev.foldback.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
  @TempDir Path folder;

  @Test
  void everyPropertyOfASourceIsRead() {
    var source =
        source(
            "shop",
            """
            repositories: {main: {url: /backups}}
            sources:
              shop:
                url: mysql://backup@db1
                password: pw
                repository: main
                include: [shop, 'crm.o*']
                exclude: [shop.log]
                threads: 3
                max-rate: 50MiB
                max-load: {Threads_running: 25}
                lock-wait: 90s
            """);
    assertThat(source.url()).isEqualTo("mysql://backup@db1");
    assertThat(source.password()).contains(new Secret("pw"));
    assertThat(source.repository()).contains("main");
    assertThat(source.include()).containsExactly("shop", "crm.o*");
    assertThat(source.exclude()).containsExactly("shop.log");
    assertThat(source.tuning().threads()).hasValue(3);
    assertThat(source.tuning().maxRate()).hasValue(50L << 20);
    assertThat(source.tuning().maxLoad()).isEqualTo(Map.of("Threads_running", 25L));
    assertThat(source.tuning().lockWait()).contains(Duration.ofSeconds(90));
  }

  @Test
  void everyPropertyOfARepositoryIsRead() {
    var entry =
        read("repositories: {main: {url: 's3://b/p', key-file: keys/main.key}}")
            .repositories()
            .find("main")
            .orElseThrow();
    assertThat(entry.url()).isEqualTo("s3://b/p");
    assertThat(entry.keyFile()).contains(folder.resolve("keys/main.key"));
  }

  @Test
  void everyDefaultIsRead() {
    var configuration =
        read(
            """
            defaults:
              repository: main
              threads: 2
              max-rate: 1000
              max-load: {Threads_running: 9}
              lock-wait: 5m
            repositories: {main: {url: /backups}}
            """);
    assertThat(configuration.repository()).contains("main");
    assertThat(configuration.tuning().threads()).hasValue(2);
    assertThat(configuration.tuning().maxRate()).hasValue(1000);
    assertThat(configuration.tuning().maxLoad()).isEqualTo(Map.of("Threads_running", 9L));
    assertThat(configuration.tuning().lockWait()).contains(Duration.ofMinutes(5));
  }

  @Test
  void whatIsNotSaidIsEmpty() {
    var configuration = read("sources: {a: {url: 'mysql://h'}}");
    var source = configuration.sources().find("a").orElseThrow();
    assertThat(source.password()).isEmpty();
    assertThat(source.repository()).isEmpty();
    assertThat(source.include()).isEmpty();
    assertThat(source.exclude()).isEmpty();
    assertThat(source.tuning()).isEqualTo(Configuration.Tuning.NONE);
    assertThat(configuration.repository()).isEmpty();
    assertThat(configuration.repositories().names()).isEmpty();
  }

  @Test
  void anEmptyFileSaysNothing() {
    assertThat(read("# nothing yet\n").sources().names()).isEmpty();
  }

  @Test
  void unknownKeysAreRejectedWithLineAndTheNearestRightOne() {
    assertRejected(
        "sources:\n  shop:\n    url: mysql://h\n    exlude: [a]\n",
        "line 4: unknown key 'exlude' in source 'shop'; did you mean 'exclude'?");
    assertRejected(
        "source: {}\n", "line 1: unknown key 'source' in the file; did you mean 'sources'?");
    assertRejected(
        "defaults:\n  thread: 2\n",
        "line 2: unknown key 'thread' in defaults; did you mean 'threads'?");
    assertRejected(
        "repositories:\n  m:\n    url: /x\n    keyfile: k\n",
        "line 4: unknown key 'keyfile' in repository 'm'; did you mean 'key-file'?");
  }

  @Test
  void aFarKeyGetsNoGuess() {
    assertRejected("zzzzzzzzzzzzzzzz: {}\n", "line 1: unknown key 'zzzzzzzzzzzzzzzz' in the file");
    assertThatThrownBy(() -> read("zzzzzzzzzzzzzzzz: {}")).message().doesNotContain("did you mean");
  }

  @Test
  void wrongValuesNameTheirLine() {
    String start = "sources:\n  a:\n    url: mysql://h\n    ";
    assertRejected(start + "threads: many\n", "line 4: 'threads' must be a whole number from 1");
    assertRejected(start + "threads: 0\n", "line 4: 'threads' must be a whole number from 1");
    assertRejected(start + "max-rate: fast\n", "line 4: 'max-rate' is not a size");
    assertRejected(start + "lock-wait: 3 weeks\n", "line 4: 'lock-wait' is not a duration");
    assertRejected(start + "include: shop\n", "line 4: 'include' must be a list");
    assertRejected(start + "include: [a.b.c]\n", "in 'include', 'a.b.c' is not a pattern");
    assertRejected(start + "max-load: {X: -1}\n", "line 4: 'X' must be a whole number");
    assertRejected("sources:\n  a: {threads: 1}\n", "line 2: 'url' is missing");
    assertRejected("sources:\n  A b: {url: x}\n", "can't be the name of a source");
    assertRejected("a: b: c\n", "line 1: this is not YAML");
    assertRejected("sources: [1]\n", "line 1: sources must hold keys with values");
    assertRejected("sources:\n  a: {url: x, url: y}\n", "line 2: 'url' is there twice");
    assertRejected(
        "defaults: {repository: mian}\nrepositories: {main: {url: /x}}\n",
        "there is no repository 'mian' in this file; did you mean 'main'?");
  }

  @Test
  void aBrokenFileNeverShowsItsValues() {
    assertThatThrownBy(() -> read("sources:\n  a:\n    password: s3cret: x\n"))
        .message()
        .contains("line 3")
        .doesNotContain("s3cret");
  }

  @Test
  void environmentAndFilesFillReferences() throws IOException {
    Files.writeString(folder.resolve("pw"), "from file\n");
    var sources =
        read("""
        sources:
          a: {url: 'mysql://${env:DB_HOST}:3306', password: '${file:pw}'}
          b: {url: 'mysql://h', password: '$${env:DB_HOST}'}
        """)
            .sources();
    assertThat(sources.find("a").orElseThrow().url()).isEqualTo("mysql://db7:3306");
    assertThat(sources.find("a").orElseThrow().password()).contains(new Secret("from file"));
    assertThat(sources.find("b").orElseThrow().password()).contains(new Secret("${env:DB_HOST}"));
  }

  @Test
  void aReferenceThatLeadsNowhereFailsItsOwnEntryAloneAndNamesIt() {
    String other = "  b: {url: 'mysql://h'}\n";
    assertEntryRejected(
        "sources:\n  a:\n    url: '${env:NOPE}'\n" + other,
        "line 3: source 'a': the variable NOPE is not set");
    assertEntryRejected(
        "sources:\n  a:\n    url: '${file:nope}'\n" + other, "line 3: source 'a': the file");
    assertEntryRejected(
        "sources:\n  a:\n    url: '${nope}'\n" + other, "line 3: source 'a': '${nope}' is neither");
    assertEntryRejected(
        "sources:\n  a:\n    url: x\n    include: ['${env:NOPE}']\n" + other,
        "line 4: source 'a': the variable NOPE is not set");
  }

  @Test
  void aRepositoryWithSuchAReferenceIsMissedOnlyWhereItIsUsed() {
    var configuration =
        read(
            """
            repositories: {main: {url: '${env:NOPE}'}, other: {url: /backups}}
            sources: {a: {url: 'mysql://h', repository: main}}
            """);
    assertThat(configuration.sources().find("a").orElseThrow().repository()).contains("main");
    assertThat(configuration.repositories().find("other").orElseThrow().url())
        .isEqualTo("/backups");
    assertThatThrownBy(() -> configuration.repositories().find("main"))
        .message()
        .contains("repository 'main': the variable NOPE is not set");
  }

  private Configuration.SourceEntry source(String name, String text) {
    return read(text).sources().find(name).orElseThrow();
  }

  private Configuration read(String text) {
    return ConfigurationReader.read(
        folder.resolve("foldback.yaml"), text, Map.of("DB_HOST", "db7"), folder.resolve("home"));
  }

  /** Of the entries a and b, a fails and b does not. */
  private void assertEntryRejected(String text, String message) {
    assertThat(source("b", text).url()).isEqualTo("mysql://h");
    assertRejected(() -> source("a", text), message);
  }

  private void assertRejected(String text, String message) {
    assertRejected(() -> read(text), message);
  }

  private static void assertRejected(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.BAD_CONFIGURATION);
              assertThat(e.getMessage()).contains("foldback.yaml").contains(message);
              assertThat(List.of(e.hint())).doesNotContain("");
            });
  }
}
