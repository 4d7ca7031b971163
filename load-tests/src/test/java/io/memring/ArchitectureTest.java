package io.memring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The direction of modules and packages. A package may use what is named for it here, and nothing
 * else; a new library has to be written down before it is used.
 */
final class ArchitectureTest {

    private static final String[] EVERYWHERE = {"java..", "org.jspecify.annotations.."};

    private static final JavaClasses MEMRING =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.memring");

    @Test
    void packages_all_freeOfCycles() {
        slices().matching("io.memring.(**)").should().beFreeOfCycles().check(MEMRING);
    }

    @Test
    void slabAllocator_uses_nothingButTheJdk() {
        checkUses("io.memring.slab..", "sun.misc");
    }

    @Test
    void unsafe_isUsedBy_oneClass() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.memring.slab.SlabMemory")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("sun.misc")
                .check(MEMRING);
    }

    @Test
    void engine_uses_slabAllocatorAndRings() {
        checkUses("io.memring.engine..", "io.memring.slab..", "com.lmax.disruptor..");
    }

    @Test
    void engine_packages_pointFromWorkersToItemsToCommands() {
        checkUsedOnlyBy("io.memring.engine.item..", "io.memring.engine");
        checkUses("io.memring.engine.item..", "io.memring.engine.command..", "io.memring.slab..");
        checkUses("io.memring.engine.command..");
    }

    @Test
    void slabAllocator_isUsedBy_engineAndBenchmarks_itsCallsOfCByTheServer() {
        checkUsedOnlyBy("io.memring.slab", "io.memring.engine..", "io.memring.load.jmh..");
        checkUsedOnlyBy("io.memring.slab.libc..", "io.memring.slab", "io.memring.server..");
    }

    @Test
    void protocols_use_buffersAlone() {
        checkUses("io.memring.protocol.text..", "io.netty.buffer..", "io.netty.util..");
        checkUses("io.memring.protocol.binary..", "io.netty.buffer..", "io.netty.util..");
    }

    @Test
    void saslAuth_uses_nothingButTheJdk() {
        checkUses("io.memring.sasl..", "javax.crypto..", "javax.security..");
    }

    @Test
    void server_uses_engineAndProtocols() {
        checkUses(
                "io.memring.server..",
                "io.memring.engine..",
                "io.memring.protocol..",
                "io.memring.sasl..",
                "io.memring.slab.libc..",
                "io.netty..",
                "picocli..",
                "javax.crypto..",
                "javax.naming..",
                "javax.net.ssl..",
                "javax.security.auth..",
                "org.junit.jupiter.api..");
    }

    @Test
    void tls_uses_theTlsLibraryAlone() {
        checkUses("io.memring.server.tls..", "io.netty..", "javax.crypto..", "javax.net.ssl..");
    }

    @Test
    void server_packages_pointFromNodeToConnectionsToDispatch() {
        checkUsedOnlyBy(
                "io.memring.server.connection..",
                "io.memring.server",
                "io.memring.server.testsupport..");
        checkUsedOnlyBy(
                "io.memring.server.dispatch..",
                "io.memring.server",
                "io.memring.server.connection..");
        noClasses()
                .that()
                .resideOutsideOfPackage("io.memring.server.testsupport..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(MEMRING);
    }

    @Test
    void client_uses_protocolsAndSasl() {
        checkUses(
                "io.memring.client..",
                "io.memring.protocol..",
                "io.memring.sasl..",
                "io.netty..",
                "javax.naming..",
                "javax.net.ssl..",
                "jdk.jfr..",
                "com.fasterxml.jackson..",
                "com.github.benmanes.caffeine..",
                "io.micrometer..",
                "io.opentelemetry..");
    }

    @Test
    void client_optionalLibraries_stayInTheirPackages() {
        checkStays("com.fasterxml.jackson..", "io.memring.client.jackson..");
        checkStays("com.github.benmanes.caffeine..", "io.memring.client.caffeine..");
        checkStays("io.micrometer..", "io.memring.client.micrometer..");
        checkStays("io.opentelemetry..", "io.memring.client.opentelemetry..");
    }

    /** Checks that nobody outside of a package knows a library. */
    private static void checkStays(String library, String packageName) {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageName)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(MEMRING);
    }

    @Test
    void load_reports_knowResultsAlone() {
        checkUses("io.memring.load.result..", "org.HdrHistogram..");
        checkUses(
                "io.memring.load.report..",
                "io.memring.load.result..",
                "org.HdrHistogram..",
                "picocli..",
                "tools.jackson..");
    }

    @Test
    void randomness_anywhere_isInjected() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ThreadLocalRandom.class)
                .check(MEMRING);
    }

    /** Checks that classes of a package use that package, the JDK and the packages named. */
    private static void checkUses(String packageName, String... others) {
        String[] allowed =
                Stream.of(Stream.of(EVERYWHERE), Stream.of(packageName), Stream.of(others))
                        .flatMap(names -> names)
                        .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(packageName)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(MEMRING);
    }

    /** Checks that nobody but a package itself and the users named knows its classes. */
    private static void checkUsedOnlyBy(String packageName, String... users) {
        String[] allowed =
                Stream.concat(Stream.of(packageName), Stream.of(users)).toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(packageName)
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage(allowed)
                .check(MEMRING);
    }
}
