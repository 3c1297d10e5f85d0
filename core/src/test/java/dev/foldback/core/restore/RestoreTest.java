package dev.foldback.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.Selection;
import dev.foldback.core.engine.LoadRequest;
import dev.foldback.core.engine.Renames;
import dev.foldback.core.log.Cut;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.Proof;
import dev.foldback.core.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a restore makes of what it finds at its end. */
class RestoreTest {
  private final StoreException denied =
      new StoreException(
          StoreException.Kind.DENIED, StoreException.Effect.NONE, "403 on proofs/", "", null);

  private final OneTableRepository repository = new OneTableRepository();
  private final OneTableTarget target = new OneTableTarget();
  private final List<Finding> told = new ArrayList<>();

  @Test
  void whatIsEqualIsCompletedAndProven() {
    RestoreResult result = restore();
    assertThat(result.compared()).isTrue();
    assertThat(result.complete()).isTrue();
    assertThat(target.calls).endsWith("read", "complete", "close");
    assertThat(repository.proofs).extracting(Proof::good).containsExactly(true);
    assertThat(repository.proofs.getFirst().detail()).isEqualTo("1 tables restored to 9 and equal");
  }

  @Test
  void aRepositoryThatTakesNoProofDoesNotSpoilTheRestore() {
    repository.recording = Optional.of(denied);
    RestoreResult result = restore();
    assertThat(target.calls).endsWith("read", "complete", "close");
    assertThat(result.findings()).extracting(Finding::code).containsExactly("proof-not-kept");
    assertThat(result.findings().getFirst().message()).contains("403 on proofs/");
    assertThat(told).isEqualTo(result.findings());
  }

  @Test
  void tablesThatDifferAreMadeAnewByTheNextRun() {
    target.rows = "1\n3\n";
    FoldbackException failure = failure();
    assertThat(failure.code()).isEqualTo(ErrorCode.ROWS_DIFFER);
    assertThat(failure.getMessage())
        .contains("shop.t: rows differ", "Running the same command again makes them anew");
    assertThat(target.calls).endsWith("read", "again [shop.t]", "close");
    assertThat(repository.proofs).extracting(Proof::good).containsExactly(false);
  }

  @Test
  void aRepositoryThatTakesNoProofHidesNoDifference() {
    target.rows = "1\n";
    repository.recording = Optional.of(denied);
    assertThat(failure().code()).isEqualTo(ErrorCode.ROWS_DIFFER);
    assertThat(target.calls).endsWith("again [shop.t]", "close");
    assertThat(told).extracting(Finding::code).containsExactly("FB-4005", "proof-not-kept");
  }

  @Test
  void aTargetThatCanNoteNothingHidesNoDifference() {
    target.rows = "";
    target.noting =
        Optional.of(new FoldbackException(ErrorCode.SERVER_LOST, "the note is lost", "wait"));
    FoldbackException failure = failure();
    assertThat(failure.code()).isEqualTo(ErrorCode.ROWS_DIFFER);
    assertThat(failure.getMessage()).contains("the note is lost").doesNotContain("makes them anew");
  }

  @Test
  void whatIsMissingIsNamedInTheProof() {
    target.missing = List.of(Finding.warning("not-created", "view shop.v", "refused", ""));
    RestoreResult result = restore();
    assertThat(result.complete()).isFalse();
    assertThat(repository.proofs.getFirst().good()).isTrue();
    assertThat(repository.proofs.getFirst().detail())
        .endsWith("equal; not complete, 1 missing: not-created view shop.v");
  }

  @Test
  void aSliceThatIsReadAgainIsComparedOnceAndToldOnce() {
    target.tries = 3;
    long[] rows = new long[1];
    Progress counting =
        new Progress() {
          @Override
          public void advance(long more, long bytes) {
            rows[0] += target.calls.contains("read") ? more : 0;
          }
        };
    Restore restore = new Restore(repository, NoEngine.ENGINE, target, Clock.systemUTC());
    assertThat(restore.run(restore.plan(options(), Progress.NONE), counting).compared()).isTrue();
    assertThat(rows[0]).isEqualTo(2);
  }

  private FoldbackException failure() {
    return catchThrowableOfType(FoldbackException.class, this::restore);
  }

  private RestoreResult restore() {
    Restore restore = new Restore(repository, NoEngine.ENGINE, target, Clock.systemUTC());
    return restore.run(
        restore.plan(options(), Progress.NONE),
        new Progress() {
          @Override
          public void finding(Finding finding) {
            told.add(finding);
          }
        });
  }

  private static RestoreOptions options() {
    return new RestoreOptions(
        Optional.empty(),
        Optional.empty(),
        new Cut.End(),
        Path.of("target", "work"),
        Selection.ALL,
        Renames.NONE,
        LoadRequest.Existing.REFUSE,
        1,
        true,
        Optional.empty());
  }
}
