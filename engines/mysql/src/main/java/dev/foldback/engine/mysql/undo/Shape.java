package dev.foldback.engine.mysql.undo;

import dev.foldback.core.engine.ColumnLayout;
import java.util.Locale;

/** Kinds of values that differ in how a statement writes and compares them exactly. */
enum Shape {
  NUMBER,
  YEAR,
  FLOAT,
  /** The number of an ENUM's or SET's value. */
  INDEX,
  BIT,
  /** MySQL's documents. */
  JSON,
  /** What takes its text alone, such as a UUID. */
  TEXT,
  /** Dates and times. */
  TIME,
  CHARACTERS,
  BINARY,
  /** Bytes that the server compares in no simple way: geometries and vectors. */
  OPAQUE;

  static Shape of(ColumnLayout column) {
    String type = column.type().toLowerCase(Locale.ROOT);
    return switch (column.encoding()) {
      case NUMBER -> type.startsWith("year") ? YEAR : NUMBER;
      case FLOAT -> FLOAT;
      case INDEX -> INDEX;
      case JSON -> JSON;
      case TEXT -> TEXT;
      case BYTES -> ofBytes(type);
    };
  }

  private static Shape ofBytes(String type) {
    if (type.startsWith("bit")) {
      return BIT;
    }
    if (type.startsWith("date") || type.startsWith("time")) {
      return TIME;
    }
    if (type.contains("binary") || type.contains("blob")) {
      return BINARY;
    }
    return type.contains("char") || type.contains("text") ? CHARACTERS : OPAQUE;
  }
}
