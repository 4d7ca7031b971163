package io.memring.load;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers such as {@code 250000}, {@code 20k} or {@code 1.5m}, in thousands and millions. */
final class Amount implements ITypeConverter<Long> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([km]?)");

    @Override
    public Long convert(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT).replace("_", ""));
        if (!form.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no number; write 250000, 20k or 1.5m");
        }
        double factor =
                switch (form.group(2)) {
                    case "k" -> 1e3;
                    case "m" -> 1e6;
                    default -> 1;
                };
        return Math.round(Double.parseDouble(form.group(1)) * factor);
    }
}
