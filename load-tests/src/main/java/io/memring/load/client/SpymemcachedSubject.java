package io.memring.load.client;

import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.ConnectionFactoryBuilder.Locator;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.MemcachedClient;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * spymemcached with Ketama, over the text protocol; with the other jar of the same class names the
 * ElastiCache client, told that its nodes are fixed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Each future tells the completion.
final class SpymemcachedSubject implements Subject {
    private static final String ELASTICACHE_MODE = "net.spy.memcached.ClientMode";
    private static final int MILLIS = 10_000;

    private final MemcachedClient client;

    SpymemcachedSubject(List<InetSocketAddress> nodes)
            throws IOException, ReflectiveOperationException {
        ConnectionFactoryBuilder builder =
                new ConnectionFactoryBuilder()
                        .setLocatorType(Locator.CONSISTENT)
                        .setHashAlg(DefaultHashAlgorithm.KETAMA_HASH)
                        .setOpTimeout(MILLIS)
                        .setOpQueueMaxBlockTime(MILLIS)
                        .setListenerExecutorService(new CallersThread());
        useFixedNodes(builder);
        client = new MemcachedClient(builder.build(), nodes);
    }

    private static void useFixedNodes(ConnectionFactoryBuilder builder)
            throws ReflectiveOperationException {
        Class<?> mode;
        try {
            mode = Class.forName(ELASTICACHE_MODE);
        } catch (ClassNotFoundException e) {
            return; // This is spymemcached, which knows no others.
        }
        Object fixed = mode.getField("Static").get(null);
        ConnectionFactoryBuilder.class.getMethod("setClientMode", mode).invoke(builder, fixed);
    }

    @Override
    public void store(String key, byte[] value) throws Exception {
        client.set(key, 0, value).get();
    }

    @Override
    public boolean fetch(String key) {
        return client.get(key) != null;
    }

    @Override
    public void fetch(String key, Completion done) {
        client.asyncGet(key)
                .addListener(
                        future ->
                                done.done(future.getStatus().isSuccess() && future.get() != null));
    }

    @Override
    public void store(String key, byte[] value, Completion done) {
        client.set(key, 0, value).addListener(future -> done.done(future.getStatus().isSuccess()));
    }

    @Override
    public void fetchAll(List<String> keys, Completion done) {
        client.asyncGetBulk(keys)
                .addListener(future -> done.done(future.get().size() == keys.size()));
    }

    /** Runs listeners at once, which costs less than handing them to a thread. */
    private static final class CallersThread extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return Collections.emptyList();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
