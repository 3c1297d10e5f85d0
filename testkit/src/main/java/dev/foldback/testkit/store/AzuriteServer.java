package dev.foldback.testkit.store;

import dev.foldback.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.opentest4j.TestAbortedException;

/** Azurite, Microsoft's emulator of Azure Blob Storage, with one container. */
public final class AzuriteServer implements AutoCloseable {
  public static final String ACCOUNT = "devstoreaccount1";
  public static final String CONTAINER = "backups";

  /** The emulator's well-known key, the same everywhere. */
  public static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final String VERSION = "2023-11-03";

  private final StoreProcess process;
  private final int port;

  private AzuriteServer(StoreProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  public static AzuriteServer start() {
    Path program = program();
    Path folder = StoreProcess.folder("azurite");
    int port = FreePort.find();
    List<String> command =
        List.of(
            "node",
            program.toString(),
            "--blobHost",
            "127.0.0.1",
            "--blobPort",
            String.valueOf(port),
            "--location",
            folder.toString(),
            "--silent",
            "--disableTelemetry",
            "--skipApiVersionCheck");
    AzuriteServer server = new AzuriteServer(StoreProcess.start(folder, port, command), port);
    server.createContainer();
    return server;
  }

  /** Installed by the project's script, where npm is at hand. */
  private static Path program() {
    Path setup = setup();
    try {
      Process process =
          new ProcessBuilder(setup.toString(), "stores")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.onExit().join();
      for (String line : said.lines().toList()) {
        if (line.startsWith("azurite=") && Files.exists(Path.of(line.substring(8)))) {
          return Path.of(line.substring(8));
        }
      }
      throw new TestAbortedException(
          "Azurite is not here, and npm to install it is missing: install Node.js and run"
              + " testkit/setup stores. It said: "
              + said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path setup() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("testkit/setup"))) {
        return at.resolve("testkit/setup");
      }
    }
    throw new IllegalStateException("testkit/setup not found above the working folder");
  }

  private void createContainer() {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    String signed =
        "PUT\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:%s\nx-ms-version:%s\n/%3$s/%3$s/%4$s\nrestype:container"
            .formatted(date, VERSION, ACCOUNT, CONTAINER);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint() + "/" + CONTAINER + "?restype=container"))
            .header("x-ms-date", date)
            .header("x-ms-version", VERSION)
            .header("Authorization", "SharedKey " + ACCOUNT + ":" + sign(signed))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 201) {
        throw new IllegalStateException("No container: " + response.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port + "/" + ACCOUNT;
  }

  /** The URL of a folder in the container, without credentials. */
  public String url(String folder) {
    return "azblob://" + CONTAINER + "/" + folder + "?endpoint=" + endpoint();
  }

  @Override
  public void close() {
    process.close();
  }
}
