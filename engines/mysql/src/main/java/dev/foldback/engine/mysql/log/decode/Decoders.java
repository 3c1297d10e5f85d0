package dev.foldback.engine.mysql.log.decode;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of a column, from its type in the definition and its type in the log. Null where the
 * two do not belong together: the definition is of another time then.
 */
final class Decoders {
  private static final int LARGEST_SHORT = 255;
  private static final Set<String> SHAPES =
      Set.of(
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection");

  private Decoders() {}

  static @Nullable ColumnDecoder of(LoggedColumn column, int type, int meta) {
    String base = column.base();
    return switch (type) {
      case TableMap.TINY -> integer(column, base.equals("tinyint"), 1);
      case TableMap.SHORT -> integer(column, base.equals("smallint"), 2);
      case TableMap.INT24 -> integer(column, base.equals("mediumint"), 3);
      case TableMap.LONG -> integer(column, base.equals("int"), 4);
      case TableMap.LONGLONG -> integer(column, base.equals("bigint"), 8);
      case TableMap.FLOAT -> base.equals("float") ? Numbers.single() : null;
      case TableMap.DOUBLE -> base.equals("double") ? Numbers.real() : null;
      case TableMap.NEWDECIMAL -> decimal(column, meta);
      case TableMap.YEAR -> base.equals("year") ? Numbers.year() : null;
      case TableMap.DATE, TableMap.NEWDATE -> base.equals("date") ? Numbers.date() : null;
      case TableMap.TIMESTAMP, TableMap.DATETIME, TableMap.TIME -> oldTime(column, type);
      case TableMap.TIMESTAMP2, TableMap.DATETIME2, TableMap.TIME2 -> time(column, type, meta);
      case TableMap.BIT -> bit(column, meta);
      case TableMap.ENUM -> number(column, "enum", meta);
      case TableMap.SET -> number(column, "set", meta);
      default -> bytes(column, base, type, meta);
    };
  }

  private static @Nullable ColumnDecoder integer(LoggedColumn column, boolean fits, int bytes) {
    if (!fits && !column.text().type().isEmpty()) {
      return null;
    }
    int width = column.text().zerofill() ? column.number(0, 1) : 0;
    return Numbers.integer(bytes, column.text().unsigned(), width);
  }

  private static @Nullable ColumnDecoder decimal(LoggedColumn column, int meta) {
    int precision = meta & 0xFF;
    int scale = meta >> 8;
    boolean fits =
        column.base().equals("decimal")
            && column.number(0, 10) == precision
            && column.number(1, 0) == scale;
    return fits ? Numbers.decimal(precision, scale, column.text().zerofill()) : null;
  }

  private static @Nullable ColumnDecoder time(LoggedColumn column, int type, int digits) {
    if (column.number(0, 0) != digits) {
      return null;
    }
    return switch (column.base()) {
      case "timestamp" -> type == TableMap.TIMESTAMP2 ? Numbers.timestamp(digits) : null;
      case "datetime" -> type == TableMap.DATETIME2 ? Numbers.datetime(digits) : null;
      case "time" -> type == TableMap.TIME2 ? Numbers.time(digits) : null;
      default -> null;
    };
  }

  private static @Nullable ColumnDecoder oldTime(LoggedColumn column, int type) {
    int digits = column.number(0, 0);
    return switch (column.base()) {
      case "timestamp" -> type == TableMap.TIMESTAMP ? Numbers.oldTimestamp(digits) : null;
      case "datetime" -> type == TableMap.DATETIME ? Numbers.oldDatetime(digits) : null;
      case "time" -> type == TableMap.TIME ? Numbers.oldTime(digits) : null;
      default -> null;
    };
  }

  private static @Nullable ColumnDecoder bit(LoggedColumn column, int meta) {
    int bits = (meta & 0xFF) + 8 * (meta >> 8);
    boolean fits = column.base().equals("bit") && column.number(0, 1) == bits;
    return fits ? Texts.fixed((bits + 7) / 8) : null;
  }

  private static @Nullable ColumnDecoder number(LoggedColumn column, String base, int bytes) {
    return column.base().equals(base) ? Numbers.integer(bytes, true, 0) : null;
  }

  private static @Nullable ColumnDecoder bytes(
      LoggedColumn column, String base, int type, int meta) {
    int prefix = meta > LARGEST_SHORT ? 2 : 1;
    return switch (base) {
      case "char" -> type == TableMap.STRING ? Texts.plain(prefix) : null;
      case "binary" -> {
        int width = column.number(0, 1);
        yield type == TableMap.STRING && meta == width ? Texts.padded(prefix, width) : null;
      }
      case "varchar" -> {
        boolean fits = column.number(0, 0) <= meta;
        yield fits ? variable(type, meta) : null;
      }
      // A compressed column has one byte more.
      case "varbinary" -> {
        boolean fits = column.number(0, 0) == meta || type == TableMap.VARCHAR_COMPRESSED;
        yield fits ? variable(type, meta) : null;
      }
      case "tinyblob", "tinytext" -> blob(type, meta, 1);
      case "blob", "text" -> blob(type, meta, 2);
      case "mediumblob", "mediumtext" -> blob(type, meta, 3);
      case "longblob", "longtext" -> blob(type, meta, 4);
      case "json" -> type == TableMap.JSON ? Texts.json(meta) : null;
      case "vector" ->
          type == TableMap.VECTOR
              ? Texts.plain(meta)
              : type == TableMap.VARCHAR ? Texts.plain(prefix) : null;
      case "uuid" -> fixed(type, meta, Addresses.UUID, (b, at, to) -> uuid(column, b, at, to));
      case "inet4" -> fixed(type, meta, Addresses.INET4, Addresses::inet4);
      case "inet6" -> fixed(type, meta, Addresses.INET6, Addresses::inet6);
      default -> SHAPES.contains(base) && type == TableMap.GEOMETRY ? Texts.plain(meta) : null;
    };
  }

  private static void uuid(
      LoggedColumn column, byte[] bytes, int at, dev.foldback.core.frame.RowBuffer to) {
    Addresses.uuid(bytes, at, column.text().old(), to);
  }

  private static @Nullable ColumnDecoder variable(int type, int meta) {
    int prefix = meta > LARGEST_SHORT ? 2 : 1;
    return switch (type) {
      case TableMap.VARCHAR -> Texts.plain(prefix);
      case TableMap.VARCHAR_COMPRESSED -> Texts.compressed(prefix);
      default -> null;
    };
  }

  private static @Nullable ColumnDecoder blob(int type, int meta, int lengthBytes) {
    if (meta != lengthBytes) {
      return null;
    }
    return switch (type) {
      case TableMap.BLOB -> Texts.plain(lengthBytes);
      case TableMap.BLOB_COMPRESSED -> Texts.compressed(lengthBytes);
      default -> null;
    };
  }

  private static @Nullable ColumnDecoder fixed(int type, int meta, int width, Texts.Form form) {
    return type == TableMap.STRING && meta == width ? Texts.address(1, width, form) : null;
  }
}
