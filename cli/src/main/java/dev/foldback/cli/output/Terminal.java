package dev.foldback.cli.output;

import java.util.function.IntSupplier;

/**
 * What text is written to.
 *
 * @param live a screen that can be redrawn, rather than a file or a pipe
 * @param width of it, in characters
 */
public record Terminal(boolean live, Style style, IntSupplier width) {
  public static final Terminal NONE = new Terminal(false, Style.PLAIN, () -> 80);
}
