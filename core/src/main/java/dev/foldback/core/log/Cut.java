package dev.foldback.core.log;

import java.time.Instant;

/** Up to where a log is wanted. Order is that of the log, never that of clocks. */
public sealed interface Cut {

  /** All of it. */
  record End() implements Cut {
    @Override
    public String toString() {
      return "the end of the log";
    }
  }

  /**
   * Up to the first transaction that committed later than this, by the source's clock, and without
   * it.
   */
  record At(Instant time) implements Cut {
    @Override
    public String toString() {
      return time.toString();
    }
  }

  /** Up to this transaction and with it. */
  record Through(String id) implements Cut {
    @Override
    public String toString() {
      return id;
    }
  }

  /** Up to this transaction and without it. */
  record Before(String id) implements Cut {
    @Override
    public String toString() {
      return "before " + id;
    }
  }

  /** Every transaction that ends at or before this place. */
  record Place(LogPlace place) implements Cut {
    @Override
    public String toString() {
      return place.toString();
    }
  }
}
