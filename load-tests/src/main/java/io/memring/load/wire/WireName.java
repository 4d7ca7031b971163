package io.memring.load.wire;

import io.memring.load.workload.KeySpace;
import io.memring.load.workload.ValueText;

import java.util.Locale;

/** The protocols there are. */
public enum WireName {
    TEXT,
    META,
    BINARY;

    /** The name in options and reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The protocol, speaking of these keys and values. */
    public Protocol protocol(KeySpace keys, KeySpace counters, ValueText values) {
        return switch (this) {
            case TEXT -> new TextProtocol(keys, counters, values);
            case META -> new MetaProtocol(keys, counters, values);
            case BINARY -> new BinaryProtocol(keys, counters, values);
        };
    }
}
