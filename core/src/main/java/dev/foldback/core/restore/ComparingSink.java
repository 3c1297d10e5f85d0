package dev.foldback.core.restore;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.Finding;
import dev.foldback.core.TableName;
import dev.foldback.core.engine.Slice;
import dev.foldback.core.engine.TableDefinition;
import dev.foldback.core.frame.FrameCutter;
import dev.foldback.core.frame.Hashing;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.core.frame.RowSink;
import dev.foldback.core.progress.Progress;
import dev.foldback.core.repository.FrameRecord;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the rows of a slice into frames as the backup did and compares their hashes in order. The
 * first difference is kept with the keys around it; rows after it are only counted.
 */
final class ComparingSink implements RowSink {
  private final TableDefinition table;
  private final Slice slice;
  private final List<FrameRecord> expected;
  private final Progress progress;
  private final RowBuffer buffer = new RowBuffer(FrameCutter.MEAN);
  private final MessageDigest digest = Hashing.sha256();
  private final KeyText keys;
  private String lastKey = "";
  private int rowStart;
  private int lastRow;
  private int frame;
  private long frameRows;
  private long rows;
  private @Nullable Finding difference;

  ComparingSink(TableDefinition table, Slice slice, List<FrameRecord> expected, Progress progress) {
    this.table = table;
    this.slice = slice;
    this.expected = expected;
    this.progress = progress;
    this.keys = new KeyText(table);
  }

  @Override
  public RowBuffer buffer() {
    return buffer;
  }

  @Override
  public void endRow() {
    rows++;
    frameRows++;
    lastRow = rowStart;
    if (FrameCutter.endsAfter(buffer.bytes, 0, rowStart, buffer.length)) {
      endFrame();
    }
    rowStart = buffer.length;
  }

  /** The slice has no more rows. The first difference, if there is one. */
  Optional<Finding> end() {
    if (buffer.length > 0) {
      endFrame();
    }
    if (difference == null && frame < expected.size()) {
      long missing = expected.stream().mapToLong(FrameRecord::rows).sum() - rows;
      difference =
          differs(
              "the last "
                  + missing
                  + " rows of the key range "
                  + keys.range(slice)
                  + " are missing, after "
                  + (lastKey.isEmpty() ? "its beginning" : lastKey));
    }
    return Optional.ofNullable(difference);
  }

  private void endFrame() {
    if (difference == null) {
      difference = compare();
    }
    if (difference == null) {
      lastKey = keys.last(buffer, lastRow);
    }
    progress.advance(frameRows, buffer.length);
    frame++;
    frameRows = 0;
    buffer.clear();
  }

  private @Nullable Finding compare() {
    if (frame >= expected.size()) {
      return differs("there are rows that the snapshot does not hold, " + range());
    }
    digest.update(buffer.bytes, 0, buffer.length);
    if (Hashing.hex(digest.digest()).equals(expected.get(frame).rowHash())) {
      return null;
    }
    return differs("rows differ from the snapshot, " + range());
  }

  private String range() {
    return "between " + keys.first(buffer) + " and " + keys.last(buffer, lastRow);
  }

  private Finding differs(String what) {
    TableName name = table.name();
    return Finding.error(
        ErrorCode.ROWS_DIFFER.code(),
        name.toString(),
        what,
        "Run the same command again: it makes this table anew. Or restore it into a schema of its"
            + " own first, and compare: --include "
            + name
            + " --rename "
            + name
            + "=compare."
            + name.table());
  }
}
