package dev.foldback.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.testkit.store.ObjectStoreContract;
import dev.foldback.testkit.store.SftpServer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SftpStoreIT extends ObjectStoreContract {
  @SuppressWarnings("NullAway.Init")
  private static SftpServer server;

  @BeforeAll
  static void start() {
    server = SftpServer.start();
  }

  @AfterAll
  static void stop() {
    @Nullable SftpServer started = server;
    if (started != null) {
      started.close();
    }
  }

  @Override
  protected ObjectStore open(String name) {
    return Stores.open(server.url(name), Map.of("FOLDBACK_SFTP_KEY", server.userKey().toString()));
  }

  @Test
  void putIfAbsentIsALookBeforeAWrite() {
    assertThat(open("x").capabilities().conditionalPut()).isFalse();
  }
}
