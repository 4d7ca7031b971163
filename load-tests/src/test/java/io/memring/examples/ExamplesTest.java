package io.memring.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.client.HashRing;
import io.memring.client.ring.Node;
import io.memring.server.MemringServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The examples in README files and javadoc: all compile for Java 17, and all run against real nodes
 * but those that leave a client open.
 */
@Timeout(120)
final class ExamplesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int MIN_EXAMPLES = 20;

    private static final MemringServer ONE = start();
    private static final MemringServer TWO = start();

    @TempDir static Path classes;

    private static MemringServer start() {
        return MemringServer.builder().port(0).memoryLimitMegabytes(16).start();
    }

    @AfterAll
    static void stopNodes() {
        ONE.close();
        TWO.close();
    }

    private static List<Example> examples() throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(ROOT.resolve("README.md"));
        files.add(ROOT.resolve("hash-ring-client/README.md"));
        for (String module : List.of("hash-ring-client", "server")) {
            try (Stream<Path> all = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.addAll(all.filter(file -> file.toString().endsWith(".java")).toList());
            }
        }
        List<Example> examples = new ArrayList<>();
        for (Path file : files) {
            examples.addAll(Example.in(ROOT, file));
        }
        return examples;
    }

    /** An example as the compiler gets it, with nodes that are there instead of those it names. */
    private static final class Source extends SimpleJavaFileObject {
        private final Example example;
        private final String packageName;

        Source(Example example, int number) {
            this.example = example;
            this.packageName = "example" + number;
            super(
                    URI.create("string:///" + className(example, number) + Kind.SOURCE.extension),
                    Kind.SOURCE);
        }

        private static String className(Example example, int number) {
            return example.className("example" + number).replace('.', '/');
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return example.source(packageName)
                    .replaceAll("\"(cache-a|127\\.0\\.0\\.1:11211)(:11211)?\"", address(ONE))
                    .replaceAll("\"(cache-b|127\\.0\\.0\\.1:11212)(:11211)?\"", address(TWO));
        }

        private static String address(MemringServer node) {
            return "\"127.0.0.1:" + node.port() + '"';
        }

        /** Runs it, if it is one that can be run. */
        void run(ClassLoader loader) throws Exception {
            if (example.isProgram()) {
                loader.loadClass(example.className(packageName))
                        .getMethod("main", String[].class)
                        .invoke(null, (Object) new String[0]);
            } else if (!example.isClass() && example.closesAll()) {
                try (HashRing client =
                        HashRing.builder()
                                .node(Node.of("127.0.0.1", ONE.port()))
                                .operationTimeout(Duration.ofSeconds(20))
                                .build()) {
                    client.admin().flushAll();
                    ((Surroundings)
                                    loader.loadClass(example.className(packageName))
                                            .getConstructor(HashRing.class)
                                            .newInstance(client))
                            .run();
                }
            }
        }
    }

    @TestFactory
    Collection<DynamicTest> examples_compileAndRun() throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Example example : examples()) {
            sources.add(new Source(example, sources.size()));
        }
        assertThat(sources).hasSizeGreaterThan(MIN_EXAMPLES);
        Map<JavaFileObject, List<String>> complaints = compile(sources);
        URL[] compiled = {classes.toUri().toURL()};
        ClassLoader loader = new URLClassLoader(compiled, ExamplesTest.class.getClassLoader());
        return sources.stream()
                .map(
                        source ->
                                DynamicTest.dynamicTest(
                                        source.example.place(),
                                        () -> check(source, complaints.get(source), loader)))
                .toList();
    }

    private static void check(Source source, @Nullable List<String> complaints, ClassLoader loader)
            throws Exception {
        assertThat(complaints).as(source.example.code()).isNull();
        source.run(loader);
    }

    /** Compiles all at once; what the compiler complains of, by file. */
    private static Map<JavaFileObject, List<String>> compile(List<Source> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options =
                List.of(
                        "--release",
                        "17",
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        classPath + File.pathSeparator + classes);
        compiler.getTask(null, null, complaints, options, null, sources).call();
        Map<JavaFileObject, List<String>> byFile = new HashMap<>();
        for (Diagnostic<? extends JavaFileObject> complaint : complaints.getDiagnostics()) {
            if (complaint.getKind() == Diagnostic.Kind.ERROR) {
                byFile.computeIfAbsent(complaint.getSource(), file -> new ArrayList<>())
                        .add(complaint.getMessage(Locale.ROOT));
            }
        }
        return byFile;
    }
}
