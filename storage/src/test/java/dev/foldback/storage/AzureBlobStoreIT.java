package dev.foldback.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.testkit.store.AzuriteServer;
import dev.foldback.testkit.store.ObjectStoreContract;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AzureBlobStoreIT extends ObjectStoreContract {
  @SuppressWarnings("NullAway.Init")
  private static AzuriteServer server;

  @BeforeAll
  static void start() {
    server = AzuriteServer.start();
  }

  @AfterAll
  static void stop() {
    @Nullable AzuriteServer started = server;
    if (started != null) {
      started.close();
    }
  }

  @Override
  protected ObjectStore open(String name) {
    return Stores.open(
        server.url(name),
        Map.of(
            "AZURE_STORAGE_ACCOUNT", AzuriteServer.ACCOUNT,
            "AZURE_STORAGE_KEY", AzuriteServer.KEY));
  }

  @Override
  protected String secret() {
    return AzuriteServer.KEY;
  }

  @Test
  void aConnectionStringIsEnough() {
    String text =
        "DefaultEndpointsProtocol=http;AccountName=%s;AccountKey=%s;BlobEndpoint=%s;"
            .formatted(AzuriteServer.ACCOUNT, AzuriteServer.KEY, server.endpoint());
    try (ObjectStore store =
        Stores.open(
            "az://" + AzuriteServer.CONTAINER + "/connection",
            Map.of("AZURE_STORAGE_CONNECTION_STRING", text))) {
      store.putIfAbsent("a", new byte[3]);
      assertThat(store.get("a")).hasSize(3);
      assertThat(store.capabilities().conditionalPut()).isTrue();
    }
  }
}
