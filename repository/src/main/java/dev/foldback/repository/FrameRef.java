package dev.foldback.repository;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where a frame is and what it holds.
 *
 * @param at bytes from the start of the payload to the compressed frame
 * @param length of the compressed frame in bytes
 * @param rowHash SHA-256 of the content, lower-case hexadecimal
 */
record FrameRef(String object, int at, int length, int rows, int rowBytes, String rowHash) {

  ObjectNode json() {
    return put(Json.object().put("object", object));
  }

  ObjectNode put(ObjectNode node) {
    return node.put("at", at)
        .put("length", length)
        .put("rows", rows)
        .put("rowBytes", rowBytes)
        .put("rowHash", rowHash);
  }

  static FrameRef of(Fields fields) {
    return of(fields, fields.hash("object"));
  }

  static FrameRef of(Fields fields, String object) {
    FrameRef frame =
        new FrameRef(
            object,
            fields.size("at"),
            fields.size("length"),
            fields.size("rows"),
            fields.size("rowBytes"),
            fields.hash("rowHash"));
    if ((long) frame.at + frame.length > Integer.MAX_VALUE) {
      throw Damage.manifest(fields.where(), "a frame ends outside of any object");
    }
    return frame;
  }
}
