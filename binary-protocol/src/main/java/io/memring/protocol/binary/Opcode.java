package io.memring.protocol.binary;

import org.jspecify.annotations.Nullable;

/**
 * The requests that are served. memcached's documents name a few more that it does not serve
 * either: {@code verbosity} (0x1b), those about vbuckets and taps, and the range operations.
 *
 * <p>A <i>quiet</i> request, with a Q at its end, leaves out the reply that is to be expected: the
 * success of a write, the miss of a read. Errors are always sent.
 */
public enum Opcode {
    GET(0x00, Shape.KEY),
    SET(0x01, Shape.STORE),
    ADD(0x02, Shape.STORE),
    REPLACE(0x03, Shape.STORE),
    DELETE(0x04, Shape.KEY),
    INCREMENT(0x05, Shape.COUNT),
    DECREMENT(0x06, Shape.COUNT),
    QUIT(0x07, Shape.BARE),
    FLUSH(0x08, Shape.FLUSH),
    GETQ(0x09, GET),
    NOOP(0x0a, Shape.BARE),
    VERSION(0x0b, Shape.BARE),
    GETK(0x0c, Shape.KEY),
    GETKQ(0x0d, GETK),
    APPEND(0x0e, Shape.JOIN),
    PREPEND(0x0f, Shape.JOIN),
    STAT(0x10, Shape.STAT),
    SETQ(0x11, SET),
    ADDQ(0x12, ADD),
    REPLACEQ(0x13, REPLACE),
    DELETEQ(0x14, DELETE),
    INCREMENTQ(0x15, INCREMENT),
    DECREMENTQ(0x16, DECREMENT),
    QUITQ(0x17, QUIT),
    FLUSHQ(0x18, FLUSH),
    APPENDQ(0x19, APPEND),
    PREPENDQ(0x1a, PREPEND),
    TOUCH(0x1c, Shape.TOUCH),
    GAT(0x1d, Shape.TOUCH),
    GATQ(0x1e, GAT),
    SASL_LIST(0x20, Shape.BARE),
    SASL_AUTH(0x21, Shape.LOGIN),
    SASL_STEP(0x22, Shape.LOGIN),
    GATK(0x23, Shape.TOUCH),
    GATKQ(0x24, GATK);

    private static final @Nullable Opcode[] BY_CODE = new @Nullable Opcode[256];

    static {
        for (Opcode opcode : values()) {
            BY_CODE[opcode.code] = opcode;
        }
    }

    private final int code;
    private final Shape shape;
    private final boolean quiet;

    Opcode(int code, Shape shape) {
        this.code = code;
        this.shape = shape;
        this.quiet = false;
    }

    /** The quiet twin of another. */
    Opcode(int code, Opcode loud) {
        this.code = code;
        this.shape = loud.shape;
        this.quiet = true;
    }

    /** The request that a byte stands for; null where there is none. */
    static @Nullable Opcode of(byte code) {
        return BY_CODE[code & 0xff];
    }

    /** The byte on the wire, 0 to 255. */
    public int code() {
        return code;
    }

    /** Whether the expected reply is left out. */
    public boolean isQuiet() {
        return quiet;
    }

    /** Whether who has not said who he is may ask this. */
    boolean precedesLogin() {
        return switch (this) {
            case VERSION, SASL_LIST, SASL_AUTH, SASL_STEP -> true;
            default -> false;
        };
    }

    Shape shape() {
        return shape;
    }
}
