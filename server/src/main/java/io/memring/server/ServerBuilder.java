package io.memring.server;

import io.memring.sasl.Mechanism;
import io.memring.server.connection.ConnectionConfig;
import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.dispatch.PrefixConfig;
import io.memring.server.tls.TlsConfig.VerifyMode;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Set;

/**
 * Puts a node's configuration together. Every setting starts with memcached's default; each setter
 * names the flag that does the same on the command line. Wrong and contradictory settings throw
 * {@link InvalidOptionException}.
 */
public final class ServerBuilder {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_WORKERS = 1024;
    private static final int MAX_MEMORY_MEGABYTES = 1 << 24;
    private static final int MAX_STRIPES = 1 << 16;
    private static final int MAX_UNIX_MASK = 0777;
    private static final int MAX_LRU_PERCENT = 79;
    private static final int KIBI = 1024;

    /** Of a reply, whose datagrams are numbered with 16 bits. */
    private static final int MAX_UDP_REPLY_KILOBYTES = 32 * KIBI;

    private static final int MAX_UDP_RATE_KILOBYTES = KIBI * KIBI;

    private final EngineSettings engine = new EngineSettings();
    private final TlsSettings tls = new TlsSettings();
    private final AuthSettings auth = new AuthSettings();
    private final ListenSettings listen = new ListenSettings();
    private @Nullable Binding binding;
    private int requestsPerEvent = ConnectionConfig.DEFAULT_REQUESTS_PER_EVENT;
    private int idleTimeoutSeconds;
    private int stalledWriteSeconds = ConnectionConfig.DEFAULT_STALLED_WRITE_SECONDS;
    private boolean shutdownCommand = CommandPolicy.DEFAULT.shutdown();
    private boolean flushCommand = CommandPolicy.DEFAULT.flush();
    private boolean dumpCommands = CommandPolicy.DEFAULT.dump();
    private boolean watchCommand = CommandPolicy.DEFAULT.watch();
    private boolean debugCommands = CommandPolicy.DEFAULT.debug();
    private PrefixConfig prefixes = PrefixConfig.DEFAULT;
    private ReportedSettings reported = ReportedSettings.DEFAULT;
    private int verbosity;

    ServerBuilder() {}

    /** TCP port to listen on, 0 for one that the system chooses ({@code -p}). */
    public ServerBuilder port(int number) {
        listen.port = OptionValue.inRange("-p", number, 0, MAX_PORT);
        listen.tcp = true;
        return this;
    }

    /** Listen on no TCP port ({@code -p 0}). */
    public ServerBuilder withoutTcp() {
        listen.port = 0;
        listen.tcp = false;
        return this;
    }

    /** UDP port to listen on as well, 0 for one that the system chooses ({@code -U}). */
    public ServerBuilder udpPort(int number) {
        listen.udpPort = OptionValue.inRange("-U", number, 0, MAX_PORT);
        listen.udp = true;
        return this;
    }

    /** Longest reply by UDP in KiB; longer ones become an error ({@code udp_reply_max}). */
    public ServerBuilder udpReplyMaxKilobytes(int kilobytes) {
        listen.udpMaxReplyBytes =
                KIBI
                        * OptionValue.inRange(
                                "-o udp_reply_max", kilobytes, 1, MAX_UDP_REPLY_KILOBYTES);
        return this;
    }

    /**
     * KiB of replies by UDP to one address within a second; 0 unbounded ({@code udp_reply_rate}).
     */
    public ServerBuilder udpReplyRateKilobytes(int kilobytes) {
        listen.udpBytesPerSecond =
                KIBI
                        * OptionValue.inRange(
                                "-o udp_reply_rate", kilobytes, 0, MAX_UDP_RATE_KILOBYTES);
        return this;
    }

    /** Addresses to listen on, separated by commas; may be called several times ({@code -l}). */
    public ServerBuilder listen(String addresses) {
        listen.add(addresses);
        return this;
    }

    /** Unix socket to listen on instead of TCP ({@code -s}). */
    public ServerBuilder unixSocket(Path path) {
        listen.unixSocket = path;
        return this;
    }

    /** Access mode of the unix socket ({@code -a}). */
    public ServerBuilder unixMask(int mode) {
        if (mode < 0 || mode > MAX_UNIX_MASK) {
            throw new InvalidOptionException(
                    "-a", Integer.toOctalString(mode), "must be an octal mode from 0 to 777");
        }
        listen.unixMask = mode;
        return this;
    }

    /** Connections that may wait to be accepted ({@code -b}). */
    public ServerBuilder backlog(int connections) {
        listen.backlog = OptionValue.atLeast("-b", connections, 1);
        return this;
    }

    /** Connections at one time ({@code -c}). */
    public ServerBuilder maxConnections(int connections) {
        listen.maxConnections = OptionValue.atLeast("-c", connections, 1);
        return this;
    }

    /**
     * Tell connections over the limit so and close them, or let them wait ({@code maxconns_fast}).
     */
    public ServerBuilder rejectOverLimit(boolean reject) {
        listen.rejectOverLimit = reject;
        return this;
    }

    /**
     * Lets clients from a block of addresses connect, and those of other such blocks, but nobody
     * else; {@code tag@} in front makes it a rule for the listeners with that tag ({@code
     * allow_from}).
     */
    public ServerBuilder allowFrom(String addressRange) {
        listen.allowed = listen.allowed.with(addressRange);
        return this;
    }

    /** How input and output are done ({@code --transport}). */
    public ServerBuilder transport(Transport kind) {
        listen.transport = kind;
        return this;
    }

    /** What is spoken ({@code -B}). */
    ServerBuilder binding(Binding spoken) {
        binding = spoken;
        return this;
    }

    /** Memory for items in MiB ({@code -m}). */
    public ServerBuilder memoryLimitMegabytes(int megabytes) {
        OptionValue.inRange("-m", megabytes, 1, MAX_MEMORY_MEGABYTES);
        engine.memoryLimit = (long) megabytes * EngineSettings.MEBI;
        return this;
    }

    /** Bytes of the largest item, its header and key included ({@code -I}). */
    public ServerBuilder itemSizeMax(int bytes) {
        engine.itemSizeMax = bytes;
        return this;
    }

    /** Worker threads ({@code -t}). */
    public ServerBuilder workers(int threads) {
        engine.workers = OptionValue.inRange("-t", threads, 1, MAX_WORKERS);
        return this;
    }

    /** Parts of the cache, a power of two; 0 chooses ({@code stripes}). */
    public ServerBuilder stripes(int number) {
        engine.stripes = OptionValue.inRange("-o stripes", number, 0, MAX_STRIPES);
        return this;
    }

    /** Bytes of a page of slab memory; 0 chooses ({@code page_size}). */
    public ServerBuilder pageSize(int bytes) {
        engine.pageSize = bytes;
        return this;
    }

    /**
     * Ratio of neighbouring chunk sizes; unset takes finer classes than memcached's ({@code -f}).
     */
    public ServerBuilder growthFactor(double ratio) {
        engine.growthFactor = OptionValue.above("-f", ratio, 1);
        return this;
    }

    /** Smallest space for key, value and flags, in memcached's own classes ({@code -n}). */
    public ServerBuilder chunkSizeMin(int bytes) {
        engine.chunkSizeMin = OptionValue.atLeast("-n", bytes, 1);
        engine.takeMemcachedClasses();
        return this;
    }

    /** Bytes of the largest chunk; 0 chooses ({@code slab_chunk_max}). */
    public ServerBuilder slabChunkMax(int bytes) {
        engine.slabChunkMax = bytes;
        return this;
    }

    /** Where pages have a given size, let chunks grow to it ({@code no_chunked_items}). */
    ServerBuilder chunksOfWholePages(boolean wholePages) {
        engine.chunksOfWholePages = wholePages;
        return this;
    }

    /** Evict when memory is full, or refuse to store ({@code -M}). */
    public ServerBuilder evictToFree(boolean evict) {
        engine.evictToFree = evict;
        return this;
    }

    /** Keep CAS uniques ({@code -C} turns them off). */
    public ServerBuilder casEnabled(boolean enabled) {
        engine.casEnabled = enabled;
        return this;
    }

    /** Share of a class's items that HOT may hold ({@code hot_lru_pct}). */
    public ServerBuilder hotLruPercent(int percent) {
        engine.hotLruPercent = OptionValue.inRange("-o hot_lru_pct", percent, 1, MAX_LRU_PERCENT);
        return this;
    }

    /** Share of a class's items that WARM may hold ({@code warm_lru_pct}). */
    public ServerBuilder warmLruPercent(int percent) {
        engine.warmLruPercent = OptionValue.inRange("-o warm_lru_pct", percent, 1, MAX_LRU_PERCENT);
        return this;
    }

    /** HOT's age limit as a factor of COLD's ({@code hot_max_factor}). */
    public ServerBuilder hotMaxFactor(double factor) {
        engine.hotMaxFactor = OptionValue.above("-o hot_max_factor", factor, 0);
        return this;
    }

    /** WARM's age limit as a factor of COLD's ({@code warm_max_factor}). */
    public ServerBuilder warmMaxFactor(double factor) {
        engine.warmMaxFactor = OptionValue.above("-o warm_max_factor", factor, 0);
        return this;
    }

    /**
     * Items with no more seconds to live than this get an LRU of their own ({@code temporary_ttl}).
     */
    public ServerBuilder temporaryTtl(int seconds) {
        engine.temporaryTtl = OptionValue.atLeast("-o temporary_ttl", seconds, 0);
        return this;
    }

    /** Segmented LRU with background work, or one flat list ({@code lru_maintainer}). */
    public ServerBuilder lruMaintainer(boolean enabled) {
        engine.lruMaintainer = enabled;
        return this;
    }

    /** Reclaim expired items in the background ({@code lru_crawler}). */
    public ServerBuilder lruCrawler(boolean enabled) {
        engine.lruCrawler = enabled;
        return this;
    }

    /** Requests that a connection may do before others get their turn ({@code -R}). */
    public ServerBuilder requestsPerEvent(int requests) {
        requestsPerEvent = OptionValue.atLeast("-R", requests, 1);
        return this;
    }

    /** Seconds after which a silent connection is closed; 0 never ({@code idle_timeout}). */
    public ServerBuilder idleTimeoutSeconds(int seconds) {
        idleTimeoutSeconds = OptionValue.atLeast("-o idle_timeout", seconds, 0);
        return this;
    }

    /** Seconds that a client may leave its replies unread; 0 for ever ({@code write_timeout}). */
    public ServerBuilder stalledWriteSeconds(int seconds) {
        stalledWriteSeconds = OptionValue.atLeast("-o write_timeout", seconds, 0);
        return this;
    }

    /**
     * Speak TLS, with a certificate chain and its private key in PEM files ({@code -Z}, {@code
     * ssl_chain_cert}, {@code ssl_key}).
     */
    public ServerBuilder tls(Path certificateChain, Path privateKey) {
        tls.enabled = true;
        tls.chainCert = certificateChain.toString();
        tls.key = privateKey.toString();
        return this;
    }

    /**
     * Accept only clients with a certificate that one of the authorities in a PEM file has signed
     * ({@code ssl_ca_cert}, {@code ssl_verify_mode=2}).
     */
    public ServerBuilder tlsClients(Path authorities) {
        tls.caCert = authorities.toString();
        tls.verifyMode = VerifyMode.REQUIRE;
        return this;
    }

    /** All there is to be said about TLS. */
    TlsSettings tls() {
        return tls;
    }

    /**
     * Let clients use the text protocol only after a login with a user of this credential file
     * ({@code -Y}).
     */
    public ServerBuilder authFile(Path file) {
        auth.textUsers = file;
        return this;
    }

    /** Let clients use the binary protocol only after a login with SASL ({@code -S}). */
    public ServerBuilder sasl(boolean required) {
        auth.sasl = required;
        return this;
    }

    /** The credential file of those who log in with SASL ({@code sasl_file}). */
    public ServerBuilder saslFile(Path file) {
        auth.saslUsers = file;
        return this;
    }

    /** The same in memcached's format, and it may come later ({@code MEMCACHED_SASL_PWDB}). */
    ServerBuilder saslPasswords(Path file) {
        auth.saslPasswords = file;
        return this;
    }

    /** The mechanisms that clients may choose from ({@code sasl_mechanisms}). */
    ServerBuilder saslMechanisms(Set<Mechanism> mechanisms) {
        auth.mechanisms = mechanisms;
        return this;
    }

    /** Seconds that a client may take to log in; 0 for any time ({@code auth_timeout}). */
    public ServerBuilder authTimeoutSeconds(int seconds) {
        auth.timeoutSeconds = OptionValue.atLeast("-o auth_timeout", seconds, 0);
        return this;
    }

    /**
     * Logins of one address that may fail in a minute; 0 for any number ({@code auth_failures}).
     */
    public ServerBuilder authFailuresPerMinute(int failures) {
        auth.failuresPerMinute = OptionValue.atLeast("-o auth_failures", failures, 0);
        return this;
    }

    /** Let clients stop the node ({@code -A}). */
    public ServerBuilder shutdownCommand(boolean enabled) {
        shutdownCommand = enabled;
        return this;
    }

    /** Let clients flush the cache ({@code -F} forbids it). */
    public ServerBuilder flushCommand(boolean enabled) {
        flushCommand = enabled;
        return this;
    }

    /** Let clients list keys ({@code -X} forbids it). */
    public ServerBuilder dumpCommands(boolean enabled) {
        dumpCommands = enabled;
        return this;
    }

    /** Let clients watch the node ({@code -W} forbids it). */
    public ServerBuilder watchCommand(boolean enabled) {
        watchCommand = enabled;
        return this;
    }

    /** Let clients move the clock, for tests ({@code debug_commands}). */
    public ServerBuilder debugCommands(boolean enabled) {
        debugCommands = enabled;
        return this;
    }

    /**
     * Count requests by the beginnings of their keys, up to this character ({@code -D}); {@code
     * stats detail dump} shows the counts.
     */
    public ServerBuilder countPrefixes(char delimiter) {
        prefixes = new PrefixConfig(delimiter, true);
        return this;
    }

    /** What the node says about itself: 0 nothing, 1 state changes ({@code -v}). */
    public ServerBuilder verbosity(int level) {
        verbosity = OptionValue.atLeast("-v", level, 0);
        return this;
    }

    /** Options that are only shown in {@code stats settings}. */
    ServerBuilder reported(ReportedSettings settings) {
        reported = settings;
        return this;
    }

    /** Checks the whole. */
    ServerConfig build() {
        if (listen.udp && auth.isNeeded()) {
            throw new InvalidOptionException(
                    "-U " + listen.udpPort + ": nobody can log in by UDP, so not with -S or -Y");
        }
        return new ServerConfig(
                engine.build(),
                listen.build(tls.defaultMode(), auth::listenerBinding),
                new ConnectionConfig(
                        requestsPerEvent,
                        idleTimeoutSeconds,
                        stalledWriteSeconds,
                        auth.timeout(),
                        auth.binding(binding)),
                tls.build(listen.tcp),
                auth.build(),
                new CommandPolicy(
                        shutdownCommand, flushCommand, dumpCommands, watchCommand, debugCommands),
                prefixes,
                reported,
                verbosity);
    }

    /** Builds the configuration and starts a node with it. */
    public MemringServer start() {
        return MemringServer.start(build());
    }
}
