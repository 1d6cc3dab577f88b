package uz.koprik.indicators.correlation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.indicators.correlation.ValueMatch.Rule;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.network.Hosts;
import uz.koprik.indicators.observable.network.PublicSuffix;

/**
 * What a value lies in: the domains above it, its host, the networks around it; and the masks of a card.
 *
 * @param around all values that hold it, but for public suffixes, or may be the same
 * @param holds whether what lies in it has to do with it: not in a public suffix
 */
record ContainingValues(List<Around> around, boolean holds) {

    /** Nobody means a single attacker by a wider network; and each length costs a look. */
    private static final int WIDEST_V4 = 8;

    private static final int WIDEST_V6 = 16;

    /**
     * A value that holds another one, or may be the same.
     *
     * @param value the wider one
     * @param key of that
     * @param rule how the narrower one belongs to it
     */
    record Around(Observable value, String key, Rule rule) {

        Around(Observable value, Rule rule) {
            this(value, value.key(), rule);
        }
    }

    static ContainingValues of(Observable value) {
        List<Around> around = new ArrayList<>();
        boolean holds = true;
        switch (value.kind().networkRole()) {
            case HOST_NAME -> holds = domains(value.value(), Rule.SUBDOMAIN, around);
            case ADDRESS, NETWORK -> networks(value, Rule.IN_NETWORK, around);
            case URL -> Hosts.of(value).ifPresent(host -> onHost(host, Rule.URL_ON_HOST, around));
            case MAILBOX -> Hosts.of(value).ifPresent(host -> onHost(host, Rule.EMAIL_AT_DOMAIN, around));
            case FILE_HASH, NONE -> value.perhaps().forEach(other -> around.add(new Around(other, Rule.SAME_ENDS)));
        }
        return new ContainingValues(around, holds);
    }

    /**
     * By which rule {@code inner} lies in {@code outer}, or is one of those that share it; empty when it does not, or
     * when they are the same.
     */
    static Optional<Rule> rule(Observable inner, Observable outer) {
        if (inner.equals(outer)) {
            return Optional.empty();
        }
        if (outer.isShared()) {
            return inner.shared().filter(outer::equals).map(ends -> Rule.SAME_ENDS);
        }
        if (outer.kind() == ObservableKind.CIDR) {
            Optional<Observable> address = inner.kind() == ObservableKind.CIDR ? Optional.of(inner) : Hosts.of(inner);
            boolean in = address.flatMap(a -> IpNetwork.parse(a.value()))
                    .filter(a -> IpNetwork.parse(outer.value())
                            .filter(network -> network.contains(a))
                            .isPresent())
                    .isPresent();
            return in ? Optional.of(Rule.IN_NETWORK) : Optional.empty();
        }
        Optional<Observable> host = Hosts.of(inner);
        if (host.isEmpty()
                || !(host.get().equals(outer)
                        || (outer.kind() == ObservableKind.DOMAIN
                                && Hosts.above(host.get().value()).contains(outer.value())))) {
            return Optional.empty();
        }
        return switch (inner.kind().networkRole()) {
            case URL -> Optional.of(Rule.URL_ON_HOST);
            case MAILBOX -> Optional.of(Rule.EMAIL_AT_DOMAIN);
            case HOST_NAME, ADDRESS, NETWORK, FILE_HASH, NONE -> Optional.of(Rule.SUBDOMAIN);
        };
    }

    private static void onHost(Observable host, Rule rule, List<Around> around) {
        if (host.kind() == ObservableKind.DOMAIN) {
            if (domains(host.value(), rule, around)) {
                around.addFirst(new Around(host, rule));
            }
        } else {
            around.add(new Around(host, rule));
            networks(host, Rule.IN_NETWORK, around);
        }
    }

    /** Adds the domains above one; whether it is no public suffix itself. */
    private static boolean domains(String domain, Rule rule, List<Around> around) {
        int suffix = PublicSuffix.length(domain);
        for (String above : Hosts.above(domain)) {
            if (above.length() <= suffix) {
                break;
            }
            around.add(new Around(new Observable(ObservableKind.DOMAIN, above), rule));
        }
        return domain.length() != suffix;
    }

    private static void networks(Observable value, Rule rule, List<Around> around) {
        IpNetwork.parse(value.value()).ifPresent(inner -> {
            int widest = value.value().indexOf(':') < 0 ? WIDEST_V4 : WIDEST_V6;
            for (int prefix = inner.prefix() - 1; prefix >= widest; prefix--) {
                around.add(new Around(
                        new Observable(ObservableKind.CIDR, inner.wider(prefix).toString()), rule));
            }
        });
    }
}
