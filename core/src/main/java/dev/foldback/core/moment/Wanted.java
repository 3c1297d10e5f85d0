package dev.foldback.core.moment;

import dev.foldback.core.log.Cut;
import dev.foldback.core.log.Transaction;
import java.util.Locale;
import java.util.function.Predicate;

/** Whether a transaction is before a cut, asked in the log's order. */
final class Wanted implements Predicate<Transaction> {
  private final Cut cut;
  private boolean found;

  Wanted(Cut cut) {
    this.cut = cut;
  }

  @Override
  public boolean test(Transaction transaction) {
    return switch (cut) {
      case Cut.End _ -> true;
      case Cut.At(var time) -> {
        found = transaction.committed().isAfter(time);
        yield !found;
      }
      case Cut.Through(var id) -> {
        boolean after = found;
        found = found || same(id, transaction.id());
        yield !after;
      }
      case Cut.Before(var id) -> {
        found = same(id, transaction.id());
        yield !found;
      }
      case Cut.Place(var place) -> transaction.start().compareTo(place) < 0;
    };
  }

  /** Whether the transaction that the cut names, or one later than its time, came. */
  boolean isFound() {
    return found;
  }

  private static boolean same(String some, String other) {
    return some.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }
}
