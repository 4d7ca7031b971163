package io.memring.load.workload;

import java.util.Locale;

/** How often each key is asked for. Key number 0 is the most popular one. */
public sealed interface Popularity {

    /** All alike. */
    record Uniform() implements Popularity {
        @Override
        public String toString() {
            return "uniform";
        }
    }

    /**
     * The key of rank k is asked for in proportion to {@code 1 / k^theta}.
     *
     * @param theta above 0; caches mostly see 0.7 to 1.2
     */
    record Zipf(double theta) implements Popularity {
        public Zipf {
            if (!(theta > 0) || theta > 20) {
                throw new IllegalArgumentException("theta is above 0, up to 20: theta=" + theta);
            }
        }

        @Override
        public String toString() {
            return "zipf:" + theta;
        }
    }

    /**
     * A few keys get most requests.
     *
     * @param keys the share of hot keys, from 0 to 1
     * @param requests the share of requests for them, from 0 to 1
     */
    record HotSet(double keys, double requests) implements Popularity {
        public HotSet {
            if (!(keys > 0 && keys < 1 && requests >= 0 && requests <= 1)) {
                throw new IllegalArgumentException(
                        "the shares of a hot set are between 0 and 100 %: keys="
                                + keys
                                + ", requests="
                                + requests);
            }
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "hot:%s%%:%s%%", keys * 100, requests * 100);
        }
    }

    /** One after the other, from the first to the last and again. */
    record Sequential() implements Popularity {
        @Override
        public String toString() {
            return "sequential";
        }
    }

    /**
     * Reads {@code uniform}, {@code zipf[:THETA]}, {@code hot:KEYS%:REQUESTS%}, {@code sequential}.
     */
    static Popularity parse(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
        try {
            if (parts.length == 1) {
                switch (parts[0]) {
                    case "uniform" -> {
                        return new Uniform();
                    }
                    case "sequential" -> {
                        return new Sequential();
                    }
                    case "zipf" -> {
                        return new Zipf(0.99);
                    }
                    default -> {}
                }
            } else if (parts.length == 2 && parts[0].equals("zipf")) {
                return new Zipf(Double.parseDouble(parts[1]));
            } else if (parts.length == 3 && parts[0].equals("hot")) {
                return new HotSet(share(parts[1]), share(parts[2]));
            }
        } catch (NumberFormatException e) {
            // Told below, with the forms there are.
        }
        throw new IllegalArgumentException(
                "a popularity is uniform, zipf[:THETA], hot:KEYS%:REQUESTS% or sequential: "
                        + text);
    }

    private static double share(String text) {
        return text.endsWith("%")
                ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                : Double.parseDouble(text);
    }
}
