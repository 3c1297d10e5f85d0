package dev.foldback.repository;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * The JSON of the repository. A file in the clear ends with {@code "check"}: SHA-256 over its bytes
 * with that value empty, so that damage to it shows.
 */
final class Json {
  static final String FORMAT = "foldback";
  static final int VERSION = 1;

  /** Longest string value: the definition of a stored program, in a statement of a server. */
  private static final int MAX_TEXT = 64 << 20;

  private static final String EMPTY_CHECK = "\"check\":\"\"}";
  private static final int CHECKED_TAIL = EMPTY_CHECK.length() + 2 * Hash.BYTES;

  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(MAX_TEXT).maxNestingDepth(20).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode texts(Collection<String> values) {
    ArrayNode array = MAPPER.createArrayNode();
    values.forEach(array::add);
    return array;
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new FoldbackException(
          ErrorCode.INTERNAL, "a record can't be written as JSON", "Report this as a defect.", e);
    }
  }

  static Fields parse(byte[] bytes, int from, int length, String where) {
    try {
      return new Fields(MAPPER.readTree(bytes, from, length), where);
    } catch (IOException e) {
      throw Damage.manifest(where, "it is not whole JSON", e);
    }
  }

  /** Begins a file of the repository. */
  static ObjectNode file() {
    return object().put("format", FORMAT).put("version", VERSION);
  }

  /** Ends a file of the repository: its bytes with the check. */
  static byte[] checked(ObjectNode file) {
    byte[] bytes = bytes(file.put("check", ""));
    byte[] hash = Hash.of(bytes).getBytes(StandardCharsets.US_ASCII);
    byte[] result = new byte[bytes.length + hash.length];
    int head = bytes.length - 2;
    System.arraycopy(bytes, 0, result, 0, head);
    System.arraycopy(hash, 0, result, head, hash.length);
    System.arraycopy(bytes, head, result, head + hash.length, 2);
    return result;
  }

  /** Reads a file of the repository that {@link #checked} made. */
  static Fields checked(byte[] bytes, String where) {
    int from = bytes.length - CHECKED_TAIL;
    if (from < 0) {
      throw Damage.manifest(where, "it is cut short");
    }
    byte[] plain = new byte[bytes.length - 2 * Hash.BYTES];
    System.arraycopy(bytes, 0, plain, 0, from);
    byte[] tail = EMPTY_CHECK.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(tail, 0, plain, from, tail.length);
    String stored = new String(bytes, bytes.length - 66, 64, StandardCharsets.ISO_8859_1);
    // The hash is of the tail as it must be: whether it is so is seen by its text alone.
    String end = new String(bytes, from, CHECKED_TAIL, StandardCharsets.ISO_8859_1);
    String due = EMPTY_CHECK.replace("\"\"", "\"" + stored + "\"");
    if (!end.equals(due) || !Hash.of(plain).equals(stored)) {
      throw Damage.manifest(where, "its check does not match its bytes");
    }
    Fields fields = parse(bytes, 0, bytes.length, where);
    if (!fields.text("format").equals(FORMAT) || fields.count("version") != VERSION) {
      throw new FoldbackException(
          ErrorCode.REPOSITORY_FORMAT,
          where
              + " has format "
              + Damage.clip(fields.text("format"))
              + " version "
              + fields.count("version")
              + "; this Foldback reads version "
              + VERSION
              + " and touched nothing",
          "Use a newer Foldback.");
    }
    return fields;
  }
}
