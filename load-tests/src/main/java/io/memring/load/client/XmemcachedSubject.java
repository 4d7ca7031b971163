package io.memring.load.client;

import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.impl.KetamaMemcachedSessionLocator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * xmemcached with Ketama, over the text protocol. It has no calls that return at once: what should
 * be on its way at the same time needs a thread each.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Each task tells the completion.
final class XmemcachedSubject implements Subject {
    private static final int MILLIS = 10_000;

    private final MemcachedClient client;
    private final ExecutorService threads;

    XmemcachedSubject(List<InetSocketAddress> nodes, int concurrency) throws IOException {
        XMemcachedClientBuilder builder = new XMemcachedClientBuilder(nodes);
        builder.setSessionLocator(new KetamaMemcachedSessionLocator());
        builder.setOpTimeout(MILLIS);
        builder.setConnectTimeout(MILLIS);
        client = builder.build();
        threads = Executors.newFixedThreadPool(concurrency);
    }

    @Override
    public void store(String key, byte[] value) throws Exception {
        client.set(key, 0, value);
    }

    @Override
    public boolean fetch(String key) throws Exception {
        return client.get(key) != null;
    }

    @Override
    public void fetch(String key, Completion done) {
        run(() -> client.get(key) != null, done);
    }

    @Override
    public void store(String key, byte[] value, Completion done) {
        run(() -> client.set(key, 0, value), done);
    }

    @Override
    public void fetchAll(List<String> keys, Completion done) {
        run(() -> client.get(keys).size() == keys.size(), done);
    }

    private void run(Callable<Boolean> operation, Completion done) {
        threads.execute(
                () -> {
                    boolean well = false;
                    try {
                        well = operation.call();
                    } catch (Exception e) { // Of whatever kind: the operation has failed.
                        System.err.println("xmemcached: " + e);
                    }
                    done.done(well);
                });
    }
}
