package io.memring.server.testsupport;

import io.memring.server.MemringServer;
import io.memring.server.ServerBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;

/**
 * Runs a node for a test class, on a free port of the loopback interface, and gives it to tests
 * that have a parameter of type {@link MemringServer} or {@link InetSocketAddress}.
 *
 * <pre>{@code
 * @ExtendWith(MemringExtension.class)
 * class CacheTest {
 *     @Test
 *     void readsThroughTheCache(InetSocketAddress node) { ... }
 * }
 * }</pre>
 *
 * <p>A node that is not the usual one comes from a static field with {@code @RegisterExtension} and
 * {@link #with}.
 */
public final class MemringExtension
        implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

    private static final int WORKERS = 2;

    private final UnaryOperator<ServerBuilder> settings;
    private @Nullable MemringServer server;

    /** The class that the node was started for; classes nested in it share the node. */
    private @Nullable String owner;

    /** The usual node. */
    public MemringExtension() {
        this(UnaryOperator.identity());
    }

    private MemringExtension(UnaryOperator<ServerBuilder> settings) {
        this.settings = settings;
    }

    /** A node with changed settings; it must be {@code static} in its test class. */
    public static MemringExtension with(UnaryOperator<ServerBuilder> settings) {
        return new MemringExtension(settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (server == null) {
            ServerBuilder usual =
                    MemringServer.builder().listen("127.0.0.1").port(0).workers(WORKERS);
            server = settings.apply(usual).start();
            owner = context.getUniqueId();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null && context.getUniqueId().equals(owner)) {
            server.close();
            server = null;
        }
    }

    /** The running node. */
    public MemringServer server() {
        if (server == null) {
            throw new IllegalStateException("the node runs only during the tests of a class");
        }
        return server;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == MemringServer.class || type == InetSocketAddress.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MemringServer running = server();
        return parameter.getParameter().getType() == MemringServer.class
                ? running
                : running.address();
    }
}
