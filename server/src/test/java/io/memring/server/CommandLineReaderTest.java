package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.sasl.Mechanism;
import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.dispatch.PrefixConfig;
import io.memring.server.tls.TlsConfig.KeyFormat;
import io.memring.server.tls.TlsConfig.MinVersion;
import io.memring.server.tls.TlsConfig.TlsProvider;
import io.memring.server.tls.TlsMode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every flag and every option behind {@code -o}: mapped, taken without effect, or refused. */
class CommandLineReaderTest {

    /** A flag, a command line with it, and what it does to the configuration. */
    record FlagCase(
            Flag flag, String arguments, Function<ServerConfig, Object> property, Object expected) {

        @Override
        public String toString() {
            return arguments;
        }
    }

    static Stream<FlagCase> flagCases() {
        return Stream.of(
                new FlagCase(Flag.PORT, "-p 1234", c -> c.listen().port(), 1234),
                new FlagCase(Flag.PORT, "--port=1234", c -> c.listen().port(), 1234),
                new FlagCase(Flag.PORT, "-p1234", c -> c.listen().port(), 1234),
                new FlagCase(Flag.PORT, "-p 1 -p 2", c -> c.listen().port(), 2),
                new FlagCase(
                        Flag.PORT,
                        "-p -1",
                        c -> c.listen().addresses().getFirst(),
                        new ListenAddress(null, 0, TlsMode.OFF)),
                new FlagCase(Flag.PORT, "-p 0", c -> c.listen().addresses().size(), 0),
                new FlagCase(Flag.UDP_PORT, "-U 0", c -> c.listen().port(), 11211),
                new FlagCase(Flag.UDP_PORT, "-U 1234", c -> c.listen().port(), 1234),
                new FlagCase(Flag.UDP_PORT, "-p 1 -U 1234", c -> c.listen().port(), 1),
                new FlagCase(Flag.UDP_PORT, "-U 0", c -> c.listen().udpAddresses().size(), 0),
                new FlagCase(
                        Flag.UDP_PORT,
                        "-U 5",
                        c -> c.listen().udpAddresses().toString(),
                        "[localhost:5]"),
                new FlagCase(
                        Flag.UDP_PORT,
                        "-U -1 -l 127.0.0.1,127.0.0.2:7",
                        c -> c.listen().udpAddresses().toString(),
                        "[127.0.0.1:0, 127.0.0.2:7]"),
                new FlagCase(
                        Flag.UNIX_SOCKET,
                        "-s /nowhere/x",
                        c -> String.valueOf(c.listen().unixSocket()),
                        "/nowhere/x"),
                new FlagCase(Flag.UNIX_MASK, "-a 777", c -> c.listen().unixMask(), 0777),
                new FlagCase(
                        Flag.AUTH_FILE,
                        "-Y /nowhere/x",
                        c -> String.valueOf(c.auth().textUsers()),
                        "/nowhere/x"),
                new FlagCase(Flag.AUTH_FILE, "-Y x", c -> c.connections().binding(), Binding.ASCII),
                new FlagCase(Flag.AUTH_FILE, "-Y x", c -> c.connections().authTimeoutSeconds(), 10),
                new FlagCase(Flag.ENABLE_SASL, "-S -o sasl_file=x", c -> c.auth().sasl(), true),
                new FlagCase(
                        Flag.ENABLE_SASL,
                        "-S -o sasl_file=x",
                        c -> c.connections().binding(),
                        Binding.BINARY),
                new FlagCase(
                        Flag.ENABLE_SASL,
                        "-S -o sasl_file=x -Y x",
                        c -> c.connections().binding(),
                        Binding.AUTO),
                new FlagCase(Flag.ENABLE_SHUTDOWN, "-A", c -> c.commands().shutdown(), true),
                new FlagCase(
                        Flag.LISTEN,
                        "-l localhost -l [::1]:5,10.0.0.1",
                        c -> c.listen().addresses().toString(),
                        "[localhost:11211, [::1]:5, 10.0.0.1:11211]"),
                new FlagCase(
                        Flag.LISTEN,
                        "-B ascii -l proto[binary]:10.0.0.1,proto[negotiating]:10.0.0.2,10.0.0.3",
                        CommandLineReaderTest::bindings,
                        Arrays.asList(Binding.BINARY, Binding.AUTO, null)),
                new FlagCase(
                        Flag.LISTEN,
                        "-Y x -l proto[negotiating]:10.0.0.1",
                        CommandLineReaderTest::bindings,
                        List.of(Binding.ASCII)),
                new FlagCase(
                        Flag.LISTEN,
                        "-Y x -S -o sasl_file=x -l proto[ascii]:10.0.0.1,proto[binary]:10.0.0.2",
                        CommandLineReaderTest::bindings,
                        List.of(Binding.ASCII, Binding.BINARY)),
                new FlagCase(Flag.DAEMON, "-d", c -> c.listen().port(), 11211),
                new FlagCase(
                        Flag.MEMORY_LIMIT, "-m 1024", c -> c.engine().memoryLimit(), 1024L << 20),
                new FlagCase(Flag.DISABLE_EVICTIONS, "-M", c -> c.engine().evictToFree(), false),
                new FlagCase(Flag.CONN_LIMIT, "-c 9", c -> c.listen().maxConnections(), 9),
                new FlagCase(Flag.VERBOSE, "-v", ServerConfig::verbosity, 1),
                new FlagCase(Flag.VERBOSE, "-vv -v", ServerConfig::verbosity, 3),
                new FlagCase(
                        Flag.SLAB_GROWTH_FACTOR, "-f 1.25", c -> c.engine().growthFactor(), 1.25),
                new FlagCase(Flag.SLAB_MIN_SIZE, "-n 96", c -> c.engine().chunkSizeMin(), 96),
                new FlagCase(Flag.SLAB_MIN_SIZE, "-n 96", c -> c.engine().growthFactor(), 1.25),
                new FlagCase(
                        Flag.SLAB_MIN_SIZE, "-f 1.5 -n 96", c -> c.engine().growthFactor(), 1.5),
                new FlagCase(
                        Flag.SLAB_MIN_SIZE, "-n 96 -f 1.5", c -> c.engine().growthFactor(), 1.5),
                new FlagCase(
                        Flag.PREFIX_DELIMITER,
                        "-D .",
                        ServerConfig::prefixes,
                        new PrefixConfig('.', true)),
                new FlagCase(Flag.THREADS, "-t 2", c -> c.engine().workers(), 2),
                new FlagCase(
                        Flag.MAX_REQS_PER_EVENT,
                        "-R 1",
                        c -> c.connections().requestsPerEvent(),
                        1),
                new FlagCase(Flag.DISABLE_CAS, "-C", c -> c.engine().casEnabled(), false),
                new FlagCase(Flag.LISTEN_BACKLOG, "-b 8675", c -> c.listen().backlog(), 8675),
                new FlagCase(
                        Flag.PROTOCOL,
                        "-B binary -B ascii",
                        c -> c.connections().binding(),
                        Binding.ASCII),
                new FlagCase(
                        Flag.PROTOCOL, "-B binary", c -> c.connections().binding(), Binding.BINARY),
                new FlagCase(
                        Flag.PROTOCOL, "-B auto", c -> c.connections().binding(), Binding.AUTO),
                new FlagCase(
                        Flag.MAX_ITEM_SIZE, "-I 512k", c -> c.engine().itemSizeMax(), 512 << 10),
                new FlagCase(Flag.MAX_ITEM_SIZE, "-I 2m", c -> c.engine().itemSizeMax(), 2 << 20),
                new FlagCase(
                        Flag.MAX_ITEM_SIZE, "-I 2097152", c -> c.engine().itemSizeMax(), 2 << 20),
                new FlagCase(Flag.DISABLE_FLUSH_ALL, "-F", c -> c.commands().flush(), false),
                new FlagCase(Flag.DISABLE_DUMPING, "-X", c -> c.commands().dump(), false),
                new FlagCase(Flag.DISABLE_WATCH, "-W", c -> c.commands().watch(), false),
                new FlagCase(
                        Flag.EXTENDED,
                        "-o maxconns_fast,no_maxconns_fast -o idle_timeout=3",
                        c -> c.connections().idleTimeoutSeconds(),
                        3),
                new FlagCase(
                        Flag.ENABLE_SSL,
                        "-Z -o ssl_chain_cert=/c",
                        c -> c.listen().addresses().getFirst(),
                        new ListenAddress(null, 11211, TlsMode.DEFAULT)),
                new FlagCase(
                        Flag.TRANSPORT,
                        "--transport nio",
                        c -> c.listen().transport(),
                        Transport.NIO));
    }

    private static List<@Nullable Binding> bindings(ServerConfig config) {
        List<@Nullable Binding> bindings = new ArrayList<>();
        config.listen().addresses().forEach(each -> bindings.add(each.binding()));
        return bindings;
    }

    @ParameterizedTest
    @MethodSource("flagCases")
    void read_flag_changesTheConfiguration(FlagCase flag) {
        assertThat(flag.property().apply(config(flag.arguments()))).isEqualTo(flag.expected());
    }

    @Test
    void flagCases_coverEveryFlagThatWorks() {
        Set<Flag> wanted = EnumSet.noneOf(Flag.class);
        Arrays.stream(Flag.values())
                .filter(flag -> flag.support() == Support.WORKS)
                .forEach(wanted::add);
        wanted.removeAll(EnumSet.of(Flag.HELP, Flag.VERSION, Flag.LICENSE, Flag.PIDFILE));

        assertThat(flagCases().map(FlagCase::flag).collect(Collectors.toSet())).isEqualTo(wanted);
    }

    /** Options behind {@code -o}. */
    record ExtendedCase(String options, Function<ServerConfig, Object> property, Object expected) {

        @Override
        public String toString() {
            return options;
        }
    }

    static Stream<ExtendedCase> extendedCases() {
        return Stream.of(nodeCases(), tlsCases(), reportedCases()).flatMap(cases -> cases);
    }

    private static Stream<ExtendedCase> nodeCases() {
        return Stream.of(
                new ExtendedCase("maxconns_fast", c -> c.listen().rejectOverLimit(), true),
                new ExtendedCase("no_maxconns_fast", c -> c.listen().rejectOverLimit(), false),
                new ExtendedCase("lru_crawler", c -> c.engine().lruCrawler(), true),
                new ExtendedCase("no_lru_crawler", c -> c.engine().lruCrawler(), false),
                new ExtendedCase("lru_maintainer", c -> c.engine().lruMaintainer(), true),
                new ExtendedCase("no_lru_maintainer", c -> c.engine().lruMaintainer(), false),
                new ExtendedCase("hot_lru_pct=30", c -> c.engine().hotLruPercent(), 30),
                new ExtendedCase("warm_lru_pct=30", c -> c.engine().warmLruPercent(), 30),
                new ExtendedCase("hot_max_factor=0.5", c -> c.engine().hotMaxFactor(), 0.5),
                new ExtendedCase("warm_max_factor=1.5", c -> c.engine().warmMaxFactor(), 1.5),
                new ExtendedCase("temporary_ttl=61", c -> c.engine().temporaryTtl(), 61),
                new ExtendedCase("idle_timeout=3", c -> c.connections().idleTimeoutSeconds(), 3),
                new ExtendedCase("write_timeout=0", c -> c.connections().stalledWriteSeconds(), 0),
                new ExtendedCase("slab_chunk_max=16", c -> c.engine().slabChunkMax(), 16 << 10),
                new ExtendedCase(
                        "page_size=1m,no_chunked_items", c -> c.engine().slabChunkMax(), 1 << 20),
                new ExtendedCase("no_modern", c -> c.engine().lruMaintainer(), false),
                new ExtendedCase("stripes=8", c -> c.engine().stripes(), 8),
                new ExtendedCase("page_size=64k", c -> c.engine().pageSize(), 64 << 10),
                new ExtendedCase(
                        "allow_from=10.0.0.0/8,allow_from=::1",
                        c ->
                                c.listen()
                                        .allowed()
                                        .allows(
                                                new InetSocketAddress(
                                                        InetAddress.getLoopbackAddress(), 1)),
                        false),
                new ExtendedCase("udp_reply_max=2", c -> c.listen().udp().maxReplyBytes(), 2048),
                new ExtendedCase("udp_reply_rate=1", c -> c.listen().udp().bytesPerSecond(), 1024),
                new ExtendedCase("sasl_file=/x", c -> c.auth().sasl(), false),
                new ExtendedCase(
                        "sasl_mechanisms=plain:CRAM-MD5",
                        c -> c.auth().mechanisms(),
                        EnumSet.of(Mechanism.PLAIN, Mechanism.CRAM_MD5)),
                new ExtendedCase("auth_failures=0", c -> c.auth().failuresPerMinute(), 0),
                new ExtendedCase("auth_timeout=5", c -> c.connections().authTimeoutSeconds(), 0),
                new ExtendedCase("debug_commands", c -> c.commands().debug(), true));
    }

    private static Stream<ExtendedCase> tlsCases() {
        return Stream.of(
                new ExtendedCase("ssl_chain_cert=/c", c -> c.tls().chainCert(), "/c"),
                new ExtendedCase("ssl_key=/k", c -> c.tls().key(), "/k"),
                new ExtendedCase("ssl_keyformat=1", c -> c.tls().keyFormat(), KeyFormat.PEM),
                new ExtendedCase("ssl_keyformat=2", c -> c.tls().keyFormat(), KeyFormat.DER),
                new ExtendedCase("ssl_verify_mode=1", c -> c.tls().verifyMode().bits(), 1),
                new ExtendedCase("ssl_verify_mode=3", c -> c.tls().verifyMode().bits(), 7),
                new ExtendedCase(
                        "ssl_ciphers=HIGH:!aNULL", c -> orNone(c.tls().ciphers()), "HIGH:!aNULL"),
                new ExtendedCase("ssl_ca_cert=/a", c -> orNone(c.tls().caCert()), "/a"),
                new ExtendedCase("ssl_wbuf_size=64", c -> c.tls().recordSize(), 64 << 10),
                new ExtendedCase("ssl_session_cache", c -> c.tls().sessionCache(), true),
                new ExtendedCase("ssl_kernel_tls", c -> c.tls().kernelTls(), true),
                new ExtendedCase(
                        "ssl_min_version=3", c -> c.tls().minVersion(), MinVersion.TLS_1_3),
                new ExtendedCase("ssl_provider=jdk", c -> c.tls().provider(), TlsProvider.JDK),
                new ExtendedCase(
                        "ssl_handshake_timeout=0", c -> c.tls().handshakeTimeoutSeconds(), 0));
    }

    private static String orNone(@Nullable String text) {
        return text == null ? "none" : text;
    }

    private static Stream<ExtendedCase> reportedCases() {
        return Stream.of(
                new ExtendedCase("hashpower=20", c -> c.reported().hashPowerInit(), 20),
                new ExtendedCase("slab_reassign", c -> c.reported().slabReassign(), true),
                new ExtendedCase("no_slab_reassign", c -> c.reported().slabReassign(), false),
                new ExtendedCase("slab_automove", c -> c.reported().slabAutomove(), 1),
                new ExtendedCase("slab_automove=2", c -> c.reported().slabAutomove(), 2),
                new ExtendedCase("no_slab_automove", c -> c.reported().slabAutomove(), 0),
                new ExtendedCase(
                        "slab_automove_ratio=0.5", c -> c.reported().slabAutomoveRatio(), 0.5),
                new ExtendedCase(
                        "slab_automove_window=3", c -> c.reported().slabAutomoveWindow(), 3),
                new ExtendedCase("tail_repair_time=10", c -> c.reported().tailRepairTime(), 10),
                new ExtendedCase("hash_algorithm=xxh3", c -> c.reported().hashAlgorithm(), "xxh3"),
                new ExtendedCase("lru_crawler_sleep=5", c -> c.reported().lruCrawlerSleep(), 5),
                new ExtendedCase(
                        "lru_crawler_tocrawl=4294967295",
                        c -> c.reported().lruCrawlerToCrawl(),
                        4_294_967_295L),
                new ExtendedCase(
                        "watcher_logbuf_size=8", c -> c.reported().watcherLogBufferSize(), 8192),
                new ExtendedCase(
                        "worker_logbuf_size=8", c -> c.reported().workerLogBufferSize(), 8192),
                new ExtendedCase("read_buf_mem_limit=0", c -> c.listen().port(), 11211),
                new ExtendedCase("no_warm_up", c -> c.listen().port(), 11211));
    }

    @ParameterizedTest
    @MethodSource("extendedCases")
    void read_extendedOption_changesTheConfiguration(ExtendedCase option) {
        assertThat(option.property().apply(config("-o " + option.options())))
                .isEqualTo(option.expected());
    }

    @Test
    void extendedCases_coverEveryOptionThatWorks() {
        Set<String> wanted =
                Arrays.stream(ExtendedOption.values())
                        .filter(option -> option.support() == Support.WORKS)
                        .map(ExtendedOption::key)
                        .collect(Collectors.toSet());

        assertThat(
                        extendedCases()
                                .flatMap(each -> Arrays.stream(each.options().split(",", -1)))
                                .map(each -> each.replaceFirst("=.*", ""))
                                .collect(Collectors.toSet()))
                .isEqualTo(wanted);
    }

    @Test
    void read_noModern_hasTheDefaultsOfMemcached14() {
        ServerConfig config = config("-o no_modern");

        assertThat(config.listen().rejectOverLimit()).isFalse();
        assertThat(config.engine().lruCrawler()).isFalse();
        assertThat(config.reported().slabReassign()).isFalse();
        assertThat(config.reported().slabAutomove()).isZero();
        assertThat(config.reported().hashAlgorithm()).isEqualTo("jenkins");
    }

    @Test
    void read_laterOption_overridesEarlierOne() {
        assertThat(config("-o no_modern -o lru_crawler").engine().lruCrawler()).isTrue();
        assertThat(config("-o lru_crawler -o no_modern").engine().lruCrawler()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Flag.class)
    void read_unsupportedFlag_isRefusedOrIgnored(Flag flag) {
        String arguments = flag.optionName() + (flag.takesValue() ? " 1" : "");

        switch (flag.support()) {
            case WORKS -> {} // see flagCases
            case IGNORED -> assertThat(config(arguments)).isEqualTo(config(""));
            case LATER ->
                    assertRefused(arguments, flag.optionName() + ": comes in a later release");
            case NEVER -> assertRefused(arguments, flag.optionName() + ": is not supported");
        }
    }

    @ParameterizedTest
    @EnumSource(ExtendedOption.class)
    void read_unsupportedExtendedOption_isRefusedOrIgnored(ExtendedOption option) {
        String value = option.value() == ExtendedOption.Value.REQUIRED ? "=1" : "";
        String name = option.optionName();

        switch (option.support()) {
            case WORKS -> {} // see extendedCases
            case IGNORED -> assertThat(config(name + value)).isEqualTo(config(""));
            case LATER -> assertRefused(name + value, name + ": comes in a later release");
            case NEVER -> assertRefused(name + value, name + ": is not supported");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c 0|-c 0: must be at least 1",
                "-c -1|-c -1: must be at least 1",
                "-t 0|-t 0: must be between 1 and 1024",
                "-t x|-t x: must be a whole number",
                "-o allow_from=localhost|-o allow_from localhost: must be an address, such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32",
                "-o allow_from=x@::1|-o allow_from x@...: no listener of -l has that tag",
                "-o allow_from=10.0.0.0/33|-o allow_from 10.0.0.0/33 33: must be between 0 and 32",
                "-Z|-Z: needs -o ssl_chain_cert=FILE",
                "-Z -o ssl_chain_cert=/c -p 0|-Z: needs a TCP port (-p)",
                "-l mtls:127.0.0.1|-l mtls:127.0.0.1: mtls: needs -Z",
                "-o ssl_verify_mode=4|-o ssl_verify_mode 4: must be between 0 and 3",
                "-o ssl_keyformat=3|-o ssl_keyformat 3: must be 1 (PEM) or 2 (DER)",
                "-o ssl_wbuf_size=0|-o ssl_wbuf_size 0: must be between 1 and 1024",
                "-o ssl_provider=x|-o ssl_provider x: must be auto, native or jdk",
                "-o ssl_min_version=1|-o ssl_min_version 1: must be 2 (TLS 1.2) or 3 (TLS 1.3), older versions are broken",
                "-t 99999999999|-t 99999999999: must be between -2147483648 and 2147483647",
                "-p 65536|-p 65536: must be between -1 and 65535",
                "-m 0|-m 0: must be between 1 and 16777216",
                "-m 1|-I 1048576: must be at most half of the memory limit (-m 1)",
                "-I 1000|-I 1000: must be between 1024 and 1073741824",
                "-I 256m|-I 268435456: must be at most half of the memory limit (-m 64)",
                "-I 2g|-I 2g: must be a number of bytes, such as 1048576, 512k or 2m",
                "-I|-I: needs a value",
                "-R 0|-R 0: must be at least 1",
                "-b 0|-b 0: must be at least 1",
                "-f 1|-f 1.0: must be greater than 1.0",
                "-n 0|-n 0: must be at least 1",
                "-a 888|-a 888: must be an octal mode from 0 to 777",
                "-a 1000|-a 1000: must be an octal mode from 0 to 777",
                "-B http|-B http: must be auto, ascii or binary",
                "--transport rdma|--transport rdma: must be auto, io_uring, epoll or nio",
                "-q|-q: unknown option (memring -h lists them)",
                "--nosuch|--nosuch: unknown option (memring -h lists them)",
                "serve|serve: unknown command (there are: server, passwd)",
                "-o nosuch|-o nosuch: unknown option (memring -h lists them)",
                "-o no_modern=1|-o no_modern=1: takes no value",
                "-o idle_timeout|-o idle_timeout: needs a value",
                "-o idle_timeout=-1|-o idle_timeout -1: must be at least 0",
                "-o hashpower=11|-o hashpower 11: must be between 12 and 32",
                "-o hash_algorithm=md5|-o hash_algorithm md5: must be jenkins, murmur3 or xxh3",
                "-o slab_automove=3|-o slab_automove 3: must be between 0 and 2",
                "-o slab_automove_window=2|-o slab_automove_window 2: must be between 3 and 1800",
                "-o hot_lru_pct=80|-o hot_lru_pct 80: must be between 1 and 79",
                "-o hot_max_factor=0|-o hot_max_factor 0.0: must be greater than 0.0",
                "-S|-S: needs a file of users, -o sasl_file=<file> or MEMCACHED_SASL_PWDB",
                "-S -o sasl_file=x -B ascii|-S: SASL belongs to the binary protocol, so no other can"
                        + " be spoken (-B, -l proto[])",
                "-S -o sasl_file=x -l proto[ascii]:::1|-S: SASL belongs to the binary protocol, so"
                        + " no other can be spoken (-B, -l proto[])",
                "-Y x -l proto[binary]:::1|-Y: this login belongs to the text protocol, so no other"
                        + " can be spoken (-B, -l proto[])",
                "-D ab|-D ab: must be one printable ASCII character",
                "-S -o sasl_file=x -B binary -B ascii|-S: SASL belongs to the binary protocol, so no"
                        + " other can be spoken (-B, -l proto[])",
                "-S -o sasl_file=x -B auto|-S: SASL belongs to the binary protocol, so no other can"
                        + " be spoken (-B, -l proto[])",
                "-Y x -B binary|-Y: this login belongs to the text protocol, so no other can be"
                        + " spoken (-B, -l proto[])",
                "-Y x -U 1|-U 1: nobody can log in by UDP, so not with -S or -Y",
                "-o auth_timeout=-1|-o auth_timeout -1: must be at least 0",
                "-o auth_failures=-1|-o auth_failures -1: must be at least 0",
                "-o sasl_mechanisms=LOGIN|-o sasl_mechanisms LOGIN: must be some of SCRAM-SHA-512,"
                        + " SCRAM-SHA-256, EXTERNAL, PLAIN and CRAM-MD5, with colons between",
                "-o slab_chunk_max=2048|-o slab_chunk_max 2048: must be between 1 and 1024",
            })
    void read_wrongValue_isRefusedInOneLine(String arguments, String message) {
        assertRefused(arguments, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.1", "1.1", "x"})
    void read_wrongAutomoveRatio_isRefused(String ratio) {
        assertThatThrownBy(() -> config("-o slab_automove_ratio=" + ratio))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith("-o slab_automove_ratio " + ratio + ": must be");
    }

    @Test
    void read_readBufferLimit_isRefused() {
        assertRefused(
                "-o read_buf_mem_limit=1",
                "-o read_buf_mem_limit 1: a limit comes in a later release; only 0 is possible");
    }

    @Test
    void read_serverCommand_isTheDefault() {
        assertThat(config("server -p 1")).isEqualTo(config("-p 1"));
    }

    @Test
    void read_helpVersionLicense_arePrinted() {
        assertThat(CommandLineReader.read("-h")).isEqualTo(Invocation.Print.HELP);
        assertThat(CommandLineReader.read("-V")).isEqualTo(Invocation.Print.VERSION);
        assertThat(CommandLineReader.read("-i")).isEqualTo(Invocation.Print.LICENSE);
    }

    @Test
    void read_pidFile_isForTheProcess() {
        assertThat(serve("-P /nowhere/pid").pidFile()).isEqualTo(Path.of("/nowhere/pid"));
        assertThat(serve("").pidFile()).isNull();
    }

    @Test
    void read_udpPortWithoutAddresses_warnsThatItIsForThisMachine() {
        assertThat(serve("-U 1234").warnings())
                .containsExactly("-U 1234: for clients on this machine only; -l names addresses");
        assertThat(serve("-U 1234 -l 127.0.0.1").warnings()).isEmpty();
        assertThat(serve("-U 0").warnings()).isEmpty();
    }

    private static void assertRefused(String arguments, String message) {
        assertThatThrownBy(() -> config(arguments))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage(message);
    }

    private static ServerConfig config(String arguments) {
        return serve(arguments).config();
    }

    @Test
    void warmUp_unlessAskedNotTo() {
        assertThat(serve("-p 1").warmUp()).isTrue();
        assertThat(serve("-o idle_timeout=1").warmUp()).isTrue();
        assertThat(serve("-o idle_timeout=1,no_warm_up").warmUp()).isFalse();
    }

    private static Invocation.Serve serve(String arguments) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
        return (Invocation.Serve) CommandLineReader.read(words);
    }
}
