package dev.foldback.testkit.store;

import dev.foldback.testkit.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** S3Proxy over HTTP on a folder, with one bucket. */
public final class S3Server implements AutoCloseable {
  public static final String ACCESS_KEY = "test-identity";
  public static final String SECRET_KEY = "test-credential-never-shown";
  public static final String BUCKET = "backups";

  private final StoreProcess process;
  private final int port;

  private S3Server(StoreProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  public static S3Server start() {
    Path folder = StoreProcess.folder("s3");
    int port = FreePort.find();
    try {
      Files.createDirectories(folder.resolve("data").resolve(BUCKET));
      Path properties =
          Files.writeString(
              folder.resolve("properties"),
              """
              s3proxy.authorization=aws-v2-or-v4
              s3proxy.identity=%s
              s3proxy.credential=%s
              s3proxy.endpoint=http://127.0.0.1:%d
              jclouds.provider=filesystem-nio2
              jclouds.filesystem.basedir=%s
              """
                  .formatted(ACCESS_KEY, SECRET_KEY, port, folder.resolve("data")));
      Path logging =
          Files.writeString(
              folder.resolve("logback.xml"),
              "<configuration><root level=\"OFF\"/></configuration>");
      return new S3Server(StoreProcess.start(folder, port, command(properties, logging)), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path properties, Path logging) throws IOException {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx192m",
        "-XX:+UseSerialGC",
        "-Dlogback.configurationFile=" + logging,
        "-cp",
        classPath(),
        "org.gaul.s3proxy.Main",
        "--properties",
        properties.toString());
  }

  private static String classPath() throws IOException {
    try (InputStream in =
        S3Server.class.getResourceAsStream("/dev/foldback/testkit/s3/classpath")) {
      if (in == null) {
        throw new IllegalStateException("the module testkit/s3 was not built");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /** The URL of a folder in the bucket, without credentials. */
  public String url(String folder) {
    return url(folder, endpoint());
  }

  /** The same by another way, such as through a proxy. */
  public static String url(String folder, String endpoint) {
    return "s3://" + BUCKET + "/" + folder + "?endpoint=" + endpoint;
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
  }
}
