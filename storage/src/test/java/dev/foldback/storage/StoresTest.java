package dev.foldback.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldback.core.ErrorCode;
import dev.foldback.core.FoldbackException;
import dev.foldback.core.store.ObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s4://bucket/x                               | s3",
        "s3://bucket/x?regoin=eu                     | region",
        "s3:///folder                                | bucket",
        "s3:/bucket/folder                           | scheme://",
        "s3://bucket/a/../b                          | folder",
        "s3://bucket/x?region=a&region=b             | once",
        "s3://bucket/x?region                        | name=value",
        "s3://bucket/%zz                             | %25",
        "s3://bucket/x?endpoint=http://h&conditional_put=maybe | conditional_put=true",
        "sftp://u:secret-word@host/x                 | key",
        "dashmap:///x                                | docs/stores.md",
        "file://host/x                               | file:///",
        "''                                          | folder",
      })
  void aLocationThatMakesNoSenseIsRefusedWithAWayOut(String location, String hint) {
    assertThatThrownBy(() -> Stores.open(location, Map.of()))
        .isInstanceOfSatisfying(
            FoldbackException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.BAD_URL);
              assertThat(e.hint()).contains(hint);
            })
        .hasMessageNotContaining("secret-word");
  }

  /** A complete URL for each scheme of docs/stores.md; PORT is one that nobody may call. */
  private static final List<String> COMPLETE =
      List.of(
          "s3://k:s@b/x?endpoint=http://127.0.0.1:PORT",
          "gcs://b/x?endpoint=http://127.0.0.1:PORT",
          "gs://b/x?endpoint=http://127.0.0.1:PORT",
          "azblob://a:a2V5@c/x?endpoint=http://127.0.0.1:PORT",
          "az://a:a2V5@c/x?endpoint=http://127.0.0.1:PORT",
          "oss://k:s@b/x?endpoint=http://127.0.0.1:PORT",
          "cos://k:s@b/x?endpoint=http://127.0.0.1:PORT",
          "obs://k:s@b/x?endpoint=http://127.0.0.1:PORT",
          "b2://k:s@b/x?bucket_id=1",
          "swift://c/x?endpoint=http://127.0.0.1:PORT&token=t",
          "azdls://a:a2V5@f/x?endpoint=http://127.0.0.1:PORT",
          "azfile://a:a2V5@f/x?endpoint=http://127.0.0.1:PORT",
          "sftp://u@127.0.0.1:PORT/x?key_file=/nowhere",
          "webdav://u:p@127.0.0.1:PORT/x?tls=false",
          "webhdfs://127.0.0.1:PORT/x");

  @Test
  void everySchemeOfTheDocumentOpensAndSendsNothing() throws Exception {
    Set<String> schemes =
        COMPLETE.stream()
            .map(url -> url.substring(0, url.indexOf(':')))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(schemes).isEqualTo(documented());
    try (ServerSocket nobody = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (String url : COMPLETE) {
        String location = url.replace("PORT", String.valueOf(nobody.getLocalPort()));
        try (ObjectStore store = Stores.open(location, Map.of())) {
          assertThat(store.describe())
              .as(location)
              .startsWith(location.substring(0, location.indexOf(':')) + "://")
              .doesNotContain("k:s", "u:p", "a2V5");
        }
      }
      nobody.setSoTimeout(300);
      assertThatThrownBy(nobody::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  /** The schemes in the first column of the document's first table, but for folders and memory. */
  private static Set<String> documented() throws IOException {
    Set<String> schemes = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("../docs/stores.md"))) {
      if (line.startsWith("| `")) {
        Pattern.compile("`([a-z0-9]+)://")
            .matcher(line.substring(0, line.indexOf('|', 1)))
            .results()
            .forEach(match -> schemes.add(match.group(1)));
      }
    }
    schemes.remove("file");
    return schemes;
  }

  @Test
  void credentialsOfAUrlWorkAndNeverShow() {
    String url = "s3://AKIAKEY:s3cret%2Fword@bucket/folder?endpoint=http://user:pw9@localhost:1";
    try (ObjectStore store = Stores.open(url, Map.of())) {
      assertThat(store.describe())
          .isEqualTo("s3://bucket/folder at http://localhost:1")
          .doesNotContain("AKIAKEY", "s3cret", "pw9");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3://b/x?region=eu                 | AWS_REGION=us,AWS_ACCESS_KEY_ID=k |"
            + " region=eu,access_key_id=k,bucket=b,root=/x",
        "s3://b?endpoint=http://h           | A=b                  |"
            + " region=us-east-1,endpoint=http://h",
        "az://c                             | AZURE_STORAGE_ACCOUNT=acc |"
            + " container=c,endpoint=https://acc.blob.core.windows.net",
        "gs://b                             | GOOGLE_APPLICATION_CREDENTIALS=/f |"
            + " credential_path=/f",
        "oss://b?endpoint=http://e          | OSS_ACCESS_KEY_ID=i  | access_key_id=i",
        "cos://b?endpoint=http://e          | TENCENTCLOUD_SECRET_KEY=s | secret_key=s",
        "obs://b?endpoint=http://e          | HUAWEI_CLOUD_ACCESS_KEY_ID=s | access_key_id=s",
        "obs://b?endpoint=http://e          | HUAWEICLOUD_SDK_AK=i,HUAWEICLOUD_SDK_SK=s |"
            + " access_key_id=i,secret_access_key=s",
        "b2://b?bucket-id=1                 | B2_APPLICATION_KEY=s | application_key=s,bucket_id=1",
        "sftp://u@h:22/x?key-file=/k        | A=b                  |"
            + " user=u,endpoint=ssh://h:22,key=/k,known_hosts_strategy=strict",
        "dav://u:p@h/x?tls=false            | A=b                  |"
            + " username=u,password=p,endpoint=http://h",
        "webhdfs://h:9870/x                 | HADOOP_USER_NAME=me  |"
            + " user_name=me,endpoint=http://h:9870",
        "swift://c?endpoint=http://e        | OS_AUTH_TOKEN=t      | token=t,container=c",
      })
  void urlAndEnvironmentBecomeTheServicesOptions(String url, String environment, String expected) {
    Location location = Location.parse(url).orElseThrow();

    Map<String, String> options =
        ServiceOptions.of(location, Service.of(location.scheme()), pairs(environment));

    assertThat(options).containsAllEntriesOf(pairs(expected));
  }

  @Test
  void secretsAreKnownAsSuch() {
    assertThat(
            ServiceOptions.secrets(
                Map.of("secret_access_key", "aaaa", "access_key_id", "bbbb", "sas_token", "cccc")))
        .containsExactlyInAnyOrder("aaaa", "cccc");
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : text.split(",", -1)) {
      pairs.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return pairs;
  }
}
