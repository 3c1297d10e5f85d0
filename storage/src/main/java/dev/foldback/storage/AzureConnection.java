package dev.foldback.storage;

import java.util.HashMap;
import java.util.Map;

/** Azure's connection string: {@code Name=value} with semicolons between. */
final class AzureConnection {
  private AzureConnection() {}

  static Map<String, String> options(String text) {
    Map<String, String> parts = new HashMap<>();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).trim(), part.substring(equals + 1).trim());
      }
    }
    Map<String, String> options = new HashMap<>();
    take(parts, "AccountName", options, "account_name");
    take(parts, "AccountKey", options, "account_key");
    take(parts, "SharedAccessSignature", options, "sas_token");
    take(parts, "BlobEndpoint", options, "endpoint");
    String account = parts.get("AccountName");
    if (!options.containsKey("endpoint") && account != null) {
      options.put(
          "endpoint",
          parts.getOrDefault("DefaultEndpointsProtocol", "https")
              + "://"
              + account
              + ".blob."
              + parts.getOrDefault("EndpointSuffix", "core.windows.net"));
    }
    return options;
  }

  private static void take(
      Map<String, String> parts, String part, Map<String, String> options, String option) {
    String value = parts.get(part);
    if (value != null) {
      options.put(option, value);
    }
  }
}
