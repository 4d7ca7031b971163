package io.memring.server;

import java.util.Locale;

/** The ways to do network input and output. */
public enum Transport {
    /** The best one that this machine has: epoll where it is Linux, else NIO. */
    AUTO,
    /** Linux io_uring with provided buffer rings. */
    IO_URING,
    /** Linux epoll. */
    EPOLL,
    /** Java's own selectors; everywhere. */
    NIO;

    /** The name on the command line. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Transport ofOptionName(String option, String text) {
        for (Transport transport : values()) {
            if (transport.optionName().equals(text)) {
                return transport;
            }
        }
        throw new InvalidOptionException(option, text, "must be auto, io_uring, epoll or nio");
    }
}
