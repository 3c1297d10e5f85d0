package dev.foldback.storage;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.PutOutcome;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoreException.Kind;
import dev.foldback.testkit.store.FaultProxy;
import dev.foldback.testkit.store.FaultProxy.Answer;
import dev.foldback.testkit.store.FaultProxy.Fault;
import dev.foldback.testkit.store.FaultProxy.Plain;
import dev.foldback.testkit.store.S3Server;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** S3 behind a network and a service that fail as real ones do. */
class S3FaultsIT {
  /** A quarter of it is how long silence lasts before a call is tried again. */
  private static final int PATIENCE_SECONDS = 8;

  /** For what ends only when it runs out. */
  private static final int SHORT_PATIENCE_SECONDS = 2;

  @SuppressWarnings("NullAway.Init")
  private static S3Server server;

  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final String place = UUID.randomUUID().toString();

  @SuppressWarnings("NullAway.Init")
  private FaultProxy proxy;

  @SuppressWarnings("NullAway.Init")
  private ObjectStore store;

  @SuppressWarnings("NullAway.Init")
  private ObjectStore hasty;

  @BeforeAll
  static void start() {
    server = S3Server.start();
    // The server's first answers take long; no test is to wait for them with little patience.
    try (ObjectStore store = open("first", server.endpoint(), 60, note -> {})) {
      store.putIfAbsent("a", bytes());
      store.get("a", 0, 1);
      store.list("", object -> store.delete(object.key()));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    proxy = FaultProxy.before(server.endpoint());
    store = open(place, proxy.endpoint(), PATIENCE_SECONDS, notes::add);
    hasty = open(place, proxy.endpoint(), SHORT_PATIENCE_SECONDS, note -> {});
  }

  private static ObjectStore open(
      String place, String endpoint, int patience, Consumer<String> notes) {
    return Stores.open(
        S3Server.url(place, endpoint) + "&patience=" + patience,
        Map.of(
            "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY),
        notes);
  }

  @AfterEach
  void close() {
    hasty.close();
    store.close();
    proxy.close();
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[100_000];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  static Stream<Arguments> passing() {
    return Stream.<Fault>of(
            Answer.s3(503, "Retry-After: 1\r\n", "SlowDown"),
            new Answer(503),
            new Answer(429),
            new Answer(500),
            new Answer(408),
            Plain.STALL,
            Plain.STALL_MIDWAY,
            Plain.CUT,
            Plain.CUT_REQUEST,
            Plain.CUT_MIDWAY,
            Plain.LOST_ANSWER,
            Plain.DONE_BUT_500)
        .flatMap(
            fault ->
                Stream.of("PUT", "HEAD", "GET", "DELETE")
                    .map(method -> Arguments.of(fault, method)));
  }

  /** The first request of the method meets the fault, the next one does not. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("passing")
  void aFaultThatPassesIsNotNoticed(Fault fault, String method) {
    store.putIfAbsent("before", bytes());
    AtomicInteger seen = new AtomicInteger();
    proxy.rule(
        request ->
            request.method().equals(method) && seen.getAndIncrement() == 0 ? fault : Plain.NONE);

    assertThat(store.putIfAbsent("a/b", bytes())).isEqualTo(PutOutcome.WRITTEN);
    assertThat(store.get("a/b")).isEqualTo(bytes());
    assertThat(store.get("a/b", 5, 200_000)).hasSize(99_995);
    assertThat(store.stat("a/b")).isPresent();
    StringBuilder keys = new StringBuilder();
    store.list("a/", object -> keys.append(object.key()));
    assertThat(keys).hasToString("a/b");
    store.delete("a/b");
    assertThat(store.stat("a/b")).isEmpty();
    assertThat(seen).hasPositiveValue();
  }

  static Stream<Arguments> retryAfter() {
    return Stream.of(429, 503)
        .flatMap(
            status ->
                Stream.of("PUT", "HEAD", "GET", "DELETE")
                    .flatMap(
                        method ->
                            Stream.of(false, true)
                                .map(date -> Arguments.of(status, method, date))));
  }

  /** By seconds, and by a date that is told by the store's own clock, which is an hour fast. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("retryAfter")
  void aStoreThatSaysWhenToComeBackIsLeftAloneUntilThen(int status, String method, boolean date) {
    store.putIfAbsent("before", bytes());
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
    String headers =
        date
            ? "Date: %s\r\nRetry-After: %s\r\n"
                .formatted(
                    RFC_1123_DATE_TIME.format(now), RFC_1123_DATE_TIME.format(now.plusSeconds(3)))
            : "Retry-After: 3\r\n";
    List<Long> times = new CopyOnWriteArrayList<>();
    proxy.rule(
        request -> {
          if (!request.method().equals(method)) {
            return Plain.NONE;
          }
          times.add(System.nanoTime());
          return times.size() == 1 ? Answer.s3(status, headers, "SlowDown") : Plain.NONE;
        });

    switch (method) {
      case "PUT" -> store.putIfAbsent("after", bytes());
      case "DELETE" -> store.delete("before");
      case "HEAD" -> assertThat(store.stat("before")).isPresent();
      default -> assertThat(store.get("before")).isEqualTo(bytes());
    }

    // Later than patience lasts would have been no second time.
    assertThat(times).hasSize(2);
    assertThat(Duration.ofNanos(times.get(1) - times.get(0)))
        .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(3 + PATIENCE_SECONDS));
    assertThat(notes).contains("").anyMatch(note -> note.startsWith("the store asks to slow down"));
  }

  static Stream<Arguments> lasting() {
    return Stream.of(
            Arguments.of(Answer.s3(503, "Retry-After: 1\r\n", "SlowDown"), Kind.THROTTLED),
            Arguments.of(new Answer(503), Kind.THROTTLED),
            Arguments.of(new Answer(429), Kind.THROTTLED),
            Arguments.of(new Answer(500), Kind.DISTURBED),
            Arguments.of(new Answer(502), Kind.DISTURBED),
            Arguments.of(Plain.STALL, Kind.UNREACHABLE),
            Arguments.of(Plain.CUT, Kind.UNREACHABLE),
            Arguments.of(Answer.s3(400, "", "InvalidArgument"), Kind.FAILED),
            Arguments.of(Answer.s3(400, "", "ExpiredToken"), Kind.DENIED),
            Arguments.of(Answer.s3(403, "", "ExpiredToken"), Kind.DENIED),
            Arguments.of(Answer.s3(403, "", "AccessDenied"), Kind.DENIED),
            Arguments.of(Answer.s3(404, "", "NoSuchBucket"), Kind.NO_PLACE))
        .flatMap(
            each ->
                Stream.of(Call.values())
                    .map(call -> Arguments.of(each.get()[0], each.get()[1], call)));
  }

  enum Call {
    PUT,
    GET,
    LIST
  }

  private void run(Call call) {
    switch (call) {
      case PUT -> hasty.putIfAbsent("after", bytes());
      case GET -> hasty.get("before");
      case LIST -> hasty.list("", object -> {});
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("lasting")
  void aFaultThatLastsEndsInTimeAndSaysWhatItIs(Fault fault, Kind kind, Call call) {
    store.putIfAbsent("before", bytes());
    proxy.rule(request -> fault);
    long start = System.nanoTime();

    StoreException e = catchThrowableOfType(StoreException.class, () -> run(call));

    assertThat(e).as("%s", fault).isNotNull();
    assertThat(e.kind()).as("%s", e).isEqualTo(kind);
    assertThat(e.hint()).isNotBlank();
    assertThat(e.getMessage()).doesNotContain(S3Server.SECRET_KEY).doesNotContain("\n");
    // Patience, and the longest that two silent calls may take for their bytes.
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Duration.ofSeconds(SHORT_PATIENCE_SECONDS + 2 * 33));
  }

  @Test
  void whatCannotPassIsAskedOnce() {
    store.putIfAbsent("before", bytes());
    for (Answer answer :
        List.of(Answer.s3(403, "", "AccessDenied"), Answer.s3(404, "", "NoSuchBucket"))) {
      proxy.rule(request -> answer);
      long before = proxy.requests();
      assertThat(catchThrowableOfType(StoreException.class, () -> store.get("before"))).isNotNull();
      assertThat(proxy.requests() - before).isEqualTo(1);
    }
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aWriteWhoseAnswerWasLostIsKnownToBeDoubtfulAndOneThatWasRefusedIsNot() {
    proxy.rule(request -> Plain.LOST_ANSWER);
    assertThat(effectOfPut("lost")).isEqualTo(Effect.UNKNOWN);
    proxy.rule(request -> Plain.NONE);
    assertThat(store.get("lost")).isEqualTo(bytes());

    proxy.rule(request -> new Answer(429));
    assertThat(effectOfPut("refused")).isEqualTo(Effect.NONE);
  }

  private Effect effectOfPut(String key) {
    StoreException e =
        catchThrowableOfType(StoreException.class, () -> hasty.putIfAbsent(key, bytes()));
    assertThat(e).isNotNull();
    return e.effect();
  }

  @Test
  void anAnswerThatIsTooShortIsFetchedAgain() {
    store.putIfAbsent("a", bytes());
    AtomicInteger seen = new AtomicInteger();
    proxy.rule(
        request ->
            request.method().equals("GET") && seen.getAndIncrement() == 0
                ? Plain.SHORT_ANSWER
                : Plain.NONE);

    assertThat(store.get("a", 0, 100_001)).isEqualTo(bytes());

    assertThat(seen).hasValue(2);
  }

  @Test
  void aTokenThatExpiresDuringTheWorkIsDenied() {
    store.putIfAbsent("a", bytes());
    proxy.rule(request -> Answer.s3(400, "", "ExpiredToken"));

    StoreException e = catchThrowableOfType(StoreException.class, () -> store.get("a", 0, 100_001));

    assertThat(e.kind()).isEqualTo(Kind.DENIED);
    assertThat(e).hasMessageContaining("status 400");
  }

  /** Objects are read with a bound that is one byte above what is expected. */
  @Test
  void aRangePastTheEndFetchesTheObjectOnce() {
    store.putIfAbsent("a", bytes());
    AtomicInteger fetched = new AtomicInteger();
    proxy.rule(
        request -> {
          if (request.method().equals("GET")) {
            fetched.incrementAndGet();
          }
          return Plain.NONE;
        });

    assertThat(store.get("a", 0, 100_001)).isEqualTo(bytes());

    assertThat(fetched).hasValue(1);
  }
}
