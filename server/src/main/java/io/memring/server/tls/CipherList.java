package io.memring.server.tls;

import io.memring.server.tls.TlsFileException.Subject;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Cipher suites in OpenSSL's notation: {@code HIGH:!aNULL} or {@code ECDHE+AESGCM:AES256-SHA}. A
 * list says nothing about the suites of TLS 1.3, which are always there.
 */
final class CipherList {

    /** Words for groups of suites, for those groups that the libraries still have. */
    private static final Map<String, Predicate<String>> GROUPS =
            Map.ofEntries(
                    Map.entry("ALL", _ -> true),
                    Map.entry("DEFAULT", _ -> true),
                    Map.entry("HIGH", name -> !name.contains("DES")),
                    Map.entry("ECDHE", name -> name.startsWith("ECDHE-")),
                    Map.entry("EECDH", name -> name.startsWith("ECDHE-")),
                    Map.entry("kECDHE", name -> name.startsWith("ECDHE-")),
                    Map.entry("DHE", name -> name.startsWith("DHE-")),
                    Map.entry("EDH", name -> name.startsWith("DHE-")),
                    Map.entry("ECDSA", name -> name.contains("ECDSA-")),
                    Map.entry("aECDSA", name -> name.contains("ECDSA-")),
                    Map.entry("RSA", name -> !name.contains("-ECDSA-")),
                    Map.entry("aRSA", name -> !name.contains("-ECDSA-")),
                    Map.entry("kRSA", name -> !name.contains("DHE-")),
                    Map.entry("AES", name -> name.contains("AES")),
                    Map.entry("AES128", name -> name.contains("AES128")),
                    Map.entry("AES256", name -> name.contains("AES256")),
                    Map.entry("AESGCM", name -> name.contains("-GCM-")),
                    Map.entry("CHACHA20", name -> name.contains("CHACHA20")),
                    Map.entry("3DES", name -> name.contains("DES-CBC3")),
                    Map.entry("SHA1", name -> name.endsWith("-SHA")),
                    Map.entry("SHA256", name -> name.endsWith("-SHA256")),
                    Map.entry("SHA384", name -> name.endsWith("-SHA384")));

    private final String list;

    /** By OpenSSL's name, the library's. */
    private final Map<String, String> known = new LinkedHashMap<>();

    private final List<String> tls13 = new ArrayList<>();

    private CipherList(String list, Collection<String> suites) {
        this.list = list;
        for (String suite : suites) {
            if (suite.contains("_WITH_")) {
                known.put(openSslName(suite), suite);
            } else {
                tls13.add(suite);
            }
        }
    }

    /** {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256} is {@code ECDHE-RSA-AES128-GCM-SHA256}. */
    private static String openSslName(String suite) {
        return suite.replaceFirst("^TLS_(RSA_WITH_)?", "")
                .replace("_WITH_", "-")
                .replaceFirst("AES_(\\d+)", "AES$1")
                .replaceFirst("_CBC", "")
                .replaceFirst("POLY1305_SHA256$", "POLY1305")
                .replace('_', '-');
    }

    /**
     * The suites that a list selects.
     *
     * @param suites what the library has, in the JDK's names
     */
    static List<String> select(String list, Collection<String> suites) throws TlsFileException {
        return new CipherList(list, suites).select();
    }

    private List<String> select() throws TlsFileException {
        Set<String> selected = new LinkedHashSet<>();
        Set<String> banned = new LinkedHashSet<>();
        for (String word : list.split("[:, ]", -1)) {
            if (word.startsWith("!")) {
                banned.addAll(named(word.substring(1)));
            } else if (word.startsWith("-")) {
                selected.removeAll(named(word.substring(1)));
            } else if (!word.isEmpty() && !word.startsWith("@") && !word.startsWith("+")) {
                Set<String> wanted = named(word);
                if (wanted.isEmpty()) {
                    throw refused("there is no cipher suite " + word);
                }
                selected.addAll(wanted);
            }
        }
        selected.removeAll(banned);
        if (selected.isEmpty()) {
            throw refused("no cipher suite is left");
        }
        List<String> result = new ArrayList<>(tls13);
        selected.forEach(name -> result.add(known.getOrDefault(name, name)));
        return result;
    }

    private TlsFileException refused(String reason) {
        return new TlsFileException(Subject.CIPHERS, list, reason);
    }

    /** The suites that have all of the properties in {@code a+b}, or that name. */
    private Set<String> named(String word) {
        Set<String> names = new LinkedHashSet<>(known.keySet());
        for (String part : word.split("\\+", -1)) {
            Predicate<String> group = GROUPS.get(part);
            names.removeIf(
                    group != null
                            ? group.negate()
                            : name -> !name.equals(part) && !part.equals(known.get(name)));
        }
        return names;
    }
}
