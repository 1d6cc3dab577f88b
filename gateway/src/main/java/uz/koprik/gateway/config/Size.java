package uz.koprik.gateway.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written {@code 512}, {@code 64 KiB}, {@code 10 MiB} or {@code 2 GiB}.
 *
 * @param bytes how many
 */
public record Size(long bytes) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15}) ?(B|KiB|MiB|GiB)?");

    static Optional<Size> of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int shift =
                switch (parts.group(2)) {
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    case "GiB" -> 30;
                    case null, default -> 0;
                };
        return Optional.of(new Size(Long.parseLong(parts.group(1)) << shift));
    }

    /** As few digits as say it exactly. */
    @Override
    public String toString() {
        String[] units = {"B", "KiB", "MiB", "GiB"};
        int unit = 0;
        long rest = bytes;
        while (unit < 3 && rest != 0 && rest % 1024 == 0) {
            rest /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%d %s", rest, units[unit]);
    }
}
