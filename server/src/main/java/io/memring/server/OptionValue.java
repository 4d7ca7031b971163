package io.memring.server;

/** Reads the values of options and says what is wrong with them. */
final class OptionValue {

    private static final long KIBI = 1024;

    private OptionValue() {}

    /** A decimal whole number. */
    static long number(String option, String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException _) {
            throw new InvalidOptionException(option, text, "must be a whole number");
        }
    }

    /** A whole number that fits an int. */
    static int integer(String option, String text) {
        return Math.toIntExact(
                inRange(option, number(option, text), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /** A number with or without a fraction. */
    static double decimal(String option, String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException _) {
            throw new InvalidOptionException(option, text, "must be a number");
        }
    }

    /** A number of bytes, or with a suffix k or m of 1,024 or 1,048,576 of them. */
    static int size(String option, String text) {
        String digits = text.strip();
        long unit = digits.isEmpty() ? 1 : unitOf(digits.charAt(digits.length() - 1));
        if (unit > 1) {
            digits = digits.substring(0, digits.length() - 1);
        }
        long number;
        try {
            number = Long.parseLong(digits);
        } catch (NumberFormatException _) {
            throw new InvalidOptionException(
                    option, text, "must be a number of bytes, such as 1048576, 512k or 2m");
        }
        return (int) Math.clamp(number, -1, Integer.MAX_VALUE / unit) * (int) unit;
    }

    private static long unitOf(char suffix) {
        return switch (suffix) {
            case 'k', 'K' -> KIBI;
            case 'm', 'M' -> KIBI * KIBI;
            default -> 1;
        };
    }

    static long inRange(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new InvalidOptionException(
                    option, value, "must be between " + min + " and " + max);
        }
        return value;
    }

    static int inRange(String option, int value, int min, int max) {
        return (int) inRange(option, (long) value, min, max);
    }

    /** For numbers that have no upper limit worth a sentence. */
    static int atLeast(String option, int value, int min) {
        if (value < min) {
            throw new InvalidOptionException(option, value, "must be at least " + min);
        }
        return value;
    }

    static double above(String option, double value, double min) {
        if (!(value > min)) {
            throw new InvalidOptionException(option, value, "must be greater than " + min);
        }
        return value;
    }
}
