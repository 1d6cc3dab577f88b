package uz.koprik.indicators.warninglist;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.observable.NetworkRole;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.network.Hosts;
import uz.koprik.indicators.pattern.match.RegexLimits;

/**
 * All warning lists, laid out so that a value is compared with a few entries and not with all of them. Unchangeable: to
 * change the lists, make a new one.
 */
public final class WarningLists {

    /** No list at all. */
    public static final WarningLists NONE = new WarningLists(List.of());

    private final int size;
    private final long entries;
    private final Map<ObservableKind, Index> byKind = new EnumMap<>(ObservableKind.class);

    /**
     * A list that a value is on.
     *
     * @param list its name
     * @param category what that means
     * @param entry the entry as it stands in the list
     */
    public record Hit(String list, WarningList.Category category, String entry) {}

    /** Networks and addresses of lists of false positives, by length and first address. */
    private final NavigableMap<byte[], ListedNetwork> networks = new TreeMap<>(
            Comparator.<byte[]>comparingInt(address -> address.length).thenComparing(Arrays::compareUnsigned));

    private record ListedNetwork(IpNetwork network, Hit hit) {}

    /** @throws IllegalArgumentException when an expression of a regex list is not one, naming list and expression */
    public WarningLists(List<WarningList> lists) {
        this.size = lists.size();
        this.entries = lists.stream().mapToLong(list -> list.entries().size()).sum();
        for (WarningList list : lists) {
            for (ObservableKind kind : list.kinds()) {
                Index index = byKind.computeIfAbsent(kind, Index::new);
                list.entries().forEach(entry -> index.add(list, entry));
                boolean network =
                        kind.networkRole() == NetworkRole.ADDRESS || kind.networkRole() == NetworkRole.NETWORK;
                if (network && list.category() == WarningList.Category.FALSE_POSITIVE) {
                    list.entries().forEach(entry -> addNetwork(list, entry));
                }
            }
        }
    }

    private void addNetwork(WarningList list, String entry) {
        IpNetwork.parse(entry)
                .ifPresent(network -> networks.putIfAbsent(
                        network.address(), new ListedNetwork(network, new Hit(list.name(), list.category(), entry))));
    }

    /**
     * The first list that says an address or a network within {@code network} is not malicious. A network around a
     * listed one is not found; {@link #silences} finds it.
     */
    public Optional<Hit> silencesWithin(IpNetwork network) {
        return networks.subMap(network.address(), true, network.last().address(), true).values().stream()
                .filter(listed -> network.contains(listed.network()))
                .map(ListedNetwork::hit)
                .findFirst();
    }

    /** How many lists. */
    public int size() {
        return size;
    }

    /** How many entries in all of them. */
    public long entries() {
        return entries;
    }

    /** The first list that says {@code value} is not malicious, so that it is kept out of correlation. */
    public Optional<Hit> silences(Observable value) {
        Index index = byKind.get(value.kind());
        if (index != null) {
            for (Hit hit : index.hits(value)) {
                if (hit.category() == WarningList.Category.FALSE_POSITIVE) {
                    return Optional.of(hit);
                }
            }
        }
        return Optional.empty();
    }

    /** Every list that {@code value} is on. */
    public List<Hit> hits(Observable value) {
        Index index = byKind.get(value.kind());
        return index == null ? List.of() : index.hits(value);
    }

    /** All entries about one kind of values. */
    private static final class Index {

        private static final int NAMED_BITS = 21;

        private final ObservableKind kind;
        private final Map<String, List<Hit>> exact = new HashMap<>();
        private final Map<String, List<Hit>> hosts = new HashMap<>();
        /**
         * Where the hash of some entry falls: small enough to stay near the processor, and says of most values that
         * there is none.
         */
        private final BitSet named = new BitSet(1 << NAMED_BITS);

        private final NetworkTable networks = new NetworkTable();
        private final SubstringTable substrings = new SubstringTable();
        private final Map<Pattern, Hit> expressions = new HashMap<>();

        Index(ObservableKind kind) {
            this.kind = kind;
        }

        void add(WarningList list, String entry) {
            Hit hit = new Hit(list.name(), list.category(), entry);
            switch (list.match()) {
                case STRING -> name(exact, normal(entry), hit);
                case HOSTNAME -> name(hosts, host(entry), hit);
                case CIDR -> IpNetwork.parse(entry).ifPresent(network -> networks.add(network, hit));
                case SUBSTRING -> substrings.add(entry.toLowerCase(Locale.ROOT), hit);
                case REGEX -> expressions.put(expression(list, entry), hit);
            }
        }

        List<Hit> hits(Observable value) {
            List<Hit> hits = new ArrayList<>(0); // of most values there are none, so nothing else is made for them
            add(exact, value.value(), hits);
            Optional<Observable> host = hosts.isEmpty() ? Optional.empty() : Hosts.of(value);
            if (host.isPresent()) {
                String name = host.get().value();
                add(hosts, name, hits);
                boolean domain = host.get().kind() == ObservableKind.DOMAIN;
                for (int dot = domain ? name.indexOf('.') : -1; dot >= 0; dot = name.indexOf('.', dot + 1)) {
                    add(hosts, name.substring(dot + 1), hits);
                }
            }
            networks.addHits(value, hits);
            substrings.addHits(value.value(), hits);
            for (Map.Entry<Pattern, Hit> expression : expressions.entrySet()) {
                if (expression.getKey().matcher(value.value()).find()) {
                    hits.add(expression.getValue());
                }
            }
            return hits;
        }

        private void name(Map<String, List<Hit>> names, String name, Hit hit) {
            names.computeIfAbsent(name, key -> new ArrayList<>(1)).add(hit);
            named.set(bit(name));
        }

        private void add(Map<String, List<Hit>> names, String name, List<Hit> hits) {
            List<Hit> found = named.get(bit(name)) ? names.get(name) : null;
            if (found != null) {
                hits.addAll(found);
            }
        }

        private static int bit(String name) {
            return (name.hashCode() * 0x9E3779B1) >>> (32 - NAMED_BITS);
        }

        /** As values of this kind are written here, when the entry is one. */
        private String normal(String entry) {
            try {
                return kind == ObservableKind.PAYMENT_CARD
                        ? entry
                        : kind.normalise(entry).value();
            } catch (InvalidObservable none) {
                return entry.toLowerCase(Locale.ROOT);
            }
        }

        /** Some lists put a dot before a domain, which means the same. */
        private static String host(String entry) {
            String name = entry.startsWith(".") ? entry.substring(1) : entry;
            try {
                return ObservableKind.DOMAIN.normalise(name).value();
            } catch (InvalidObservable none) {
                return name.toLowerCase(Locale.ROOT);
            }
        }

        /** Expressions are written as in PHP: between slashes, followed by letters for options. */
        private static Pattern expression(WarningList list, String entry) {
            int end = entry.lastIndexOf('/');
            boolean delimited = entry.startsWith("/") && end > 0;
            String expression = delimited ? entry.substring(1, end) : entry;
            int flags = delimited && entry.indexOf('i', end) > 0 ? Pattern.CASE_INSENSITIVE : 0;
            try {
                Optional<String> refusal = RegexLimits.refusal((flags == 0 ? "" : "(?i)") + expression);
                if (refusal.isPresent()) {
                    throw new PatternSyntaxException("an expression " + refusal.get(), expression);
                }
                return Pattern.compile(expression, flags);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "the warning list \"" + list.name() + "\" has an expression that cannot be used: " + entry
                                + ": " + e.getMessage(),
                        e);
            }
        }
    }

    /** The kinds of values that any list is about. */
    public Set<ObservableKind> kinds() {
        return Set.copyOf(byKind.keySet());
    }
}
