package io.memring.load.workload;

import java.util.SplittableRandom;

/** Picks key numbers by their popularity. Owned by one load thread. */
abstract sealed class KeyPicker {

    /** The next key number. */
    abstract long next(SplittableRandom random);

    /**
     * A picker for one thread of several, which together go through all keys if they go in
     * sequence.
     */
    static KeyPicker of(Popularity popularity, long keys, int thread, int threads) {
        return switch (popularity) {
            case Popularity.Uniform _ -> new Uniform(keys);
            case Popularity.Zipf zipf -> new Zipf(keys, zipf.theta());
            case Popularity.HotSet hot -> new HotSet(keys, hot);
            case Popularity.Sequential _ -> new Sequential(keys, thread, threads);
        };
    }

    private static final class Uniform extends KeyPicker {
        private final long keys;

        Uniform(long keys) {
            this.keys = keys;
        }

        @Override
        long next(SplittableRandom random) {
            return random.nextLong(keys);
        }
    }

    private static final class Zipf extends KeyPicker {
        private final ZipfSampler sampler;

        Zipf(long keys, double theta) {
            sampler = new ZipfSampler(keys, theta);
        }

        @Override
        long next(SplittableRandom random) {
            return sampler.next(random) - 1;
        }
    }

    private static final class HotSet extends KeyPicker {
        private final long keys;
        private final long hotKeys;
        private final double hotRequests;

        HotSet(long keys, Popularity.HotSet hot) {
            this.keys = keys;
            hotKeys = Math.clamp(Math.round(keys * hot.keys()), 1, keys);
            hotRequests = hotKeys == keys ? 1 : hot.requests();
        }

        @Override
        long next(SplittableRandom random) {
            return random.nextDouble() < hotRequests
                    ? random.nextLong(hotKeys)
                    : random.nextLong(hotKeys, keys);
        }
    }

    private static final class Sequential extends KeyPicker {
        private final long keys;
        private final int step;
        private long next;

        Sequential(long keys, int thread, int threads) {
            this.keys = keys;
            step = threads;
            next = thread % keys;
        }

        @Override
        long next(SplittableRandom random) {
            long number = next;
            next = (next + step) % keys;
            return number;
        }
    }
}
