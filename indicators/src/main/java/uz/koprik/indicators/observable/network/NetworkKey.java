package uz.koprik.indicators.observable.network;

import java.util.HexFormat;
import java.util.Optional;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

/**
 * Where a value lies on the network, as a text whose order keeps neighbours together: all values below a domain, on a
 * host or in a network are one range of an index.
 *
 * <p>Domains are written from the top ({@code d:com.example.www.}), addresses in hexadecimal ({@code 4:c6336407}); then
 * follows what lies there, when it is not the domain or address itself: a URL ({@code /}), an e-mail address
 * ({@code @}), a network ({@code n} and its prefix length).
 */
public final class NetworkKey {

    private static final String AFTER_ALL = "\uffff";

    private NetworkKey() {}

    /**
     * A range of places.
     *
     * @param from the first, which is not part of it
     * @param to the last, which is
     */
    public record Span(String from, String to) {

        /** Whether {@code place} is in it. */
        public boolean has(String place) {
            return place.compareTo(from) > 0 && place.compareTo(to) <= 0;
        }
    }

    /** Where a value lies; empty for kinds that lie nowhere, such as hashes. */
    public static Optional<String> of(Observable value) {
        return switch (value.kind().networkRole()) {
            case HOST_NAME, ADDRESS -> host(value);
            case NETWORK -> IpNetwork.parse(value.value()).map(network -> hex(network) + 'n' + network.prefix());
            case URL -> Hosts.of(value).flatMap(NetworkKey::host).map(place -> place + '/');
            case MAILBOX -> Hosts.of(value).flatMap(NetworkKey::host).map(place -> place + '@');
            case FILE_HASH, NONE -> Optional.empty();
        };
    }

    /** The same of a key as {@link Observable#key} writes it; empty as well for keys of kinds that are not known. */
    public static Optional<String> ofKey(String key) {
        int colon = key.indexOf(':');
        Optional<ObservableKind> kind = colon < 0 ? Optional.empty() : ObservableKind.ofCode(key.substring(0, colon));
        return kind.isEmpty() || kind.get() == ObservableKind.PAYMENT_CARD
                ? Optional.empty()
                : of(new Observable(kind.get(), key.substring(colon + 1)));
    }

    /**
     * What lies within a value: below a domain or on it, on an address, in a network; empty for kinds that hold
     * nothing.
     */
    public static Optional<Span> within(Observable value) {
        return switch (value.kind().networkRole()) {
            case HOST_NAME, ADDRESS -> host(value).map(place -> new Span(place, place + AFTER_ALL));
            case NETWORK ->
                IpNetwork.parse(value.value())
                        .map(network -> new Span(before(hex(network)), hex(network.last()) + AFTER_ALL));
            case URL, MAILBOX, FILE_HASH, NONE -> Optional.empty();
        };
    }

    private static Optional<String> host(Observable host) {
        if (host.kind() != ObservableKind.DOMAIN) {
            return IpNetwork.parse(host.value()).map(NetworkKey::hex);
        }
        StringBuilder reversed = new StringBuilder(host.value().length() + 3).append("d:");
        String domain = host.value();
        int end = domain.length();
        for (int dot = domain.lastIndexOf('.'); end > 0; dot = domain.lastIndexOf('.', end - 1)) {
            reversed.append(domain, dot + 1, end).append('.');
            end = dot;
        }
        return Optional.of(reversed.toString());
    }

    private static String hex(IpNetwork network) {
        byte[] address = network.address();
        return (address.length == 4 ? "4:" : "6:") + HexFormat.of().formatHex(address);
    }

    /** The text right before all that begin with {@code place}: the first address of a network lies in it. */
    private static String before(String place) {
        return place.substring(0, place.length() - 1) + (char) (place.charAt(place.length() - 1) - 1) + AFTER_ALL;
    }
}
