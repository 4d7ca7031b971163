package io.memring.load.workload;

import java.util.Locale;

/** Formats of recorded requests. */
public enum TraceFormat {
    /** Text: a number or word a line. LIRS and others. */
    IDS,
    /** Text: {@code time id size} a line. AdaptSize, webcachesim. */
    SIZED,
    /**
     * CSV with a line of names: {@code id}, {@code lbn}, {@code key} …, {@code size}. libCacheSim.
     */
    CSV,
    /** CSV: {@code time,key,key size,value size,client,operation,TTL}. Twitter's caches. */
    TWITTER,
    /** Text: {@code first count ignored number} a line, a request for each of the blocks. ARC. */
    ARC,
    /** Numbers of 32 bits, most significant byte first. cache2k. */
    INT32,
    /** Numbers of 64 bits, most significant byte first. */
    INT64,
    /** Records of 24 bytes, least significant byte first. libCacheSim's oracleGeneral. */
    ORACLE;

    /** The name in options. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
