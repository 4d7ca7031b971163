package io.memring.server.fuzz;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/** Random bytes that are the same in every run. */
final class CountingRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    CountingRandom() {
        super(new Counter(), null);
    }

    private static final class Counter extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private byte next;

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = next++;
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            return new byte[length];
        }
    }
}
