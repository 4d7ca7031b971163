package io.memring.load.workload;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long items live, in seconds.
 *
 * @param from the shortest time; 0 for items that do not expire
 * @param to the longest time
 */
public record Ttls(int from, int to) {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9})([smhd]?)(?:-(\\d{1,9})([smhd]?))?");

    /** From here on memcached takes a number for a date. */
    static final int MAX_SECONDS = 30 * 24 * 3600;

    public Ttls {
        if (from < 0 || to > MAX_SECONDS || to < from) {
            throw new IllegalArgumentException(
                    "a TTL is 0s to 30d, and a range does not end before it begins: from="
                            + from
                            + ", to="
                            + to);
        }
    }

    /**
     * Reads {@code TIME[-TIME]}, a time with an optional {@code s}, {@code m}, {@code h}, {@code
     * d}.
     */
    public static Ttls parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "a TTL is written TIME[-TIME], such as 0, 60s or 5m-2h: " + text);
        }
        int from = seconds(form.group(1), form.group(2));
        String to = form.group(3);
        return new Ttls(from, to == null ? from : seconds(to, form.group(4)));
    }

    private static int seconds(String digits, String unit) {
        int factor =
                switch (unit) {
                    case "m" -> 60;
                    case "h" -> 3600;
                    case "d" -> 24 * 3600;
                    default -> 1;
                };
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(digits) * factor);
    }

    int next(SplittableRandom random) {
        return from == to ? from : random.nextInt(from, to + 1);
    }

    @Override
    public String toString() {
        return from == 0 && to == 0 ? "none" : from == to ? from + "s" : from + "s-" + to + "s";
    }
}
