package dev.foldback.core.diff;

import dev.foldback.core.log.RowImage;
import dev.foldback.core.log.TableState;

/** Hears of each row that differs, table after table. Images are reused. */
public interface DiffListener {
  void added(TableState table, RowImage after);

  void changed(TableState table, RowImage before, RowImage after);

  void removed(TableState table, RowImage before);
}
