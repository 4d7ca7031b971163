package io.memring.load.ring;

import java.util.Locale;

/**
 * A share of keys; shown in percent.
 *
 * @param fraction from 0 to 1
 */
record Share(double fraction) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f %%", fraction * 100);
    }
}
