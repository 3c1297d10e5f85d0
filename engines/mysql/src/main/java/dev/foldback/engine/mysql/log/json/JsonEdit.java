package dev.foldback.engine.mysql.log.json;

import dev.foldback.core.engine.UnfitEditsException;
import dev.foldback.core.frame.RowBuffer;
import dev.foldback.engine.mysql.log.json.JsonPath.Leg;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One edit of a document. Written it is the sign of its kind, then the path behind its length and a
 * colon, and the value so too: {@code =3:$.a2:17} puts 17 in the place of {@code $.a}.
 */
final class JsonEdit {
  /** What an edit does. */
  enum Kind {
    REPLACE('='),
    INSERT('+'),
    REMOVE('-');

    private final char sign;

    Kind(char sign) {
      this.sign = sign;
    }

    private static Kind of(byte sign) {
      for (Kind kind : values()) {
        if (kind.sign == sign) {
          return kind;
        }
      }
      throw new UnfitEditsException("an edit of a JSON document of no known kind");
    }
  }

  private static final byte[] NOTHING = {};

  final Kind kind;

  /** As MySQL writes it. */
  final byte[] path;

  /** JSON text; empty where something is removed. */
  final byte[] value;

  JsonEdit(Kind kind, byte[] path, byte[] value) {
    this.kind = kind;
    this.path = path;
    this.value = value;
  }

  void write(RowBuffer to) {
    append(to, Character.toString(kind.sign).getBytes(StandardCharsets.US_ASCII));
    part(path, to);
    if (kind != Kind.REMOVE) {
      part(value, to);
    }
  }

  private static void part(byte[] part, RowBuffer to) {
    append(to, (part.length + ":").getBytes(StandardCharsets.US_ASCII));
    append(to, part);
  }

  private static void append(RowBuffer to, byte[] bytes) {
    to.reserve(bytes.length);
    System.arraycopy(bytes, 0, to.bytes, to.length, bytes.length);
    to.length += bytes.length;
  }

  /** Reads what {@link #write} wrote. */
  static final class Reader {
    private final byte[] bytes;
    private final int end;
    private int at;

    Reader(RowBuffer written) {
      this.bytes = written.bytes;
      this.end = written.length;
    }

    boolean hasNext() {
      return at < end;
    }

    JsonEdit next() {
      Kind kind = Kind.of(bytes[at++]);
      byte[] path = part();
      return new JsonEdit(kind, path, kind == Kind.REMOVE ? NOTHING : part());
    }

    private byte[] part() {
      long size = 0;
      while (at < end && bytes[at] != ':') {
        size = size * 10 + (bytes[at++] - '0');
      }
      int from = ++at;
      if (size < 0 || size > end - from) {
        throw new UnfitEditsException("an edit of a JSON document that is cut");
      }
      at = from + (int) size;
      return Arrays.copyOfRange(bytes, from, at);
    }
  }

  List<Leg> legs() {
    return JsonPath.legs(path, 0, path.length);
  }

  void apply(JsonDocument document) {
    switch (kind) {
      case REPLACE -> document.replace(legs(), value);
      case INSERT -> document.insert(legs(), value);
      case REMOVE -> document.remove(legs());
    }
  }

  /** Whether what it does to its place moves the elements behind that of an array. */
  boolean shifts() {
    return kind != Kind.REPLACE && path[path.length - 1] == ']';
  }

  /** As a person would write it in a statement. */
  String shown() {
    String name =
        switch (kind) {
          case REPLACE -> "JSON_REPLACE";
          case INSERT -> shifts() ? "JSON_ARRAY_INSERT" : "JSON_INSERT";
          case REMOVE -> "JSON_REMOVE";
        };
    String more = kind == Kind.REMOVE ? "" : ", " + new String(value, StandardCharsets.UTF_8);
    String where = new String(path, StandardCharsets.UTF_8).replace("'", "''");
    return name + "('" + where + "'" + more + ")";
  }
}
