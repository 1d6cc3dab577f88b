package uz.koprik.gateway.api.common;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.policy.Tlp;

/** Markings as callers write them. */
public final class TlpParam {

    private TlpParam() {}

    /**
     * The marking that the parameter or member {@code tlp} names.
     *
     * @throws Problem 400 that lists the markings there are
     */
    public static Tlp parse(String text) {
        Optional<Tlp> tlp = Tlp.parse(text);
        if (tlp.isPresent()) {
            return tlp.get();
        }
        throw ApiJson.bad("\"tlp\" is one of " + all());
    }

    /** All markings, as callers write them. */
    public static String all() {
        return Arrays.stream(Tlp.values())
                .map(known -> known.label().substring(4).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
