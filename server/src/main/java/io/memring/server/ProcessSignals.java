package io.memring.server;

import java.lang.reflect.Proxy;

/**
 * Handlers for the signals of the operating system.
 *
 * <p>The class behind them, {@code sun.misc.Signal}, is a supported part of the JDK, but the
 * compiler warns about each use of it and cannot be told not to; hence the detour through
 * reflection.
 */
final class ProcessSignals {

    private ProcessSignals() {}

    /**
     * Runs {@code action} on a thread of its own whenever the signal arrives, {@code name} being
     * such as TERM.
     */
    static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(
                            handler.getClassLoader() == null
                                    ? ProcessSignals.class.getClassLoader()
                                    : handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, _, _) -> {
                                action.run();
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot handle signal " + name, e);
        }
    }
}
