package dev.foldback.storage;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;
import dev.foldback.core.store.StoreException.Effect;
import dev.foldback.core.store.StoreException.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.opendal.AsyncOperator;
import org.apache.opendal.Capability;
import org.apache.opendal.OpenDALException;

/** Opens stores by their location: a path, or a URL of any scheme that docs/stores.md lists. */
public final class Stores {
  private Stores() {}

  /**
   * Opens a store. Nothing is sent yet: a wrong password or host shows at the first call.
   *
   * @param environment where credentials are looked for, such as {@link System#getenv()}
   * @throws dev.foldback.core.FoldbackException {@code BAD_URL} where the location makes no sense
   */
  public static ObjectStore open(String location, Map<String, String> environment) {
    return open(location, environment, note -> {});
  }

  /**
   * The same.
   *
   * @param notes hears what is worth showing while calls wait, such as that the store asks to slow
   *     down, and an empty text when that is over; called by several threads
   */
  public static ObjectStore open(
      String location, Map<String, String> environment, Consumer<String> notes) {
    if (location.isBlank()) {
      throw Location.bad("The repository's location is empty", "Give a folder or a URL.");
    }
    if (location.startsWith("memory:")) {
      return new MemoryStore(location.substring("memory:".length()));
    }
    Optional<Location> url = Location.parse(location);
    if (url.isEmpty()) {
      return new LocalStore(path(location));
    }
    return url.get().scheme().equals("file")
        ? new LocalStore(path(url.get()))
        : remote(url.get(), environment, notes);
  }

  private static Path path(Location url) {
    if (!(url.host().isEmpty() || url.host().equals("localhost")) || !url.options().isEmpty()) {
      throw Location.bad(
          "A file URL names a path of this machine and has no options",
          "Write file:///folder, or just /folder.");
    }
    return path("/" + url.path());
  }

  private static Path path(String text) {
    try {
      if (text.startsWith("file:") || text.matches("(?s)[a-z0-9]{2,}:/[^/].*")) {
        throw Location.bad(
            "'"
                + text.substring(0, text.indexOf(':'))
                + ":/' looks like a URL with a slash missing",
            "Write scheme://..., or ./" + "name for a folder with a colon in its name.");
      }
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw Location.bad("The location is no path: " + e.getReason(), "Give a folder or a URL.");
    }
  }

  private static ObjectStore remote(
      Location url, Map<String, String> environment, Consumer<String> notes) {
    Service service = Service.of(url.scheme());
    Map<String, String> options = ServiceOptions.of(url, service, environment);
    OpenDalErrors errors =
        new OpenDalErrors(url.shown(), loginHint(service), ServiceOptions.secrets(options));
    AsyncOperator operator = operator(service, options, errors);
    Capability can = operator.info.fullCapability;
    if (!(can.read && can.write && can.stat && can.delete && can.list && can.shared)) {
      operator.close();
      throw unfit(service);
    }
    boolean wanted = !"false".equals(url.options().get(ServiceOptions.CONDITIONAL_PUT));
    boolean rename = service.rename() && can.rename;
    RetryPolicy policy = ServiceOptions.patience(url.options());
    Retry retry = new Retry(policy, Timer.SYSTEM, random(), notes);
    OpenDalStore store =
        new OpenDalStore(
            operator,
            shown(url, options),
            errors,
            new OpenDalCalls(errors, policy.patience()),
            retry,
            wanted && can.writeWithIfNotExists && !rename,
            rename);
    return new Retrying(new Bounded(store, service.atOnce()), retry);
  }

  /** Safe for several threads, which one seeded generator is not. */
  private static RandomGenerator random() {
    return () -> ThreadLocalRandom.current().nextLong();
  }

  /** Two buckets of one name at two endpoints are two places. */
  private static String shown(Location url, Map<String, String> options) {
    String endpoint = url.options().containsKey("endpoint") ? options.get("endpoint") : null;
    return endpoint == null
        ? url.shown()
        : url.shown() + " at " + endpoint.replaceAll("//[^/@]*@", "//").replaceAll("\\?.*", "");
  }

  private static AsyncOperator operator(
      Service service, Map<String, String> options, OpenDalErrors errors) {
    try {
      return AsyncOperator.of(service.name(), options);
    } catch (OpenDALException e) {
      if (e.getCode() == OpenDALException.Code.Unsupported) {
        throw unfit(service);
      }
      throw Location.bad(
          "The " + service.name() + " URL is not complete: " + errors.line(e),
          "Add what is missing as an option (?name=value) or by the environment; docs/stores.md"
              + " lists both.");
    } catch (LinkageError | RuntimeException e) {
      throw new StoreException(
          Kind.UNSUPPORTED,
          Effect.NONE,
          "Apache OpenDAL's native library does not load here ("
              + System.getProperty("os.name")
              + ", "
              + System.getProperty("os.arch")
              + "): only local folders work",
          "Foldback ships it for Linux on x86-64 with glibc. It is unpacked to "
              + System.getProperty("java.io.tmpdir")
              + ": see that this folder is there, has 50 MB of room and is not mounted noexec, or"
              + " name another one with FOLDBACK_JAVA_OPTS=-Djava.io.tmpdir=/path.",
          e);
    }
  }

  private static RuntimeException unfit(Service service) {
    return Location.bad(
        "A repository can't live in '"
            + service.name()
            + "': it does not offer all of read, write,"
            + " list and delete to several machines, or is not in this build of OpenDAL",
        "Use a bucket, SFTP, WebDAV or a folder; docs/stores.md lists what works.");
  }

  private static String loginHint(Service service) {
    return switch (service.name()) {
      case "sftp" ->
          "See that 'sftp -P PORT USER@HOST' logs in without a question: the host must be in"
              + " ~/.ssh/known_hosts and the key in ssh-agent or in ?key=/path.";
      case "s3" ->
          "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or AWS_PROFILE), the region, and that"
              + " they may list, read, write and delete in this bucket.";
      default ->
          "Check the credentials and what they may do; docs/stores.md lists where they are taken"
              + " from.";
    };
  }
}
