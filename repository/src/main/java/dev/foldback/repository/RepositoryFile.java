package dev.foldback.repository;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code repository.json}. */
record RepositoryFile(String id, Instant created, List<String> recipients) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  byte[] bytes() {
    return Json.checked(
        Json.file()
            .put("id", id)
            .put("created", created.toString())
            .set("recipients", Json.texts(recipients)));
  }

  static Optional<RepositoryFile> find(ObjectStore store) {
    byte[] bytes;
    try {
      bytes = store.get(Keys.REPOSITORY);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
    Fields fields = Json.checked(bytes, Keys.REPOSITORY);
    String id = fields.text("id");
    if (!ID.matcher(id).matches()) {
      throw Damage.manifest(Keys.REPOSITORY, "'id' is not one");
    }
    List<String> recipients = fields.texts("recipients");
    Envelope.writers(recipients);
    return Optional.of(new RepositoryFile(id, fields.instant("created"), recipients));
  }

  static RepositoryFile read(ObjectStore store) {
    return find(store)
        .orElseThrow(
            () ->
                new FoldbackException(
                    ErrorCode.REPOSITORY_MISSING,
                    "there is no repository at " + store.describe(),
                    "Check the path, or make one with 'foldback init --repo …'."));
  }
}
