package uz.koprik.indicators.observable.extraction;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.observable.Defang;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.network.HostPort;
import uz.koprik.indicators.observable.network.PublicSuffix;

/**
 * Reads values that stand under a path of another kind, as many producers write them: an address as a domain name, an
 * address with a port, a URL without a scheme. Only what a text plainly is counts: one reading, or none.
 */
final class LooseValue {

    /** Kinds of the network that producers confuse with one another. */
    private static final Set<ObservableKind> NETWORK = EnumSet.of(
            ObservableKind.IPV4,
            ObservableKind.IPV6,
            ObservableKind.CIDR,
            ObservableKind.DOMAIN,
            ObservableKind.URL,
            ObservableKind.EMAIL);

    private LooseValue() {}

    /**
     * What {@code text} plainly is.
     *
     * @param kinds those that its path allows; none of them fits
     * @return empty when there is no reading, or when the path is of other kinds than these
     */
    static Optional<Observable> read(String text, List<ObservableKind> kinds) {
        String value = text.strip();
        return value.isEmpty() || kinds.isEmpty() || !NETWORK.contains(kinds.getFirst())
                ? Optional.empty()
                : ofNetwork(Defang.refang(value));
    }

    private static Optional<Observable> ofNetwork(String value) {
        if (value.contains("://")) {
            return first(value, List.of(ObservableKind.URL));
        }
        Optional<Observable> address =
                address(value).or(() -> host(HostPort.of(value).host()));
        if (address.isPresent()) {
            return address;
        }
        if (value.indexOf('@') >= 0 && value.indexOf('/') < 0) {
            return first(value, List.of(ObservableKind.EMAIL));
        }
        int path = firstOf(value, "/?#");
        if (path < 0) {
            return Optional.empty();
        }
        if (host(HostPort.of(value.substring(0, path)).host()).isEmpty()) {
            return Optional.empty();
        }
        return path == value.length() - 1
                ? host(HostPort.of(value.substring(0, path)).host())
                : first("http://" + value, List.of(ObservableKind.URL));
    }

    /** An address, a network, or a domain name below a public suffix; {@code *.} in front is left out. */
    private static Optional<Observable> host(String text) {
        Optional<Observable> address = address(text);
        if (address.isPresent()) {
            return address;
        }
        String name = text.startsWith("*.") ? text.substring(2) : text.startsWith(".") ? text.substring(1) : text;
        return first(name, List.of(ObservableKind.DOMAIN)).filter(domain -> !PublicSuffix.is(domain.value()));
    }

    private static Optional<Observable> address(String text) {
        return first(text, List.of(ObservableKind.IPV4, ObservableKind.IPV6));
    }

    private static int firstOf(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            if (marks.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Observable> first(String text, List<ObservableKind> kinds) {
        for (ObservableKind kind : kinds) {
            Optional<Observable> read = as(kind, text);
            if (read.isPresent()) {
                return read;
            }
        }
        return Optional.empty();
    }

    private static Optional<Observable> as(ObservableKind kind, String text) {
        try {
            return Optional.of(kind.normalise(text));
        } catch (InvalidObservable other) {
            return Optional.empty();
        }
    }
}
