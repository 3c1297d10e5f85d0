package dev.foldback.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/** Asks {@code stty} how wide the terminal is, again after a few seconds, since windows change. */
final class TerminalWidth implements IntSupplier {
  private static final long AGAIN_NANOS = 3_000_000_000L;
  private static final int USUAL = 80;

  private int width;
  private long asked;

  @Override
  public synchronized int getAsInt() {
    if (width == 0 || System.nanoTime() - asked > AGAIN_NANOS) {
      asked = System.nanoTime();
      width = ask();
    }
    return width;
  }

  private static int ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String[] size = answer.strip().split(" ", -1);
      int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
      return columns > 0 ? columns : USUAL;
    } catch (IOException | NumberFormatException noTerminal) {
      return USUAL;
    }
  }
}
