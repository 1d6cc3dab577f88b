package uz.koprik.indicators.bursts;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.network.Hosts;

/**
 * Something that an object is counted under.
 *
 * @param dimension by what
 * @param name which one
 */
public record Feature(Dimension dimension, String name) {

    /** Ends of domains that are two letters and no country: the exceptionally reserved ones are countries enough. */
    private static final Pattern COUNTRY = Pattern.compile("[a-z]{2}");

    /** What an object's values say: their kinds, and the countries in them. */
    static Set<Feature> ofValues(Iterable<String> keys) {
        Set<Feature> features = new HashSet<>();
        for (String key : keys) {
            Observable value = Observable.ofKey(key);
            features.add(new Feature(Dimension.KIND, value.kind().code()));
            region(value).ifPresent(region -> features.add(new Feature(Dimension.REGION, region)));
        }
        return features;
    }

    private static Optional<String> region(Observable value) {
        if (value.kind() == ObservableKind.IBAN) {
            return Optional.of(value.value().substring(0, 2).toUpperCase(Locale.ROOT));
        }
        return (value.kind() == ObservableKind.DOMAIN ? Optional.of(value) : Hosts.of(value))
                .filter(host -> host.kind() == ObservableKind.DOMAIN)
                .map(host -> host.value().substring(host.value().lastIndexOf('.') + 1))
                .filter(end -> COUNTRY.matcher(end).matches())
                .map(end -> end.toUpperCase(Locale.ROOT));
    }

    /** What a location says (STIX 2.1, section 4.10). */
    static Optional<Feature> ofLocation(JsonObject location) {
        return location.string("country")
                .map(country -> country.toUpperCase(Locale.ROOT))
                .map(country -> new Feature(Dimension.REGION, country));
    }

    /** What a malware object says (STIX 2.1, section 4.11). */
    static Optional<Feature> ofMalware(JsonObject malware) {
        return malware.string("name").filter(name -> !name.isBlank()).map(name -> new Feature(Dimension.FAMILY, name));
    }
}
