package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.progress.Progress;
import dev.foldback.testkit.server.TestServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values above a server's max_allowed_packet are never cut: they are refused by name. */
abstract class PacketContract {
  private static final String BLOB =
      "CREATE TABLE big.t (id int PRIMARY KEY, v longblob, KEY (v(10)))";
  private static final String TEXT = "CREATE TABLE big.t (id int PRIMARY KEY, v json)";

  abstract TestServer source();

  abstract TestServer target();

  @BeforeEach
  @AfterEach
  void empty() throws Exception {
    for (TestServer server : List.of(source(), target())) {
      server.execute("SET GLOBAL max_allowed_packet=268435456", "SET GLOBAL local_infile=1");
      Emptying.everything(server);
    }
  }

  /** Whether the server makes JSON only of texts that fit into a packet. */
  abstract boolean boundsJson();

  /** A server sends rows of any size; but MySQL would send an empty text for its JSON. */
  @ParameterizedTest
  @ValueSource(strings = {BLOB, TEXT})
  void theSourceSendsWhatIsAboveItsLimitOrTheTableIsNamed(String table) throws Exception {
    make(table);
    byte[] whole = onlyTable(Taken.from(source(), Selection.ALL));
    source().execute("SET GLOBAL max_allowed_packet=1048576");
    if (table.equals(TEXT) && boundsJson()) {
      assertTooLarge(() -> Taken.from(source(), Selection.ALL));
      return;
    }
    assertThat(onlyTable(Taken.from(source(), Selection.ALL))).isEqualTo(whole);
  }

  private static byte[] onlyTable(Taken taken) {
    return taken.rows().values().iterator().next().text();
  }

  @Test
  void aPlanKnowsThatTheTargetTakesNoSuchRow() throws Exception {
    make(BLOB);
    Taken taken = Taken.from(source(), Selection.ALL);
    target().execute("SET GLOBAL max_allowed_packet=1048576", "SET GLOBAL local_infile=0");
    try (MySqlTarget to = MySqlTarget.open(target().endpoint())) {
      List<Finding> errors =
          to.plan(taken.request()).findings().stream()
              .filter(f -> f.severity() == Finding.Severity.ERROR)
              .toList();
      assertThat(errors).extracting(Finding::subject).containsExactly("big.t");
      assertThat(errors.getFirst().hint()).contains("max_allowed_packet=1073741824");
      assertTooLarge(() -> to.begin(to.plan(taken.request()), 1, Progress.NONE));
    }
  }

  @Test
  void loadDataTakesValuesAboveTheLimit() throws Exception {
    make(BLOB);
    Taken taken = Taken.from(source(), Selection.ALL);
    target().execute("SET GLOBAL max_allowed_packet=1048576");
    try (MySqlTarget to = MySqlTarget.open(target().endpoint())) {
      taken.restore(to, taken.request());
    }
  }

  @Test
  void loadDataOfJsonTakesThemOrSaysWhatToRaise() throws Exception {
    make(TEXT);
    Taken taken = Taken.from(source(), Selection.ALL);
    target().execute("SET GLOBAL max_allowed_packet=1048576");
    try (MySqlTarget to = MySqlTarget.open(target().endpoint())) {
      if (boundsJson()) {
        assertTooLarge(() -> to.begin(to.plan(taken.request()), 1, Progress.NONE));
        assertTooLarge(() -> taken.restore(to, Taken.unsized(taken.request())));
      } else {
        taken.restore(to, taken.request());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BLOB, TEXT})
  void insertSaysItToo(String table) throws Exception {
    make(table);
    Taken taken = Taken.from(source(), Selection.ALL);
    target().execute("SET GLOBAL max_allowed_packet=1048576", "SET GLOBAL local_infile=0");
    try (MySqlTarget to = MySqlTarget.open(target().endpoint())) {
      assertTooLarge(() -> taken.restore(to, Taken.unsized(taken.request())));
    }
  }

  /** One value that is above the limit only with its escapes. */
  @Test
  void insertCountsEscapes() throws Exception {
    source()
        .execute(
            "CREATE DATABASE big", BLOB, "INSERT INTO big.t VALUES (1, REPEAT(X'00', 600000))");
    Taken taken = Taken.from(source(), Selection.ALL);
    target().execute("SET GLOBAL max_allowed_packet=1048576", "SET GLOBAL local_infile=0");
    try (MySqlTarget to = MySqlTarget.open(target().endpoint())) {
      assertTooLarge(() -> taken.restore(to, Taken.unsized(taken.request())));
    }
  }

  private void make(String table) throws Exception {
    source()
        .execute(
            "CREATE DATABASE big",
            table,
            "INSERT INTO big.t VALUES (1, '\"small\"')",
            "INSERT INTO big.t VALUES (2, CONCAT('\"', REPEAT('x', 3000000), '\"'))");
  }

  private static void assertTooLarge(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).as(e.toString()).isEqualTo(ErrorCode.VALUE_TOO_LARGE);
              assertThat(e.getMessage()).contains("big.t");
              assertThat(e.hint()).contains("max_allowed_packet=1073741824");
            });
  }
}
