package uz.koprik.indicators.warninglist;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.IpAddress;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.observable.network.Hosts;

/**
 * What is never blocked, because a block would take down networks of many: special-use addresses and names, public DNS
 * resolvers, the root, top-level names and public suffixes, very large public domains, own networks and domains, and
 * what a warning list calls a false positive. Immutable, apart from the warning lists.
 *
 * <p>Decisions:
 *
 * <ul>
 *   <li>A network is protected when it overlaps a protected one, in either direction. An IPv4-mapped address is judged
 *       as its IPv4 address.
 *   <li>Addresses and names for documentation (192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32, 3fff::/20,
 *       {@code example}, {@code example.com}, {@code example.net}, {@code example.org}) are not protected: nobody has
 *       them, so a block harms nobody, and manuals and tests need values that may be reported.
 *   <li>A URL is judged by its host. On a very large public domain or a public suffix only the start page is protected:
 *       a path there names one resource, and a block of it leaves the others.
 *   <li>An e-mail address is protected at an own domain only; no format exports its domain.
 *   <li>A pattern is judged by every value that it looks for, in every combination, and also by {@code LIKE},
 *       {@code MATCHES}, {@code ISSUBSET} and {@code ISSUPERSET}.
 * </ul>
 */
public final class ProtectedValues {

    /** The built-in list, without own networks and warning lists. */
    public static final ProtectedValues BUILT_IN = new ProtectedValues(List.of(), List.of(), () -> WarningLists.NONE);

    private final ProtectedNetworks networks;
    private final ProtectedNames names;
    private final Supplier<WarningLists> warnings;

    /** Why a value is never blocked; the order is that in which reasons are looked for inside a network. */
    public enum Reason {
        TOO_WIDE("too_wide", "networks too wide for an indicator"),
        OWN("own", "own networks and domains"),
        RESOLVER("public_resolver", "public DNS resolvers"),
        ROOT("root_or_top_level", "the root and top-level names"),
        SPECIAL_USE("special_use", "special-use addresses and names"),
        PUBLIC_SUFFIX("public_suffix", "public suffixes"),
        LARGE_DOMAIN("large_domain", "very large public domains"),
        WARNING_LIST("warning_list", "values on a warning list");

        private final String code;
        private final String label;

        Reason(String code, String label) {
            this.code = code;
            this.label = label;
        }

        /** Stable name. */
        public String code() {
            return code;
        }

        /** For people, in the plural. */
        public String label() {
            return label;
        }
    }

    /**
     * A reason for one value.
     *
     * @param what a clause that names the entry of the list
     */
    public record Hit(Reason reason, String what) {}

    /**
     * @param ownNetworks networks of the centre itself
     * @param ownDomains its domains, in normal form
     * @param warnings the warning lists in force at the moment
     */
    public ProtectedValues(List<IpNetwork> ownNetworks, List<String> ownDomains, Supplier<WarningLists> warnings) {
        this.networks = new ProtectedNetworks(ownNetworks);
        this.names = new ProtectedNames(ownDomains);
        this.warnings = warnings;
    }

    /** Why {@code value} is never blocked; empty when it may be. */
    public Optional<Hit> hit(Observable value) {
        Optional<Hit> builtIn =
                switch (value.kind().networkRole()) {
                    case ADDRESS, NETWORK -> IpNetwork.parse(value.value()).flatMap(this::network);
                    case HOST_NAME -> names.hit(value.value());
                    case URL -> url(value);
                    case MAILBOX ->
                        Hosts.of(value)
                                .flatMap(host -> names.hit(host.value()))
                                .filter(hit -> hit.reason() == Reason.OWN);
                    case FILE_HASH, NONE -> Optional.empty();
                };
        return builtIn.isPresent() ? builtIn : warned(value);
    }

    /** The warning lists in force at the moment; the same object until they change. */
    public WarningLists warningLists() {
        return warnings.get();
    }

    private Optional<Hit> warned(Observable value) {
        WarningLists lists = warnings.get();
        return lists.size() == 0 ? Optional.empty() : lists.silences(value).map(ProtectedValues::warning);
    }

    private static Hit warning(WarningLists.Hit hit) {
        return new Hit(Reason.WARNING_LIST, "the warning list \"" + hit.list() + "\" says that it is not malicious");
    }

    private Optional<Hit> url(Observable url) {
        Observable host = Hosts.of(url).orElseThrow();
        Optional<Hit> hit = host(host.value());
        return hit.filter(one -> (one.reason() != Reason.LARGE_DOMAIN && one.reason() != Reason.PUBLIC_SUFFIX)
                || isStartPage(url.value()));
    }

    /** Whether a URL has no path; a query or a fragment does not count, since tools cut them off. */
    private static boolean isStartPage(String url) {
        int from = url.indexOf("://") + 3;
        boolean path = false;
        for (int i = from; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '?' || c == '#') {
                return true;
            }
            if (path && c != '/') {
                return false;
            }
            path |= c == '/';
        }
        return true;
    }

    private Optional<Hit> host(String host) {
        boolean address = host.indexOf(':') >= 0 || IpAddress.isV4(host, 0, host.length());
        return address ? IpNetwork.parse(host).flatMap(networks::hit) : names.hit(host);
    }

    /**
     * The reason of each protected value that a STIX object carries or its pattern looks for; none for most objects.
     */
    public List<Hit> hits(JsonObject object) {
        Set<Hit> hits = new LinkedHashSet<>();
        if (object.string("type").orElse("").equals("indicator")) {
            object.string("pattern")
                    .filter(pattern -> object.string("pattern_type").orElse("").equals("stix"))
                    .ifPresent(pattern -> new ProtectedPattern(this).addHits(pattern, hits));
        } else {
            ObservableExtraction.of(object).observables().forEach(value -> hit(value)
                    .ifPresent(hits::add));
            odd(object, hits);
            object.object("objects").ifPresent(inner -> {
                for (int i = 0; i < inner.size(); i++) {
                    if (inner.value(i) instanceof JsonObject one) {
                        odd(one, hits);
                    }
                }
            });
        }
        return new ArrayList<>(hits);
    }

    /** Values that are no observables, such as a name of one label, and are exported as they stand. */
    private void odd(JsonObject object, Set<Hit> hits) {
        switch (object.string("type").orElse("")) {
            case "ipv4-addr", "ipv6-addr" ->
                object.string("value").flatMap(this::oddNetwork).ifPresent(hits::add);
            case "domain-name" -> object.string("value").flatMap(this::oddName).ifPresent(hits::add);
            case "url" -> object.string("value").flatMap(this::oddUrl).ifPresent(hits::add);
            default -> {}
        }
    }

    /** A name in any spelling: the root, one label, a wildcard, an address. */
    Optional<Hit> oddName(String text) {
        String name = text.strip();
        while (name.startsWith("*.")) {
            name = name.substring(2);
        }
        if (IpNetwork.parse(name).isPresent()) {
            return host(name);
        }
        try {
            return hit(ObservableKind.DOMAIN.normalise(name));
        } catch (InvalidObservable noDomain) {
            return oneLabel(name);
        }
    }

    private Optional<Hit> oneLabel(String text) {
        String label = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (label.isEmpty() || label.equals("*") || label.equals(".")) {
            return Optional.of(new Hit(Reason.ROOT, "this is the root of the DNS"));
        }
        try { // as the host of a URL a name may have one label, in any script
            return hit(ObservableKind.URL.normalise("http://" + label + '/'));
        } catch (InvalidObservable noName) {
            return Optional.empty();
        }
    }

    /** A URL, or a host where a URL should stand. */
    Optional<Hit> oddUrl(String text) {
        try {
            return hit(ObservableKind.URL.normalise(text));
        } catch (InvalidObservable noUrl) {
            int from = text.indexOf("://") + 3;
            if (from < 3) {
                return text.indexOf('/') < 0 ? oddName(text) : Optional.empty();
            }
            String host = text.substring(from).split("[/?#]", 2)[0];
            return oddNetwork(host.substring(host.lastIndexOf('@') + 1));
        }
    }

    /** Addresses and networks in any spelling that some tool resolves. */
    Optional<Hit> oddNetwork(String text) {
        return AddressSpellings.networks(text).stream()
                .map(this::network)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Hit> network(IpNetwork network) {
        return networks.hit(network)
                .or(() -> warnings.get().silencesWithin(network).map(ProtectedValues::warning));
    }

    /** As {@link #oddNetwork}, only when a protected network holds all addresses of {@code network}. */
    Optional<Hit> within(IpNetwork network) {
        Optional<Hit> first =
                IpNetwork.parse(network.toString().split("/", 2)[0]).flatMap(networks::hit);
        return networks.hit(network.last()).isPresent() ? first : Optional.empty();
    }

    /** Addresses that an expression must not match. */
    List<String> addressSamples() {
        return networks.samples();
    }

    /** Names that an expression must not match. */
    List<String> nameSamples() {
        return names.samples();
    }
}
