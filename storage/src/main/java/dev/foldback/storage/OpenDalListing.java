package dev.foldback.storage;

import dev.foldback.core.store.Keys;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.opendal.AsyncOperator;
import org.apache.opendal.Entry;
import org.apache.opendal.Metadata;
import org.apache.opendal.OpenDALException;

/**
 * Lists folder by folder, because OpenDAL gathers a whole answer in memory: so it holds a few
 * folders at a time, however large the store is. Several folders are asked for ahead, and each is
 * asked for again on its own after a passing failure.
 */
final class OpenDalListing {
  private static final int AHEAD = 8;
  private static final int ANSWER_BYTES = 512 << 10;
  private static final Duration LEFTOVER = Duration.ofDays(1);

  private final AsyncOperator operator;
  private final OpenDalErrors errors;
  private final OpenDalCalls calls;
  private final Retry retry;

  OpenDalListing(AsyncOperator operator, OpenDalErrors errors, OpenDalCalls calls, Retry retry) {
    this.operator = operator;
    this.errors = errors;
    this.calls = calls;
    this.retry = retry;
  }

  private record Asked(String folder, CompletableFuture<List<Entry>> answer) {}

  void list(String prefix, Consumer<StoredObject> each) {
    Deque<String> waiting = new ArrayDeque<>(List.of(prefix));
    Deque<Asked> asked = new ArrayDeque<>();
    while (!waiting.isEmpty() || !asked.isEmpty()) {
      while (!waiting.isEmpty() && asked.size() < AHEAD) {
        String folder = waiting.removeFirst();
        asked.addLast(new Asked(folder, ask(folder)));
      }
      Asked next = asked.removeFirst();
      for (Entry entry : answer(next)) {
        visit(next.folder(), entry, waiting, each);
      }
    }
  }

  private CompletableFuture<List<Entry>> ask(String folder) {
    return calls.start(() -> operator.list(folder), "list " + folder);
  }

  private List<Entry> answer(Asked asked) {
    CompletableFuture<?>[] current = {asked.answer()};
    return retry.call(
        () -> {
          CompletableFuture<?> first = current[0];
          current[0] = null;
          return first == null
              ? entries(ask(asked.folder()), asked)
              : entries(asked.answer(), asked);
        });
  }

  private List<Entry> entries(CompletableFuture<List<Entry>> answer, Asked asked) {
    String what = "list " + asked.folder();
    try {
      return calls.result(answer, what, Effect.NONE, ANSWER_BYTES);
    } catch (OpenDALException e) {
      if (e.getCode() == OpenDALException.Code.NotFound && !OpenDalErrors.noSuchPlace(e)) {
        return List.of();
      }
      throw errors.read(what, e);
    }
  }

  private void visit(
      String folder, Entry entry, Deque<String> waiting, Consumer<StoredObject> each) {
    String path = entry.getPath();
    Metadata metadata = entry.getMetadata();
    if (!path.startsWith(folder) || path.equals(folder)) {
      return; // The folder itself.
    }
    if (path.startsWith(OpenDalStore.TEMPORARY, folder.length())) {
      removeLeftover(path, OpenDalStore.modified(metadata));
    } else if (metadata.isDir()) {
      if (path.length() > 1 && Keys.isKey(path.substring(0, path.length() - 1))) {
        waiting.addLast(path);
      }
    } else if (Keys.isKey(path)) {
      each.accept(
          new StoredObject(path, metadata.getContentLength(), OpenDalStore.modified(metadata)));
    }
  }

  private void removeLeftover(String path, Instant modified) {
    if (modified.equals(Instant.EPOCH) || modified.isAfter(Instant.now().minus(LEFTOVER))) {
      return;
    }
    try {
      calls.await(() -> operator.delete(path), "remove " + path, Effect.UNKNOWN, 0);
    } catch (OpenDALException | StoreException e) {
      // Who may only read still gets the listing; the next writer's listing removes it.
    }
  }
}
