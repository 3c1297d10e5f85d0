package dev.foldback.core.engine;

/**
 * A column as it is in the frames.
 *
 * @param name unquoted
 * @param type as the server's catalogue prints it, such as {@code varchar(20)}
 * @param encoding how its values were read and are loaded
 */
public record ColumnLayout(String name, String type, Encoding encoding) {

  /** How a value becomes bytes. Part of the format: see docs/format.md. */
  public enum Encoding {
    /** The server's bytes of the value, escaped. */
    BYTES,
    /** Digits, signs and points only: needs no escape. */
    NUMBER,
    /** FLOAT and DOUBLE as the shortest decimal of the exact double. */
    FLOAT,
    /** ENUM and SET as the number that is stored. */
    INDEX,
    /** The text of a JSON document, to be loaded as utf8mb4. */
    JSON,
    /** Text of a type that takes characters, not bytes, such as UUID or INET6. */
    TEXT
  }
}
