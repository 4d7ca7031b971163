package io.memring.client;

import io.memring.client.connection.IoKind;

import org.jspecify.annotations.Nullable;

/** The ways of doing network input and output. */
public enum Transport {
    /** Epoll where there is Linux, else NIO. */
    AUTO(null),
    /**
     * Linux io_uring, if the application has {@code netty-transport-native-io_uring} on its class
     * path.
     */
    IO_URING(IoKind.IO_URING),
    /** Linux epoll. */
    EPOLL(IoKind.EPOLL),
    /** Java's own selectors; everywhere. */
    NIO(IoKind.NIO);

    private final @Nullable IoKind kind;

    Transport(@Nullable IoKind kind) {
        this.kind = kind;
    }

    /** Whether it can be used here. */
    public boolean isAvailable() {
        return kind == null || kind.isAvailable();
    }

    IoKind kind() {
        if (!isAvailable()) {
            throw new IllegalStateException("this machine does not have it: transport=" + this);
        }
        return kind == null ? IoKind.best() : kind;
    }
}
