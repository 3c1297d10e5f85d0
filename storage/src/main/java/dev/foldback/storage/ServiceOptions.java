package dev.foldback.storage;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.opendal.ServiceConfig;

/**
 * A location's options in OpenDAL's words: what the URL says first, then the environment, then
 * defaults. Which options a service has is read from OpenDAL's own classes.
 */
final class ServiceOptions {
  /** Options of Foldback itself, for every service. */
  static final String CONDITIONAL_PUT = "conditional_put";

  /** For how many seconds a call is tried again. */
  static final String PATIENCE = "patience";

  static final String TLS = "tls";

  private final Location location;
  private final Service service;
  private final Set<String> known;
  private final Map<String, String> options = new LinkedHashMap<>();

  private ServiceOptions(Location location, Service service) {
    this.location = location;
    this.service = service;
    this.known = known(location, service);
  }

  static Map<String, String> of(
      Location location, Service service, Map<String, String> environment) {
    ServiceOptions made = new ServiceOptions(location, service);
    made.fromUrl();
    made.fromEnvironment(environment);
    made.defaults();
    return made.options;
  }

  /** Values that must not show anywhere. */
  static Collection<String> secrets(Map<String, String> options) {
    return options.entrySet().stream()
        .filter(e -> secret(e.getKey(), options))
        .map(Map.Entry::getValue)
        .filter(value -> value.length() > 3)
        .collect(Collectors.toSet());
  }

  private static boolean secret(String name, Map<String, String> options) {
    if (name.equals("key")) {
      return !options.containsKey("known_hosts_strategy"); // SFTP's key is a file's name.
    }
    return !name.endsWith("_path")
        && !name.endsWith("_id")
        && Set.of("key", "secret", "token", "password", "credential", "connection", "delegation")
            .stream()
            .anyMatch(name::contains);
  }

  private void fromUrl() {
    location.options().forEach(this::option);
    String host = location.host();
    if (service.host().equals("endpoint")) {
      need(host, "a server, such as " + service.name() + "://host/folder");
      options.putIfAbsent("endpoint", address() + host);
    } else if (!service.host().isEmpty()) {
      need(host, "a " + service.host() + ", such as " + service.name() + "://NAME/folder");
      options.putIfAbsent(service.host(), host);
    } else if (!host.isEmpty()) {
      throw Location.bad(
          "The " + service.name() + " URL names a host, which this scheme has no use for",
          "Write " + service.name() + ":///folder?option=value with: " + String.join(", ", known));
    }
    login(service.user(), location.user());
    login(service.password(), location.password().map(secret -> secret.reveal()));
    if (!location.path().isEmpty()) {
      options.put("root", "/" + location.path());
    }
  }

  private String address() {
    String tls = location.options().getOrDefault(TLS, "");
    if (tls.isEmpty() || service.address().equals("ssh://")) {
      return service.address();
    }
    return tls.equals("true") ? "https://" : "http://";
  }

  private static void need(String host, String what) {
    if (host.isEmpty()) {
      throw Location.bad("The URL names no place", "It needs " + what);
    }
  }

  private void login(String option, Optional<String> value) {
    if (value.isPresent() && option.isEmpty()) {
      throw Location.bad(
          "The " + service.name() + " URL holds a login that this service can't use",
          service.name().equals("sftp")
              ? "SFTP logs in with keys: put the key's file into ?key=/path, or load ssh-agent."
              : "Give the credentials by the environment; docs/stores.md lists the names.");
    }
    value.ifPresent(text -> options.putIfAbsent(option, text));
  }

  private void option(String name, String value) {
    if (name.equals(CONDITIONAL_PUT) || name.equals(TLS)) {
      if (!value.equals("true") && !value.equals("false")) {
        throw Location.bad(
            "Option '" + name + "' must be true or false", "Write " + name + "=true");
      }
      return;
    }
    if (name.equals(PATIENCE)) {
      var _ = patience(Map.of(name, value));
      return;
    }
    String option = service.friendly().getOrDefault(name, name);
    if (!known.contains(option)) {
      Set<String> names = new TreeSet<>(known);
      names.addAll(service.friendly().keySet());
      names.add(CONDITIONAL_PUT);
      names.add(PATIENCE);
      throw Location.bad(
          "The " + service.name() + " URL has an option '" + name + "' that nothing knows",
          "Did you mean '" + Nearest.to(name, names) + "'? There are: " + String.join(", ", names));
    }
    options.put(option, value);
  }

  /** How long to try again. */
  static RetryPolicy patience(Map<String, String> given) {
    String seconds = given.get(PATIENCE);
    if (seconds == null) {
      return RetryPolicy.DEFAULT;
    }
    if (!seconds.matches("[1-9][0-9]{0,4}")) {
      throw Location.bad(
          "Option 'patience' must be whole seconds, 1 to 99999", "Write patience=120");
    }
    return RetryPolicy.patient(Duration.ofSeconds(Long.parseLong(seconds)));
  }

  private void fromEnvironment(Map<String, String> environment) {
    if (service.name().startsWith("az") && !options.containsKey("account_key")) {
      String text = environment.getOrDefault("AZURE_STORAGE_CONNECTION_STRING", "");
      if (!text.isEmpty() && !options.containsKey("sas_token")) {
        AzureConnection.options(text).forEach(options::putIfAbsent);
      }
    }
    boolean ownKeys = options.keySet().stream().anyMatch(name -> secret(name, options));
    BiConsumer<String, String> set =
        (option, value) -> {
          // A key from the URL with a session token from the environment would fit no account.
          if (!(ownKeys && secret(option, options))) {
            options.putIfAbsent(option, value);
          }
        };
    service
        .environment()
        .forEach(
            (option, names) ->
                names.stream()
                    .map(name -> environment.getOrDefault(name, ""))
                    .filter(value -> !value.isEmpty())
                    .findFirst()
                    .ifPresent(value -> set.accept(option, value)));
  }

  private void defaults() {
    if (service.name().equals("s3") && options.containsKey("endpoint")) {
      options.putIfAbsent("region", "us-east-1");
    }
    if (service.name().equals("azblob") && options.containsKey("account_name")) {
      options.putIfAbsent(
          "endpoint", "https://" + options.get("account_name") + ".blob.core.windows.net");
    }
    if (service.name().equals("sftp")) {
      options.putIfAbsent("known_hosts_strategy", "strict");
    }
  }

  private static Set<String> known(Location location, Service service) {
    String wanted = service.name().replace("-", "");
    return Arrays.stream(ServiceConfig.class.getDeclaredClasses())
        .filter(type -> type.getSimpleName().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst()
        .map(
            type ->
                Arrays.stream(type.getDeclaredFields())
                    .filter(field -> !field.isSynthetic())
                    .map(field -> field.getName().replaceAll("([A-Z])", "_$1"))
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .filter(name -> !name.equals("root"))
                    .collect(Collectors.toCollection(TreeSet::new)))
        .orElseThrow(() -> unknownScheme(location.scheme()));
  }

  private static RuntimeException unknownScheme(String scheme) {
    Set<String> schemes =
        Arrays.stream(ServiceConfig.class.getDeclaredClasses())
            .map(type -> type.getSimpleName().replaceAll("([a-z])([A-Z])", "$1-$2"))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    schemes.add("file");
    return Location.bad(
        "No store has the scheme '" + scheme + "'",
        "Did you mean '" + Nearest.to(scheme, schemes) + "://'? docs/stores.md lists them all.");
  }
}
