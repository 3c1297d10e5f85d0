package dev.foldback.core.engine;

import dev.foldback.core.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run left on a server that did not come to its end, or is still at it.
 *
 * @param id names it on that server; for restores the restore, which the same command goes on with
 * @param since when the first of its tables was made, by that server's clock; empty where none is
 *     there
 * @param tables that it made and that are there, under the names that they have now
 * @param schemas of Foldback's own that hold them; none for a restore beside
 * @param bytes that the tables take, by the server's own estimate
 * @param running whether a run that this may be of is at work now
 */
public record Unfinished(
    String id,
    Kind kind,
    Optional<Instant> since,
    List<TableName> tables,
    List<String> schemas,
    long bytes,
    boolean running) {
  public Unfinished {
    tables = List.copyOf(tables);
    schemas = List.copyOf(schemas);
  }

  /** What it is of, and so what may be done with it. */
  public enum Kind {
    /** A restore in place that had not let tables change places: nothing that was there moved. */
    IN_PLACE("in-place"),
    /** A restore under the tables' final names. */
    BESIDE("beside"),
    /** Empty copies that statements of a log were run on. */
    COPIES("copies"),
    /** What a restore in place put aside, without the note that tells what it is. */
    UNNOTED("unnoted");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As JSON says it. */
    public String word() {
      return word;
    }
  }
}
