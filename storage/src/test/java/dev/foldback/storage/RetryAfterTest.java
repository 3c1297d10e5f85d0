package dev.foldback.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers as OpenDAL's errors hold them. */
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"retry-after\": \"7\"                                                        | 7",
        "\"retry-after\": \"0\", \"date\": \"Tue, 24 Nov 2026 05:00:00 GMT\"           | 0",
        "\"retry-after\": \"Tue, 24 Nov 2026 05:00:09 GMT\"                            | 9",
        "\"retry-after\": \"Tue, 24 Nov 2026 04:00:00 GMT\"                            | 0",
        "\"date\": \"Tue, 24 Nov 2026 06:00:00 GMT\", \"retry-after\": \"Tue, 24 Nov 2026 06:00:05"
            + " GMT\" | 5",
        "\"retry-after\": \"soon\"                                                     | 0",
        "\"retry-after\": \"-1\"                                                       | 0",
        "\"retry-after\": \"99999999999999999999\"                                     | 0",
        "\"server\": \"x\"                                                             | 0",
      })
  void secondsAndDatesAreUnderstood(String headers, long seconds) {
    String error =
        "RateLimited (temporary) at read => SlowDown\n\nContext:\n"
            + "   response: Parts { status: 503, version: HTTP/1.1, headers: {"
            + headers
            + "} }\n   service: s3";

    assertThat(RetryAfter.in(error, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
