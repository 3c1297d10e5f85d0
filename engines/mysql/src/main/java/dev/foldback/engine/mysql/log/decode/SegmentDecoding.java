package dev.foldback.engine.mysql.log.decode;

import dev.foldback.core.TableName;
import dev.foldback.core.log.ChangeListener;
import dev.foldback.core.log.Definitions;
import dev.foldback.core.log.LogDecoding;
import dev.foldback.core.log.LogPlace;
import dev.foldback.core.log.SegmentManifest;
import dev.foldback.core.log.Transaction;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decodes segments of a binary log. */
public final class SegmentDecoding implements LogDecoding {
  private final Definitions definitions;
  private final LogDecoder decoder;

  public SegmentDecoding(Definitions definitions, ChangeListener listener, Path workFolder) {
    this.definitions = definitions;
    this.decoder = new LogDecoder(this::table, listener, workFolder);
  }

  private @Nullable LoggedTable table(TableName name) {
    return definitions
        .table(name)
        .map(state -> LoggedTable.of(state.definition(), state.object().definition()))
        .filter(table -> !table.isWithoutRows() || table.showsOthers())
        .or(
            () ->
                definitions
                    .sequence(name)
                    .map(sequence -> LoggedTable.sequence(name, sequence.definition())))
        .orElse(null);
  }

  @Override
  public void whileWanted(Predicate<Transaction> wanted) {
    decoder.whileWanted(wanted);
  }

  @Override
  public void passOver() {
    decoder.abandon();
  }

  @Override
  public boolean decode(SegmentManifest segment, LogPlace from, InputStream bytes) {
    if (!segment.stretch().header().isEmpty()) {
      decoder.format(Base64.getDecoder().decode(segment.stretch().header()));
    }
    return decoder.decode(from.file(), from.offset(), bytes);
  }

  @Override
  public void close() {
    decoder.close();
  }
}
