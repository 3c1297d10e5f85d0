package dev.foldback.core.moment;

import dev.foldback.core.engine.RowSource;
import java.io.InputStream;

/** A table that began empty. */
final class NoRows implements RowSource {
  @Override
  public InputStream open() {
    return InputStream.nullInputStream();
  }

  @Override
  public long rows() {
    return 0;
  }

  @Override
  public long bytes() {
    return 0;
  }
}
