package dev.foldback.repository;

import dev.foldback.core.FoldbackException;
import dev.foldback.core.SourceName;
import dev.foldback.core.TableName;
import dev.foldback.core.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** What runs that died before their commit left behind, and the notes of this run. */
final class Pending {
  private static final int PARALLEL = 8;

  private final ObjectStore store;
  private final SourceName source;
  private final ObjectTable objects = new ObjectTable();
  private final Map<TableName, FrameList> frames = new ConcurrentHashMap<>();
  private final Queue<String> keys = new ConcurrentLinkedQueue<>();

  Pending(ObjectStore store, SourceName source) {
    this.store = store;
    this.source = source;
  }

  /** Reads the notes of dead runs. */
  void load() {
    store.list(Keys.pending(source), each -> keys.add(each.key()));
    each(List.copyOf(keys), this::loadNote);
  }

  private void loadNote(String key) {
    try {
      PendingNote note = PendingNote.parse(store.get(key), key);
      int object = objects.of(note.object(), note.bytes());
      for (PendingNote.Item item : note.frames()) {
        FrameRef f = item.frame();
        FrameList list = frames.computeIfAbsent(item.table(), t -> new FrameList(objects));
        byte[] hash = Hash.parse(f.rowHash());
        synchronized (list) {
          list.add(0, object, f.at(), f.length(), f.rows(), f.rowBytes(), hash);
        }
      }
    } catch (FoldbackException e) {
      // A note only saves work: without it its frames are sent again, and the commit removes it.
      return;
    }
  }

  FrameList frames(TableName table) {
    return frames.getOrDefault(table, new FrameList(objects));
  }

  void write(PendingNote note) {
    String key = Keys.pending(source, note.object());
    store.putIfAbsent(key, note.json());
    keys.add(key);
  }

  /** Removes all notes, once the snapshot is committed. */
  void clear() {
    each(List.copyOf(keys), this::delete);
  }

  private void delete(String key) {
    try {
      store.delete(key);
    } catch (FoldbackException e) {
      // The snapshot is committed; a note that stays is removed by the next run.
      return;
    }
  }

  private interface Action {
    void on(String key);
  }

  private static void each(List<String> all, Action action) {
    if (all.isEmpty()) {
      return;
    }
    ExecutorService pool = StoreThreads.pool("pending", Math.min(PARALLEL, all.size()));
    try {
      List<Future<?>> tasks = new ArrayList<>();
      all.forEach(key -> tasks.add(pool.submit(() -> action.on(key))));
      tasks.forEach(StoreThreads::get);
    } finally {
      pool.shutdownNow();
    }
  }
}
