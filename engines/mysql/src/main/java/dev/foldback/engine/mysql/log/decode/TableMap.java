package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.log.Event;

/**
 * What a TABLE_MAP event says: a number stands for a table of these column types until the end of
 * the statement.
 */
final class TableMap {
  static final int TINY = 1;
  static final int SHORT = 2;
  static final int LONG = 3;
  static final int FLOAT = 4;
  static final int DOUBLE = 5;
  static final int TIMESTAMP = 7;
  static final int LONGLONG = 8;
  static final int INT24 = 9;
  static final int DATE = 10;
  static final int TIME = 11;
  static final int DATETIME = 12;
  static final int YEAR = 13;
  static final int NEWDATE = 14;
  static final int VARCHAR = 15;
  static final int BIT = 16;
  static final int TIMESTAMP2 = 17;
  static final int DATETIME2 = 18;
  static final int TIME2 = 19;
  static final int BLOB_COMPRESSED = 140;
  static final int VARCHAR_COMPRESSED = 141;
  static final int VECTOR = 242;
  static final int JSON = 245;
  static final int NEWDECIMAL = 246;
  static final int ENUM = 247;
  static final int SET = 248;
  static final int BLOB = 252;
  static final int VAR_STRING = 253;
  static final int STRING = 254;
  static final int GEOMETRY = 255;

  final TableName name;

  /** One type code a column, that of ENUM and SET in place of STRING. */
  final int[] types;

  /** What the types' metadata bytes say, as unsigned numbers, the lowest byte first. */
  final int[] metas;

  TableMap(Event event) {
    Cursor in = new Cursor();
    in.set(event.bytes(), event.bodyStart(), event.bodyEnd());
    in.take(8);
    String schema = name(in);
    name = new TableName(schema, name(in));
    int columns = (int) in.packed();
    int from = in.take(columns);
    types = new int[columns];
    for (int i = 0; i < columns; i++) {
      types[i] = in.bytes[from + i] & 0xFF;
    }
    int size = (int) in.packed();
    Cursor meta = new Cursor();
    int start = in.take(size);
    meta.set(in.bytes, start, start + size);
    metas = new int[columns];
    for (int i = 0; i < columns; i++) {
      metas[i] = meta(meta, types, i);
    }
  }

  static long id(Event event) {
    Cursor in = new Cursor();
    in.set(event.bytes(), event.bodyStart(), event.bodyEnd());
    return in.little(6);
  }

  private static String name(Cursor in) {
    String name = in.text((int) in.packed());
    in.u8();
    return name;
  }

  private static int meta(Cursor in, int[] types, int i) {
    return switch (types[i]) {
      case STRING, VAR_STRING, ENUM, SET -> string(in, types, i);
      case VARCHAR, VARCHAR_COMPRESSED, BIT, NEWDECIMAL -> in.u16();
      case FLOAT,
          DOUBLE,
          BLOB,
          BLOB_COMPRESSED,
          GEOMETRY,
          JSON,
          VECTOR,
          TIMESTAMP2,
          DATETIME2,
          TIME2 ->
          in.u8();
      default -> 0;
    };
  }

  private static int string(Cursor in, int[] types, int i) {
    int real = in.u8();
    int length = in.u8();
    if (real == ENUM || real == SET) {
      types[i] = real;
      return length;
    }
    types[i] = STRING;
    // Two high bits of the length hide, turned over, in the type.
    return length | ((real & 0x30) ^ 0x30) << 4;
  }
}
