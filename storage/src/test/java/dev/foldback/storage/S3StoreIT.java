package dev.foldback.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;
import dev.foldback.testkit.store.ObjectStoreContract;
import dev.foldback.testkit.store.S3Server;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class S3StoreIT extends ObjectStoreContract {
  @SuppressWarnings("NullAway.Init")
  private static S3Server server;

  @BeforeAll
  static void start() {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected ObjectStore open(String name) {
    return Stores.open(server.url(name), environment(S3Server.SECRET_KEY));
  }

  @Override
  protected String secret() {
    return S3Server.SECRET_KEY;
  }

  private static Map<String, String> environment(String secret) {
    return Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", secret);
  }

  @Test
  void putIfAbsentIsTheStoresOwn() {
    assertThat(open("x").capabilities().conditionalPut()).isTrue();
    assertThat(
            Stores.open(server.url("x") + "&conditional_put=false", Map.of())
                .capabilities()
                .conditionalPut())
        .isFalse();
  }

  @Test
  void aWrongKeyIsDeniedAndDoesNotShow() {
    String url = server.url("x").replace("s3://", "s3://test-identity:wrong-secret-value@");

    ObjectStore store = Stores.open(url, Map.of());

    assertThat(store.describe()).doesNotContain("wrong-secret-value", "test-identity");
    assertThatThrownBy(() -> store.putIfAbsent("a", new byte[1]))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED);
              assertThat(e.effect()).isEqualTo(StoreException.Effect.NONE);
              assertThat(e.hint()).contains("AWS_ACCESS_KEY_ID");
              assertThat(e).hasNoCause();
            })
        .hasMessageNotContaining("wrong-secret-value");
  }

  @Test
  void aMissingBucketIsSaidSo() {
    String url = server.url("x").replace(S3Server.BUCKET, "no-such-bucket");

    assertThatThrownBy(
            () -> Stores.open(url, environment(S3Server.SECRET_KEY)).putIfAbsent("a", new byte[1]))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NO_PLACE));
  }
}
