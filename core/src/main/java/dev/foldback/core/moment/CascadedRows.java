package dev.foldback.core.moment;

import dev.foldback.core.engine.RowSource;
import dev.foldback.core.fold.DigestedRows;
import dev.foldback.core.fold.RowSetDigest;
import dev.foldback.core.log.ActingKey.Action;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a life with what foreign keys did to them below the log. */
final class CascadedRows implements DigestedRows {
  private final Cascades cascades;
  private final Life life;
  private final RowSource rows;
  private final int columns;
  private volatile @Nullable End end;

  private record End(RowSetDigest.Value digest, long bytes) {}

  CascadedRows(Cascades cascades, Life life, RowSource rows) {
    this.cascades = cascades;
    this.life = life;
    this.rows = rows;
    this.columns = life.folded().columns().size();
  }

  @Override
  public InputStream open() {
    return new Stream(rows.open());
  }

  /** Exact once a stream was read to its end. */
  @Override
  public long rows() {
    End known = end;
    return known == null ? rows.rows() : known.digest().rows();
  }

  /** An estimate of none is no knowledge. */
  @Override
  public boolean isEmpty() {
    return end != null && rows() == 0;
  }

  @Override
  public long bytes() {
    End known = end;
    return known == null ? rows.bytes() : known.bytes();
  }

  @Override
  public Optional<RowSetDigest.Value> digest() {
    return Optional.ofNullable(end).map(End::digest);
  }

  /** The row as it is now, or null where it went. */
  private Values.@Nullable Row apply(Values.Row row, Map<Link, Events> events) {
    Values.Row now = row;
    long time = cascades.lastChange(life, row.bytes(), row.ends());
    // One change above may act through several keys at once.
    Set<Link> acted = new HashSet<>();
    while (true) {
      Link link = null;
      Event next = null;
      for (Map.Entry<Link, Events> of : events.entrySet()) {
        boolean again = acted.isEmpty() || acted.contains(of.getKey());
        byte[] values = now.values(of.getKey().childColumns());
        Event event = of.getValue().first(values, again ? time : time - 1);
        if (event != null && (next == null || event.time() < next.time())) {
          link = of.getKey();
          next = event;
        }
      }
      if (link == null || next == null) {
        return now;
      }
      Action action = next.deleted() ? link.key().onDelete() : link.key().onUpdate();
      boolean gone = next.deleted() && action == Action.CASCADE;
      Values.Row then = gone ? now : then(now, link, next, action);
      cascades.follow(life, next, now, then, gone);
      if (gone) {
        return null;
      }
      now = then;
      if (next.time() > time) {
        acted.clear();
      }
      acted.add(link);
      time = next.time();
    }
  }

  /** NULL in all columns of the key, or what others are above in those that changed there. */
  private static Values.Row then(Values.Row row, Link link, Event event, Action action) {
    int[] columns = link.childColumns();
    return action == Action.SET_NULL
        ? row.with(columns, Values.nulls(columns.length))
        : row.with(Values.only(columns, event.changed()), event.to());
  }

  private final class Stream extends InputStream {
    private final InputStream in;
    private final Map<Link, Events> events = Map.copyOf(cascades.of(life));
    private final RowSetDigest digest = new RowSetDigest();
    private byte[] text = new byte[1 << 16];
    private int from;
    private int limit;
    private byte[] row = new byte[0];
    private int at;
    private long bytes;

    Stream(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (at == row.length) {
        if (!next()) {
          return -1;
        }
      }
      int done = 0;
      while (done < length && at < row.length) {
        int n = Math.min(length - done, row.length - at);
        System.arraycopy(row, at, target, offset + done, n);
        at += n;
        done += n;
        if (at == row.length && done < length && !hasWhole()) {
          break;
        }
        while (at == row.length && done < length && hasWhole()) {
          next();
        }
      }
      return done;
    }

    private boolean hasWhole() {
      for (int i = from; i < limit; i++) {
        if (text[i] == '\n') {
          return true;
        }
      }
      return false;
    }

    /** Takes the next row; one that went leaves nothing. False after the last. */
    private boolean next() throws IOException {
      int newline = newline();
      if (newline < 0) {
        end = new End(digest.value(), bytes);
        return false;
      }
      Values.Row now = apply(split(newline), events);
      from = newline + 1;
      row = now == null ? new byte[0] : now.bytes();
      at = 0;
      if (now != null) {
        digest.add(row, 0, row.length);
        bytes += row.length;
      }
      return true;
    }

    private Values.Row split(int newline) {
      byte[] one = Arrays.copyOfRange(text, from, newline + 1);
      int[] ends = new int[columns];
      int column = 0;
      for (int i = 0; i < one.length; i++) {
        if (one[i] == '\t' || one[i] == '\n') {
          ends[column++] = i;
        }
      }
      return new Values.Row(one, ends);
    }

    private int newline() throws IOException {
      int looked = from;
      while (true) {
        for (int i = looked; i < limit; i++) {
          if (text[i] == '\n') {
            return i;
          }
        }
        System.arraycopy(text, from, text, 0, limit - from);
        limit -= from;
        looked = limit;
        from = 0;
        if (limit == text.length) {
          text = Arrays.copyOf(text, limit * 2);
        }
        int n = in.read(text, limit, text.length - limit);
        if (n < 0) {
          return -1;
        }
        limit += n;
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
