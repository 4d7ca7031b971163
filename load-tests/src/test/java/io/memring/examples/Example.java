package io.memring.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example as it is written.
 *
 * @param place the file, and which of its examples it is
 * @param code what readers see
 */
record Example(String place, String code) {
    private static final Pattern MARKDOWN = Pattern.compile("(?ms)^```java\n(.*?)^```$");
    private static final Pattern JAVADOC =
            Pattern.compile("(?ms)^ *\\* <pre>\\{@code\n(.*?)^ *\\* }</pre>$");
    private static final Pattern STAR = Pattern.compile("(?m)^ *\\* ?");
    private static final Pattern CLASS = Pattern.compile("(?m)^(public )?class (\\w+) \\{");

    private static final String IMPORTS =
            """
            import static java.nio.charset.StandardCharsets.UTF_8;
            import io.memring.client.*;
            import io.memring.client.caffeine.*;
            import io.memring.client.codec.*;
            import io.memring.client.discovery.*;
            import io.memring.client.jackson.*;
            import io.memring.client.micrometer.*;
            import io.memring.client.opentelemetry.*;
            import io.memring.client.pattern.*;
            import io.memring.client.ring.*;
            import io.memring.server.*;
            import io.memring.server.testsupport.*;
            import io.micrometer.core.instrument.*;
            import io.opentelemetry.api.*;
            import java.net.*;
            import java.nio.file.Path;
            import java.time.*;
            import java.util.*;
            import net.spy.memcached.MemcachedClient;
            import org.junit.jupiter.api.Test;
            import org.junit.jupiter.api.extension.ExtendWith;
            """;

    /** The examples of a file, in Markdown or in the comments of Java. */
    static List<Example> in(Path root, Path file) throws IOException {
        boolean java = file.toString().endsWith(".java");
        Matcher block = (java ? JAVADOC : MARKDOWN).matcher(Files.readString(file));
        List<Example> found = new ArrayList<>();
        while (block.find()) {
            String code = java ? STAR.matcher(block.group(1)).replaceAll("") : block.group(1);
            found.add(new Example(root.relativize(file) + "#" + (found.size() + 1), code));
        }
        return found;
    }

    /** Whether it is a class rather than statements. */
    boolean isClass() {
        return CLASS.matcher(code).find();
    }

    /** Whether it is a program. */
    boolean isProgram() {
        return code.contains("void main(");
    }

    /** Whether it leaves nothing behind that has to be closed. */
    boolean closesAll() {
        boolean opens = code.contains("HashRing.builder()") || code.contains("MemcachedClient(");
        return !opens || code.contains("try (");
    }

    /** The name of the class that {@link #source} declares, in the package of that name. */
    String className(String packageName) {
        Matcher name = CLASS.matcher(code);
        return packageName + '.' + (name.find() ? name.group(2) : "Statements");
    }

    /** A file of Java that can be compiled: the example with what is meant around it. */
    String source(String packageName) {
        String head = "package " + packageName + ";\n";
        if (code.startsWith("import ")) {
            return head + code;
        }
        if (isClass()) {
            return head + IMPORTS + code.replace("…", "").replace("...", "");
        }
        return head
                + IMPORTS
                + """
                public final class Statements extends io.memring.examples.Surroundings {
                    public Statements(HashRing client) {
                        super(client);
                    }

                    @Override
                    public void run() throws Exception {
                        {
                """
                + code
                + "}}}\n";
    }
}
