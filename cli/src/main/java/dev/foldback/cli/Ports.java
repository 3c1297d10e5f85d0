package dev.foldback.cli;

import dev.foldback.cli.output.Printer;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.RepositoryInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What commands reach the outside through. */
interface Ports {

  /** Makes a repository, and its recovery key where a file for it is named. */
  RepositoryInfo init(String location, Optional<Path> keyFile);

  /**
   * Opens a repository; closing it closes its store too. What is odd about the key is printed.
   *
   * @param storeNotes as {@link dev.foldback.storage.Stores#open} has them
   */
  Repository open(
      String location, Optional<Path> keyFile, Printer printer, Consumer<String> storeNotes);

  List<DatabaseEngine> engines();

  /** The endpoint with what the servers' own option files and variables add to it. */
  Endpoint complete(Endpoint endpoint);

  /** A folder of this process's own for what memory has no room for; made when it is needed. */
  default Path workFolder() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "foldback-" + ProcessHandle.current().pid());
  }
}
