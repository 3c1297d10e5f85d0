package dev.foldback.storage;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/**
 * What a scheme's URL means in OpenDAL's words.
 *
 * @param name OpenDAL's name of the service
 * @param host the option that the URL's host is; {@code endpoint} where it is a server's address
 * @param address what stands before the host in an endpoint, such as {@code https://}
 * @param user the option that the URL's user is; empty where there is none
 * @param password the same for the password
 * @param friendly other names for options
 * @param environment option to the variables that give it, the first set one counts
 * @param rename whether a write must go to a temporary name first, because it is not atomic
 * @param atOnce how many calls at once the service is asked
 */
record Service(
    String name,
    String host,
    String address,
    String user,
    String password,
    Map<String, String> friendly,
    Map<String, List<String>> environment,
    boolean rename,
    int atOnce) {
  private static final int CLOUD = 32;

  // Before KNOWN, which is made of them.
  private static final Map<String, String> AZURE_NAMES =
      Map.of("account", "account_name", "key", "account_key", "sas", "sas_token");

  private static final Map<String, List<String>> AZURE_ENVIRONMENT =
      Map.of(
          "account_name", List.of("AZURE_STORAGE_ACCOUNT", "AZURE_STORAGE_ACCOUNT_NAME"),
          "account_key", List.of("AZURE_STORAGE_KEY", "AZURE_STORAGE_ACCOUNT_KEY"),
          "sas_token", List.of("AZURE_STORAGE_SAS_TOKEN"));

  private static final Map<String, Service> KNOWN =
      Map.ofEntries(
          s3(),
          azblob(),
          gcs(),
          oss(),
          cos(),
          obs(),
          b2(),
          swift(),
          sftp(),
          webdav(),
          webhdfs(),
          azure("azdls", "filesystem"),
          azure("azfile", "share_name"));

  private static final Map<String, String> ALIASES =
      Map.of("gs", "gcs", "az", "azblob", "dav", "webdav", "hdfs", "webhdfs");

  /** The service behind a scheme; for one without rules here only options count. */
  static Service of(String scheme) {
    String name = ALIASES.getOrDefault(scheme, scheme);
    Service known = KNOWN.get(name);
    return known != null ? known : new Service(name, "", "", "", "", Map.of(), Map.of(), false, 8);
  }

  private static Map.Entry<String, Service> cloud(
      String name,
      String host,
      String user,
      String password,
      Map<String, String> friendly,
      Map<String, List<String>> environment) {
    return entry(
        name, new Service(name, host, "", user, password, friendly, environment, false, CLOUD));
  }

  private static Map.Entry<String, Service> s3() {
    return cloud(
        "s3",
        "bucket",
        "access_key_id",
        "secret_access_key",
        Map.of(
            "access_key", "access_key_id",
            "secret_key", "secret_access_key",
            "sse", "server_side_encryption",
            "sse_kms_key", "server_side_encryption_aws_kms_key_id",
            "storage_class", "default_storage_class",
            "anonymous", "allow_anonymous",
            "virtual_host", "enable_virtual_host_style"),
        Map.of(
            "access_key_id", List.of("AWS_ACCESS_KEY_ID"),
            "secret_access_key", List.of("AWS_SECRET_ACCESS_KEY"),
            "session_token", List.of("AWS_SESSION_TOKEN"),
            "region", List.of("AWS_REGION", "AWS_DEFAULT_REGION"),
            "endpoint", List.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")));
  }

  private static Map.Entry<String, Service> azblob() {
    return cloud(
        "azblob", "container", "account_name", "account_key", AZURE_NAMES, AZURE_ENVIRONMENT);
  }

  /** Azure's file services write in steps, so a name is given by a rename at the end. */
  private static Map.Entry<String, Service> azure(String name, String host) {
    return entry(
        name,
        new Service(
            name,
            host,
            "",
            "account_name",
            "account_key",
            AZURE_NAMES,
            AZURE_ENVIRONMENT,
            true,
            CLOUD));
  }

  private static Map.Entry<String, Service> gcs() {
    return cloud(
        "gcs",
        "bucket",
        "",
        "",
        Map.of(
            "credentials", "credential_path",
            "storage_class", "default_storage_class",
            "anonymous", "allow_anonymous"),
        Map.of("credential_path", List.of("GOOGLE_APPLICATION_CREDENTIALS")));
  }

  private static Map.Entry<String, Service> oss() {
    return cloud(
        "oss",
        "bucket",
        "access_key_id",
        "access_key_secret",
        Map.of(
            "access_key", "access_key_id",
            "secret_key", "access_key_secret",
            "session_token", "security_token",
            "anonymous", "allow_anonymous"),
        Map.of(
            "access_key_id", List.of("ALIBABA_CLOUD_ACCESS_KEY_ID", "OSS_ACCESS_KEY_ID"),
            "access_key_secret",
                List.of("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "OSS_ACCESS_KEY_SECRET"),
            "security_token", List.of("ALIBABA_CLOUD_SECURITY_TOKEN", "OSS_SESSION_TOKEN"),
            "endpoint", List.of("OSS_ENDPOINT")));
  }

  private static Map.Entry<String, Service> cos() {
    return cloud(
        "cos",
        "bucket",
        "secret_id",
        "secret_key",
        Map.of("access_key", "secret_id"),
        Map.of(
            "secret_id", List.of("TENCENTCLOUD_SECRET_ID", "COS_SECRET_ID"),
            "secret_key", List.of("TENCENTCLOUD_SECRET_KEY", "COS_SECRET_KEY"),
            "endpoint", List.of("COS_ENDPOINT")));
  }

  private static Map.Entry<String, Service> obs() {
    return cloud(
        "obs",
        "bucket",
        "access_key_id",
        "secret_access_key",
        Map.of("access_key", "access_key_id", "secret_key", "secret_access_key"),
        Map.of(
            "access_key_id",
                List.of("HUAWEICLOUD_SDK_AK", "HUAWEI_CLOUD_ACCESS_KEY_ID", "OBS_ACCESS_KEY_ID"),
            "secret_access_key",
                List.of(
                    "HUAWEICLOUD_SDK_SK",
                    "HUAWEI_CLOUD_SECRET_ACCESS_KEY",
                    "OBS_SECRET_ACCESS_KEY"),
            "endpoint", List.of("OBS_ENDPOINT")));
  }

  private static Map.Entry<String, Service> b2() {
    return cloud(
        "b2",
        "bucket",
        "application_key_id",
        "application_key",
        Map.of("key_id", "application_key_id", "key", "application_key"),
        Map.of(
            "application_key_id", List.of("B2_APPLICATION_KEY_ID"),
            "application_key", List.of("B2_APPLICATION_KEY"),
            "bucket_id", List.of("B2_BUCKET_ID")));
  }

  private static Map.Entry<String, Service> swift() {
    return cloud(
        "swift",
        "container",
        "",
        "",
        Map.of(),
        Map.of("token", List.of("OS_AUTH_TOKEN"), "endpoint", List.of("OS_STORAGE_URL")));
  }

  private static Map.Entry<String, Service> sftp() {
    return entry(
        "sftp",
        new Service(
            "sftp",
            "endpoint",
            "ssh://",
            "user",
            "",
            Map.of("key_file", "key", "known_hosts", "known_hosts_strategy"),
            Map.of("key", List.of("FOLDBACK_SFTP_KEY")),
            true,
            8));
  }

  private static Map.Entry<String, Service> webdav() {
    return entry(
        "webdav",
        new Service(
            "webdav",
            "endpoint",
            "https://",
            "username",
            "password",
            Map.of("user", "username"),
            Map.of(
                "username", List.of("WEBDAV_USERNAME"),
                "password", List.of("WEBDAV_PASSWORD"),
                "token", List.of("WEBDAV_TOKEN")),
            true,
            8));
  }

  private static Map.Entry<String, Service> webhdfs() {
    return entry(
        "webhdfs",
        new Service(
            "webhdfs",
            "endpoint",
            "http://",
            "user_name",
            "",
            Map.of("user", "user_name"),
            Map.of("user_name", List.of("HADOOP_USER_NAME")),
            false,
            8));
  }
}
