package dev.foldback.repository;

import dev.foldback.core.TableName;

/** Hears the lines of an index in their order. */
interface IndexLines {
  void object(String object, long bytes);

  /**
   * @param part which index object the line is in
   * @param offset of the line in its text
   */
  void table(IndexTable table, int part, int offset);

  void frame(int slice, FrameRef frame);

  /** What a table's line says. */
  record IndexTable(TableName name, long rows, long rowBytes, int slices, int frames) {}
}
