package dev.foldback.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.ErrorCode;
import dev.foldback.testkit.Seed;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import dev.foldback.testkit.store.FaultProxy;
import dev.foldback.testkit.store.FaultProxy.Answer;
import dev.foldback.testkit.store.FaultProxy.Fault;
import dev.foldback.testkit.store.FaultProxy.Plain;
import dev.foldback.testkit.store.S3Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole program on S3, behind a network and a service that fail as real ones do. Tests run side
 * by side: those whose backups are committed have a repository of their own.
 */
class StoreFaultsIT {
  private static final long SEED = Seed.next();
  private static final int PATIENCE_SECONDS = 4;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Of each request; enough that every kind is met, and few that a call meets all its life. */
  private static final double RATE = 0.25;

  @TempDir static Path folder;
  private static TestServer server;
  private static S3Server s3;
  private static Foldback foldback;
  private FaultProxy proxy;

  @BeforeAll
  static void start() throws Exception {
    server = TestServers.fresh(ServerKind.MARIADB_11_4);
    Shop.fill(server, 3_000);
    s3 = S3Server.start();
    foldback = init("shop");
  }

  /** Makes a repository; what runs on it has its key. */
  private static Foldback init(String name) throws Exception {
    Foldback made = as(S3Server.SECRET_KEY, name + ".key");
    Foldback.Outcome init = made.run("init", "--repo", s3.url(name), "--key-file", name + ".key");
    assertThat(init.status()).as("%s", init).isZero();
    return made;
  }

  @AfterAll
  static void stop() {
    s3.close();
    server.close();
  }

  @BeforeEach
  void open() {
    proxy = FaultProxy.before(s3.endpoint());
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private static Foldback as(String secret, String key) {
    return new Foldback(
        folder,
        Map.of(
            "AWS_ACCESS_KEY_ID",
            S3Server.ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY",
            secret,
            "MYSQL_PWD",
            server.password(),
            "FOLDBACK_KEY_FILE",
            key));
  }

  private String repository(String name, int patience) {
    return S3Server.url(name, proxy.endpoint()) + "&patience=" + patience;
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aBackupAndARestoreComeThroughEveryPassingFault() throws Exception {
    List<Fault> faults =
        List.of(
            Answer.s3(503, "Retry-After: 1\r\n", "SlowDown"),
            new Answer(429),
            new Answer(500),
            Plain.CUT,
            Plain.CUT_REQUEST,
            Plain.CUT_MIDWAY,
            Plain.LOST_ANSWER,
            Plain.DONE_BUT_500);
    Random random = new Random(SEED);
    Map<Plain, Integer> met = new EnumMap<>(Plain.class);
    proxy.rule(
        request -> {
          synchronized (random) {
            Fault fault =
                random.nextDouble() < RATE ? faults.get(random.nextInt(faults.size())) : Plain.NONE;
            if (fault instanceof Plain plain) {
              met.merge(plain, 1, Integer::sum);
            }
            return fault;
          }
        });
    Foldback faulty = init("faulty");
    String repository = repository("faulty", 60);
    long before = proxy.injected();

    Foldback.Outcome backup =
        faulty.run("backup", server.url(), "--repo", repository, "--name", "shop");
    assertThat(backup.status()).as("seed %d %s", SEED, backup).isZero();
    Foldback.Outcome verify = faulty.run("verify", "--repo", repository);
    assertThat(verify.status()).as("seed %d %s", SEED, verify).isZero();
    try (TestServer target = TestServers.fresh(ServerKind.MARIADB_11_4)) {
      Foldback.Outcome restore =
          new Foldback(folder, with(faulty.variables(), Map.of("MYSQL_PWD", target.password())))
              .run("restore", "--to", target.url(), "--repo", repository);
      assertThat(restore.status()).as("seed %d %s", SEED, restore).isZero();
      assertThat(Shop.checksums(target)).isEqualTo(Shop.checksums(server));
    }
    assertThat(proxy.injected() - before).as("%s", met).isGreaterThan(10);
  }

  private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new java.util.HashMap<>(some);
    all.putAll(more);
    return all;
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aThrottledStoreShowsInTheProgressAndBeforeItBegins() throws Exception {
    AtomicInteger objects = new AtomicInteger();
    AtomicInteger all = new AtomicInteger();
    Answer slower = Answer.s3(503, "Retry-After: 4\r\n", "SlowDown");
    proxy.rule(
        request ->
            request.method().equals("PUT")
                    && request.target().contains("/objects/")
                    && objects.getAndIncrement() == 0
                ? slower
                : Plain.NONE);
    Foldback throttled = init("throttled");
    String repository = repository("throttled", 60);

    Foldback.Outcome backup =
        throttled.run(
            "backup", server.url(), "--repo", repository, "--name", "shop", "--full", "--json");
    proxy.rule(request -> all.getAndIncrement() == 0 ? slower : Plain.NONE);
    Foldback.Outcome list = throttled.run("list", "--repo", repository);

    assertThat(backup.status()).as("%s", backup).isZero();
    assertThat(backup.out())
        .containsPattern(
            "\"type\":\"progress\".*\"note\":\"[^\"]*the store asks to slow down: the next try is"
                + " in");
    assertThat(list.status()).as("%s", list).isZero();
    assertThat(list.err()).containsOnlyOnce("the store asks to slow down: the next try is in");
    assertThat(list.time()).isGreaterThan(Duration.ofSeconds(4));
  }

  static Stream<Arguments> lasting() {
    return Stream.of(
        Arguments.of(Answer.s3(503, "Retry-After: 1\r\n", "SlowDown"), ErrorCode.STORE_FAILED),
        Arguments.of(new Answer(429), ErrorCode.STORE_FAILED),
        Arguments.of(new Answer(500), ErrorCode.STORE_FAILED),
        Arguments.of(Plain.STALL, ErrorCode.STORE_UNREACHABLE),
        Arguments.of(Plain.CUT, ErrorCode.STORE_UNREACHABLE),
        Arguments.of(Plain.CUT_MIDWAY, ErrorCode.STORE_FAILED),
        Arguments.of(Answer.s3(400, "", "ExpiredToken"), ErrorCode.STORE_DENIED),
        Arguments.of(Answer.s3(403, "", "AccessDenied"), ErrorCode.STORE_DENIED),
        Arguments.of(Answer.s3(404, "", "NoSuchBucket"), ErrorCode.STORE_UNREACHABLE));
  }

  /** From the first object on: the repository opens, and the store fails while rows are sent. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("lasting")
  void aFaultThatLastsEndsTheBackupInTimeAndNothingIsCommitted(Fault fault, ErrorCode code)
      throws Exception {
    proxy.rule(
        request ->
            request.target().contains("/objects/") || fault == Plain.CUT_MIDWAY
                ? fault
                : Plain.NONE);
    String repository = repository("shop", PATIENCE_SECONDS);
    String source = "new-" + NUMBER.incrementAndGet();

    Foldback.Outcome backup =
        foldback.run("backup", server.url(), "--repo", repository, "--name", source, "--full");

    assertThat(backup.status()).as("%s", backup).isEqualTo(4);
    assertThat(backup.err())
        .contains("error " + code.code() + ": ")
        .contains("hint: ")
        .doesNotContain(S3Server.SECRET_KEY, server.password())
        .doesNotContain("\tat ");
    // Patience, and what silent calls may take; the lease is given back in the same way. The usual
    // patience would be two minutes for each.
    assertThat(backup.time()).isLessThan(Duration.ofSeconds(200));
    proxy.rule(request -> Plain.NONE);
    Foldback.Outcome list = foldback.run("list", "--repo", repository, "--json");
    assertThat(list.out()).contains("[").doesNotContain(source);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aWrongSecretAndAMissingBucketAreNamedAtOnce() throws Exception {
    Foldback.Outcome denied =
        as("another-secret", "shop.key")
            .run("list", "--repo", repository("shop", PATIENCE_SECONDS));
    assertThat(denied.status()).isEqualTo(4);
    assertThat(denied.err())
        .contains("FB-3002")
        .contains("AWS_ACCESS_KEY_ID")
        .doesNotContain("another-secret");
    Foldback.Outcome missing =
        foldback.run(
            "list",
            "--repo",
            repository("shop", PATIENCE_SECONDS).replace(S3Server.BUCKET, "no-such-bucket"));
    assertThat(missing.status()).isEqualTo(4);
    assertThat(missing.err()).contains("FB-3001").contains("Create the bucket");
    assertThat(missing.time()).isLessThan(Duration.ofSeconds(20));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void anAddressWhereNothingListensIsGivenUpSoon() throws Exception {
    Foldback.Outcome outcome =
        foldback.run("list", "--repo", S3Server.url("shop", "http://127.0.0.1:1"));
    assertThat(outcome.status()).isEqualTo(4);
    assertThat(outcome.err()).contains("FB-3001").contains("Check host, port and network");
    assertThat(outcome.time()).isLessThan(Duration.ofSeconds(25));
  }
}
