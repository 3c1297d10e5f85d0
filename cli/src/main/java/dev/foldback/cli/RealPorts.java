package dev.foldback.cli;

import dev.foldback.cli.output.Printer;
import dev.foldback.core.engine.DatabaseEngine;
import dev.foldback.core.engine.Endpoint;
import dev.foldback.core.repository.Repository;
import dev.foldback.core.repository.RepositoryInfo;
import dev.foldback.core.store.ObjectStore;
import dev.foldback.engine.mysql.MySqlEngine;
import dev.foldback.engine.mysql.connect.OptionFiles;
import dev.foldback.repository.InitOptions;
import dev.foldback.repository.RecoveryKey;
import dev.foldback.repository.Repositories;
import dev.foldback.storage.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The real stores, repositories and engines. */
final class RealPorts implements Ports {
  private final Environment environment;

  RealPorts(Environment environment) {
    this.environment = environment;
  }

  @Override
  public RepositoryInfo init(String location, Optional<Path> keyFile) {
    try (ObjectStore store = Stores.open(location, environment.variables())) {
      return Repositories.init(store, new InitOptions(keyFile, environment.clock()));
    }
  }

  @Override
  public Repository open(
      String location, Optional<Path> keyFile, Printer printer, Consumer<String> storeNotes) {
    Optional<RecoveryKey> key = keyFile.map(RecoveryKey::read);
    key.ifPresent(k -> k.findings().forEach(printer::warning));
    ObjectStore store = Stores.open(location, environment.variables(), storeNotes);
    try {
      return new OwningRepository(Repositories.open(store, key, environment.clock()), store);
    } catch (Throwable e) {
      store.close();
      throw e;
    }
  }

  @Override
  public List<DatabaseEngine> engines() {
    return List.of(new MySqlEngine());
  }

  @Override
  public Endpoint complete(Endpoint endpoint) {
    return new OptionFiles(environment.variables(), environment.home()).fill(endpoint);
  }
}
