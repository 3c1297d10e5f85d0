package dev.foldback.engine.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final List<Boolean> runs = new ArrayList<>();

  @Test
  void aDeadlockAndALostConnectionAreTriedAgain() throws Exception {
    assertThat(retry().run(failing(error(1213), error(2013), error(1205), error(1317))))
        .isEqualTo("done");
    assertThat(runs).containsExactly(false, true, true, true, true);
  }

  @Test
  void whatNeverPassesIsNotTriedAgain() {
    assertThatThrownBy(() -> Retry.of("making x", failing(error(1064))))
        .isInstanceOf(FoldbackException.class)
        .hasMessageContaining("making x");
    assertThat(runs).hasSize(1);
  }

  @Test
  void whatDoesNotPassIsGivenUp() {
    SQLException[] all = {error(1213), error(1213), error(1213), error(1213), error(1213)};
    assertThatThrownBy(() -> retry().run(failing(all))).isInstanceOf(SQLException.class);
    assertThat(runs).hasSize(5);
  }

  @Test
  void aServerThatIsAwayIsWaitedForAndDoesNotUseUpTheTries() throws Exception {
    Exception away = new FoldbackException(ErrorCode.SERVER_UNREACHABLE, "refused", "", error(0));
    assertThat(retry().run(failing(error(2013), away, away, away, away, error(1213), error(1213))))
        .isEqualTo("done");
    assertThat(runs).hasSize(8);
  }

  @Test
  void whatWrapsAPassingFailureIsTriedAgain() throws Exception {
    Exception wrapped =
        new FoldbackException(ErrorCode.STATEMENT_FAILED, "reading", "", error(1317));
    assertThat(retry().run(failing(wrapped))).isEqualTo("done");
  }

  @Test
  void aServerThatDoesNotAnswerWasWaitedForAlready() {
    SQLException e =
        new SQLException("lost", "08000", new IOException("has not answered for 30 s"));
    assertThatThrownBy(() -> retry().run(failing(e))).isSameAs(e);
    assertThat(runs).hasSize(1);
  }

  @Test
  void onOneConnectionALostOneIsTheEnd() {
    assertThatThrownBy(() -> Retry.here("enabling event e", failing(error(1205), error(2013))))
        .isInstanceOfSatisfying(
            FoldbackException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVER_LOST))
        .hasMessageContaining("enabling event e");
    assertThat(runs).hasSize(2);
  }

  @Test
  void onOneConnectionARefusalIsToldAsItIs() {
    SQLException refused = error(1142);
    assertThatThrownBy(() -> Retry.here("x", failing(refused))).isSameAs(refused);
  }

  private static Retry retry() {
    return new Retry(false, Duration.ofMillis(1));
  }

  private static SQLException error(int code) {
    return new SQLException("error " + code, code == 2013 ? "08S01" : "HY000", code);
  }

  /** Fails in these ways, one after the other, and then does well. */
  private Retry.Work<String> failing(Exception... failures) {
    Iterator<Exception> left = List.of(failures).iterator();
    return again -> {
      runs.add(again);
      if (!left.hasNext()) {
        return "done";
      }
      switch (left.next()) {
        case SQLException e -> throw e;
        case FoldbackException e -> throw e;
        case Exception e -> throw new AssertionError(e);
      }
    };
  }
}
