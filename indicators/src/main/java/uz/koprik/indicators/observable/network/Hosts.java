package uz.koprik.indicators.observable.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.observable.IpAddress;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

/** The host within a value in normal form, and the domains above a domain. */
public final class Hosts {

    private Hosts() {}

    /**
     * The domain or address that a URL or an e-mail address lies on; the value itself for domains and addresses; else
     * empty.
     */
    public static Optional<Observable> of(Observable value) {
        return switch (value.kind().networkRole()) {
            case HOST_NAME, ADDRESS -> Optional.of(value);
            case URL -> Optional.of(urlHost(value.value()));
            case MAILBOX ->
                Optional.of(observable(value.value().substring(value.value().lastIndexOf('@') + 1)));
            case NETWORK, FILE_HASH, NONE -> Optional.empty();
        };
    }

    /** The domains above a domain in normal form, the nearest first: of {@code a.b.example.com} three. */
    public static List<String> above(String domain) {
        List<String> above = new ArrayList<>(4);
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
            above.add(domain.substring(dot + 1));
        }
        return above;
    }

    /** Normal forms have a scheme, two slashes, maybe somebody's name, the host and maybe a port. */
    private static Observable urlHost(String url) {
        int from = url.indexOf("://") + 3;
        int to = from;
        while (to < url.length() && "/?#".indexOf(url.charAt(to)) < 0) {
            to++;
        }
        int name = url.lastIndexOf('@', to - 1);
        from = name >= from ? name + 1 : from;
        if (from < to && url.charAt(from) == '[') {
            return new Observable(ObservableKind.IPV6, url.substring(from + 1, url.indexOf(']', from)));
        }
        int port = url.indexOf(':', from);
        String host = url.substring(from, port >= 0 && port < to ? port : to);
        Observable plain = observable(host);
        return plain.kind() == ObservableKind.DOMAIN
                ? IpAddress.asBrowsersRead(host)
                        .map(address -> new Observable(ObservableKind.IPV4, address))
                        .orElse(plain)
                : plain;
    }

    private static Observable observable(String host) {
        ObservableKind kind = host.indexOf(':') >= 0
                ? ObservableKind.IPV6
                : IpAddress.isV4(host, 0, host.length()) ? ObservableKind.IPV4 : ObservableKind.DOMAIN;
        return new Observable(kind, host);
    }
}
