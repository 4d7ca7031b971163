package io.memring.protocol.text;

/** The two-letter return codes of meta replies that can be followed by flags. */
public enum MetaCode {
    HD,
    EN,
    NF,
    NS,
    EX;

    /** Both letters as they lie in memory, first letter in the low byte. */
    final short word = (short) (name().charAt(0) | (name().charAt(1) << 8));
}
