package dev.foldback.engine.mysql.log.json;

import dev.foldback.core.engine.UnfitEditsException;
import dev.foldback.core.engine.ValueEdits;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.engine.mysql.rows.Escapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of JSON documents that changed, which MySQL logs under PARTIAL_JSON. In a row stands
 * behind the mark how many bytes they had when they were last read and what is void left out, a
 * semicolon, and the edits with the frames' escapes. Stateless.
 */
public final class JsonEdits implements ValueEdits {
  private static final int MARK = 2;

  /** Bytes of edits that are joined unread. */
  private static final int ROOM = 1 << 11;

  /**
   * Appends an edit to others, as yet without escapes.
   *
   * @param operation as MySQL numbers them: 0 replaces, 1 inserts, 2 removes
   * @param path as MySQL writes it
   * @param value JSON text, empty where something is removed
   * @throws UnfitEditsException where there is no such operation or path
   */
  public static void append(int operation, byte[] path, byte[] value, RowBuffer to) {
    JsonEdit.Kind[] kinds = JsonEdit.Kind.values();
    if (operation >= kinds.length) {
      throw new UnfitEditsException("an edit of a JSON document of unknown kind " + operation);
    }
    JsonEdit edit = new JsonEdit(kinds[operation], path, value);
    if (edit.legs().isEmpty() && edit.kind != JsonEdit.Kind.REPLACE) {
      throw new UnfitEditsException("the whole document can't be inserted or removed");
    }
    edit.write(to);
  }

  /** Appends edits to a row with mark and escapes. */
  public static void put(RowBuffer edits, RowBuffer row) {
    put(0, edits, row);
  }

  private static void put(long settled, RowBuffer edits, RowBuffer row) {
    byte[] head = ("\\E" + settled + ";").getBytes(StandardCharsets.US_ASCII);
    bytes(head, 0, head.length, row);
    escape(edits, row);
  }

  /**
   * Appends a value with the edits in it.
   *
   * @param edits without mark and escapes
   */
  public static void apply(byte[] value, int from, int to, RowBuffer edits, RowBuffer out) {
    if (to - from == 2 && value[from] == '\\' && value[from + 1] == 'N') {
      throw new UnfitEditsException("the document is NULL");
    }
    JsonDocument document = new JsonDocument(plain(value, from, to));
    JsonEdit.Reader reader = new JsonEdit.Reader(edits);
    while (reader.hasNext()) {
      reader.next().apply(document);
    }
    RowBuffer text = new RowBuffer(0);
    text.reserve((long) to - from + edits.length);
    document.write(text);
    escape(text, out);
  }

  @Override
  public void apply(
      byte[] value, int from, int to, byte[] edits, int first, int last, RowBuffer out) {
    apply(value, from, to, plain(edits, start(edits, first), last), out);
  }

  /** Joins them as they are, but where they are twice as many as at the last time all were read. */
  @Override
  public void join(
      byte[] some, int from, int to, byte[] others, int first, int last, RowBuffer out) {
    int start = start(some, from);
    int more = start(others, first);
    long size = (long) to - start + last - more;
    if (size <= 2 * settled(some, from, start) + ROOM) {
      bytes(some, from, to, out);
      bytes(others, more, last, out);
      return;
    }
    JsonEditList all = new JsonEditList();
    all.addAll(plain(some, start, to));
    all.addAll(plain(others, more, last));
    RowBuffer edits = new RowBuffer(0);
    all.write(edits);
    put(edits.length + (long) Escapes.count(edits.bytes, 0, edits.length), edits, out);
  }

  /** A row's edits for people, as functions of the document. */
  public static String shown(byte[] row, int from, int to) {
    JsonEdit.Reader reader = new JsonEdit.Reader(plain(row, start(row, from), to));
    List<String> shown = new ArrayList<>();
    while (reader.hasNext()) {
      shown.add(reader.next().shown());
    }
    return String.join(", ", shown);
  }

  /** Where the edits begin behind the mark and what was settled. */
  private static int start(byte[] text, int from) {
    int at = from + MARK;
    while (text[at] != ';') {
      at++;
    }
    return at + 1;
  }

  /** How many bytes the edits had when all of them were read. */
  private static long settled(byte[] text, int from, int start) {
    long settled = 0;
    for (int i = from + MARK; i < start - 1; i++) {
      settled = settled * 10 + (text[i] - '0');
    }
    return settled;
  }

  private static RowBuffer plain(byte[] text, int from, int to) {
    RowBuffer plain = new RowBuffer(to - from);
    plain.length = Escapes.read(text, from, to, plain.bytes, 0);
    return plain;
  }

  private static void escape(RowBuffer plain, RowBuffer row) {
    row.reserve(plain.length + (long) Escapes.count(plain.bytes, 0, plain.length));
    row.length = Escapes.write(plain.bytes, 0, plain.length, row.bytes, row.length);
  }

  private static void bytes(byte[] from, int first, int last, RowBuffer to) {
    to.reserve(last - first);
    System.arraycopy(from, first, to.bytes, to.length, last - first);
    to.length += last - first;
  }
}
