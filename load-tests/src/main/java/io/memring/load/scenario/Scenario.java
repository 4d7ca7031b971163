package io.memring.load.scenario;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Values of options, by the options' names.
 *
 * @param name of a ready one, or of the file
 * @param description for people; empty if it has none
 * @param options in the file's order
 */
public record Scenario(String name, String description, Map<String, String> options) {

    /** The ready ones. */
    public static final List<String> NAMES =
            List.of(
                    "db-cache",
                    "session-store",
                    "write-heavy",
                    "big-values",
                    "hot-key",
                    "many-connections",
                    "churn");

    private static final String DESCRIPTION = "description";

    public Scenario {
        options = Map.copyOf(options);
    }

    /**
     * Reads a ready one by its name, or a file.
     *
     * @throws IllegalArgumentException if it is no scenario; the message is for the user
     */
    public static Scenario load(String nameOrFile) {
        Path file = Path.of(nameOrFile);
        boolean isReady = NAMES.contains(nameOrFile);
        if (!isReady && !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "no such scenario: " + nameOrFile + "; it is a file or one of " + names());
        }
        try (InputStream in = isReady ? resource(nameOrFile) : Files.newInputStream(file)) {
            return parse(nameOrFile, in);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the scenario " + nameOrFile, e);
        }
    }

    private static InputStream resource(String name) {
        InputStream in = Scenario.class.getResourceAsStream(name + ".yaml");
        if (in == null) {
            throw new IllegalStateException(name + " is missing from the build");
        }
        return in;
    }

    /** The names of the ready ones, in one line. */
    public static String names() {
        return String.join(", ", NAMES);
    }

    static Scenario parse(String name, InputStream in) {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        Object document;
        try {
            document = new Yaml(new SafeConstructor(limits)).load(in);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(
                    "the scenario " + name + " is not YAML: " + oneLine(e), e);
        }
        if (!(document instanceof Map<?, ?> entries)) {
            throw new IllegalArgumentException(
                    "the scenario " + name + " is a list of \"option: value\" lines");
        }
        Map<String, String> options = new LinkedHashMap<>();
        entries.forEach((key, value) -> options.put(String.valueOf(key), text(value)));
        String description = options.remove(DESCRIPTION);
        return new Scenario(name, description == null ? "" : description.strip(), options);
    }

    private static String oneLine(YAMLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** A value as it would be written on the command line. */
    private static String text(Object value) {
        return switch (value) {
            case Map<?, ?> weights ->
                    weights.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .collect(Collectors.joining(","));
            case List<?> items ->
                    items.stream().map(String::valueOf).collect(Collectors.joining(","));
            case Object scalar -> String.valueOf(scalar);
        };
    }
}
