package uz.koprik.indicators.warninglist;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;

/** Compares a value with every entry of every list, one after the other, as the format says it. */
final class NaiveLists {

    private record Prepared(WarningList list, ObservableKind kind, List<String> texts, List<Pattern> expressions) {}

    private final List<Prepared> all = new ArrayList<>();

    NaiveLists(List<WarningList> lists) {
        for (WarningList list : lists) {
            if (list.category() == WarningList.Category.FALSE_POSITIVE) {
                for (ObservableKind kind : list.kinds()) {
                    all.add(prepared(list, kind));
                }
            }
        }
    }

    private static Prepared prepared(WarningList list, ObservableKind kind) {
        List<String> texts = new ArrayList<>();
        List<Pattern> expressions = new ArrayList<>();
        for (String entry : list.entries()) {
            switch (list.match()) {
                case STRING -> texts.add(normal(kind, entry));
                case HOSTNAME ->
                    texts.add('.' + normal(ObservableKind.DOMAIN, entry.startsWith(".") ? entry.substring(1) : entry));
                case SUBSTRING -> texts.add(entry.toLowerCase(Locale.ROOT));
                case CIDR -> texts.add(entry);
                case REGEX -> {
                    int end = entry.lastIndexOf('/');
                    boolean slashes = entry.startsWith("/") && end > 0;
                    expressions.add(Pattern.compile(
                            slashes ? entry.substring(1, end) : entry,
                            slashes && entry.substring(end).contains("i") ? Pattern.CASE_INSENSITIVE : 0));
                }
            }
        }
        return new Prepared(list, kind, texts, expressions);
    }

    private static String normal(ObservableKind kind, String text) {
        try {
            return kind.normalise(text).value();
        } catch (InvalidObservable none) {
            return text.toLowerCase(Locale.ROOT);
        }
    }

    /** The lists that silence a value. */
    Set<String> silencing(Observable value) {
        Set<String> names = new HashSet<>();
        Optional<String> host = host(value);
        for (Prepared one : all) {
            if (one.kind() == value.kind() && on(one, value.value(), host)) {
                names.add(one.list().name());
            }
        }
        return names;
    }

    private static boolean on(Prepared one, String value, Optional<String> host) {
        return switch (one.list().match()) {
            case STRING -> one.texts().contains(value);
            case HOSTNAME -> host.isPresent() && one.texts().stream().anyMatch(("." + host.get())::endsWith);
            case SUBSTRING -> one.texts().stream().anyMatch(value.toLowerCase(Locale.ROOT)::contains);
            case CIDR ->
                literal(host.orElse(value))
                        && one.texts().stream().anyMatch(entry -> within(host.orElse(value), entry));
            case REGEX ->
                one.expressions().stream()
                        .anyMatch(expression -> expression.matcher(value).find());
        };
    }

    private static Optional<String> host(Observable value) {
        String text = value.value();
        return switch (value.kind()) {
            case DOMAIN, IPV4, IPV6 -> Optional.of(text);
            case EMAIL -> Optional.of(text.substring(text.lastIndexOf('@') + 1));
            case URL -> {
                String rest = text.substring(text.indexOf("://") + 3);
                String authority = rest.split("[/?#]", 2)[0];
                String place = authority.substring(authority.lastIndexOf('@') + 1);
                yield Optional.of(
                        place.startsWith("[") ? place.substring(1, place.indexOf(']')) : place.split(":", 2)[0]);
            }
            default -> Optional.empty();
        };
    }

    private static boolean literal(String address) {
        return address.matches("[0-9.]+(/[0-9]+)?") || address.indexOf(':') >= 0;
    }

    private static boolean within(String address, String entry) {
        if ((address.indexOf(':') >= 0) != (entry.indexOf(':') >= 0) || !entry.matches("[0-9a-fA-F.:]+(/[0-9]+)?")) {
            return false;
        }
        int bits = address.indexOf(':') >= 0 ? 128 : 32;
        int narrow = prefix(address, bits);
        int wide = prefix(entry, bits);
        return narrow >= wide
                && number(address).shiftRight(bits - wide).equals(number(entry).shiftRight(bits - wide));
    }

    private static int prefix(String network, int bits) {
        int slash = network.indexOf('/');
        return slash < 0 ? bits : Integer.parseInt(network.substring(slash + 1));
    }

    private static BigInteger number(String network) {
        int slash = network.indexOf('/');
        try {
            return new BigInteger(
                    1,
                    InetAddress.getByName(slash < 0 ? network : network.substring(0, slash))
                            .getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(network, e);
        }
    }
}
