package io.memring.load.client;

import java.util.List;

/**
 * A client under test, by what its users call. Values are bytes, keys are there. Lives as long as
 * its process.
 */
interface Subject {

    /** Stores a value and waits for that. */
    void store(String key, byte[] value) throws Exception;

    /** Fetches a value and waits for it; false if there is none. */
    boolean fetch(String key) throws Exception;

    /** Fetches a value; tells whether there is one. */
    void fetch(String key, Completion done) throws Exception;

    /** Stores a value; tells whether that worked. */
    void store(String key, byte[] value, Completion done) throws Exception;

    /** Fetches many values; tells whether all are there. */
    void fetchAll(List<String> keys, Completion done) throws Exception;

    /** What to do when an operation is over. */
    @FunctionalInterface
    interface Completion {
        /** Takes note of it. */
        void done(boolean well);
    }
}
