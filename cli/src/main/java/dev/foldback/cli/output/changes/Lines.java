package dev.foldback.cli.output.changes;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Whole lines, handed on many at once: what others print comes between lines. */
final class Lines {
  private static final int MANY = 1 << 16;

  private final PrintStream out;
  private final StringBuilder held = new StringBuilder();

  Lines(PrintStream out) {
    this.out = out;
  }

  void add(String line, String end) {
    held.append(line).append(end);
    if (held.length() > MANY) {
      flush();
    }
  }

  /** Fails where nobody reads any more. */
  void flush() {
    byte[] bytes = held.toString().getBytes(StandardCharsets.UTF_8);
    held.setLength(0);
    out.write(bytes, 0, bytes.length);
    if (out.checkError()) {
      throw new FoldbackException(
          ErrorCode.INTERRUPTED,
          "standard output was closed before the end",
          "Read it to its end.");
    }
  }
}
